/**
 * Delivery reports 回执 of the SMS gateway, a plain route: who sends them shows it by a signature over the bytes as they came
 * (docs/sms-gateway.md), which no JSON parser may have touched. The act itself is a use case like any other.
 */
import { noteReports, sweepScope } from '../../../core/messages/index.ts'
import { verify } from '../../../platform/outbound/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Rooms } from '../../rooms.ts'

const MOST_BYTES = 50_000

export function receiptRoute({ app, platform, smsSecret }: Rooms): void {
  // Where no gateway is set this address does not exist.
  if (!smsSecret) return
  app.register(async (inner) => {
    inner.removeAllContentTypeParsers()
    inner.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    inner.post('/api/v1/messages/receipts', { schema: { hide: true } as object }, async (request) => {
      const { call, body, headers } = request
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
      const verdict = verify(smsSecret, headers, bytes, call.now)
      if (verdict === 'wrong') throw new Refusal('messages.report_unsigned', 'forbidden')
      if (verdict === 'stale') throw new Refusal('messages.report_stale', 'forbidden')
      const { area, domains } = sweepScope(platform)
      const actor = { kind: 'system', schedule: 'sms-receipts', scope: area, domains } as const
      return noteReports.run({ ...call, actor }, parsed(bytes))
    })
  })
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Refusal('request.not_json', 'invalid')
  }
}
