/** What is due goes, what is held stays, and nothing goes that the morning's count did not show. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { casesThatDiffer } from '../../src/core/cases/index.ts'
import { letGoToday } from '../../src/core/retention/index.ts'
import { ClientTx } from '../../src/platform/database/tx.ts'
import { makePost, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'
import { act, count, everything, nightOf, tombstoneFile } from './story.ts'

let scene: Scene
let stages: Stages
let auditor: StaffPost
let leader: StaffPost
let otherLeader: StaffPost
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
  auditor = stages.posts['audit-administrator']!
  leader = stages.posts['street-leader']!
  otherLeader = await makePost(scene, 'street-leader', [place.street], DOMAINS)
})
after(() => scene?.close())

const cell = `select origin_area, matter_code, status, outcome, received_at::date, sum(amount_fen), count(*)::int from cases.case group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`

test('looking changes nothing, and nothing goes before somebody has confirmed', async () => {
  scene.at('2029-11-24T02:00:00Z')
  const plan = await act(scene, auditor, 'retention.read-plan')
  const before = await everything(scene.owner)
  await act(scene, auditor, 'retention.read-plan')
  assert.equal(await everything(scene.owner), before)
  const draft = plan.lines.find((line: { class: { code: string } }) => line.class.code === 'draft')
  assert.equal(draft.due, await count(scene.owner, 'cases.draft where submitted_case_id is null'))
  assert.ok(draft.due > 0)
  const rows = await count(scene.owner, 'cases.draft')
  assert.deepEqual(await letGoToday(scene.node.platform), {})
  assert.equal(await count(scene.owner, 'cases.draft'), rows)
})

test('what was confirmed is what was seen: other classes are refused', async () => {
  await assert.rejects(act(scene, auditor, 'retention.confirm-classes', { digest: '0'.repeat(64) }), {
    code: 'retention.not_confirmed',
  })
})

test('drafts go with their files and leave a tombstone that says nothing of whom', async () => {
  const { draftId } = stages.at.received!
  assert.equal(await count(scene.owner, `documents.file where draft_id = '${draftId}' and case_id is null`), 1)
  const gone = await nightOf(scene, auditor, '2027-03-01T02:00:00Z')
  assert.ok(gone.draft! > 0, JSON.stringify(gone))
  assert.equal(await count(scene.owner, 'cases.draft where submitted_case_id is null'), 0)
  assert.equal(await count(scene.owner, `documents.file where draft_id = '${draftId}' and case_id is null`), 0)
  assert.equal(await count(scene.owner, `retention.tombstone where kind = 'draft'`), gone.draft)
  const file = readFileSync(await tombstoneFile(scene.owner), 'utf8')
  assert.equal(file.trimEnd().split('\n').length, gone.draft)
  assert.ok(!file.includes(draftId))
  const { rows } = await scene.owner.query(
    `select object_id from platform.audit where operation = 'retention.let-go' and object_id <> 'draft 0' and object_id like 'draft %'`,
  )
  assert.deepEqual(
    rows.map((row) => row.object_id),
    [`draft ${gone.draft}`],
  )
  assert.deepEqual(await letGoToday(scene.node.platform), {}, 'a second time the same day there is nothing left')
})

test('a clock that jumps ten years lets nothing go until somebody has looked', async () => {
  scene.at('2037-01-10T02:00:00Z')
  const before = await count(scene.owner, 'cases.answer')
  const told: string[] = []
  const { log } = scene.node.platform
  const error = log.error
  log.error = (_: object, message: string) => void told.push(message)
  try {
    assert.deepEqual(await letGoToday(scene.node.platform), {})
    scene.at('2026-11-26T02:00:00Z')
    assert.deepEqual(await letGoToday(scene.node.platform), {}, 'back, too')
  } finally {
    log.error = error
  }
  assert.equal(told.length, 2)
  assert.match(told[0]!, /clock/)
  assert.equal(await count(scene.owner, 'cases.answer'), before)
})

test('after ten years an ended case is only stored: nobody sees it, and the sums stay', async () => {
  const { caseId, number } = stages.at.closed!
  const sums = (await scene.owner.query(cell)).rows
  const before = await count(scene.owner, `documents.document where case_id = '${caseId}'`)
  const gone = await nightOf(scene, auditor, '2037-02-01T02:00:00Z')
  assert.ok(gone['case-put-away']! > 0, JSON.stringify(gone))
  assert.equal((await act(scene, leader, 'cases.find-by-number', { number })).caseId, null)
  await assert.rejects(act(scene, leader, 'cases.read-case', { caseId, purpose: 'case' }), { code: 'case.not_found' })
  assert.equal(await count(scene.owner, `documents.document where case_id = '${caseId}'`), before, 'nothing is lost')
  assert.deepEqual((await scene.owner.query(cell)).rows, sums)

  await act(scene, leader, 'retention.place-hold', {
    kind: 'case',
    number,
    reason: '行政复议',
    basis: '复议字〔2037〕1号',
    until: null,
  })
  assert.equal((await act(scene, leader, 'cases.find-by-number', { number })).caseId, caseId, 'a hold brings it back')
})

test('a held case outlives its time, and goes the night after somebody else has ended the hold', async () => {
  const { caseId } = stages.at.closed!
  const others = await count(scene.owner, `cases.case where status in ('closed', 'not_accepted') and id <> '${caseId}'`)
  const sums = (await scene.owner.query(cell)).rows
  const { rows: told } = await scene.owner.query(
    `select string_agg(payload::text, ' ') as text from cases.timeline where case_id = $1`,
    [caseId],
  )
  assert.match(told[0].text, /本人/)
  const gone = await nightOf(scene, auditor, '2057-02-01T02:00:00Z')
  assert.equal(gone['case-ended'], others)
  assert.ok((await count(scene.owner, `cases.answer where case_id = '${caseId}'`)) > 0, 'held')
  const { rows } = await scene.owner.query(
    `select held::int from retention.run_class where day = '2057-02-01' and class = 'case-ended'`,
  )
  assert.equal(rows[0].held, 1, 'the count says so')

  const [hold] = await act(scene, leader, 'retention.list-holds')
  await assert.rejects(act(scene, leader, 'retention.end-hold', { holdId: hold.id, reason: '已结' }), {
    code: 'retention.not_ones_own',
  })
  await act(scene, otherLeader, 'retention.end-hold', { holdId: hold.id, reason: '复议已结' })
  assert.deepEqual(await letGoToday(scene.node.platform), {}, 'not the same day: the morning’s count did not show it')
  assert.ok((await count(scene.owner, `cases.answer where case_id = '${caseId}'`)) > 0)

  const next = await nightOf(scene, auditor, '2057-02-02T02:00:00Z')
  assert.equal(next['case-ended'], 1)
  for (const table of [
    'cases.answer',
    'cases.unit_member',
    'cases.notice',
    'documents.document',
    'documents.material',
    'documents.file',
    'messages.message',
  ])
    assert.equal(await count(scene.owner, `${table} where case_id = '${caseId}'`), 0, table)
  assert.deepEqual((await scene.owner.query(cell)).rows, sums, 'every sum is what it was')
  assert.deepEqual(await casesThatDiffer(new ClientTx(scene.owner as never)), [], 'every timeline still tells its case')
  const left = await scene.owner.query(
    `select c.applicant_id, c.surname, (select string_agg(t.payload::text, ' ') from cases.timeline t where t.case_id = c.id) as told from cases.case c where c.id = $1`,
    [caseId],
  )
  assert.deepEqual([left.rows[0].applicant_id, left.rows[0].surname], [null, ''])
  assert.doesNotMatch(left.rows[0].told, /本人|当面核对过/, 'no word about her is left')
})
