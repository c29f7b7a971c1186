/** Who reported is seen by herself alone; who answers for the place is told, and sees who looked. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { acts, assertRebuilt, fieldsOf, inspector, type Officer, officer, ok, refused, registered } from './story.ts'

let scene: Scene
let finder: Officer
let street: Officer
before(async () => {
  scene = await openScene()
  finder = await inspector(scene)
  street = await officer(scene)
})
after(() => scene?.close())

const report = {
  area: place.community,
  kind: 'escape-route',
  place: '示例三巷 5 号 2 楼楼道',
  text: '楼梯堆满纸箱，我是 10012345678',
}

test('a phone is enough; she gets a number and sees what came of it; nobody learns who she is', async () => {
  const lady = await scene.resident({ bound: false })
  const { id, number } = ok(await lady.post('/api/v1/me/hazards', report))
  assert.match(number, /^H20261124-\d{4}$/)
  assert.equal(ok(await lady.get(`/api/v1/me/hazards/${id}`)).status, 'reported')
  await assertRebuilt(scene, id)
  const page = await acts(id).read(finder)
  assert.match(ok(page).reported.words, /纸箱/)
  ok(await acts(id).inspect(finder, { kind: 'escape-route' }))
  ok(await acts(id).tell(street))
  const { account_id } = (await scene.owner.query('select account_id from hazards.report where hazard_id = $1', [id])).rows[0]
  for (const who of [finder, street]) assert.ok(!(await acts(id).read(who)).raw.toString().includes(account_id))
  const { rows } = await scene.owner.query('select * from hazards.timeline where hazard_id = $1', [id])
  assert.ok(!JSON.stringify(rows).includes(account_id))
  assert.equal(rows[0].actor_kind, 'reporter')
  const own = ok(await lady.get('/api/v1/me/hazards'))
  assert.deepEqual([own.length, own[0].status, own[0].number], [1, 'told', number])
  const other = await scene.resident()
  refused(await other.get(`/api/v1/me/hazards/${id}`), 404, 'hazard.not_found')
  assert.deepEqual(ok(await other.get('/api/v1/me/hazards')), [])
  assert.equal((await scene.stranger.post('/api/v1/me/hazards', report)).status, 401)
})

test('a number stands for one hazard in the whole city, whichever street has it', async () => {
  const lady = await scene.resident({ bound: false })
  const sent = async (area: string) => ok(await lady.post('/api/v1/me/hazards', { ...report, area })).number as string
  const areas = [place.community, `${place.nextStreet}002`]
  const numbers = await Promise.all([...areas, ...areas, ...areas].map(sent))
  assert.equal(new Set(numbers).size, numbers.length, numbers.join(' '))
})

test('no hazard: she reads why; known already: she follows the other one', async () => {
  const lady = await scene.resident()
  const none = ok(await lady.post('/api/v1/me/hazards', report)).id
  ok(await acts(none).dismiss(finder))
  assert.deepEqual(
    [(await lady.get(`/api/v1/me/hazards/${none}`)).body.status, (await lady.get(`/api/v1/me/hazards/${none}`)).body.answer],
    ['dismissed', '看过，不是隐患'],
  )
  const known = await registered(finder)
  const { number } = ok(await acts(known).read(finder)).found
  const again = ok(await lady.post('/api/v1/me/hazards', report)).id
  assert.deepEqual(fieldsOf(await acts(again).dismiss(finder, { sameAs: 'H20261124-9999' })), ['/sameAs hazard.no_such_number'])
  ok(await acts(again).dismiss(finder, { sameAs: number.toLowerCase() }))
  ok(await acts(known).tell(street))
  const own = ok(await lady.get(`/api/v1/me/hazards/${again}`))
  assert.deepEqual([own.sameAs, own.status], [number, 'told'])
  assert.ok(own.course.some((one: { fact: string }) => one.fact === 'told'))
})

test('known already is followed to the end; of two at once one is known by the other, and what was struck off before is not it', async () => {
  const lady = await scene.resident()
  const sent = async () => ok(await lady.post('/api/v1/me/hazards', report)) as { id: string; number: string }
  const [first, second] = [await sent(), await sent()]
  const answers = await Promise.all([
    acts(first.id).dismiss(finder, { sameAs: second.number }),
    acts(second.id).dismiss(finder, { sameAs: first.number }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422])
  const [known, open] = answers[0]!.status === 200 ? [first, second] : [second, first]
  const last = await registered(finder)
  const { number } = ok(await acts(last).read(finder)).found
  ok(await acts(open.id).dismiss(finder, { sameAs: number }))
  ok(await acts(last).tell(street))
  const own = ok(await lady.get(`/api/v1/me/hazards/${known.id}`))
  assert.deepEqual([own.sameAs, own.status], [number, 'told'])
  assert.ok(own.course.some((one: { fact: string }) => one.fact === 'told'))

  ok(await acts(last).begin(street))
  ok(await acts(last).sayDone(finder))
  ok(await acts(last).recheck(street))
  ok(await acts(last).strikeOff(street))
  scene.at(new Date(scene.now().getTime() + 60_000).toISOString())
  const after = await sent()
  assert.deepEqual(fieldsOf(await acts(after.id).dismiss(finder, { sameAs: number })), ['/sameAs hazard.same_came_back'])
})

test('a flood of reports is slowed, and none that was taken is lost', async () => {
  const lady = await scene.resident()
  const answers = []
  for (let n = 0; n < 22; n++) answers.push(await lady.post('/api/v1/me/hazards', report))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 429]))
  const taken = answers.filter(({ status }) => status === 200)
  assert.equal(ok(await lady.get('/api/v1/me/hazards')).length, taken.length)
  for (const area of ['440106001999', '000000000000', '440105001001999'])
    assert.ok((await (await scene.resident()).post('/api/v1/me/hazards', { ...report, area })).status >= 400, area)
})

test('a keeper who is a person known gets a message and sees each look; a wrong number says nothing', async () => {
  const keeper = await scene.resident({ name: '黄阿妹', bornOn: '1960-02-03' })
  const named = (more: object) => ({ keeper: { name: '黄阿妹', idNumber: keeper.idNumber, ...more } })
  const id = await registered(finder, { placeKind: 'home' })
  const a = acts(id)
  const stranger = await scene.neighbour({ name: '李四', community: '440106007002' })
  for (const wrong of [{ name: '黄阿弟' }, { idNumber: stranger.idNumber, name: '李四' }])
    assert.deepEqual(fieldsOf(await a.tell(street, named(wrong))), ['/keeperId hazard.keeper_not_found'])
  refused(await a.tell(street, named({ idNumber: '123' })), 422, 'person.id_number_wrong')
  ok(await a.tell(street, named({})))
  ok(await a.read(street))
  const { rows } = await scene.owner.query(`select kind, params from messages.message where person_id = $1`, [keeper.personId])
  assert.equal(rows[0].kind, 'hazard_told')
  assert.match(rows[0].params.text, /换线/)
  const looks = (await keeper.get('/me/reads')).body as string
  assert.match(looks, /您是负责人/)
  assert.match((await keeper.get('/me/messages')).body, /发现一处安全隐患/)
  const { rows: kept } = await scene.owner.query('select name_sealed from hazards.keeper where hazard_id = $1', [id])
  assert.ok(!kept[0].name_sealed.toString('utf8').includes('黄阿妹'))
})

test('told on paper where nobody is known, and not at all without a name', async () => {
  const id = await registered(finder)
  assert.deepEqual(fieldsOf(await acts(id).tell(street, { keeper: undefined })), ['/keeperName hazard.keeper_missing'])
  ok(await acts(id).tell(street))
  const told = ok(await acts(id).read(street)).timeline.find((row: { fact: string }) => row.fact === 'told')
  assert.deepEqual([told.payload.how, /-1$/.test(told.payload.paper)], ['paper', true])
})

test('names and words go some months after the end; the place and what was done stay', async () => {
  const lady = await scene.resident()
  const id = ok(await lady.post('/api/v1/me/hazards', report)).id
  ok(await acts(id).dismiss(finder))
  const { declared } = await import('../../src/platform/use-case/use-case.ts')
  const tend = async (at: string) => {
    scene.at(at)
    const actor = { kind: 'system', schedule: 'test', scope: place.city, domains: ['fire', 'emergency', 'housing'] } as const
    return declared.get('hazards.tend')!.run({ platform: scene.node.platform, actor, now: scene.now(), requestId: id }, {})
  }
  assert.deepEqual(((await tend('2028-11-20T02:00:00Z')) as { forgotten: number }).forgotten, 0)
  assert.ok(((await tend('2028-11-26T02:00:00Z')) as { forgotten: number }).forgotten > 0)
  const { rows } = await scene.owner.query('select 1 from hazards.report where hazard_id = $1', [id])
  assert.equal(rows.length, 0)
})
