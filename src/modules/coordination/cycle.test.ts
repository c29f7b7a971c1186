/** From the whistle to the ratings, over HTTP: who may do which step, and what happens to answers that do not come. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { done, refused } from '../../../test/harness/answers.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../test/harness/scene.ts'
import { dayOf } from '../../platform/time.ts'
import { factsOf, getWhistle, listTimeline } from './store.ts'
import { rebuild } from './whistle.ts'

const GRID = ['grid']
type Officer = Client & SignsIn & { postId: string }
let scene: Scene
let dispatcher: Officer
let coordinator: Officer
let lamps: Officer
let city: Officer
const unit: Record<string, string> = {}
before(async () => {
  scene = await openScene()
  dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  coordinator = await scene.officer('district-coordinator', [place.district], { domains: GRID })
  lamps = await scene.officer('unit-officer', [place.street], { domains: GRID })
  city = await scene.officer('district-unit-officer', [place.district], { domains: GRID })
  const named = async (name: string, who: Officer, kind: string) => {
    const [post] = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [who.postId])).rows
    await scene.owner.query('update access.organisation set kind = $2, name = $3 where id = $1', [post.id, kind, name])
    unit[name] = post.id
  }
  await named('示例路灯所', lamps, 'unit')
  await named('示例城管局', city, 'bureau')
})
after(() => scene?.close())

const order = () => ({
  area: place.community,
  kind: 'daily',
  what: '夜市占道，灯也不亮',
  place: '示例一巷口',
  leadUnitId: unit.示例城管局,
  parts: [
    { unitId: unit.示例城管局, task: '清出人行道' },
    { unitId: unit.示例路灯所, task: '修好三盏灯' },
  ],
})
const blow = async (more: object = {}) => (await done(dispatcher.post('/api/v1/whistles', { ...order(), ...more }))).id as string
const on = (who: Client, id: string, act: string, body: object = {}) => who.post(`/api/v1/whistles/${id}/${act}`, body)
const stateOf = (id: string) =>
  scene.node.platform.db.as(
    { role: 'app_staff', area: place.city, domains: GRID, subjects: [], accountId: null, day: dayOf(scene.now()) },
    async (tx) => {
      const { state } = await getWhistle({ tx, actor: { kind: 'public' } }, id)
      assert.deepEqual(
        JSON.parse(JSON.stringify(rebuild(factsOf(await listTimeline(tx, id))))),
        JSON.parse(JSON.stringify(state)),
        'the timeline tells the row',
      )
      return state
    },
  )
const sweep = async () => {
  const { escalateUnanswered } = await import('./jobs.ts')
  const actor = { kind: 'system', schedule: 'test', scope: place.city, domains: GRID } as const
  return escalateUnanswered.run({ platform: scene.node.platform, actor, now: scene.now(), requestId: 'test' }, {})
}

test('units answer, do their parts, the street closes and rates each of them once', async () => {
  const id = await blow()
  assert.match((await done(dispatcher.get(`/api/v1/whistles/${id}`))).found.number, /^S20261124-\d{4}$/)
  await done(on(city, id, 'coming', { part: 1 }))
  await done(on(lamps, id, 'coming', { part: 2, note: '今天下午到' }))
  await done(on(city, id, 'completion', { part: 1, note: '已清' }))
  assert.equal(await refused(on(dispatcher, id, 'closing', { note: '看过' })), 'whistle.not_now')
  await done(on(lamps, id, 'completion', { part: 2, note: '已修' }))
  await done(on(dispatcher, id, 'return', { part: 2, reason: '还有一盏不亮' }))
  assert.equal((await stateOf(id)).status, 'open')
  await done(on(lamps, id, 'completion', { part: 2, note: '三盏都亮' }))
  assert.equal(await refused(on(lamps, id, 'rating', { unitId: unit.示例路灯所, stars: 5, words: '好' })), 'access.not_permitted')
  await done(on(dispatcher, id, 'closing', { note: '看过，都好了' }))
  await done(on(dispatcher, id, 'rating', { unitId: unit.示例城管局, stars: 5, words: '来得快' }))
  assert.equal(
    await refused(on(dispatcher, id, 'rating', { unitId: unit.示例城管局, stars: 1, words: '改了' })),
    'whistle.rated_already',
  )
  await done(on(dispatcher, id, 'rating', { unitId: unit.示例路灯所, stars: 3, words: '返工一次' }))
  assert.equal((await stateOf(id)).status, 'closed')
  const { units } = await done(coordinator.get('/api/v1/whistles/figures'))
  const ofLamps = units.find((one: { unitId: string }) => one.unitId === unit.示例路灯所)
  assert.deepEqual([ofLamps.called, ofLamps.inTime, ofLamps.rated, ofLamps.stars], [1, 1, 1, 3])
  assert.deepEqual((await done(lamps.get('/api/v1/whistles/figures'))).units.length, 1, 'a unit sees its own')
})

test('not answered in time it waits for the district by itself; an answer still counts, as late', async () => {
  const id = await blow({ kind: 'emergency' })
  await done(on(city, id, 'coming', { part: 1 }))
  assert.equal(await refused(on(coordinator, id, 'decision', { part: 2, choice: 'stays', reason: '快去' })), 'whistle.not_yet')
  scene.at('2026-11-24T02:31:00Z')
  await Promise.all([dispatcher, coordinator, lamps, city].map((officer) => officer.again()))
  assert.deepEqual(await sweep(), { escalated: 1 })
  assert.deepEqual(await sweep(), { escalated: 0 }, 'once')
  assert.equal((await stateOf(id)).parts[1]!.standing, 'called', 'a machine decides nothing')
  const wanted = (await done(coordinator.get('/api/v1/whistles'))).rows.find((row: { id: string }) => row.id === id)
  assert.equal(wanted.dueAt, '2026-11-24T03:01:00.000Z', 'who rules sees the time for the ruling, not that of another unit')
  await done(on(lamps, id, 'coming', { part: 2 }))
  assert.equal(await refused(on(coordinator, id, 'decision', { part: 2, choice: 'stays', reason: '快去' })), 'whistle.not_now')
  const { units } = await done(dispatcher.get('/api/v1/whistles/figures'))
  assert.equal(units.find((one: { unitId: string }) => one.unitId === unit.示例路灯所).late, 1)
})

test('a unit called wrongly names the article; the common superior decides with reasons', async () => {
  const id = await blow()
  assert.equal(await refused(on(lamps, id, 'dispute', { part: 2, reason: '归物业' })), 'input.invalid')
  await done(on(lamps, id, 'dispute', { part: 2, reason: '小区里的灯归物业', basis: '示例清单 第三项' }))
  assert.equal(
    await refused(on(dispatcher, id, 'decision', { part: 2, choice: 'stays', reason: '归你' })),
    'access.not_permitted',
  )
  assert.equal(
    await refused(
      on(coordinator, id, 'decision', {
        part: 2,
        choice: 'goes_to',
        unitId: '00000000-0000-4000-8000-000000000000',
        reason: '换',
      }),
    ),
    'whistle.unit_unknown',
  )
  const stays = { part: 2, choice: 'goes_to', reason: '换' }
  assert.equal(await refused(on(coordinator, id, 'decision', stays)), 'whistle.say_which_unit')
  const same = { part: 2, choice: 'goes_to', unitId: unit.示例路灯所, reason: '换' }
  assert.equal(await refused(on(coordinator, id, 'decision', same)), 'whistle.same_unit')
  await done(on(coordinator, id, 'decision', { part: 2, choice: 'backed', unitId: unit.示例城管局, reason: '没人管，区里兜底' }))
  const state = await stateOf(id)
  assert.deepEqual(
    state.parts.map(({ standing }) => standing),
    ['called', 'passed', 'coming'],
  )
  assert.equal(await refused(on(lamps, id, 'coming', { part: 2 })), 'whistle.not_now')
  assert.equal(await refused(on(city, id, 'dispute', { part: 3, reason: '不管', basis: '三' })), 'whistle.not_now')
  await done(on(dispatcher, id, 'withdrawal', { reason: '已经另行解决' }))
  assert.equal(await refused(on(city, id, 'coming', { part: 1 })), 'whistle.not_now')
})

test('two answer at once: one is heard, the other is told that it was done', async () => {
  const id = await blow()
  const answers = await Promise.all([
    on(lamps, id, 'coming', { part: 2 }),
    on(lamps, id, 'dispute', { part: 2, reason: '不归', basis: '三' }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  await stateOf(id)
})

test('who blew never decides, in another post neither, and the database says so too', async () => {
  const id = await blow()
  await done(on(lamps, id, 'dispute', { part: 2, reason: '不归', basis: '三' }))
  const officer = 'select officer_id as id from access.post where id = $1'
  const [{ id: whistler }] = (await scene.owner.query(officer, [dispatcher.postId])).rows
  await assert.rejects(
    scene.owner.query('update coordination.whistle set deciders = array[$2]::uuid[] where id = $1', [id, whistler]),
    /who_blew_never_decides/,
  )
  const [{ id: decider }] = (await scene.owner.query(officer, [coordinator.postId])).rows
  await scene.owner.query('update coordination.whistle set blown_by = $2 where id = $1', [id, decider])
  assert.equal(
    await refused(on(coordinator, id, 'decision', { part: 2, choice: 'stays', reason: '归你' })),
    'whistle.who_blew_never_decides',
  )
})

test('bad input: another street, a unit twice or unknown, a lead that was not called, a phone in the words, an ended post', async () => {
  const at = (more: object) => refused(dispatcher.post('/api/v1/whistles', { ...order(), ...more }))
  const [first] = order().parts
  assert.equal(await at({ area: place.nextStreet }), 'whistle.area_unknown')
  assert.equal(await at({ area: '999999999' }), 'whistle.area_unknown')
  assert.equal(await at({ parts: [first, first] }), 'whistle.unit_twice')
  assert.equal(await at({ parts: [{ ...first, unitId: '00000000-0000-4000-8000-000000000000' }] }), 'whistle.unit_unknown')
  assert.equal(await at({ leadUnitId: unit.示例路灯所, parts: [first] }), 'whistle.lead_not_called')
  assert.equal(await at({ what: '找老王 138 0000 1111' }), 'whistle.has_number')
  assert.equal(await at({ place: '找老王 13800001111' }), 'whistle.has_number')
  assert.equal(
    await at({ parts: [order().parts[0], { ...order().parts[1], task: '修灯，打 138-0000-1111' }] }),
    'whistle.has_number',
  )
  assert.equal(await at({ kind: 'party' }), 'whistle.kind_unknown')
  const id = await blow()
  const next = await scene.officer('grid-dispatcher', [place.nextStreet], { domains: GRID })
  assert.equal(await refused(next.get(`/api/v1/whistles/${id}`)), 'whistle.not_found')
  assert.equal(await refused(on(next, id, 'withdrawal', { reason: '不要了' })), 'whistle.not_found')
  const other = await scene.officer('unit-officer', [place.street], { domains: GRID })
  assert.equal(await refused(on(other, id, 'coming', { part: 2 })), 'whistle.not_found', 'a unit sees only what it was called by')
  const leaving = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  await scene.owner.query(`update access.post set valid_to = '2026-11-23' where id = $1`, [leaving.postId])
  assert.ok((await on(leaving, id, 'withdrawal', { reason: '不要了' })).status >= 401)
})

test('a kind that has left the pack leaves no whistle behind: its units come, and a superior decides', async () => {
  const id = await blow()
  await scene.owner.query(`update coordination.whistle set kind = 'left-the-pack' where id = $1`, [id])
  await done(on(lamps, id, 'coming', { part: 2 }))
  await done(on(city, id, 'dispute', { part: 1, reason: '不归我们', basis: '示例职责第三条' }))
  await done(on(coordinator, id, 'decision', { part: 1, choice: 'stays', reason: '就是你们的' }))
  const { rows } = await scene.owner.query('select parts from coordination.whistle where id = $1', [id])
  assert.deepEqual(
    rows[0].parts.map((part: { standing: string; reportBy: string | null }) => [part.standing, part.reportBy !== null]),
    [
      ['coming', true],
      ['coming', true],
    ],
  )
})
