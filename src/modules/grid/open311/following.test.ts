/** docs/open311.md, row by row: what is told of a request, one by one and in lists, and updates. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { rowsOf } from '../../../../test/harness/case-table.ts'
import { NO_ONE, openOpen311, tag } from '../../../../test/harness/open311.ts'

const { scene, supervisor, get, post, reported, done, inside, filed, checked, one, refused } = await openOpen311()
after(() => scene.close())

const cases: Record<string, () => Promise<void>> = {
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
} // biome-ignore format: names of the rows

test('each row of “Reading and following” in docs/open311.md has its case, and each case its row', () => {
  assert.deepEqual(rowsOf('open311.md', 'Reading and following'), Object.keys(cases).toSorted())
})

for (const [name, run] of Object.entries(cases)) test(name, run)
