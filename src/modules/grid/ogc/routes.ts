/**
 * OGC API – Features at /ogc, plain routes: map programs fix the addresses, the notation and what an error looks like. What is
 * read is a use case like any other, asked by nobody in particular.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { outageOf } from '../../../platform/database/away.ts'
import { httpStatus } from '../../../platform/http/problem.ts'
import { pathOf } from '../../../platform/log.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plain } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { isId } from '../open311/reading.ts'
import { openTo } from '../open311/routes.ts'
import { CRS84, collectionOf, collectionsOf, conformance, GEOJSON, landing, link, openapi, parameters } from './description.ts'
import type { Feature } from './features.ts'
import { readQuery } from './reading.ts'
import { type Collection, collections, listFeatures } from './use-cases.ts'

const OGC = '/ogc'
/** The page that says to people what programs read here. */
export const OPEN_DATA = '/open-data'
type Sent = Readonly<Record<string, unknown>>

export function ogc({ app, platform, demo }: Rooms): void {
  const { services } = platform
  const base = `${services.publicUrl}${OGC}`
  const hidden = { schema: { hide: true } as object }
  const wordsOf = (request: FastifyRequest) =>
    services.words.in(/^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh')
  const bounds = () => services.packs.inForce().incidents.bounds
  const publicCall = (request: FastifyRequest) => ({ ...request.call, actor: { kind: 'public' } as const })
  const collectionIn = (request: FastifyRequest): Collection => {
    const { collection } = request.params as { collection: string }
    if (!collections.some((each) => each === collection)) throw new Refusal('ogc.collection_unknown', 'missing')
    return collection as Collection
  }
  // Of an incident and a camera nothing of its own says so: it is made up when everything here is.
  const marked = ({ id, geometry, properties }: Feature) => ({
    type: 'Feature',
    id,
    geometry,
    properties: 'demo' in properties ? properties : { ...properties, demo },
  })
  // As bytes: of a text Fastify writes the type anew, with marks that map programs do not know it by.
  const json = (reply: FastifyReply, value: object, type = 'application/json; charset=utf-8') =>
    reply.type(type).send(Buffer.from(JSON.stringify(value)))

  app.register(
    async (inner) => {
      inner.addHook('onRequest', async (_request, reply) => {
        openTo(reply)
      })
      const get = (path: string, known: readonly string[], answer: (r: FastifyRequest, reply: FastifyReply) => unknown) =>
        inner.get(path, hidden, async (request, reply) => {
          refuseOthers(request.query as Sent, known)
          return answer(request, reply)
        })
      get('/', [], (r, reply) =>
        isBrowser(r) ? reply.redirect(OPEN_DATA, 303) : json(reply, landing(wordsOf(r), base, services.publicUrl + OPEN_DATA)),
      )
      get('/conformance', [], (_r, reply) => json(reply, conformance))
      get('/api', [], (r, reply) => json(reply, openapi(wordsOf(r), base), 'application/vnd.oai.openapi+json;version=3.0'))
      get('/collections', [], (r, reply) => json(reply, collectionsOf(wordsOf(r), base, bounds())))
      get('/collections/:collection', [], (r, reply) => json(reply, collectionOf(wordsOf(r), base, collectionIn(r), bounds())))
      get('/collections/:collection/items', parameters, async (r, reply) => {
        const collection = collectionIn(r)
        const asked = readQuery(r.query as Sent)
        const { features, next } = await listFeatures.run(publicCall(r), { collection, ...asked })
        const here = `${base}/collections/${collection}`
        const at = (given: Record<string, string>) => {
          const query = new URLSearchParams({ ...(r.query as Record<string, string>), ...given })
          return `${here}/items${query.size > 0 ? `?${query}` : ''}`
        }
        reply.header('content-crs', `<${CRS84}>`)
        const links = [link(at({}), 'self', 'application/geo+json'), link(here, 'collection')]
        if (next !== null) links.push(link(at({ after: next }), 'next', 'application/geo+json'))
        return json(
          reply,
          {
            type: 'FeatureCollection',
            timeStamp: r.call.now.toISOString(),
            numberReturned: features.length,
            links,
            features: features.map(marked),
          },
          GEOJSON,
        )
      })
      get('/collections/:collection/items/:feature', ['crs'], async (r, reply) => {
        const collection = collectionIn(r)
        readQuery(r.query as Sent)
        const { feature: id } = r.params as { feature: string }
        const isOne = id !== '' && id.length <= 60 && (collection === 'grids' || collection === 'facilities' || isId(id))
        // Also one that has ended: its address was given out.
        const ever = collection === 'grids' || collection === 'facilities' ? { from: '0001-01-01T00:00:00Z' } : {}
        const [feature] = isOne ? (await listFeatures.run(publicCall(r), { collection, id, ...ever, limit: 1 })).features : []
        if (!feature) throw new Refusal('ogc.feature_unknown', 'missing')
        const here = `${base}/collections/${collection}`
        const links = [link(`${here}/items/${encodeURIComponent(id)}`, 'self', 'application/geo+json'), link(here, 'collection')]
        reply.header('content-crs', `<${CRS84}>`)
        return json(reply, { ...marked(feature), links }, GEOJSON)
      })
      inner.setNotFoundHandler((request, reply) => {
        if (request.method !== 'POST') throw new Refusal('ogc.no_such_path', 'missing')
        const [code, allowed] = ['ogc.only_read', 'GET, HEAD, OPTIONS']
        return json(reply.code(405).header('allow', allowed), { code, description: wordsOf(request)(code) })
      })
      inner.setErrorHandler((error: Error, request, reply) => {
        const t = wordsOf(request)
        const refusal = error instanceof Refusal ? error : null
        const outage = refusal ? null : outageOf(error)
        if (!refusal && !outage)
          platform.log.error({ err: error, requestId: request.id, path: pathOf(request.url) }, 'a request failed')
        const known = refusal ? httpStatus(refusal.code, refusal.kind) : outage ? 503 : 500
        const description = refusal
          ? t(refusal.code, plain(refusal.params))
          : t(outage ? `request.${outage}` : 'request.failed', { reference: request.id })
        if (refusal?.params.retryAfterSeconds) reply.header('retry-after', String(refusal.params.retryAfterSeconds))
        const code = refusal?.code ?? (outage ? `request.${outage}` : 'request.failed')
        return json(openTo(reply).code(known === 422 ? 400 : known), { code, description })
      })
    },
    { prefix: OGC },
  )
}

/** HTML first, and no other form said: programs ask for JSON, or for anything. */
const isBrowser = ({ headers, query }: FastifyRequest): boolean =>
  /^\s*text\/html\b/.test(headers.accept ?? '') && (query as Sent).f === undefined

function refuseOthers(sent: Sent, known: readonly string[]): void {
  for (const [name, value] of Object.entries(sent)) {
    const right = name === 'f' ? value === 'json' : known.includes(name) && typeof value === 'string'
    if (!right) throw new Refusal('ogc.parameter_unknown', 'invalid', { name: name.slice(0, 60) })
  }
}
