import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, refused, stateOf } from './story.ts'

let scene: Scene
let clerk: Client
let community: Client
let reviewer: Client
let district: Client
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  community = await scene.officer('community-officer', [place.community])
  reviewer = await scene.officer('street-reviewer', [place.street])
  district = await scene.officer('district-officer', [place.district])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const WRONG = '区民政局 2025 年 9 月 1 日通知'
const RIGHT = '区民政局 2026 年 9 月 1 日通知'
const CORRECTION = { basis: RIGHT, reason: '年份写错了' }

/** An allowance whose text has lapsed, at the district. */
async function atDistrict() {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '' }))
  ok(await act(reviewer, 'review', { note: '' }))
  return { caseId, act, lady }
}

test('a basis that was recorded wrongly is corrected before the decision, which then rests on the right one; the old stays', async () => {
  const { caseId, act, lady } = await atDistrict()
  refused(await act(district, 'basis-correction', CORRECTION), 409, 'case.not_this_step')
  ok(await act(district, 'basis', { basis: WRONG }))
  refused(await act(district, 'basis-correction', { ...CORRECTION, reason: ' ' }), 422, 'input.invalid')
  refused(await act(reviewer, 'basis-correction', CORRECTION), 403, 'access.not_permitted')
  ok(await act(district, 'basis-correction', CORRECTION))
  assert.equal((await stateOf(scene, caseId)).lapseBasis, RIGHT)
  const { timeline } = ok(await lady.get(`/api/v1/me/cases/${caseId}`))
  const facts = timeline.filter((row: { fact: string }) => row.fact.startsWith('basis'))
  assert.deepEqual(
    facts.map((row: { payload: object }) => row.payload),
    [{ basis: WRONG }, { basis: RIGHT, was: WRONG, reason: CORRECTION.reason, afterDecision: false }],
  )
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  const said = await paper(scene, caseId, 'decision_granted')
  assert.ok(said.includes(RIGHT) && !said.includes(WRONG))
})

test('after the decision a correction is a note beside it: what was decided and its paper stay as they were', async () => {
  const { caseId, act } = await atDistrict()
  ok(await act(district, 'basis', { basis: WRONG }))
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'basis-correction', CORRECTION))
  ok(await act(district, 'issue'))
  const said = await paper(scene, caseId, 'decision_granted')
  assert.ok(said.includes(WRONG) && !said.includes(RIGHT), 'a paper is not rewritten in silence')
  assert.equal((await stateOf(scene, caseId)).lapseBasis, WRONG)
  const { rows } = await scene.owner.query(`select payload from cases.timeline where case_id = $1 and fact = 'basis_corrected'`, [
    caseId,
  ])
  assert.deepEqual(rows, [{ payload: { ...CORRECTION, was: WRONG, afterDecision: true } }])
})
