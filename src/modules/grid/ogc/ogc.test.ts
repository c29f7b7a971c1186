/** docs/ogc.md, row by row: OGC API – Features as a map program walks it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rowsOf } from '../../../../test/harness/case-table.ts'
import { camera } from '../../../../test/harness/safety-stages.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { newId } from '../../../platform/id.ts'

let scene: Scene
let incident: string
const square = [[[113.34, 23.14], [113.36, 23.14], [113.36, 23.16], [113.34, 23.16], [113.34, 23.14]]] // biome-ignore format: a square
before(async () => {
  scene = await openScene()
  const now = scene.now()
  const grid = (code: string, crs: string) =>
    scene.owner.query(
      `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, demo, recorded_at) values ($1, $2, '示例网格', $3, $4, $5, 113.34, 23.14, 113.36, 23.16, '2026-01-01', 'test', true, $6)`,
      [newId(now), code, place.community, JSON.stringify({ type: 'Polygon', coordinates: square }), crs, now],
    )
  await grid('T-1', 'WGS84')
  await grid('T-2', 'GCJ02')
  for (const n of [1, 2, 3])
    await scene.owner.query(
      `insert into grid.facility (id, token, code, class_code, name, area, lon, lat, crs, source, demo, recorded_at) values ($1, gen_random_uuid(), $2, 'street-lamp', '示例灯杆', $3, $4, 23.15, 'WGS84', 'test', true, $5)`,
      [newId(now), `D-${n}`, place.community, 113.35 + n / 1000, now],
    )
  await scene.owner.query(
    `insert into grid.crossing (id, name, street, lon, lat, source, demo) values ($1, '示例路口', $2, 113.351, 23.151, 'test', true)`,
    [newId(now), place.street],
  )
  const safety = await scene.officer('safety-officer', [place.street])
  for (const [name, point] of [
    ['示例路口东', { lon: 113.352, lat: 23.152, crs: 'WGS84' }],
    ['示例路口西', { lon: 113.36, lat: 23.15, crs: 'GCJ02' }],
    ['示例巷', null],
  ] as const)
    assert.equal((await safety.post('/api/v1/cameras', camera({ place: name, point, sign: name !== '示例巷' }))).status, 200)
  const supervisor = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
  const body = { classCode: 'street-lamp', words: '老王家门口', place: { area: place.community, lon: 113.3501, lat: 23.1502 } }
  incident = (await scene.stranger.post('/api/v1/reports', body)).body.publicId
  const { rows } = await scene.owner.query('select id from grid.incident where public_id = $1', [incident])
  await supervisor.post(`/api/v1/incidents/${rows[0].id}/verification`)
  const filing = { classCode: 'street-lamp', condition: 'one', title: '路灯不亮', shown: true }
  assert.equal((await supervisor.post(`/api/v1/incidents/${rows[0].id}/filing`, filing)).status, 200)
})
after(() => scene?.close())

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await scene.node.app.inject({ url: url.replace('http://127.0.0.1:8090', ''), headers })
  return { status: answer.statusCode, type: String(answer.headers['content-type']), body: answer.json(), headers: answer.headers }
}
const items = (collection: string, query = '') => get(`/ogc/collections/${collection}/items${query}`)
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
const idsOf = (body: any): string[] => body.features.map((each: { id: string }) => each.id)
const linked = (body: { links: { rel: string; href: string }[] }, rel: string) =>
  body.links.find((each) => each.rel === rel)?.href

const cases: Record<string, () => Promise<void>> = {
  async 'landing page and collections'() {
    const { body } = await get('/ogc/')
    assert.equal((await get('/ogc')).status, 200)
    for (const rel of ['self', 'service-desc', 'conformance', 'data']) assert.equal((await get(linked(body, rel)!)).status, 200)
    const api = await get(linked(body, 'service-desc')!)
    assert.equal(api.type, 'application/vnd.oai.openapi+json;version=3.0', 'to the letter: GDAL asks for it')
    assert.match(api.body.openapi, /^3\.0/)
    const { conformsTo } = (await get(linked(body, 'conformance')!)).body
    assert.ok(conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'))
    const { collections } = (await get(linked(body, 'data')!)).body
    assert.deepEqual(
      collections.map((each: { id: string }) => each.id),
      ['grids', 'incidents', 'facilities', 'cameras'],
    )
    for (const each of collections) {
      assert.equal((await get(linked(each, 'self')!)).body.id, each.id)
      const answer = await get(linked(each, 'items')!)
      assert.equal(answer.type, 'application/geo+json; charset=utf-8')
      assert.equal(answer.headers['access-control-allow-origin'], '*')
      for (const feature of answer.body.features) {
        const alone = await get(`/ogc/collections/${each.id}/items/${feature.id}`)
        assert.deepEqual([alone.body.id, alone.body.properties], [feature.id, feature.properties])
      }
    }
  },
  async 'API definition'() {
    const { paths } = (await get('/ogc/api')).body
    const { parameters } = paths['/collections/{collectionId}/items'].get
    const given = (name: string) => parameters.find((each: { name: string }) => each.name === name)
    for (const name of ['limit', 'bbox', 'datetime', 'crs', 'bbox-crs'])
      assert.deepEqual([given(name).in, given(name).required, given(name).style, given(name).explode], ['query', false, 'form', false], name)
    assert.deepEqual(given('limit').schema, { type: 'integer', minimum: 1, maximum: 1000, default: 100 })
    assert.deepEqual(given('bbox').schema, { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 })
  },
  async 'limit and next'() {
    const seen: string[] = []
    let url: string | undefined = '/ogc/collections/facilities/items?limit=2&class=street-lamp'
    while (url) {
      const { body } = await get(url)
      assert.equal(body.numberReturned, body.features.length)
      seen.push(...idsOf(body))
      url = linked(body, 'next')
    }
    assert.deepEqual(seen, ['D-1', 'D-2', 'D-3'])
  },
  async 'bbox, datetime, area and class'() {
    const of = async (collection: string, query: string) => idsOf((await items(collection, query)).body)
    assert.deepEqual(await of('facilities', '?bbox=113.3515,23,113.3525,24'), ['D-2'])
    assert.deepEqual(await of('facilities', '?bbox=113.3515,23,0,113.3525,24,0'), ['D-2'])
    assert.deepEqual(await of('grids', '?bbox=113.35,23.15,113.4,23.2'), ['T-1', 'T-2'])
    assert.deepEqual(await of('grids', '?bbox=114,24,115,25'), [])
    assert.deepEqual(await of('grids', '?datetime=2025-06-01'), [])
    assert.deepEqual(await of('grids', '?datetime=2026-06-01T00:00:00Z'), ['T-1', 'T-2'])
    for (const time of ['2026-11-24', '2026-11-01T00:00:00Z/..', '../2026-11-25', '2026-11-24T00:00:00Z/2026-11-24T04:00:00Z'])
      assert.deepEqual(await of('incidents', `?datetime=${time}`), [incident], time)
    assert.deepEqual(await of('incidents', '?datetime=2026-11-25/..'), [])
    assert.deepEqual(await of('incidents', `?area=${place.sibling}`), [])
    assert.deepEqual(await of('incidents', `?area=${place.street}&class=street-lamp&bbox=113,23,114,24`), [incident])
    assert.deepEqual(await of('facilities', '?limit=99999'), ['D-1', 'D-2', 'D-3'])
  },
  async 'bbox over the antimeridian'() {
    const of = async (box: string) => idsOf((await items('facilities', `?bbox=${box}`)).body)
    assert.deepEqual(await of('114,23,113,24'), [], 'all but what lies between')
    assert.deepEqual(await of('113,23,-113,24'), ['D-1', 'D-2', 'D-3'])
    assert.deepEqual(await of('177,-90,-177,90'), [])
  },
  async 'datetime as clients write it'() {
    for (const time of ['2026-11-24T10:00:00+08:00/..', '2026-11-24T10:00:00%2B08:00/..', '2026-11-24t02:00:00z/2026-11-25t00:00:00z', '../..', '2026-11-24T00:00:00Z/'])
      assert.deepEqual(idsOf((await items('incidents', `?datetime=${time}`)).body), [incident], time)
  },
  async 'crs'() {
    const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
    for (const address of ['/ogc/collections/facilities/items', '/ogc/collections/facilities/items/D-1'])
      for (const query of ['', `?crs=${encodeURIComponent(CRS84)}`]) {
        const { status, headers } = await get(`${address}${query}`)
        assert.deepEqual([status, headers['content-crs']], [200, `<${CRS84}>`])
      }
    const other = 'http://www.opengis.net/def/crs/EPSG/0/4326'
    for (const query of [`crs=${other}`, `bbox-crs=${other}&bbox=1,2,3,4`]) assert.equal((await items('facilities', `?${query}`)).status, 400)
    assert.equal((await get(`/ogc/collections/facilities/items/D-1?crs=${other}`)).status, 400)
    assert.deepEqual((await get('/ogc/collections/cameras')).body.crs, [CRS84])
  },
  async 'what cannot be read'() {
    for (const query of [
      'bbox=1,2,3',
      'bbox=a,b,c,d',
      'bbox=113,24,114,23',
      'bbox=999,0,999,1',
      'bbox-crs=EPSG:4490',
      'datetime=yesterday',
      'datetime=2026-11-25/2026-11-24',
      'datetime=1/2/3',
      'datetime=0000-01-01',
      'limit=0',
      'limit=x',
      'offset=1000000000',
      'after=nonsense',
      `after=${'x'.repeat(5000)}`,
      'after=00000000-0000-4000-8000-000000000000',
      'area=x',
      'nonsense=1',
      'f=html',
      'limit=1&limit=2',
    ]) {
      // biome-ignore format: a list
      const { status, body } = await items('incidents', `?${query}`)
      assert.equal(status, 400, query)
      assert.ok(body.code && body.description, query)
    }
    for (const path of ['collections/nonsense', 'collections/nonsense/items', 'collections/incidents/items/293944', 'collections/grids/items/T-9', 'nonsense']) // biome-ignore format: a list
      assert.equal((await get(`/ogc/${path}`)).status, 404, path)
    assert.match((await get('/ogc/nonsense', { 'accept-language': 'en' })).body.description, /no such address/)
  },
  async 'other methods'() {
    const sent = async (method: 'POST' | 'PUT' | 'HEAD' | 'OPTIONS') =>
      scene.node.app.inject({ method, url: '/ogc/collections/grids/items' })
    const posted = await sent('POST')
    assert.deepEqual([posted.statusCode, posted.headers.allow, posted.json().code], [405, 'GET, HEAD, OPTIONS', 'ogc.only_read'])
    assert.deepEqual([(await sent('PUT')).statusCode, (await sent('OPTIONS')).statusCode], [405, 204])
    const head = await sent('HEAD')
    assert.deepEqual([head.statusCode, head.body], [200, ''])
  },
  async 'a browser'() {
    const asks = (accept: string, url = '/ogc/', lang = 'en') =>
      scene.node.app.inject({ url, headers: { accept, 'accept-language': lang } })
    const led = await asks('text/html,application/xhtml+xml,*/*;q=0.8')
    assert.deepEqual([led.statusCode, led.headers.location], [303, '/open-data'])
    assert.equal((await asks('text/html', '/ogc/?f=json')).statusCode, 200, 'who says which form is wanted gets it')
    assert.equal((await asks('*/*')).statusCode, 200)
    const page = await scene.node.app.inject({ url: '/open-data' })
    assert.equal(page.statusCode, 200)
    for (const each of ['grids', 'incidents', 'facilities', 'cameras']) assert.match(page.body, new RegExp(`/ogc/collections/${each}/items`))
    const { body } = await get('/ogc/')
    assert.equal((await get(linked(body, 'service-desc')!)).status, 200)
    assert.equal(linked(body, 'service-doc'), 'http://127.0.0.1:8090/open-data')
  },
  async 'too slow, or too often'() {
    await scene.owner.query('begin; lock table grid.incident in access exclusive mode')
    try {
      const from = (remoteAddress: string, url: string) => scene.node.app.inject({ url, remoteAddress })
      const [asked, map, other] = await Promise.all([
        Promise.all(Array.from({ length: 11 }, () => items('incidents'))),
        from('10.2.2.1', '/api/v1/public/incidents/map?west=113&south=23&east=114&north=24'),
        from('10.2.2.2', '/open311/v2/requests.xml'),
      ])
      const told = asked.map(({ status, body }) => `${status} ${body.code}`).toSorted()
      assert.deepEqual(told, [...Array(8).fill('400 request.too_slow'), ...Array(3).fill('429 rate.too_many')])
      assert.deepEqual([map.statusCode, map.json().code], [422, 'request.too_slow'])
      assert.match(other.body, /<errors><error><code>400<.code><description>这样查太费时间/)
    } finally {
      await scene.owner.query('rollback')
    }
    assert.equal((await items('incidents')).status, 200)
  },
  async 'grids and incidents'() {
    const { body } = await items('incidents')
    assert.deepEqual(idsOf(body), [incident])
    const [{ geometry, properties }] = body.features
    assert.deepEqual(geometry.coordinates, [113.351, 23.151])
    assert.deepEqual([properties.title, properties.status, properties.demo], ['路灯不亮', 'filed', false])
    assert.ok(!JSON.stringify(body).includes('老王'))
    const [plain, moved] = (await items('grids')).body.features
    assert.deepEqual(plain.geometry.coordinates, square)
    assert.deepEqual([plain.properties.crs_delivered, plain.properties.demo], ['WGS84', true])
    assert.equal(moved.properties.crs_delivered, 'GCJ02')
    const [east] = moved.geometry.coordinates[0][0]
    assert.ok(east > 113.33 && east < 113.339, 'hundreds of metres away')
  },
  async 'cameras'() {
    const { features } = (await items('cameras')).body
    const [{ id, geometry, properties }, moved, unmeasured] = ['示例路口东', '示例路口西', '示例巷'].map((name) =>
      features.find((each: { properties: { place: string } }) => each.properties.place === name),
    )
    assert.deepEqual(geometry.coordinates, [113.352, 23.152])
    const { recorded_at, ...told } = properties
    assert.deepEqual(told, {
      ...{ place: '示例路口东', purpose: 'order', keeper: '示例派出所', contact: '020-00000000', retention_days: 30, sign: true },
      ...{ basis: '示例依据', area: place.community, crs_delivered: 'WGS84', demo: false },
    })
    assert.match(recorded_at, /^2026-11-24T/)
    assert.deepEqual([unmeasured.geometry, unmeasured.properties.sign, unmeasured.properties.crs_delivered], [null, false, null])
    assert.deepEqual(idsOf((await items('cameras', '?bbox=113.3515,23.15,113.3525,23.16')).body), [id])
    // As it is answered, not as it was delivered half a kilometre beside.
    const [lon, lat] = moved.geometry.coordinates
    const around = `?bbox=${lon - 0.0001},${lat - 0.0001},${lon + 0.0001},${lat + 0.0001}`
    assert.deepEqual(idsOf((await items('cameras', around)).body), [moved.id])
    assert.deepEqual(idsOf((await items('cameras', '?bbox=113.3599,23.1499,113.3601,23.1501')).body), [])
    assert.deepEqual(idsOf((await items('cameras', '?class=fire')).body), [])
    assert.equal((await get(`/ogc/collections/cameras/items/${id.replace(/.$/, '0').replace(/^./, 'f')}`)).status, 404)
    const first = (await items('cameras', '?limit=2')).body
    assert.deepEqual(idsOf((await get(linked(first, 'next')!)).body), idsOf({ features }).slice(2))
  },
  async 'next of many in one instant'() {
    await scene.owner.query(
      `insert into grid.incident (id, public_id, number, street, area, channel, class_code, level, pack_hash, reported_at, status, shown, seq)
       select gen_random_uuid(), gen_random_uuid(), 'T-' || n, street, area, channel, class_code, level, pack_hash, reported_at - interval '1.5 microseconds' * (n / 3), 'filed', true, 1
       from grid.incident, generate_series(1, 7) n where public_id = $1`,
      [incident],
    )
    await scene.owner.query(
      `insert into grid.timeline (incident_id, seq, fact, payload, actor_kind, recorded_at, effective_at) select id, seq, 'reported', '{}', 'public', reported_at, reported_at from grid.incident i where not exists (select from grid.timeline t where t.incident_id = i.id)`,
    )
    const all = idsOf((await items('incidents')).body)
    assert.equal(all.length, 8)
    const seen: string[] = []
    for (let url: string | undefined = '/ogc/collections/incidents/items?limit=2'; url; ) {
      const { body } = await get(url)
      seen.push(...idsOf(body))
      url = linked(body, 'next')
    }
    assert.deepEqual(seen, all)
  },
} // biome-ignore format: names of the rows

test('each row of docs/ogc.md has its case, and each case its row', () => {
  assert.deepEqual(rowsOf('ogc.md', 'What is answered'), Object.keys(cases).toSorted())
})

for (const [name, run] of Object.entries(cases)) test(name, run)
