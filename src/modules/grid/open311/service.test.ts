/** docs/open311.md, row by row: the service itself, and what comes over the wire. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { rowsOf } from '../../../../test/harness/case-table.ts'
import { FORM, lamp, openOpen311, tag } from '../../../../test/harness/open311.ts'
import { openScene } from '../../../../test/harness/scene.ts'

const { scene, get, send, post, refused, refusedPost } = await openOpen311()
after(() => scene.close())

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
  async 'wrong content type'() {
    await refused((format) => post(`requests.${format}`, JSON.stringify(lamp), { 'content-type': 'application/json' }), 415, /urlencoded/)
    await refused((format) => post(`requests.${format}`, '<request/>', { 'content-type': 'text/xml' }), 415, /urlencoded/)
    await refused((format) => post(`requests.${format}`, '{', { 'content-type': 'application/json' }), 415, /urlencoded/)
  }, // biome-ignore format: one request a line
  async 'huge'() {
    await refused((format) => post(`requests.${format}`, `description=${'x'.repeat(1_100_000)}`), 413, /./)
    await refused((format) => post(`requests.${format}`, { ...lamp, ...Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`attribute[a${n}]`, 'x'])) }), 400, /./) // biome-ignore format: one request
  },
  async 'nonsense in each field'() {
    const fields = ['lat', 'long', 'address_string', 'address_id', 'email', 'device_id', 'account_id', 'first_name', 'last_name', 'phone', 'description', 'media_url', 'api_key', 'attribute[count]', 'jurisdiction_id', 'service_code'] // biome-ignore format: a list
    for (const field of fields)
      for (const value of ['<script>&"\'', '𝒳'.repeat(9000), '\u0000', '\ud800', "'; drop table grid.report; --", '-1', '../../etc/passwd', '%ff%fe']) {
        const { status, text } = await post('requests.xml', { ...lamp, [field]: value })
        assert.ok([200, 400, field === 'api_key' ? 403 : 404].includes(status), `${field} ${value.slice(0, 9)}: ${status} ${text}`)
        assert.doesNotMatch(text, /<script>/)
      }
  },
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
} // biome-ignore format: names of the rows

test('each row of “The service” in docs/open311.md has its case, and each case its row', () => {
  assert.deepEqual(rowsOf('open311.md', 'The service'), Object.keys(cases).toSorted())
})

for (const [name, run] of Object.entries(cases)) test(name, run)
