/**
 * Open311 GeoReport v2 at /open311/v2, plain routes: clients written for other cities send forms and read XML, with addresses
 * and answers that their specification fixed (docs/open311.md). Every act is a use case like any other, done by nobody in
 * particular: a cookie is not looked at, so that no foreign page reports in the name of whoever is signed in.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type Type from 'typebox'
import { outageOf } from '../../../platform/database/away.ts'
import { httpStatus } from '../../../platform/http/problem.ts'
import { pathOf } from '../../../platform/log.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Call } from '../../../platform/use-case/use-case.ts'
import { plain } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { followReport, sayOfReport } from '../use-cases/follow.ts'
import { type ReportInput, report, reportByProgram } from '../use-cases/report.ts'
import { definitionOf, discoveryOf, requestsOf, type Speech, servicesOf, updatesOf } from './answers.ts'
import { admitKey, listOfKey } from './keys.ts'
import { type Format, formats, notationOf, type Value } from './notation.ts'
import { descriptionOf, filterOf, idsOf, isId, one, rangeOf, refuseElsewhere, reportOf, type Sent, saidOf } from './reading.ts'
import { getRequests, listRequests, listUpdates, MOST } from './use-cases.ts'

export const OPEN311 = '/open311/v2'

interface Asked {
  call: Call
  sent: Sent
  speech: Speech
}
/** Name of the root element, and what is in it. */
type Answer = readonly [root: string, value: Value | Iterable<Value>]

export function open311({ app, platform, demo }: Rooms): void {
  const { services } = platform
  const host = new URL(services.publicUrl).hostname
  // Which pack this process speaks of, and since when: a client that kept a list learns that there is a newer one.
  let told = { hash: '', since: new Date(0) }

  const reads: Readonly<Record<string, (asked: Asked, id: string) => Answer | Promise<Answer>>> = {
    discovery({ call, speech }) {
      if (told.hash !== speech.pack.hash) told = { hash: speech.pack.hash, since: call.now }
      return ['discovery', discoveryOf(speech, `${services.publicUrl}${OPEN311}`, told.since, demo)]
    },
    services: ({ speech }) => ['services', servicesOf(speech)],
    'services/': ({ speech }, code) => ['service_definition', definitionOf(speech, speech.pack.incidentClass(code))],
    async requests({ call, sent, speech }) {
      const ids = idsOf(sent, MOST)
      if (!ids && one(sent, 'own') === 'true') {
        const apiKey = await keyIn(call, sent)
        if (!apiKey) throw new Refusal('open311.key_missing', 'forbidden')
        return ['service_requests', requestsOf(speech, (await listOfKey.run(call, { apiKey, ...rangeOf(sent, call.now) })).rows)]
      }
      const { rows } = ids ? await getRequests.run(call, { ids }) : await listRequests.run(call, filterOf(sent, call.now, MOST))
      return ['service_requests', requestsOf(speech, rows)]
    },
    async 'requests/'({ call, speech }, id) {
      const { rows } = isId(id) ? await getRequests.run(call, { ids: [id] }) : { rows: [] }
      if (rows.length === 0) throw new Refusal('open311.request_unknown', 'missing', { id: id.slice(0, 60) })
      return ['service_requests', requestsOf(speech, rows)]
    },
    async 'tokens/'({ call }, token) {
      return ['service_requests', [{ service_request_id: await requestOfToken(call, token), token }]]
    },
    async servicerequestupdates({ call, sent, speech }) {
      const { rows } = await listUpdates.run(call, rangeOf(sent, call.now))
      return ['service_request_updates', updatesOf(speech, rows)]
    },
  }
  const writes: Readonly<Record<string, (asked: Asked) => Promise<Answer>>> = {
    async requests({ call, sent, speech }) {
      const apiKey = await keyIn(call, sent)
      const { token } = await reportWith(call, apiKey, reportOf(sent, speech.pack))
      return ['service_requests', [{ token, service_notice: speech.t('open311.noted'), account_id: null }]]
    },
    servicerequestupdates: async (asked) => ['service_request_updates', [{ update_id: await update(asked) }]],
  }

  /** With a token its reporter's word; without, one more report of the same thing. */
  async function update({ call, sent }: Asked): Promise<string> {
    const apiKey = await keyIn(call, sent)
    const id = one(sent, 'service_request_id').toLowerCase()
    const token = (one(sent, 'token') || id).toLowerCase()
    const status = one(sent, 'status').toLowerCase()
    const solved = status === 'closed' || status === 'fixed'
    if (!solved && !['', 'open', 'reopen'].includes(status)) throw new Refusal('open311.status_unknown', 'invalid')
    const words = descriptionOf(sent)
    const followed = isId(token) ? await found(call, token) : null
    if (!followed) {
      if (one(sent, 'token')) throw new Refusal('open311.token_unknown', 'missing')
      if (!isId(id)) throw new Refusal('open311.request_unknown', 'missing', { id: id.slice(0, 60) })
      if (solved || status === 'reopen') throw new Refusal('open311.update_needs_token', 'forbidden')
      if (words === '') throw new Refusal('open311.description_missing', 'invalid')
      const [joined] = (await getRequests.run(call, { ids: [id] })).rows
      if (!joined) throw new Refusal('open311.request_unknown', 'missing', { id })
      return (await reportWith(call, apiKey, { ...saidOf(sent), classCode: joined.classCode, place: {}, joins: id })).id
    }
    if (words.length > 500) throw new Refusal('open311.too_long', 'invalid', { name: 'description', most: 500 })
    await sayOfReport.run(call, { token, solved, reason: words })
    const { publicId, course } = await followReport.run(call, { token })
    return `${publicId}.${course.at(-1)!.seq}`
  }

  const asked = (request: FastifyRequest, sent: unknown): Asked => {
    const pack = services.packs.inForce()
    const call = { ...request.call, actor: { kind: 'public' } as const }
    const given = (sent ?? {}) as Sent
    refuseElsewhere(given, pack, host)
    return { call, sent: given, speech: { pack, site: services.publicUrl, ...speechOf(request) } }
  }
  const speechOf = (request: FastifyRequest) => {
    const lang = /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh'
    return { lang, t: services.words.in(lang) } as const
  }

  app.register(
    async (inner) => {
      inner.addHook('onRequest', async (_request, reply) => {
        openTo(reply)
      })
      inner.get('/*', { schema: { hide: true } as object }, async (request, reply) => {
        const { name, id, format } = addressOf(request)
        const key = id === null ? name : `${name}/`
        const read = Object.hasOwn(reads, key) ? reads[key] : undefined
        if (!read) throw noSuchPath()
        const [root, value] = await read(asked(request, request.query), id ?? '')
        return send(reply, format, root, value)
      })
      inner.post('/*', { schema: { hide: true } as object }, async (request, reply) => {
        const { name, id, format } = addressOf(request)
        const write = id === null && Object.hasOwn(writes, name) ? writes[name] : undefined
        if (!write) throw noSuchPath()
        if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) throw notAForm()
        const [root, value] = await write(asked(request, request.body))
        return send(reply, format, root, value)
      })
      inner.setErrorHandler((error: Error & { code?: string }, request, reply) => {
        const { t } = speechOf(request)
        const refusal = refusalOf(error)
        const outage = refusal ? null : outageOf(error)
        if (!refusal && !outage)
          platform.log.error({ err: error, requestId: request.id, path: pathOf(request.url) }, 'a request failed')
        const status = refusal ? statusOf(refusal) : outage ? 503 : 500
        const description = refusal
          ? t(refusal.code, plain(refusal.params))
          : t(outage ? `request.${outage}` : 'request.failed', { reference: request.id })
        if (refusal?.params.retryAfterSeconds) reply.header('retry-after', String(refusal.params.retryAfterSeconds))
        return send(openTo(reply).code(status), addressOf(request).format, 'errors', [{ code: status, description }])
      })
    },
    { prefix: OPEN311 },
  )
}

/** A key need not be sent; one that is sent must be one. */
async function keyIn(call: Call, sent: Sent): Promise<string> {
  const key = one(sent, 'api_key')
  if (key !== '') await admitKey(call, key)
  return key
}

const reportWith = (call: Call, apiKey: string, given: Type.Static<typeof ReportInput>) =>
  apiKey ? reportByProgram.run(call, { ...given, apiKey }) : report.run(call, given)

/** Any page may read it, and none with somebody's cookie. */
export const openTo = (reply: FastifyReply): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('vary', 'accept-language, accept')

const send = (reply: FastifyReply, format: Format, root: string, value: Value | Iterable<Value>) =>
  reply.type(formats[format]).send(notationOf(format, root, value))

async function found(call: Call, token: string) {
  try {
    return await followReport.run(call, { token })
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'missing') return null
    throw error
  }
}

async function requestOfToken(call: Call, token: string): Promise<string> {
  const followed = isId(token) ? await found(call, token) : null
  if (!followed) throw new Refusal('open311.token_unknown', 'missing')
  return followed.publicId
}

const noSuchPath = () => new Refusal('open311.no_such_path', 'missing')
const notAForm = () => new Refusal('open311.not_a_form', 'invalid')

/** `services.xml`, `services/CODE.json`; without an ending what the client says it accepts, XML where it says nothing. */
function addressOf(request: FastifyRequest): { name: string; id: string | null; format: Format } {
  const path = (request.params as { '*'?: string } | undefined)?.['*'] ?? ''
  const [, name = '', id, ending] = /^([a-z]+)(?:\/([^/]+?))?(?:\.(xml|json))?$/.exec(path) ?? []
  const asks = /^[^,]*\bjson\b/.test(request.headers.accept ?? '') ? 'json' : 'xml'
  return { name, id: id ?? null, format: (ending as Format | undefined) ?? (/\.json$/.test(path) ? 'json' : asks) }
}

/** 400, 403 and 404 are the specification's own; of what it is silent about HTTP's numbers hold. */
function statusOf({ code, kind }: Refusal): number {
  if (code === 'request.too_large') return 413
  if (code === 'open311.not_a_form') return 415
  const status = httpStatus(code, kind)
  return status === 403 || status === 404 || status === 429 ? status : 400
}

function refusalOf(error: Error & { code?: string }): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('request.too_large', 'invalid')
  return /^FST_ERR_CTP_/.test(error.code ?? '') ? notAForm() : null
}
