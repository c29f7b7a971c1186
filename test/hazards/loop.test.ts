/** 隐患 from the inspection to the second look, and what the house refuses on the way. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { acts, assertRebuilt, fieldsOf, inspector, items, type Officer, officer, ok, refused, registered, seen } from './story.ts'

let scene: Scene
let finder: Officer
let street: Officer
let colleague: Officer
before(async () => {
  scene = await openScene()
  finder = await inspector(scene)
  street = await officer(scene)
  colleague = await officer(scene)
})
after(() => scene?.close())

const signIn = async (instant: string) => {
  scene.at(instant)
  for (const one of [finder, street, colleague]) await one.again()
}

test('the whole loop; the row is what its timeline tells', async () => {
  const id = await registered(finder)
  const a = acts(id)
  assert.equal(ok(await a.tell(street)).status, 'told')
  assert.equal(ok(await a.begin(street)).status, 'rectifying')
  assert.equal(ok(await a.sayDone(finder)).status, 'rectified')
  refused(await a.strikeOff(street), 409, 'hazard.not_now')
  assert.equal(ok(await a.recheck(street)).status, 'passed')
  assert.equal(ok(await a.strikeOff(street)).status, 'struck_off')
  assert.equal(refused(await a.lookAgain(finder), 409, 'hazard.too_early').day, '2026-12-24')
  // Seen again before the time of the look, it begins anew at once.
  const early = await registered(finder)
  for (const act of ['tell', 'begin'] as const) ok(await acts(early)[act](street))
  ok(await acts(early).sayDone(finder))
  for (const act of ['recheck', 'strikeOff'] as const) ok(await acts(early)[act](street))
  assert.equal(ok(await acts(early).reopen(finder)).status, 'registered')
  await assertRebuilt(scene, early)
  await assertRebuilt(scene, id)
  await signIn('2026-12-28T02:00:00Z')
  assert.equal(ok(await a.lookAgain(finder, 'came_back')).status, 'registered')
  const { found } = ok(await a.read(street))
  assert.deepEqual([found.state.cameBack, found.state.items], [1, null])
  await assertRebuilt(scene, id)
  await signIn('2026-11-24T02:00:00Z')
})

test('all five items, and a day that may be given; the database refuses what the code would forget', async () => {
  const id = await registered(finder)
  const a = acts(id)
  refused(await a.begin(street), 409, 'hazard.not_now')
  ok(await a.tell(street))
  for (const item of ['person', 'measures', 'funds', 'plan']) {
    assert.deepEqual(fieldsOf(await a.begin(street, { [item]: '' }))[0]?.split(' ')[0], `/${item}`)
    assert.deepEqual(fieldsOf(await a.begin(street, { [item]: '\u200b \u2060' })), [`/${item} answer.missing`], item)
  }
  assert.deepEqual(fieldsOf(await a.begin(street, { until: '2026-11-23' })), ['/until hazard.day_before'])
  assert.deepEqual(fieldsOf(await a.begin(street, { until: '2027-11-23' })), ['/until hazard.day_after'])
  assert.deepEqual(fieldsOf(await a.begin(street, { until: '2026-02-30' })), ['/until answer.no_such_day'])
  await assert.rejects(
    scene.owner.query(`update hazards.hazard set status = 'rectifying', items = $2 where id = $1`, [id, items({ plan: ' ' })]),
    /five_items_before_repair/,
  )
})

test('who registered it, or says that it is done, does not recheck it; not passed, it goes back', async () => {
  const id = await registered(street)
  const a = acts(id)
  ok(await a.tell(street))
  ok(await a.begin(street))
  ok(await a.sayDone(colleague))
  refused(await a.recheck(street), 403, 'hazard.recheck_by_another')
  refused(await a.recheck(colleague), 403, 'hazard.recheck_by_another')
  refused(await a.recheck(finder), 403, 'access.not_permitted')
  const third = await officer(scene)
  assert.deepEqual(fieldsOf(await a.recheck(third, { result: 'failed' })), ['/until answer.no_such_day'])
  assert.equal(ok(await a.recheck(third, { result: 'failed', until: '2026-12-15' })).status, 'rectifying')
  const { found, may } = ok(await a.read(third))
  assert.deepEqual([found.state.failed, found.state.items.until, found.state.dueAt.slice(0, 10)], [1, '2026-12-15', '2026-12-15'])
  assert.equal(may.say_done, true)
  await assert.rejects(
    scene.owner.query(`update hazards.hazard set rechecked_by = registered_by where id = $1`, [id]),
    /recheck_by_another/,
  )
})

test('two at once: one is done, the other is refused; the same form twice is one hazard', async () => {
  const id = await registered(finder)
  const both = await Promise.all([acts(id).tell(street), acts(id).tell(colleague)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  const form = { area: place.community, ...seen({ place: '示例二巷 1 号' }) }
  const [one, two] = [
    ok(await finder.post('/api/v1/hazards', form, { key: '0f6c1d3e-3c1a-4b52-9a51-8a1f0f7b2c11' })),
    ok(await finder.post('/api/v1/hazards', form, { key: '0f6c1d3e-3c1a-4b52-9a51-8a1f0f7b2c11' })),
  ]
  assert.equal(one.id, two.id)
  const many = await Promise.all(Array.from({ length: 8 }, () => finder.post('/api/v1/hazards', form)))
  const numbers = many.map((each) => ok(each).number as string)
  assert.equal(new Set(numbers).size, 8, 'numbers have no twins')
})

test('wrong, hostile and huge input names its field and writes nothing', async () => {
  const before = (await scene.owner.query('select count(*)::int as n from hazards.hazard')).rows[0].n
  const send = (more: object) => finder.post('/api/v1/hazards', { area: place.community, ...seen(more) })
  assert.deepEqual(fieldsOf(await send({ kind: 'dragon' })), ['/kind hazard.no_such_kind'])
  assert.deepEqual(fieldsOf(await send({ seenOn: '2026-11-25' })), ['/seenOn hazard.day_after'])
  assert.deepEqual(fieldsOf(await send({ seenOn: '1926-11-25' })), ['/seenOn hazard.day_before'])
  assert.ok(fieldsOf(await send({ found: '火'.repeat(1001) }))[0]?.startsWith('/found'))
  assert.ok(fieldsOf(await send({ grade: 'terrible', placeKind: 'moon' })).length >= 2)
  assert.equal((await send({ place: 'a\u0000b' })).status >= 400, true)
  refused(await finder.post('/api/v1/hazards', { area: place.sibling, ...seen() }), 403, 'access.not_your_area')
  const narrow = await scene.officer('safety-inspector', [place.community], { domains: ['housing'] })
  refused(await narrow.post('/api/v1/hazards', { area: place.community, ...seen() }), 403, 'hazard.not_your_line')
  assert.equal((await scene.owner.query('select count(*)::int as n from hazards.hazard')).rows[0].n, before)
  const script = await registered(finder, { found: `<script>alert(1)</script>'; drop table hazards.hazard; --` })
  assert.match(ok(await acts(script).read(street)).found.state.found, /^<script>/)
})

test('out of reach answers like what never existed, and no table of the room is changed past its use cases', async () => {
  const id = await registered(finder)
  const next = await officer(scene, place.nextStreet)
  const neighbour = await inspector(scene, place.sibling)
  const housing = await scene.officer('safety-officer', [place.street], { domains: ['housing'] })
  for (const who of [next, neighbour, housing]) {
    refused(await acts(id).read(who), 404, 'hazard.not_found')
    refused(await acts(id).dismiss(who), 404, 'hazard.not_found')
  }
  for (const change of ['update hazards.timeline set fact = fact', 'delete from hazards.hazard', 'delete from hazards.timeline'])
    for (const role of ['app_staff', 'app_resident', 'app_system']) {
      await scene.owner.query('begin')
      await scene.owner.query(`set local role ${role}`)
      await assert.rejects(scene.owner.query(change), { code: '42501' }, `${role}: ${change}`)
      await scene.owner.query('rollback')
    }
})

test('the list: due first, overdue told, a home without its place, and a recheck not offered to who may not do it', async () => {
  const home = await registered(finder, { placeKind: 'home', place: '示例四巷 9 号 502 房', keeper: { name: '黄阿妹' } })
  const list = async (who: Officer, query = '') => ok(await who.get(`/api/v1/hazards?${query}`))
  const all = await list(street)
  assert.ok(all.rows.length > 2)
  assert.equal(all.rows.find((row: { id: string }) => row.id === home).place, null)
  assert.ok(!JSON.stringify(all).includes('黄阿妹') && !JSON.stringify(all).includes('502 房'))
  const dues = all.rows.map((row: { dueAt: string }) => row.dueAt)
  assert.deepEqual(dues, [...dues].sort())
  await signIn('2026-11-30T02:00:00Z')
  assert.ok((await list(street, 'list=overdue')).rows.some((row: { id: string }) => row.id === home))
  await signIn('2026-11-24T02:00:00Z')
  const mine = await registered(street)
  for (const step of ['tell', 'begin', 'sayDone'] as const) ok(await acts(mine)[step](street))
  const has = async (who: Officer) => (await list(who)).rows.some((row: { id: string }) => row.id === mine)
  assert.deepEqual([await has(street), await has(colleague)], [false, true])
  const { number } = ok(await acts(mine).read(street)).found
  assert.equal((await list(finder, `number=${number.toLowerCase()}`)).rows[0].id, mine)
})
