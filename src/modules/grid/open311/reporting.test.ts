/** docs/open311.md, row by row: a report from another program, with a key or without. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { rowsOf } from '../../../../test/harness/case-table.ts'
import { FORM, lamp, NO_ONE, openOpen311, tag } from '../../../../test/harness/open311.ts'
import { place } from '../../../../test/harness/scene.ts'
import { newId } from '../../../platform/id.ts'

const { scene, supervisor, administrator, get, post, reported, done, inside, filed, one, aKey, listed, refused, refusedPost } =
  await openOpen311()
after(() => scene.close())

const cases: Record<string, () => Promise<void>> = {
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
    const past = { classCode: 'street-lamp', words: '黑了', place: { area: place.community }, apiKey: key }
    assert.equal((await scene.stranger.post('/api/v1/reports', past)).status, 422, 'no other way takes it')
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
  async 'sent twice'() {
    const key = { ...FORM, 'idempotency-key': NO_ONE }
    const [first, again] = [await post('requests.xml', lamp, key), await post('requests.xml', lamp, key)]
    assert.equal(tag('token', first.text), tag('token', again.text))
    assert.notEqual(tag('token', first.text), tag('token', (await post('requests.xml', lamp)).text))
  },
} // biome-ignore format: names of the rows

test('each row of “Reporting” in docs/open311.md has its case, and each case its row', () => {
  assert.deepEqual(rowsOf('open311.md', 'Reporting'), Object.keys(cases).toSorted())
})

for (const [name, run] of Object.entries(cases)) test(name, run)
