/** docs/open311.md, row by row: what the specification says, or is silent about, and what we answer. And a client of another city. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../../test/harness/scene.ts'
import { newId } from '../../../platform/id.ts'

const GRID = ['grid']
const NO_ONE = '00000000-0000-4000-8000-000000000000'
let scene: Scene
let supervisor: Client & SignsIn
let dispatcher: Client & SignsIn
let unit: Client & SignsIn
let unitId: string
let administrator: Client & SignsIn
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z', { unsafePerMinute: 10_000, readsPerMinute: 10_000 })
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  administrator = await scene.officer('system-administrator', [place.district])
  const lampsman = await scene.officer('unit-officer', [place.street], { domains: GRID })
  unit = lampsman
  unitId = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [lampsman.postId])).rows[0].id
  await scene.owner.query(`update access.organisation set kind = 'unit', name = '示例路灯所' where id = $1`, [unitId])
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, demo, recorded_at)
     values ($1, 'T-1', '示例一格', $2, $3, 'WGS84', 113.34, 23.14, 113.36, 23.16, '2026-01-01', 'test', true, $4)`,
    [newId(scene.now()), place.community, JSON.stringify({ type: 'Polygon', coordinates: [[[113.34, 23.14], [113.36, 23.14], [113.36, 23.16], [113.34, 23.16], [113.34, 23.14]]] }), scene.now()],
  ) // biome-ignore format: a square
  await scene.owner.query(`insert into grid.crossing (id, name, street, lon, lat, source, demo) values ($1, '示例路与示例街<口>', $2, 113.351, 23.151, 'test', true)`, [newId(scene.now()), place.street]) // biome-ignore format: one row
})
after(() => scene?.close())

interface Reply {
  status: number
  type: string
  text: string
  headers: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  json(): any
}
type Method = 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'PUT'
async function send(method: Method, path: string, payload?: string, headers: Record<string, string> = {}): Promise<Reply> {
  const answer = await scene.node.app.inject({ method, url: `/open311/v2/${path}`, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, type: String(answer.headers['content-type']), text: answer.body, headers: answer.headers, json: () => answer.json() }
} // biome-ignore format: one request
const get = (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers)
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const post = (path: string, fields: Record<string, string> | string, headers: Record<string, string> = FORM) =>
  send('POST', path, typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(), headers)
const tag = (name: string, text: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
const lamp = { service_code: 'street-lamp', lat: '23.15', long: '113.35', description: '隔壁老王 13800001111 说灯坏了' }
const reported = async (more: Record<string, string> = {}) => {
  const answer = await post('requests.json', { ...lamp, ...more })
  assert.equal(answer.status, 200, answer.text)
  const token = answer.json()[0].token as string
  const id = (await get(`tokens/${token}.json`)).json()[0].service_request_id as string
  return { token, id }
}
const done = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
}
const inside = async (publicId: string): Promise<string> =>
  (await scene.owner.query('select id from grid.incident where public_id = $1', [publicId])).rows[0].id
async function filed(title = '路灯不亮 & <三盏>') {
  const one = await reported()
  const id = await inside(one.id)
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`))
  await done(
    supervisor.post(`/api/v1/incidents/${id}/filing`, { classCode: 'street-lamp', condition: 'one', title, shown: true }),
  )
  return { ...one, inside: id }
}
async function checked() {
  const one = await filed()
  await done(dispatcher.post(`/api/v1/incidents/${one.inside}/dispatch`, { unitId }))
  await done(unit.post(`/api/v1/incidents/${one.inside}/taking-on`))
  await done(unit.post(`/api/v1/incidents/${one.inside}/handling`, { note: '换了灯，老王在家' }))
  await done(supervisor.post(`/api/v1/incidents/${one.inside}/check`, { how: 'from_papers' }))
  return one
}
const one = async (id: string) => (await get(`requests/${id}.json`)).json()[0]
async function aKey(perMinute = 60, name = '示例随手拍'): Promise<string> {
  const key = `kf_${randomBytes(32).toString('base64url')}`
  await done(administrator.post('/api/v1/programs', { key, name, keeper: '示例区城管局信息科', perMinute }))
  return key
}
const listed = async (key: string, more = ''): Promise<string[]> => {
  const answer = (await get(`requests.json?own=true&api_key=${key}${more}`)).json()
  return answer[0]?.code ? [] : answer.map((each: { service_request_id: string }) => each.service_request_id)
}
/** In the format of the specification, in both notations. */
async function refused(ask: (format: 'xml' | 'json') => Promise<Reply>, status: number, says: RegExp) {
  const [xml, json] = [await ask('xml'), await ask('json')]
  assert.equal(xml.status, status, xml.text)
  assert.equal(json.status, status)
  assert.match(xml.text, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<errors><error><code>\d+<\/code><description>/)
  assert.equal(tag('code', xml.text), String(status))
  assert.equal(json.json()[0].code, status)
  assert.match(json.json()[0].description, says)
}
const refusedPost = (fields: Record<string, string>, status: number, says: RegExp) =>
  refused((format) => post(`requests.${format}`, fields), status, says)

const cases: Record<string, () => Promise<void>> = {
  async 'discovery'() {
    const { status, type, text } = await get('discovery.xml')
    assert.deepEqual([status, type], [200, 'text/xml; charset=utf-8'])
    assert.equal(tag('url', text), 'http://127.0.0.1:8090/open311/v2')
    assert.match(text, /<formats><format>text\/xml<\/format><format>application\/json<\/format><\/formats>/)
    assert.equal((await get('discovery.json')).json().endpoints[0].specification, 'http://wiki.open311.org/GeoReport_v2')
    assert.equal(tag('changeset', text), tag('changeset', (await get('discovery.xml')).text), 'the same until the pack changes')
  },
  async 'notation'() {
    assert.equal((await get('services.json')).type, 'application/json; charset=utf-8')
    assert.ok(Array.isArray((await get('services.json')).json()), 'Spark: a list is the whole answer')
    assert.equal((await get('services')).type, 'text/xml; charset=utf-8')
    assert.equal((await get('services', { accept: 'application/json' })).type, 'application/json; charset=utf-8')
  },
  async 'no such address'() {
    await refused((format) => get(`nonsense.${format}`), 404, /discovery/)
    await refused((format) => get(`requests/a/b.${format}`), 404, /discovery/)
    await refused((format) => post(`services.${format}`, lamp), 404, /discovery/)
    assert.equal((await get('')).status, 404)
  },
  async 'jurisdiction_id'() {
    for (const own of ['', '4401', 'guangzhou', '127.0.0.1'])
      assert.equal((await get(`services.xml?jurisdiction_id=${own}`)).status, 200, own)
    await refused((format) => get(`services.${format}?jurisdiction_id=sfgov.org`), 404, /sfgov\.org/)
    await refusedPost({ ...lamp, jurisdiction_id: 'sfgov.org' }, 404, /sfgov\.org/)
  },
  async 'services'() {
    const { text } = await get('services.xml')
    const service = text.match(/<service>.*?<\/service>/gs)!.find((each) => tag('service_code', each) === 'street-lamp')!
    assert.deepEqual(
      [...service.matchAll(/<(\w+)>/g)].map((found) => found[1]),
      ['service', 'service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
    )
    assert.deepEqual([tag('metadata', service), tag('type', service)], ['true', 'batch'])
    assert.equal((await get('services.json')).json()[0].metadata, false)
  },
  async 'language'() {
    assert.match((await get('services.xml')).text, /路灯不亮/)
    const english = await get('services.xml', { 'accept-language': 'en-GB,en;q=0.9' })
    assert.match(english.text, /Street lamp out/)
    assert.match(String(english.headers.vary), /accept-language/)
  },
  async 'service definition'() {
    const { text } = await get('services/parking.xml')
    assert.match(text, /<attribute><variable>true<\/variable><code>what<\/code><datatype>singlevaluelist<\/datatype><required>true/)
    assert.match(text, /<values><value><key>car<\/key>/)
    assert.equal((await get('services/street-lamp.json')).json().attributes[0].datatype, 'number')
    assert.match((await get('services/manhole-cover.xml')).text, /<attributes><\/attributes>/)
  },
  async 'unknown service'() {
    await refused((format) => get(`services/nonsense.${format}`), 404, /./)
    await refused((format) => get(`services/${'x'.repeat(5000)}.${format}`), 404, /./)
    await refusedPost({ ...lamp, service_code: 'nonsense' }, 404, /./)
  },
  async 'service_code missing'() {
    await refusedPost({ ...lamp, service_code: '' }, 400, /service_code/)
  },
  async 'report by lat and long'() {
    const { status, text } = await post('requests.xml', lamp)
    assert.equal(status, 200)
    const token = tag('token', text)!
    assert.match(text, /<account_id\/>/)
    assert.ok(!text.includes('service_request_id'), 'one of the two, never both')
    const { rows } = await scene.owner.query(
      'select r.lon, r.crs, i.area, i.channel, r.account_id from grid.report r join grid.incident i on i.id = r.incident_id where r.token = $1',
      [token],
    )
    assert.deepEqual(rows[0], { lon: 113.35, crs: 'WGS84', area: place.community, channel: 'open311', account_id: null })
  },
  async 'report by address_string'() {
    const words = { service_code: 'street-lamp', address_string: '五山街道茶山社区示例一巷 3 号' }
    assert.equal((await post('requests.xml', words)).status, 200)
    await refusedPost({ ...words, address_string: '示例一巷 3 号' }, 400, /社区/)
  },
  async 'report by address_id'() {
    assert.equal((await post('requests.xml', { service_code: 'street-lamp', address_id: place.community })).status, 200)
    const token = '7b0f3c9e-6a55-4e0e-9b4e-3f6f7f0b1a01'
    await scene.owner.query(`insert into grid.facility (id, token, code, class_code, name, area, lon, lat, crs, source, demo, recorded_at) values ($1, $2, 'D-1', 'street-lamp', '示例灯杆', $3, 113.352, 23.152, 'WGS84', 'test', true, $4)`, [newId(scene.now()), token, place.community, scene.now()]) // biome-ignore format: one row
    assert.equal((await post('requests.xml', { service_code: 'street-lamp', address_id: token })).status, 200)
    await refusedPost({ service_code: 'street-lamp', address_id: '545483' }, 400, /545483/)
    await refusedPost({ service_code: 'street-lamp', address_id: NO_ONE }, 404, /./)
  },
  async 'no place'() {
    await refusedPost({ service_code: 'street-lamp' }, 400, /lat/)
    await refusedPost({ service_code: 'street-lamp', lat: '23.15' }, 400, /lat/)
    await refusedPost({ ...lamp, lat: 'north' }, 400, /lat/)
    await refusedPost({ ...lamp, lat: '1e2', long: '0x71' }, 400, /lat/)
  },
  async 'a place that is none'() {
    await refusedPost({ ...lamp, lat: '0', long: '0' }, 400, /0,0/)
    await refusedPost({ ...lamp, lat: '113.35', long: '23.15' }, 400, /./)
    await refusedPost({ ...lamp, lat: '37.76', long: '-122.42' }, 400, /./)
    await refusedPost({ ...lamp, lat: '23.3', long: '113.6' }, 400, /./)
  },
  async 'attributes'() {
    const car = { ...lamp, service_code: 'parking' }
    await refusedPost(car, 400, /what/)
    await refusedPost({ ...car, 'attribute[what]': 'car,plane' }, 400, /what/)
    assert.equal((await post('requests.xml', { ...car, 'attribute[what]': 'car' })).status, 200)
    assert.equal((await post('requests.xml', { ...car, 'attribute[what][]': 'bike', 'attribute[unheard]': 'x' })).status, 200)
    await refused((format) => post(`requests.${format}`, `${new URLSearchParams(car)}&attribute[what][]=car&attribute[what][]=bike`), 400, /what/) // biome-ignore format: one request
    await refusedPost({ ...lamp, 'attribute[count]': 'many' }, 400, /count/)
  },
  async 'api_key'() {
    assert.equal((await post('requests.xml', { ...lamp, api_key: '' })).status, 200)
    for (const api_key of ['nonsense', 'x'.repeat(5000)]) await refusedPost({ ...lamp, api_key }, 403, /api_key/)
    const key = await aKey()
    const { token } = await reported({ api_key: key })
    const { rows } = await scene.owner.query('select k.name from grid.report r join grid.api_key k on k.id = r.api_key_id where r.token = $1', [token]) // biome-ignore format: one row
    assert.deepEqual(rows, [{ name: '示例随手拍' }])
    assert.equal((await get('requests.json?api_key=nonsense')).status, 200, 'to read none is needed')
    const { id } = await filed()
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: id, description: 'x', api_key: 'nonsense' }), 403, /api_key/)
    assert.equal((await post('servicerequestupdates.xml', { service_request_id: id, description: '这边也黑', api_key: key })).status, 200)
    assert.equal((await listed(key)).includes(id), true, 'what it added to is its own, too')
  }, // biome-ignore format: one request a line
  async 'an api_key that has ended'() {
    const key = await aKey(60, '要停的程序')
    const { id } = await reported({ api_key: key })
    const { keys } = (await administrator.get('/api/v1/programs')).body
    const newest = keys.find((each: { name: string }) => each.name === '要停的程序')
    await done(administrator.post(`/api/v1/programs/${newest.id}/end`))
    await refusedPost({ ...lamp, api_key: key }, 403, /api_key/)
    assert.deepEqual(await listed(key), [])
    assert.equal((await one(id)).status, 'open', 'what was reported goes on')
  },
  async 'requests of a key'() {
    const [key, other] = [await aKey(), await aKey()]
    const [mine, hers, nobodys] = [await reported({ api_key: key }), await reported({ api_key: other }), await reported()]
    assert.deepEqual(await listed(key), [mine.id], 'also before it is cleared')
    assert.deepEqual(await listed(other), [hers.id])
    const { text } = await get(`requests.json?own=true&api_key=${key}`)
    assert.ok(!text.includes('老王') && !text.includes(mine.token) && !text.includes(nobodys.id))
    assert.deepEqual(await listed(key, '&end_date=2026-11-01T00:00:00Z'), [], 'within the dates of any list')
    await refused((format) => get(`requests.${format}?own=true`), 403, /api_key/)
    await refused((format) => get(`requests.${format}?own=true&api_key=nonsense`), 403, /api_key/)
  },
  async 'too often for a key'() {
    const key = await aKey(30)
    for (let n = 0; n < 30; n++) assert.equal((await get(`requests.json?own=true&api_key=${key}`)).status, 200)
    const slowed = await post('requests.xml', { ...lamp, api_key: key })
    assert.deepEqual([slowed.status, tag('code', slowed.text), slowed.headers['retry-after']], [429, '429', '60'])
    assert.equal((await post('requests.xml', { ...lamp, api_key: await aKey(30) })).status, 200, 'another has its own count')
  },
  async 'account_id and device_id'() {
    const { token } = await reported({ account_id: '1', device_id: 'tt222', first_name: '丽', last_name: '黄', phone: '10012345678', email: 'a@example.org' }) // biome-ignore format: one form
    const { rows } = await scene.owner.query('select i.id from grid.report r join grid.incident i on i.id = r.incident_id where token = $1', [token]) // biome-ignore format: one row
    const told = (await supervisor.get(`/api/v1/incidents/${rows[0].id}/reporters`)).body.reporters[0]
    assert.deepEqual([told.name, told.phone, told.email], ['黄丽', '10012345678', 'a@example.org'])
    assert.ok(!JSON.stringify((await supervisor.get(`/api/v1/incidents/${rows[0].id}`)).body).includes('tt222'))
  },
  async 'a cookie'() {
    const lady = await scene.resident({ name: '黄丽' })
    const { text } = await post('requests.xml', lamp, { ...FORM, cookie: lady.cookie, origin: 'https://elsewhere.example' })
    const { rows } = await scene.owner.query('select account_id, person_id from grid.report where token = $1', [tag('token', text)]) // biome-ignore format: one row
    assert.deepEqual(rows[0], { account_id: null, person_id: null })
  },
  async 'description'() {
    assert.equal((await post('requests.xml', { ...lamp, description: '灯'.repeat(4000) })).status, 200)
    await refusedPost({ ...lamp, description: '灯'.repeat(4001) }, 400, /4000|4,000/)
    assert.equal((await post('requests.xml', { ...lamp, description: '' })).status, 200)
  },
  async 'media_url'() {
    const { id } = await reported({ media_url: 'http://127.0.0.1:1/a.jpg' })
    const { reports } = (await supervisor.get(`/api/v1/incidents/${await inside(id)}`)).body
    assert.match(reports[0].words, /\nhttp:\/\/127\.0\.0\.1:1\/a\.jpg$/)
    assert.equal((await one(id)).media_url, null)
  },
  async 'media'() {
    const form = '--edge\r\ncontent-disposition: form-data; name="media"; filename="a.jpg"\r\n\r\nx\r\n--edge--\r\n'
    await refused((format) => post(`requests.${format}`, form, { 'content-type': 'multipart/form-data; boundary=edge' }), 415, /urlencoded/)
  }, // biome-ignore format: one request a line
  async 'nonsense in each field'() {
    const fields = ['lat', 'long', 'address_string', 'address_id', 'email', 'device_id', 'account_id', 'first_name', 'last_name', 'phone', 'description', 'media_url', 'api_key', 'attribute[count]', 'jurisdiction_id', 'service_code'] // biome-ignore format: a list
    for (const field of fields)
      for (const value of ['<script>&"\'', '𝒳'.repeat(9000), '\u0000', '\ud800', "'; drop table grid.report; --", '-1', '../../etc/passwd', '%ff%fe']) {
        const { status, text } = await post('requests.xml', { ...lamp, [field]: value })
        assert.ok([200, 400, field === 'api_key' ? 403 : 404].includes(status), `${field} ${value.slice(0, 9)}: ${status} ${text}`)
        assert.doesNotMatch(text, /<script>/)
      }
  },
  async 'wrong content type'() {
    await refused((format) => post(`requests.${format}`, JSON.stringify(lamp), { 'content-type': 'application/json' }), 415, /urlencoded/)
    await refused((format) => post(`requests.${format}`, '<request/>', { 'content-type': 'text/xml' }), 415, /urlencoded/)
    await refused((format) => post(`requests.${format}`, '{', { 'content-type': 'application/json' }), 415, /urlencoded/)
  }, // biome-ignore format: one request a line
  async 'huge'() {
    await refused((format) => post(`requests.${format}`, `description=${'x'.repeat(1_100_000)}`), 413, /./)
    await refused((format) => post(`requests.${format}`, { ...lamp, ...Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`attribute[a${n}]`, 'x'])) }), 400, /./) // biome-ignore format: one request
  },
  async 'sent twice'() {
    const key = { ...FORM, 'idempotency-key': NO_ONE }
    const [first, again] = [await post('requests.xml', lamp, key), await post('requests.xml', lamp, key)]
    assert.equal(tag('token', first.text), tag('token', again.text))
    assert.notEqual(tag('token', first.text), tag('token', (await post('requests.xml', lamp)).text))
  },
  async 'token'() {
    const { token, id } = await reported()
    assert.deepEqual((await get(`tokens/${token}.json`)).json(), [{ service_request_id: id, token }])
    await refused((format) => get(`tokens/${NO_ONE}.${format}`), 404, /token/)
    await refused((format) => get(`tokens/12345.${format}`), 404, /token/)
  },
  async 'request before it is cleared'() {
    const { id } = await reported()
    const found = await one(id)
    assert.deepEqual([found.status, found.description, found.lat, found.service_code], ['open', null, null, 'street-lamp'])
    assert.ok(!(await get('requests.json')).text.includes(id), 'nor is it in the list')
  },
  async 'request'() {
    const { id } = await filed()
    const { text } = await get(`requests/${id}.xml`)
    assert.deepEqual(
      [...text.matchAll(/<(\w+)\/?>/g)].map((found) => found[1]).slice(2),
      ['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description', 'agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime', 'expected_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'],
    ) // biome-ignore format: the fields in their order
    assert.equal(tag('description', text), '路灯不亮 &amp; &lt;三盏&gt;')
    assert.match(tag('address', text)!, /^示例路与示例街&lt;口&gt;；.*茶山社区/)
    assert.equal(tag('requested_datetime', text), '2026-11-24T02:00:00Z')
    const { lat, long } = await one(id)
    assert.deepEqual([lat, long], [23.151, 113.351], 'the crossing, not where she stood')
    assert.ok(!text.includes('13800001111') && !text.includes('老王'), 'no word of a reporter')
    await refused((format) => get(`requests/${NO_ONE}.${format}`), 404, /./)
    await refused((format) => get(`requests/293944.${format}`), 404, /293944/)
  },
  async 'status and status_notes'() {
    const { id, token } = await checked()
    assert.deepEqual([(await one(id)).status, (await one(id)).status_notes], ['open', '核查过材料，等报告人确认，还不算解决'])
    assert.equal((await one(id)).agency_responsible, '示例路灯所')
    await scene.owner.query(`update grid.incident set status = 'closed', outcome = 'unconfirmed', closed_at = $2 where public_id = $1`, [id, scene.now()]) // biome-ignore format: one row
    assert.deepEqual([(await one(id)).status, (await one(id)).status_notes], ['closed', '已办，未经确认：报告人没有说解决了没有'])
    const english = await get(`requests/${id}.json`, { 'accept-language': 'en' })
    assert.match(english.json()[0].status_notes, /^Handled, not confirmed/)
    assert.ok(!JSON.stringify(await one(id)).includes(token))
  },
  async 'linked'() {
    const [parent, child] = [await filed(), await filed()]
    await done(supervisor.post(`/api/v1/incidents/${parent.inside}/children`, { children: [child.inside] }))
    const found = await one(child.id)
    assert.equal(found.status, 'open', 'as long as its parent is')
    assert.match(found.status_notes, /合并/)
  },
  async 'list by service_request_id'() {
    const [a, b] = [await filed(), await reported()]
    const { text } = await get(`requests.json?service_request_id=${a.id},${b.id},${NO_ONE},nonsense&status=closed`)
    assert.deepEqual(new Set(JSON.parse(text).map((each: { service_request_id: string }) => each.service_request_id)), new Set([a.id, b.id])) // biome-ignore format: one comparison
    await refused((format) => get(`requests.${format}?service_request_id=${`${NO_ONE},`.repeat(1001)}`), 400, /1,?000/)
  },
  async 'list by service_code'() {
    const { id } = await filed()
    assert.ok((await get('requests.json?service_code=street-lamp,litter')).text.includes(id))
    assert.ok((await get('requests.json?service_code=litter&service_code=street-lamp')).text.includes(id))
    assert.deepEqual((await get('requests.json?service_code=nonsense')).json(), [])
    assert.match((await get('requests.xml?service_code=nonsense')).text, /<service_requests><\/service_requests>/)
  },
  async 'list by status'() {
    const { id } = await filed()
    assert.ok((await get('requests.json?status=open')).text.includes(id))
    assert.ok(!(await get('requests.json?status=closed')).text.includes(id))
    assert.ok((await get('requests.json?status=open,closed')).text.includes(id))
    await refused((format) => get(`requests.${format}?status=handled`), 400, /open/)
  },
  async 'list by dates'() {
    const { id } = await filed()
    const has = async (query: string) => (await get(`requests.json?${query}`)).text.includes(id)
    assert.ok(await has(''))
    assert.ok(await has('start_date=2026-11-24T00:00:00Z&end_date=2026-11-25T00:00:00Z'))
    assert.ok(await has('start_date=2026-11-24T08:00:00+08:00'), 'a plus sign that nobody escaped')
    assert.ok(!(await has('end_date=2026-11-23T00:00:00Z')))
    assert.ok(!(await has('start_date=2026-01-01T00:00:00Z')), 'ninety days from there')
    assert.ok(await has('start_date=&end_date=&status='), 'empty is not sent')
  },
  async 'dates that are none'() {
    for (const bad of ['2026-11-24', '2026-11-24T00:00:00', '24.11.2026', 'yesterday', '2026-13-45T00:00:00Z'])
      await refused((format) => get(`requests.${format}?start_date=${bad}`), 400, /start_date/)
    await refused((format) => get(`requests.${format}?start_date=2026-11-24T00:00:00Z&end_date=2026-11-23T00:00:00Z`), 400, /./)
    await refused((format) => get(`requests.${format}?start_date=2026-01-01T00:00:00Z&end_date=2026-11-23T00:00:00Z`), 400, /90/)
  },
  async 'volume'() {
    await filed()
    await filed()
    const [first] = (await get('requests.json?page_size=1')).json()
    const [second, ...more] = (await get('requests.json?page_size=1&page=2')).json()
    assert.notEqual(first.service_request_id, second.service_request_id)
    assert.equal(more.length, 0)
    for (const bad of ['page_size=0', 'page_size=1001', 'page_size=x', 'page=0', 'page=99999'])
      await refused((format) => get(`requests.${format}?${bad}`), 400, /page/)
    assert.equal((await get('requests.json?page=10')).status, 200)
    await refused((format) => get(`requests.${format}?page=11`), 400, /10,?000.*start_date/)
  },
  async 'read too often'() {
    const busy = await openScene('2026-11-24T02:00:00Z', { readsPerMinute: 4 })
    try {
      const ask = (url: string, remoteAddress = '10.1.1.1') => busy.node.app.inject({ url, remoteAddress })
      for (const url of ['/open311/v2/services.xml', '/ogc/', '/around/feed.atom', '/api/v1/public/communities'])
        assert.equal((await ask(url)).statusCode, 200, url)
      for (const [url, form] of [
        ['/open311/v2/services.xml', /^<\?xml.*\n<errors><error><code>429/],
        ['/ogc/collections/incidents/items', /^\{"code":"rate\.too_many","description":/],
        ['/api/v1/public/communities', /"code":"rate\.too_many"/],
        ['/around/feed.atom', /请过 1 分钟/],
        ['/around/map', /请过 1 分钟/],
      ] as const) {
        const answer = await ask(url)
        assert.equal(answer.statusCode, 429, url)
        assert.match(answer.body, form)
        assert.equal(answer.headers['retry-after'], '60')
      }
      assert.equal((await ask('/around')).statusCode, 200, 'a page for people is none of them')
      assert.equal((await ask('/ogc/', '10.1.1.2')).statusCode, 200, 'nor is anybody else slowed down')
      busy.at('2026-11-24T02:01:00Z')
      assert.equal((await ask('/ogc/')).statusCode, 200)
    } finally {
      await busy.close()
    }
  },
  async 'updates'() {
    const { id } = await checked()
    const { text } = await get('servicerequestupdates.xml?start_date=2026-11-23T00:00:00Z&end_date=2026-11-25T00:00:00Z')
    const own = text.match(/<request_update>.*?<\/request_update>/gs)!.filter((each) => tag('service_request_id', each) === id)
    assert.deepEqual(own.map((each) => tag('description', each)), ['已收到', '已核实', '已立案', '已派给示例路灯所', '处置单位已签收', '处置单位说办完了，还没有核查', '核查过材料，等报告人确认']) // biome-ignore format: the course
    assert.equal(new Set(own.map((each) => tag('update_id', each))).size, 7)
    assert.ok(!text.includes('老王'), 'nobody wrote any of it')
    await refused((format) => get(`servicerequestupdates.${format}?start_date=x`), 400, /start_date/)
  },
  async 'update with the token'() {
    const { id, token } = await checked()
    const again = await post('servicerequestupdates.json', { service_request_id: id, token, status: 'OPEN', description: '昨晚又黑了' })
    assert.match(again.json()[0].update_id, new RegExp(`^${id}\\.\\d+$`))
    assert.equal((await one(id)).status, 'open')
    assert.ok(!(await get('servicerequestupdates.xml')).text.includes('昨晚又黑了'))
    const other = await checked()
    assert.equal((await post('servicerequestupdates.xml', { service_request_id: other.token, status: 'FIXED' })).status, 200)
    assert.equal((await one(other.id)).status_notes, '已解决：报告人确认')
    await refused((format) => post(`servicerequestupdates.${format}`, { token, status: 'fixed' }), 400, /./)
  }, // biome-ignore format: one request a line
  async 'update without the token'() {
    const { id } = await filed()
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: id, status: 'closed' }), 403, /token/)
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: id }), 400, /description/)
    const { status } = await post('servicerequestupdates.xml', { service_request_id: id, description: '我家这边也黑' })
    assert.equal(status, 200)
    const { rows } = await scene.owner.query('select count(*)::int as n from grid.report where incident_id = $1', [await inside(id)])
    assert.equal(rows[0].n, 2, 'one more report of the same thing')
  },
  async 'update of nothing'() {
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: NO_ONE, description: 'x' }), 404, /./)
    await refused((format) => post(`servicerequestupdates.${format}`, { description: 'x' }), 404, /./)
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: NO_ONE, token: NO_ONE, status: 'fixed' }), 404, /token/)
    await refused((format) => post(`servicerequestupdates.${format}`, { service_request_id: NO_ONE, status: 'exploded' }), 400, /./)
  }, // biome-ignore format: one request a line
  async 'HEAD, OPTIONS and others'() {
    const head = await send('HEAD', 'services.xml')
    assert.deepEqual([head.status, head.text, head.type], [200, '', 'text/xml; charset=utf-8'])
    const asked = await send('OPTIONS', 'requests.xml', undefined, { origin: 'https://elsewhere.example' })
    assert.equal(asked.status, 204)
    assert.match(String(asked.headers['access-control-allow-methods']), /POST/)
    assert.equal((await send('PUT', 'requests.xml', 'x', FORM)).status, 405)
  },
  async 'another page reads it'() {
    const answer = await get('requests.json', { origin: 'https://elsewhere.example' })
    assert.equal(answer.headers['access-control-allow-origin'], '*')
    assert.equal(answer.headers['access-control-allow-credentials'], undefined)
  },
} // biome-ignore format: names of the rows

test('each row of docs/open311.md has its case, and each case its row', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/open311.md'), 'utf8')
  const rows = [...text.matchAll(/^\| ([^|]+?) \| [^|]+ \| [^|]+ \|$/gm)].map((row) => row[1]!).filter((name) => !/^(case|-+)$/.test(name))
  assert.deepEqual(rows.toSorted(), Object.keys(cases).toSorted())
}) // biome-ignore format: one reading

for (const [name, run] of Object.entries(cases)) test(name, run)
