/** What OGC API – Features asks a server to say of itself. Pure. */
import type { T } from '../../../platform/words.ts'
import { type Collection, collections, MOST_FEATURES } from './use-cases.ts'

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian'
export const GEOJSON = 'application/geo+json; charset=utf-8'
const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0'
/** Besides `f`. Whatever else is sent is refused, as the standard says. */
export const parameters = ['bbox', 'bbox-crs', 'crs', 'datetime', 'limit', 'after', 'area', 'class'] as const
export const LIMIT = 100

export const link = (href: string, rel: string, type = 'application/json') => ({ href, rel, type })

export const landing = (t: T, base: string, page: string) => ({
  title: t('ogc.title'),
  description: t('ogc.about'),
  links: [
    link(base, 'self'),
    link(`${base}/api`, 'service-desc', OPENAPI),
    link(page, 'service-doc', 'text/html'),
    link(`${base}/conformance`, 'conformance'),
    link(`${base}/collections`, 'data'),
  ],
})

export const conformance = {
  conformsTo: ['1/1.0/conf/core', '1/1.0/conf/geojson', '1/1.0/conf/oas30', '2/1.0/conf/crs'].map(
    (part) => `http://www.opengis.net/spec/ogcapi-features-${part}`,
  ),
}

export const collectionOf = (t: T, base: string, id: Collection, box: readonly number[]) => ({
  id,
  title: t(`ogc.${id}`),
  description: t(`ogc.${id}_about`),
  itemType: 'feature',
  crs: [CRS84],
  extent: { spatial: { bbox: [box], crs: CRS84 }, temporal: { interval: [[null, null]], trs: GREGORIAN } },
  links: [link(`${base}/collections/${id}`, 'self'), link(`${base}/collections/${id}/items`, 'items', 'application/geo+json')],
})

export const collectionsOf = (t: T, base: string, box: readonly number[]) => ({
  links: [link(`${base}/collections`, 'self')],
  collections: collections.map((id) => collectionOf(t, base, id, box)),
})

const shapes: Record<(typeof parameters)[number], object> = {
  bbox: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 },
  'bbox-crs': { type: 'string', enum: [CRS84] },
  crs: { type: 'string', enum: [CRS84] },
  datetime: { type: 'string' },
  limit: { type: 'integer', minimum: 1, maximum: MOST_FEATURES, default: LIMIT },
  after: { type: 'string', description: 'Of the link “next”' },
  area: { type: 'string', pattern: '^[0-9]{4,12}$' },
  class: { type: 'string' },
}
export const isCrs84 = (crs: string): boolean => crs === '' || crs === CRS84

/** OpenAPI 3.0 of these addresses alone; the house's own is at /api/openapi.json. */
export function openapi(t: T, base: string) {
  const answer = (type: string) => ({
    200: { description: 'OK', content: { [type]: { schema: { type: 'object' } } } },
    default: { description: 'Error', content: { 'application/json': { schema: { type: 'object' } } } },
  })
  const get = (operationId: string, type = 'application/json', given: object[] = []) => ({
    get: { operationId, tags: ['ogc'], parameters: given, responses: answer(type) },
  })
  const inPath = (name: string, schema: object) => ({ name, in: 'path', required: true, schema })
  const collectionId = inPath('collectionId', { type: 'string', enum: [...collections] })
  const inQuery = parameters.map((name) => ({
    name,
    in: 'query',
    required: false,
    schema: shapes[name],
    style: 'form',
    explode: false,
  }))
  return {
    openapi: '3.0.3',
    info: { title: t('ogc.title'), description: t('ogc.about'), version: '1' },
    servers: [{ url: base }],
    paths: {
      '/': get('getLandingPage'),
      '/conformance': get('getConformance'),
      '/api': get('getApi', OPENAPI),
      '/collections': get('getCollections'),
      '/collections/{collectionId}': get('getCollection', 'application/json', [collectionId]),
      '/collections/{collectionId}/items': get('getFeatures', 'application/geo+json', [collectionId, ...inQuery]),
      '/collections/{collectionId}/items/{featureId}': get('getFeature', 'application/geo+json', [
        collectionId,
        inPath('featureId', { type: 'string' }),
        inQuery.find(({ name }) => name === 'crs')!,
      ]),
    },
  }
}
