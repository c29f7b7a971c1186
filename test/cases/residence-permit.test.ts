import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordPermit, recordResidence } from '../../src/core/people/index.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import {
  apply,
  assertRebuilt,
  day,
  later,
  ok,
  onCase,
  paper,
  type Resident,
  refused,
  stateOf,
  sweep,
  wholeCity,
} from './story.ts'

const LINE = { domains: ['public-security'] }
let scene: Scene
let clerk: Client & SignsIn
let reviewer: Client & SignsIn
let district: Client & SignsIn
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street], LINE)
  reviewer = await scene.officer('street-reviewer', [place.street], LINE)
  district = await scene.officer('district-officer', [place.district], LINE)
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const PERMIT = 'residence-permit'
const ENDORSEMENT = 'permit-endorsement'
const from = { source: 'officer', method: 'decided', caseId: null } as const
const as = <T>(work: Parameters<typeof scene.node.platform.db.as<T>>[1]) => scene.node.platform.db.as(wholeCity, work)

/** Somebody from elsewhere whose residence is registered. */
async function newcomer(since: string): Promise<Resident> {
  const who = await scene.resident({ name: '覃海生', bornOn: '1990-05-05', hukou: null })
  await scene.owner.query(
    `insert into people.hukou_spell (id, person_id, area, relation, during, source, method, recorded_at)
     values (gen_random_uuid(), $1, '450102', 'head', daterange('1990-05-05', null), 'test', 'test', now())`,
    [who.personId],
  )
  await as((tx) => recordResidence(tx, { personId: who.personId, area: place.community, since }, from, scene.now()))
  return who
}
/** With a permit whose last day is the one before `until`. */
async function holder(since: string, until: string): Promise<Resident> {
  const who = await newcomer(since)
  await as((tx) => recordPermit(tx, { personId: who.personId, area: place.community, since, until }, from, scene.now()))
  return who
}
const permitOf = async ({ personId }: { personId: string }) =>
  (
    await scene.owner.query(
      `select lower(during)::text as since, upper(during)::text as until, case_id from people.residence_permit where person_id = $1 and not isempty(during) order by 1`,
      [personId],
    )
  ).rows
const lines = async (who: Client, caseId: string) =>
  Object.fromEntries(
    ok(await who.get(`/api/v1/me/cases/${caseId}`)).checked.lines.map((line: { rule: string; result: string }) => [
      line.rule,
      line.result,
    ]),
  )
const remind = async () => (await sweep(scene, 'cases.remind-permits')).reminded as number
const toldOf = async (who: { personId: string }) =>
  (
    await scene.owner.query(
      `select params from messages.message where person_id = $1 and kind = 'permit_ending' order by made_at`,
      [who.personId],
    )
  ).rows.map((row) => row.params)

async function endorse(who: Resident): Promise<string> {
  const { caseId } = await apply(scene, who, ENDORSEMENT, { 'about-you': 'yes' })
  const act = onCase(caseId)
  ok(await act(clerk, 'registration', { reasons: '', without: [{ material: 'change-proof', reason: '没有变动', basis: '' }] }))
  ok(await act(clerk, 'issue'))
  return caseId
}

test('after half a year, with a job: the street checks, the police issue, and it is endorsed until a year from that day', async () => {
  const man = await newcomer('2026-05-24')
  const { caseId } = await apply(scene, man, PERMIT, { 'about-you': 'yes', 'permit-ground': 'job' }, ['photo', 'ground-proof'])
  assert.deepEqual(await lines(man, caseId), {
    'permit.elsewhere': 'met',
    'permit.half-year': 'met',
    'permit.ground': 'met',
    'permit.none-yet': 'met',
  })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '' }))
  const { dueAt } = await stateOf(scene, caseId)
  assert.equal(dueAt?.toISOString().slice(0, 10), '2026-12-09', 'fifteen calendar days')
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  const printed = await paper(scene, caseId, 'residence_permit')
  assert.match(printed, /2027年11月23日/)
  assert.equal(printed.split('居住证暂行条例').length - 1, 1, 'a text is cited once')
  ok(await act(district, 'delivery', { how: 'window', to: '本人' }))
  assert.match(await paper(scene, caseId, 'delivery'), /"受送达人","覃海生（本人）"/)
  assert.deepEqual(await permitOf(man), [{ since: '2026-11-24', until: '2027-11-24', case_id: caseId }])
  const again = await apply(scene, man, PERMIT, { 'about-you': 'yes', 'permit-ground': 'job' }, ['photo', 'ground-proof'])
  assert.equal((await lines(man, again.caseId))['permit.none-yet'], 'not_met')
})

test('a day short of half a year, and no ground: said, and still received', async () => {
  const man = await newcomer('2026-05-25')
  const { caseId } = await apply(scene, man, PERMIT, { 'about-you': 'yes', 'permit-ground': 'none' }, ['photo', 'ground-proof'])
  const said = await lines(man, caseId)
  assert.deepEqual([said['permit.half-year'], said['permit.ground']], ['not_met', 'not_met'])
})

test('in time its years go on; the paper says until when and from which day they count', async () => {
  const lady = await holder('2024-12-24', '2026-12-24')
  const caseId = await endorse(lady)
  assert.deepEqual(await permitOf(lady), [{ since: '2024-12-24', until: '2027-12-24', case_id: caseId }])
  const said = await paper(scene, caseId, 'permit_endorsement')
  assert.match(said, /2027年12月23日/)
  assert.match(said, /2024年12月24日/)
})

test('without a permit nothing is endorsed, whatever is written: the permit comes first', async () => {
  const man = await newcomer('2026-05-24')
  const { caseId } = await apply(scene, man, ENDORSEMENT, { 'about-you': 'yes' })
  assert.equal((await lines(man, caseId))['endorsement.holder'], 'not_met')
  const without = [{ material: 'change-proof', reason: '没有变动', basis: '' }]
  refused(await onCase(caseId)(clerk, 'registration', { reasons: '本人说证在家里', without }), 409, 'case.no_permit')
  assert.deepEqual(await permitOf(man), [])
  assert.equal((await stateOf(scene, caseId)).status, 'received')
})

test('reminded at 60, 30 and 7 days, once each, and not once she has applied', async () => {
  await later(scene, day('2027-01-04'), clerk)
  await remind()
  // Last days, counted from today: 61, 60 and 30.
  const [far, near, close] = [
    await holder('2026-03-07', '2027-03-07'),
    await holder('2026-03-06', '2027-03-06'),
    await holder('2026-02-04', '2027-02-04'),
  ]
  assert.equal(await remind(), 2)
  assert.equal(await remind(), 0, 'once')
  assert.deepEqual(await toldOf(near), [{ matter: ENDORSEMENT, answerBy: '2027-03-05', opensOn: '2027-02-06' }])
  assert.deepEqual(await toldOf(close), [{ matter: ENDORSEMENT, answerBy: '2027-02-03', opensOn: 'none' }])
  assert.deepEqual(await toldOf(far), [])
  await later(scene, day('2027-01-05'), far)
  assert.equal(await remind(), 1)
  await later(scene, day('2027-01-27'), close, near)
  await apply(scene, close, ENDORSEMENT, { 'about-you': 'yes' })
  assert.equal(await remind(), 0, 'who has applied is left in peace')
  await later(scene, day('2027-02-03'), near)
  assert.equal(await remind(), 1, 'thirty days before the other’s last day')
  assert.equal((await toldOf(near)).length, 2)
})

test('late after reminders that she read, the years count anew; without one of them they go on', async () => {
  await later(scene, day('2027-03-01'), clerk)
  await remind()
  const [reminded, unread] = [await holder('2025-05-01', '2027-05-01'), await holder('2025-05-01', '2027-05-01')]
  for (const on of ['2027-03-01', '2027-03-31', '2027-04-23']) {
    await later(scene, day(on), clerk)
    assert.ok((await remind()) >= 2, on)
    if (on > '2027-03-01') await reminded.again()
    ok(await reminded.post('/api/v1/me/messages/read'))
  }
  assert.equal((await toldOf(reminded)).length, 3)
  await later(scene, day('2027-05-20'), clerk, reminded, unread)
  assert.equal(await remind(), 0, 'it has lapsed: nothing more is said')
  await endorse(reminded)
  assert.deepEqual(
    (await permitOf(reminded)).map(({ since, until }) => [since, until]),
    [
      ['2025-05-01', '2027-05-01'],
      ['2027-05-20', '2028-05-20'],
    ],
  )
  await endorse(unread)
  assert.deepEqual(
    (await permitOf(unread)).map(({ since, until }) => [since, until]),
    [['2025-05-01', '2028-05-01']],
  )
})
