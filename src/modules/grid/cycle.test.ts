/** From a report to its end, over HTTP: who may do which step, what the reporter hears, and that silence solves nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { done, refused } from '../../../test/harness/answers.ts'
import { GRID, type GridOfficers, gridOfficers } from '../../../test/harness/grid-officers.ts'
import { type Client, openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { newPublicId } from '../../platform/id.ts'
import { dayOf } from '../../platform/time.ts'
import { rebuild } from './incident.ts'
import { factsOf, getIncident, listTimeline } from './store.ts'

let scene: Scene
let { supervisor, dispatcher, worker, unit, lamps } = {} as GridOfficers
before(async () => {
  scene = await openScene()
  ;({ supervisor, dispatcher, worker, unit, lamps } = await gridOfficers(scene))
})
after(() => scene?.close())

const lamp = {
  classCode: 'street-lamp',
  words: '门口的路灯黑了三天',
  place: { area: place.community, text: '示例一巷 3 号门口' },
}
const idOf = async (number: string): Promise<string> =>
  (await scene.owner.query('select id from grid.incident where number = $1 and street = $2', [number, place.street])).rows[0].id
const verified = async (body: object = lamp, who: Client = scene.stranger) => {
  const reported = await done(who.post('/api/v1/reports', body))
  const id = await idOf(reported.number)
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`, { note: '打过电话' }))
  return { ...reported, id }
}
const filed = async (body?: object, who?: Client) => {
  const one = await verified(body, who)
  await done(
    supervisor.post(`/api/v1/incidents/${one.id}/filing`, {
      classCode: 'street-lamp',
      condition: 'one',
      title: '路灯不亮',
      shown: true,
    }),
  )
  return one
}
const handled = async (body?: object, who?: Client) => {
  const one = await filed(body, who)
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/taking-on`))
  await done(unit.post(`/api/v1/incidents/${one.id}/handling`, { note: '换了灯' }))
  return one
}
const stateOf = (id: string) =>
  scene.node.platform.db.as(
    { role: 'app_staff', area: place.city, domains: GRID, subjects: [], accountId: null, day: dayOf(scene.now()) },
    async (tx) => {
      const { state } = await getIncident({ tx, actor: { kind: 'public' } }, id)
      assert.deepEqual(
        JSON.parse(JSON.stringify(rebuild(factsOf(await listTimeline(tx, id))))),
        JSON.parse(JSON.stringify(state)),
        'the timeline tells the row',
      )
      return state
    },
  )

test('a neighbour who is not signed in reports, follows each step by her token, and says that it is solved', async () => {
  const one = await handled()
  assert.match(one.number, /^W20261124-\d{4}$/)
  await done(supervisor.post(`/api/v1/incidents/${one.id}/check`, { how: 'from_papers', note: '看了照片' }))
  const waiting = await done(scene.stranger.get(`/api/v1/reports/${one.token}`))
  assert.equal(waiting.status, 'checked')
  assert.deepEqual(waiting.may, { confirm: true, reopen: true })
  assert.deepEqual(
    waiting.course.map((f: { fact: string }) => f.fact),
    ['reported', 'verified', 'filed', 'dispatched', 'taken_on', 'handed_in', 'check_passed'],
  )
  assert.equal(waiting.words, lamp.words)
  assert.equal((await done(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: true }))).status, 'closed')
  assert.equal((await stateOf(one.id)).outcome, 'confirmed')
})

test('who verified does not dispatch, whoever she is; a unit does only what it was sent; nobody checks her own work', async () => {
  const one = await filed()
  assert.equal(await refused(supervisor.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps })), 'access.not_permitted')
  assert.equal(await refused(dispatcher.post(`/api/v1/incidents/${one.id}/verification`)), 'access.not_permitted')
  const stranger = await scene.officer('unit-officer', [place.street], { domains: GRID })
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  assert.equal(await refused(stranger.post(`/api/v1/incidents/${one.id}/taking-on`)), 'incident.not_your_unit')
  assert.equal(await refused(unit.post(`/api/v1/incidents/${one.id}/check`, { how: 'on_site' })), 'access.not_permitted')
  assert.equal(await refused(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps })), 'incident.not_now')
})

test('returned with a reason it waits for the dispatcher; hung it has no date; not filed is told with its reason', async () => {
  const one = await filed()
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/return`, { reason: '这盏灯归小区物业', basis: '示例清单 三' }))
  assert.equal((await stateOf(one.id)).status, 'filed')
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/taking-on`))
  await done(unit.post(`/api/v1/incidents/${one.id}/extension`, { by: 2, why: 'parts', reason: '灯杆要换' }))
  const before = (await stateOf(one.id)).dueAt!
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/extension/approval`))
  assert.ok((await stateOf(one.id)).dueAt! > before)
  await done(
    dispatcher.post(`/api/v1/incidents/${one.id}/hanging`, {
      why: 'parts',
      reason: '等备件',
      basis: '示例办法',
      notice: '挂〔2026〕1号',
    }),
  )
  assert.equal((await stateOf(one.id)).dueAt, null)
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/resumption`))
  assert.ok((await stateOf(one.id)).dueAt)
  const other = await verified()
  await done(supervisor.post(`/api/v1/incidents/${other.id}/filing/refusal`, { reason: '这里在施工，月底恢复' }))
  const told = await done(scene.stranger.get(`/api/v1/reports/${other.token}`))
  assert.equal(told.course.at(-1).payload.reason, '这里在施工，月底恢复')
})

test('a resident hears of each step, sees her own reports, and that supervision looked at who she is', async () => {
  const lady = await scene.resident({ name: '黄丽' })
  const one = await filed({ ...lamp, name: '黄丽', phone: lady.phone }, lady)
  const own = await done(lady.get('/api/v1/reports'))
  assert.equal(own.rows[0].number, one.number)
  const kinds = (
    await scene.owner.query(`select params->>'fact' as fact from messages.message where person_id = $1 order by made_at`, [
      lady.personId,
    ])
  ).rows.map((r) => r.fact)
  assert.deepEqual(kinds, ['verified', 'filed'])
  const page = await done(supervisor.get(`/api/v1/incidents/${one.id}`))
  assert.ok(!JSON.stringify(page).includes(lady.phone), 'the page itself names nobody')
  assert.equal((await done(supervisor.get(`/api/v1/incidents/${one.id}/reporters`))).reporters[0].phone, lady.phone)
  assert.equal(await refused(dispatcher.get(`/api/v1/incidents/${one.id}/reporters`)), 'access.not_permitted')
  const { rows } = await scene.owner.query(`select purpose from access.read_entry where person_id = $1`, [lady.personId])
  assert.deepEqual(rows, [{ purpose: 'incident' }])
})

test('outsiders read no word of a reporter, and no title with a number in it', async () => {
  const one = await verified({ ...lamp, words: '隔壁老王 13800001111 天天吵' })
  assert.equal(
    await refused(
      supervisor.post(`/api/v1/incidents/${one.id}/filing`, {
        classCode: 'street-lamp',
        condition: 'one',
        title: '老王 138 0000 1111',
        shown: true,
      }),
    ),
    'incident.title_has_number',
  )
  const filing = (title: string) =>
    supervisor.post(`/api/v1/incidents/${one.id}/filing`, { classCode: 'street-lamp', condition: 'one', title, shown: true })
  assert.equal(await refused(filing('老王 138\u200b0000\u200b1111')), 'incident.title_has_number', 'whatever parts it')
  assert.equal(await refused(filing('\u202e\u200b')), 'incident.title_missing')
  await done(filing('\u202e路灯\u2066不亮'))
  const list = await scene.stranger.get(`/api/v1/public/incidents?area=${place.street}&list=all`)
  assert.ok(!JSON.stringify(list.body).includes('1380000'))
  assert.ok(JSON.stringify(list.body).includes('"路灯不亮"'), 'nothing in it that turns or parts the line')
  const found = async (words: string): Promise<number> =>
    (
      await done(scene.stranger.get(`/api/v1/public/incidents?area=${place.street}&list=all&words=${encodeURIComponent(words)}`))
    ).rows.filter(({ number }: { number: string }) => number === one.number).length
  assert.equal(await found('灯不亮'), 1, 'by its title')
  assert.equal(await found('STREET LAMP'), 1, 'by a word of its kind, in the other language too')
  assert.equal(await found(one.number.toLowerCase()), 1, 'by its number')
  assert.equal(await found('隔壁老王'), 0, 'never by what its reporter said')
  assert.equal(await found("%_' or true --"), 0, 'signs are signs')
  const quarrel = await verified({ classCode: 'quarrel', words: '楼上吵', place: lamp.place })
  await done(
    supervisor.post(`/api/v1/incidents/${quarrel.id}/filing`, {
      classCode: 'quarrel',
      condition: 'asks',
      title: '邻里纠纷',
      shown: true,
    }),
  )
  assert.ok(
    !JSON.stringify((await scene.stranger.get(`/api/v1/public/incidents?area=${place.street}&list=all`)).body).includes(
      quarrel.number,
    ),
    'what happens between people is never shown',
  )
})

test('who is signed in is one voice; what nobody could call is refused; her condition is for who files', async () => {
  const one = await verified({ ...lamp, condition: 'three', phone: '020 1234 5678' })
  const page = await done(supervisor.get(`/api/v1/incidents/${one.id}`))
  assert.equal(page.reports[0].condition, 'three')
  assert.equal(page.found.state.condition, null, 'the officer decides')
  assert.equal(
    await refused(scene.stranger.post('/api/v1/reports', { ...lamp, condition: 'none-such' })),
    'incident.condition_unknown',
  )
  for (const phone of ['12abc', '138 000', '+86 1'])
    assert.equal(await refused(scene.stranger.post('/api/v1/reports', { ...lamp, phone })), 'incident.phone_wrong', phone)
  assert.equal(await refused(scene.stranger.post('/api/v1/reports', { ...lamp, email: 'nobody' })), 'incident.email_wrong')
  const two = await filed()
  const lady = await scene.resident({ name: '黄丽' })
  const joining = { ...lamp, joins: two.publicId }
  await done(lady.post('/api/v1/reports', joining))
  assert.equal(await refused(lady.post('/api/v1/reports', joining)), 'incident.joined_already')
  assert.ok((await done(scene.stranger.post('/api/v1/reports', joining))).joined, 'of who is not signed in nothing is known')
})

test('places that are none are told apart; a report without one says where is missing', async () => {
  const at = (where: object) => refused(scene.stranger.post('/api/v1/reports', { ...lamp, place: where }))
  assert.equal(await at({ lon: 0, lat: 0 }), 'incident.place_zero')
  assert.equal(await at({ lon: 23.15, lat: 113.35 }), 'incident.place_swapped')
  assert.equal(await at({ lon: 116.4, lat: 39.9 }), 'incident.place_outside')
  assert.equal(await at({}), 'incident.place_missing')
  assert.equal(await at({ area: '999999999999', text: '门口' }), 'incident.area_unknown')
  assert.equal(await at({ area: place.community }), 'incident.say_where')
  assert.equal(await at({ lon: 113.35, lat: 23.15 }), 'incident.place_in_no_grid')
})

test('many report one thing at once: each has a token, an officer makes them one, and all of them hear of it', async () => {
  const many = 60
  const keys = Array.from({ length: many }, () => newPublicId())
  const tokens = await Promise.all(
    Array.from({ length: many }, async (_, n) =>
      done(scene.stranger.post('/api/v1/reports', { ...lamp, classCode: 'fire-exit', words: `着火了 ${n}` }, { key: keys[n]! })),
    ),
  )
  assert.equal(new Set(tokens.map((one) => one.token)).size, many)
  assert.equal(new Set(tokens.map((one) => one.number)).size, many, 'numbers are given once')
  const ids = await Promise.all(tokens.map((one) => idOf(one.number)))
  const [parent, ...children] = ids as [string, ...string[]]
  assert.equal((await done(supervisor.post(`/api/v1/incidents/${parent}/children`, { children }))).linked, many - 1)
  for (const one of [tokens[1], tokens.at(-1)]) {
    const followed = await done(scene.stranger.get(`/api/v1/reports/${one!.token}`))
    assert.equal(followed.parentNumber, tokens[0]!.number)
  }
  const again = await done(
    scene.stranger.post('/api/v1/reports', { ...lamp, classCode: 'fire-exit', words: '着火了 1' }, { key: keys[1]! }),
  )
  assert.equal(again.token, tokens[1]!.token, 'sent twice counts once')
})

test('whoever adds her voice hears of it, and says neither that it is solved nor what others wrote', async () => {
  const one = await handled()
  scene.at('2026-11-24T02:05:00Z')
  const unitAsStranger = await done(
    scene.stranger.post('/api/v1/reports', { classCode: 'street-lamp', words: '', place: {}, joins: one.publicId }),
  )
  await done(supervisor.post(`/api/v1/incidents/${one.id}/check`, { how: 'from_papers' }))
  const late = await done(scene.stranger.get(`/api/v1/reports/${unitAsStranger.token}`))
  assert.deepEqual(late.may, { confirm: false, reopen: false }, 'she came after it was said to be done')
  assert.equal(
    await refused(scene.stranger.post(`/api/v1/reports/${unitAsStranger.token}/word`, { solved: true })),
    'incident.first_is_asked',
  )
  await done(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false, reason: '三楼陈家门口还是黑的' }))
  assert.ok(!JSON.stringify(await done(scene.stranger.get(`/api/v1/reports/${unitAsStranger.token}`))).includes('陈家'))
  const { rows } = await scene.owner.query('select payload::text, account_id from grid.timeline where incident_id = $1', [one.id])
  assert.ok(
    rows.every(({ payload }) => !payload.includes('陈家')),
    'her words are sealed and on no timeline',
  )
  const page = await done(supervisor.get(`/api/v1/incidents/${one.id}`))
  assert.equal(page.reports[0].saidAgain[0].words, '三楼陈家门口还是黑的', 'officers read them')
})

test('nothing is buried: not under what is over, not by void, and who let it in never sends it out again', async () => {
  const ended = await handled()
  await done(worker.post(`/api/v1/incidents/${ended.id}/check`, { how: 'on_site' }))
  const fresh = await verified()
  assert.equal(
    await refused(supervisor.post(`/api/v1/incidents/${ended.id}/children`, { children: [fresh.id] })),
    'incident.parent_not_fit',
  )
  const child = await verified()
  await done(supervisor.post(`/api/v1/incidents/${fresh.id}/children`, { children: [child.id] }))
  assert.equal(await refused(supervisor.post(`/api/v1/incidents/${fresh.id}/void`, { reason: '重复' })), 'incident.others_linked')
  const voided = await verified()
  await done(supervisor.post(`/api/v1/incidents/${voided.id}/void`, { reason: '没有这个地方' }))
  assert.equal(
    (await done(scene.stranger.post(`/api/v1/reports/${voided.token}/word`, { solved: false, reason: '有的' }))).status,
    'reported',
  )
  await stateOf(voided.id)
  // Another supervisor files it; whoever verified it first holds a dispatcher's post as well.
  const both = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  const one = await done(scene.stranger.post('/api/v1/reports', lamp))
  const id = await idOf(one.number)
  await done(both.post(`/api/v1/incidents/${id}/verification`))
  await done(both.post(`/api/v1/incidents/${id}/filing/refusal`, { reason: '看不到' }))
  await done(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false, reason: '在的' }))
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`))
  await done(
    supervisor.post(`/api/v1/incidents/${id}/filing`, {
      classCode: 'street-lamp',
      condition: 'one',
      title: '路灯不亮',
      shown: true,
    }),
  )
  await scene.owner.query(`update access.post set role = 'grid-dispatcher' where id = $1`, [both.postId])
  await both.again()
  assert.equal(
    await refused(both.post(`/api/v1/incidents/${id}/dispatch`, { unitId: lamps })),
    'incident.who_verifies_never_dispatches',
  )
})

test('done again runs anew: an extension of the time before is gone, and another can be asked for', async () => {
  const one = await filed()
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/taking-on`))
  await done(unit.post(`/api/v1/incidents/${one.id}/extension`, { by: 2, why: 'parts', reason: '灯杆要换' }))
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/extension/approval`))
  await done(unit.post(`/api/v1/incidents/${one.id}/handling`, { note: '换了' }))
  await done(worker.post(`/api/v1/incidents/${one.id}/rework`, { reason: '还是黑的' }))
  assert.equal((await stateOf(one.id)).extension, null)
  await done(unit.post(`/api/v1/incidents/${one.id}/extension`, { by: 1, why: 'parts', reason: '等备件' }))
  const before = (await stateOf(one.id)).dueAt!
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/extension/approval`))
  assert.ok((await stateOf(one.id)).dueAt! > before)
})

test('seen on site by a grid worker it is solved; told that it is not, it goes out again', async () => {
  const one = await handled()
  await done(worker.post(`/api/v1/incidents/${one.id}/check`, { how: 'on_site', note: '亮了' }))
  assert.equal((await stateOf(one.id)).outcome, 'checked')
  scene.at('2026-12-20T02:00:00Z')
  assert.equal(await refused(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false })), 'incident.say_why')
  await done(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false, reason: '昨晚又黑了' }))
  const again = await stateOf(one.id)
  assert.deepEqual([again.status, again.round, again.outcome], ['filed', 2, null])
  assert.ok(again.stageDueAt! > scene.now().toISOString(), 'the dispatch of the new round has its own time')
  const read = await done(scene.stranger.get(`/api/v1/reports/${one.token}`))
  assert.equal(read.stageDueAt, again.stageDueAt, 'its reporter reads the same date')
})

test('silence ends as handled and not confirmed, and can be reopened for thirty days and no longer', async () => {
  await Promise.all([supervisor, dispatcher, worker, unit].map((officer) => officer.again()))
  const one = await handled()
  await done(supervisor.post(`/api/v1/incidents/${one.id}/check`, { how: 'from_papers' }))
  scene.at('2026-12-30T02:00:00Z')
  const { endWaiting } = await import('./jobs.ts')
  await endWaiting.run(
    {
      platform: scene.node.platform,
      actor: { kind: 'system', schedule: 'test', scope: place.city, domains: GRID },
      now: scene.now(),
      requestId: 'test',
    },
    {},
  )
  assert.equal((await stateOf(one.id)).outcome, 'unconfirmed')
  const list = await done(scene.stranger.get(`/api/v1/public/incidents?area=${place.street}&list=ended`))
  assert.equal(list.rows.find((row: { number: string }) => row.number === one.number).outcome, 'unconfirmed')
  scene.at('2027-02-05T02:00:00Z')
  assert.equal(
    await refused(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false, reason: '还是黑的' })),
    'incident.too_late_to_say',
  )
})

test('only a unit with somebody there is offered, the usual one first; sent wrongly it comes back and its time goes on', async () => {
  await Promise.all([supervisor, dispatcher, unit].map((officer) => officer.again()))
  const elsewhere = await scene.officer('unit-officer', [place.nextStreet], { domains: GRID })
  const other = await scene.officer('unit-officer', [place.street], { domains: GRID })
  await scene.officer('grid-worker', [place.community], { domains: GRID })
  const organisationOf = async (postId: string) =>
    (await scene.owner.query('select organisation_id as id from access.post where id = $1', [postId])).rows[0].id
  const [away, patrol] = [await organisationOf(elsewhere.postId), await organisationOf(other.postId)]
  await scene.owner.query(`update access.organisation set name = '示例执法中队', kind = 'unit' where id = $1`, [patrol])
  const one = await filed()
  const { units } = await done(dispatcher.get(`/api/v1/incidents/${one.id}`))
  assert.deepEqual([units[0].id, units[0].usual], [lamps, true], 'a lamp is the lamp unit’s')
  assert.ok(units.some(({ id, usual }: { id: string; usual: boolean }) => id === patrol && !usual))
  assert.ok(!units.some(({ id }: { id: string }) => id === away), 'nobody of it works here')
  assert.equal(await refused(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: away })), 'incident.unit_unknown')
  const before = (await stateOf(one.id)).stageDueAt
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: patrol }))
  assert.equal(await refused(dispatcher.post(`/api/v1/incidents/${one.id}/recall`, { reason: ' ' })), 'input.invalid')
  assert.equal(await refused(supervisor.post(`/api/v1/incidents/${one.id}/recall`, { reason: '派错' })), 'access.not_permitted')
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/recall`, { reason: '派错了' }))
  const back = await stateOf(one.id)
  assert.deepEqual([back.status, back.unitId, back.stageDueAt], ['filed', null, before])
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/taking-on`))
  assert.equal(await refused(dispatcher.post(`/api/v1/incidents/${one.id}/recall`, { reason: '派错了' })), 'incident.not_now')
})
