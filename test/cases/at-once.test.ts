/** What happens at the same moment, twice, or after a fault of the database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, type Resident, refused } from './story.ts'

let scene: Scene
let clerk: Client
let community: Client
let reviewer: Client
let district: Client
let district2: Client
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  community = await scene.officer('community-officer', [place.community])
  reviewer = await scene.officer('street-reviewer', [place.street])
  district = await scene.officer('district-officer', [place.district])
  district2 = await scene.officer('district-officer', [place.district])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const account = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
const received = async (): Promise<{ caseId: string; who: Resident }> => {
  const who = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  return { who, ...(await apply(scene, who, 'longevity-allowance', account)) }
}
const count = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await scene.owner.query(`select count(*) as n from ${text}`, values)).rows[0].n)
const facts = (caseId: string, fact: string) => count('cases.timeline where case_id = $1 and fact = $2', [caseId, fact])
const papers = (caseId: string, kind: string) => count('documents.document where case_id = $1 and kind = $2', [caseId, kind])

test('two officers decide at once: one decision, and the other is told what is possible now', async () => {
  const { caseId, who } = await received()
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '' }))
  ok(await act(reviewer, 'review', { note: '' }))
  ok(await act(district, 'basis', { basis: '示例依据' }))
  const answers = await Promise.all([
    act(district, 'decision', { outcome: 'granted', reasons: '' }),
    act(district2, 'decision', { outcome: 'refused', reasons: '两个人看法不同的时候。' }),
  ])
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409])
  const lost = answers.find((a) => a.status === 409)!
  assert.equal(lost.body.code, 'case.not_now')
  assert.deepEqual(lost.body.params.possible, ['issue', 'correct_basis'])
  assert.equal(await facts(caseId, 'decided'), 1)
  assert.equal(await count('people.benefit_receipt where person_id = $1', [who.personId]), answers[0]!.status === 200 ? 1 : 0)
  const outcomes = await scene.owner.query(`select outcome from platform.audit where operation = 'cases.decide' order by outcome`)
  assert.deepEqual(
    outcomes.rows.map((r) => r.outcome),
    ['case.not_now', 'done'],
    'both are in the audit',
  )
})

test('the same key twice at once: one act, one paper, the same answer', async () => {
  const { caseId } = await received()
  const act = onCase(caseId)
  const answers = await Promise.all(Array.from({ length: 6 }, () => act(clerk, 'acceptance', {}, 'key-of-one-form')))
  assert.deepEqual(
    answers.map((a) => a.status),
    Array(6).fill(200),
    JSON.stringify(answers.map((a) => a.body)),
  )
  assert.equal(new Set(answers.map((a) => JSON.stringify(a.body))).size, 1)
  assert.equal(await facts(caseId, 'accepted'), 1)
  assert.equal(await papers(caseId, 'acceptance'), 1)
})

test('the same key with another body is refused, and shows what was done under it', async () => {
  const { caseId } = await received()
  const act = onCase(caseId)
  const first = ok(await act(clerk, 'correction-notice', { missing: [], text: '请补一份说明' }, 'key-of-a-correction'))
  const again = await act(clerk, 'correction-notice', { missing: [], text: '请补两份说明' }, 'key-of-a-correction')
  refused(again, 409, 'request.key_reused')
  assert.equal(again.body.params.result.documentId, first.documentId)
  assert.equal(await papers(caseId, 'correction_notice'), 1)
  // The key is hers alone: somebody else's, or of another act, is another key.
  const other = await received()
  ok(await onCase(other.caseId)(clerk, 'acceptance', {}, 'key-of-a-correction'))
})

test('a refused act leaves its key free: corrected, the same form goes through', async () => {
  const { caseId } = await received()
  const act = onCase(caseId)
  refused(
    await act(clerk, 'correction-notice', { missing: ['nothing-such'], text: '请补' }, 'key-of-a-slip'),
    422,
    'case.material_unknown',
  )
  ok(await act(clerk, 'correction-notice', { missing: [], text: '请补' }, 'key-of-a-slip'))
  refused(await act(clerk, 'acceptance', {}, 'short'), 422, 'request.key_shape')
})

test('sent twice without a key: one application', async () => {
  const who = await scene.resident({ name: '林好', bornOn: '1946-11-30' })
  const { draftId } = ok(await who.post('/api/v1/drafts', { matterCode: 'longevity-allowance' }))
  for (const question of ['about-you', 'account'])
    ok(await who.post(`/api/v1/drafts/${draftId}/answers/${question}`, { typed: account }))
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => who.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })),
  )
  assert.equal(new Set(answers.map((a) => ok(a).caseId)).size, 1)
  assert.equal(await count('cases.case where applicant_id = $1', [who.personId]), 1)
})

test('on a phone and at a window at once: one application of one kind', async () => {
  const who = await scene.resident({ name: '罗好', bornOn: '1946-11-30' })
  const { draftId } = ok(await who.post('/api/v1/drafts', { matterCode: 'longevity-allowance' }))
  for (const question of ['about-you', 'account'])
    ok(await who.post(`/api/v1/drafts/${draftId}/answers/${question}`, { typed: account }))
  const answers = await Promise.all([
    who.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' }),
    clerk.post('/api/v1/window/cases', { personId: who.personId, matterCode: 'longevity-allowance', typed: account }),
  ])
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409], JSON.stringify(answers.map((a) => a.body)))
  assert.equal(answers.find((a) => a.status === 409)!.body.code, 'case.already_running')
  assert.equal(await count('cases.case where applicant_id = $1', [who.personId]), 1)
})

test('numbers of a day are given once each, without a gap', async () => {
  const before = await count('cases.case')
  const people = await Promise.all(Array.from({ length: 5 }, () => scene.neighbour({ name: '何好', bornOn: '1946-11-30' })))
  const answers = await Promise.all(
    people.map((p) =>
      clerk.post('/api/v1/window/cases', { personId: p.personId, matterCode: 'longevity-allowance', typed: account }),
    ),
  )
  const numbers = answers.map((a) => Number(ok(a).number.slice(-4))).sort((a, b) => a - b)
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => numbers[0]! + i),
  )
  assert.equal(numbers[0], before + 1, 'refused ones took none')
})

/** The database itself gives up on the first try of an act, as it does when two wait for each other. */
async function failing(code: string, times: number, then: () => Promise<void>): Promise<void> {
  await scene.owner.query(`create sequence public.tries; grant usage on sequence public.tries to app_staff;
    create function public.give_up() returns trigger language plpgsql as $$ begin
      if nextval('public.tries') <= ${times} then raise exception 'tried on purpose' using errcode = '${code}'; end if; return new; end $$;
    create trigger give_up before insert on cases.timeline for each row execute function public.give_up()`)
  try {
    await then()
  } finally {
    await scene.owner.query('drop trigger give_up on cases.timeline; drop function public.give_up(); drop sequence public.tries')
  }
}

for (const [code, what] of [
  ['40P01', 'a deadlock'],
  ['40001', 'a serialization failure'],
] as const)
  test(`${what} is tried once more, and nothing is done twice`, async () => {
    const { caseId } = await received()
    await failing(code, 1, async () => {
      ok(await onCase(caseId)(clerk, 'acceptance', {}, `key-after-${code}`))
    })
    assert.equal(await facts(caseId, 'accepted'), 1)
    assert.equal(await papers(caseId, 'acceptance'), 1)
    assert.equal(await count(`messages.message where case_id = $1 and kind = 'accepted'`, [caseId]), 1)
    ok(await onCase(caseId)(clerk, 'acceptance', {}, `key-after-${code}`))
    assert.equal(await facts(caseId, 'accepted'), 1)
  })

test('a fault that stays leaves nothing behind, and the same form goes through afterwards', async () => {
  const { caseId } = await received()
  await failing('40P01', 1000, async () => {
    assert.equal((await onCase(caseId)(clerk, 'acceptance', {}, 'key-of-a-fault')).status, 500)
  })
  assert.equal(await facts(caseId, 'accepted'), 0)
  assert.equal(await papers(caseId, 'acceptance'), 0)
  ok(await onCase(caseId)(clerk, 'acceptance', {}, 'key-of-a-fault'))
})

test('drafts begun at once are one, and the database itself holds one running case of a kind', async () => {
  const who = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const drafts = await Promise.all(
    Array.from({ length: 6 }, () => who.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })),
  )
  assert.equal(new Set(drafts.map((d) => ok(d).draftId)).size, 1)
  const { caseId } = await received()
  await assert.rejects(
    scene.owner.query(
      `insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at, status, seq)
       select gen_random_uuid(), 'X1', street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at, 'paused', 1
       from cases.case where id = $1`,
      [caseId],
    ),
    { code: '23505', constraint: 'one_running' },
  )
})
