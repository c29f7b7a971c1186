/** SMS against a gateway that takes, refuses, hesitates and is not what it seems; and the letters that come back. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openSmsGateway, type SmsGateway } from '../../../test/harness/sms-gateway.ts'
import {
  createSmsGateway,
  type OutgoingText,
  ProviderFault,
  SIGNATURE_HEADER,
  signed,
  TIMESTAMP_HEADER,
  verify,
} from './index.ts'
import { readOutbound } from './settings.ts'

let gateway: SmsGateway
before(async () => {
  gateway = await openSmsGateway()
})
after(() => gateway.close())
beforeEach(() => {
  gateway.instead = null
})

const text: OutgoingText = {
  to: '10012345678',
  text: '【街坊】您有 1 条新消息',
  reference: 'r-1',
  template: 'news',
  params: { url: 'https://street.example.org' },
}
const sms = (secret = gateway.secret, url = gateway.url) => createSmsGateway({ url, secret }, () => new Date(), 300)
const faultOf = async (sent: Promise<unknown>): Promise<string> => {
  try {
    await sent
  } catch (error) {
    assert.ok(error instanceof ProviderFault, String(error))
    const { code, permanent, unclear, away } = error
    return [code, permanent && 'permanent', unclear && 'unclear', away && 'away'].filter(Boolean).join(' ')
  }
  throw new Error('it was taken')
}
const answers = (status: number, body = '{}', headers = {}) => {
  gateway.instead = (_request, response) => void response.writeHead(status, headers).end(body)
}

test('a text is taken once, however often it is asked under one reference', async () => {
  const first = await sms().send(text)
  assert.deepEqual(await sms().send(text), first)
  assert.deepEqual(
    gateway.delivered,
    [text].map(({ reference, to, text, template, params }) => ({ reference, to, text, template, params })),
  )
})

test('what the gateway answers says whether to ask again', async () => {
  const cases: [number, string][] = [
    [400, 'http-400 permanent'],
    [422, 'http-422 permanent'],
    [401, 'http-401 away'],
    [402, 'http-402 away'],
    [404, 'http-404 away'],
    [408, 'http-408 away'],
    [429, 'http-429 away'],
    [302, 'http-302 away'],
    [500, 'http-500 unclear away'],
    [503, 'http-503 unclear away'],
  ]
  for (const [status, end] of cases) {
    answers(status, '{}', { location: 'https://elsewhere.example/' })
    assert.equal(await faultOf(sms().send(text)), end)
  }
  for (const body of ['', 'OK', '{"id":7}', '{"id":""}', '{"id":"a b"}', `{"id":"${'x'.repeat(300)}"}`]) {
    answers(200, body)
    assert.equal(await faultOf(sms().send(text)), 'no-id unclear away', body.slice(0, 20))
  }
  answers(200, `{"id":"${'x'.repeat(1_000_000)}"}`)
  assert.equal(await faultOf(sms().send(text)), 'cut unclear away')
})

test('slow, cut off, not there, and another secret', async () => {
  gateway.instead = () => {}
  assert.equal(await faultOf(sms().send(text)), 'timeout unclear away')
  gateway.instead = (request) => request.socket.destroy()
  assert.equal(await faultOf(sms().send(text)), 'cut unclear away')
  const closed = await openSmsGateway()
  await closed.close()
  assert.equal(await faultOf(sms(gateway.secret, closed.url).send(text)), 'ECONNREFUSED away')
  gateway.instead = null
  assert.equal(await faultOf(sms('x'.repeat(32)).send(text)), 'http-401 away')
})

test('a letter is opened only with its signature, whole, and within five minutes', () => {
  const now = new Date('2026-11-24T02:00:00Z')
  const body = '{"reports":[]}'
  const headers = signed(gateway.secret, body, now)
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  const opened = (h: Record<string, unknown>, b = body, when = now) => verify(gateway.secret, h, Buffer.from(b), when)
  assert.equal(opened(headers), 'good')
  assert.equal(opened(headers, body, at(300)), 'good')
  assert.equal(opened(headers, body, at(301)), 'stale')
  assert.equal(opened(headers, body, at(-301)), 'stale')
  assert.equal(opened(headers, `${body} `), 'wrong')
  assert.equal(opened({ ...headers, [TIMESTAMP_HEADER]: String(Number(headers[TIMESTAMP_HEADER]) + 1) }), 'wrong')
  for (const odd of [undefined, '', 'sha256=', `sha256=${'0'.repeat(64)}`, [headers[SIGNATURE_HEADER], 'x'], 'é'.repeat(64)])
    assert.equal(opened({ ...headers, [SIGNATURE_HEADER]: odd }), 'wrong', String(odd))
  assert.equal(opened({ ...headers, [TIMESTAMP_HEADER]: '9'.repeat(400) }), 'wrong')
})

test('settings: what is wrong is named with what to do, all at once, and never repeated', () => {
  const wrongOf = (env: Record<string, string>) => {
    const wrong: { variable: string; problem: string }[] = []
    readOutbound(env, wrong)
    for (const { problem } of wrong) assert.ok(!problem.includes('hush'), problem)
    return wrong.map((w) => w.variable)
  }
  const [MAIL, SMS] = [{ KAIFONG_MAIL_FROM: 'a@street.example.org' }, { KAIFONG_SMS_SECRET: 'hush'.repeat(8) }]
  assert.deepEqual(wrongOf({}), [])
  assert.deepEqual(wrongOf({ ...MAIL, KAIFONG_SMTP_URL: 'smtps://u:p%40@mail.example.org' }), [])
  assert.deepEqual(wrongOf({ ...SMS, KAIFONG_SMS_URL: 'https://sms.example.org/send' }), [])
  assert.deepEqual(wrongOf(MAIL), ['KAIFONG_SMTP_URL'])
  assert.deepEqual(wrongOf(SMS), ['KAIFONG_SMS_URL'])
  assert.deepEqual(wrongOf({ KAIFONG_SMTP_URL: 'smtp://hush:hush@mail' }), ['KAIFONG_MAIL_FROM'])
  for (const KAIFONG_SMTP_URL of [
    'mail.example.org',
    'http://u:hush@h',
    'smtp://u:hush@h/path',
    'smtp://u:hush@h?tls=no',
    'smtp://u:hush%@h',
  ])
    assert.deepEqual(wrongOf({ ...MAIL, KAIFONG_SMTP_URL }), ['KAIFONG_SMTP_URL'], KAIFONG_SMTP_URL)
  for (const KAIFONG_MAIL_FROM of [
    'street',
    'a@b',
    'A <a@b.example>',
    'a@b.example,c@d.example',
    'a@b.example\r\nBcc: x@y.example',
  ])
    assert.deepEqual(
      wrongOf({ KAIFONG_SMTP_URL: 'smtp://localhost', KAIFONG_MAIL_FROM }),
      ['KAIFONG_MAIL_FROM'],
      KAIFONG_MAIL_FROM,
    )
  for (const KAIFONG_SMS_URL of ['sms', 'http://sms.example.org', 'https://u:hush@sms.example.org', 'ftp://sms.example.org'])
    assert.deepEqual(wrongOf({ ...SMS, KAIFONG_SMS_URL }), ['KAIFONG_SMS_URL'], KAIFONG_SMS_URL)
  assert.deepEqual(wrongOf({ KAIFONG_SMS_URL: 'https://s.example', KAIFONG_SMS_SECRET: 'short' }), ['KAIFONG_SMS_SECRET'])
  const { email } = readOutbound({ ...MAIL, KAIFONG_SMTP_URL: 'smtp://mail.example.org' }, [])
  assert.deepEqual([email!.port, email!.secure, email!.plain], [587, false, false], 'TLS is demanded')
  assert.equal(readOutbound({ ...MAIL, KAIFONG_SMTP_URL: 'smtp://mail.example.org?tls=none' }, []).email!.plain, true)
})
