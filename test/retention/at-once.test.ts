/** Holds and reopened cases beside the running job, two jobs at once, and one that is killed between its batches. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { letGo, letGoToday } from '../../src/core/retention/jobs.ts'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { sweep } from '../cases/story.ts'
import type { StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'
import { act, count, switchOn, tombstoneFile } from './story.ts'

let scene: Scene
let stages: Stages
let auditor: StaffPost
let leader: StaffPost
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  stages = await makeStages(scene)
  auditor = stages.posts['audit-administrator']!
  leader = stages.posts['street-leader']!
})
after(() => scene?.close())

const system: Scope = { role: 'app_system', area: place.city, domains: DOMAINS, subjects: [], accountId: null }
const hold = (number: string) =>
  act(scene, leader, 'retention.place-hold', { kind: 'case', number, reason: '复议', basis: '复议字〔2057〕1号', until: null })
const answersOf = (caseId: string) => count(scene.owner, `cases.answer where case_id = '${caseId}'`)

/** Everything that ended is due; the day's count is written, and nothing has gone yet. */
async function morning(instant: string): Promise<void> {
  scene.at(instant)
  await switchOn(scene, auditor)
  assert.equal((await sweep(scene, 'retention.begin-run')).state, 'begun')
}
const takes = (ids: string[]) =>
  sql<{
    gone: number
  }>`select retention.let_go(${scene.now().toISOString().slice(0, 10)}::date, 'case-ended', ${ids}::text[], '{}'::uuid[], '{}'::bytea[], '{}'::text[], '{}'::bytea[], ${scene.now()}) as gone`

test('a hold that comes while the job has the very row waits, and is told that nothing is left', async () => {
  const { caseId, number } = stages.at.closed!
  await morning('2057-03-01T02:00:00Z')
  let placing: Promise<unknown> | undefined
  let placed = false
  await scene.node.platform.db.as(system, async (tx) => {
    const ids = (await tx.rows(sql<{ id: string }>`select id from retention.next_of('2057-03-01', 'case-ended', 100)`)).map(
      (r) => r.id,
    )
    assert.ok(ids.includes(caseId))
    placing = hold(number).finally(() => {
      placed = true
    })
    placing.catch(() => {})
    await new Promise((later) => setTimeout(later, 200))
    assert.equal(placed, false, 'it waits')
    assert.equal((await tx.one(takes(ids))).gone, ids.length)
  })
  await assert.rejects(placing!, { code: 'retention.case_gone' })
  assert.equal(await answersOf(caseId), 0)
})

test('a hold that was first keeps the row, though the day’s count had it', async () => {
  const { caseId: id, number } = stages.at.withdrawn!
  const { rows } = await scene.owner.query(
    `select allowed::int from retention.run_class where day = '2057-03-01' and class = 'case-withdrawn'`,
  )
  assert.equal(rows[0].allowed, 1)
  await hold(number)
  await letGoToday(scene.node.platform)
  assert.ok((await answersOf(id)) > 0)
})

test('a case that is open again when its turn comes stays', async () => {
  scene.at('2057-03-02T02:00:00Z')
  const { rows } = await scene.owner.query<{ id: string }>(
    `insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_by, received_at, status, seq, closed_at)
      select gen_random_uuid(), number || '-9', street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, $1, '陈', 'phone', null, received_at, 'withdrawn', 1, '2026-11-24' from cases.case limit 1 returning id`,
    [stages.at.received!.nextPersonId],
  )
  const { id } = rows[0]!
  await morning('2057-03-02T02:00:00Z')
  const { rows: shown } = await scene.owner.query(
    `select due::int from retention.run_class where day = '2057-03-02' and class = 'case-withdrawn'`,
  )
  assert.ok(shown[0].due > 0)
  await scene.owner.query(`update cases.case set status = 'accepted', closed_at = null where id = $1`, [id])
  await letGoToday(scene.node.platform)
  assert.equal(await count(scene.owner, `cases.case where id = '${id}' and stripped_at is null`), 1)
})

test('two jobs at once let go what one would, and write it down once', async () => {
  const filled = 900
  await scene.owner.query(
    `insert into messages.message (id, person_id, kind, params, made_at) select gen_random_uuid(), $1, 'received', '{}', '2026-11-24' from generate_series(1, $2)`,
    [stages.at.received!.nextPersonId, filled],
  )
  scene.at('2057-03-03T02:00:00Z')
  await switchOn(scene, auditor)
  const [one, two] = await Promise.all([letGoToday(scene.node.platform), letGoToday(scene.node.platform)])
  assert.equal((one.message ?? 0) + (two.message ?? 0), filled)
  const { rows } = await scene.owner.query(
    `select due::int, done::int from retention.run_class where day = '2057-03-03' and class = 'message'`,
  )
  assert.deepEqual(rows, [{ due: filled, done: filled }])
})

test('killed between two batches, it goes on where it was, and the file has every tombstone once', async () => {
  const account = stages.at.received!.applicant.accountId
  const { hash } = scene.node.platform.services.packs.inForce()
  await scene.owner.query(
    `insert into cases.draft (id, account_id, matter_code, pack_hash, answers_sealed, created_at, updated_at) select gen_random_uuid(), $1 || n, 'x', $2, '\\x00', '2026-11-24', '2026-11-24' from generate_series(1, 450) n`,
    [account, hash],
  )
  await morning('2057-03-04T02:00:00Z')
  const actor = { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS } as const
  const call = { platform: scene.node.platform, actor, now: scene.now(), requestId: 'r' }
  assert.equal((await letGo.run(call, { class: 'draft' })).gone, 200, 'then the power went: the file knows nothing of it')
  const gone = await letGoToday(scene.node.platform)
  assert.equal(gone.draft, 250)
  const commitments = readFileSync(await tombstoneFile(scene.owner), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line.slice(line.indexOf(' ') + 1)).commitment)
  assert.equal(new Set(commitments).size, commitments.length)
  assert.equal(commitments.length, await count(scene.owner, 'retention.tombstone'))
})

test('never more in a day than the class allows', async () => {
  const most = scene.node.platform.services.packs
    .inForce()
    .pack.retention!.find((one) => one.code === 'person-without-tie')!.most_a_day
  await scene.owner.query(
    `insert into people.person (id, name, recorded_at, source) select gen_random_uuid(), '某', '2020-01-01', 'test' from generate_series(1, $1)`,
    [most + 7],
  )
  scene.at('2057-03-05T02:00:00Z')
  await switchOn(scene, auditor)
  assert.equal((await letGoToday(scene.node.platform))['person-without-tie'], most)
  assert.equal(await count(scene.owner, `people.person where name = '某'`), 7)
})

test('a certificate, a permit and a proxy of before hold nobody back', async () => {
  const proxy = stages.at.received!.applicant.personId
  await scene.owner.query(
    `with gone as (insert into people.person (id, name, recorded_at, source) values (gen_random_uuid(), '别', '2020-01-01', 'test') returning id),
      certificate as (insert into people.disability_certificate (id, person_id, kind, grade, during, source, method, recorded_at)
        select gen_random_uuid(), id, 'sight', 2, '[2020-01-01,2020-06-01)', 'test', 'test', '2020-01-01' from gone),
      permit as (insert into people.residence_permit (id, person_id, area, during, source, method, recorded_at)
        select gen_random_uuid(), id, $2, '[2020-01-01,2020-06-01)', 'test', 'test', '2020-01-01' from gone)
      insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at, ended_at, ended_by)
        select gen_random_uuid(), id, $1, '{longevity-allowance}', '2020-01-01', '2020-06-01', '2020-01-01', 'own', '2020-01-02', '2020-01-01', '2020-06-01', 'principal' from gone`,
    [proxy, place.community],
  )
  scene.at('2057-03-06T02:00:00Z')
  await switchOn(scene, auditor)
  assert.ok((await letGoToday(scene.node.platform))['person-without-tie']! > 0)
  assert.equal(await count(scene.owner, `people.person where name = '别'`), 0)
  assert.equal(await count(scene.owner, `access.proxy where proxy_id = '${proxy}'`), 0)
})
