import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { searchOf } from '../../src/core/outreach/search.ts'
import { dayOf } from '../../src/platform/time.ts'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, type Resident, refused, stateOf, sweep } from './story.ts'

const LINE = { domains: ['disabled-persons', 'civil-affairs'] }
let scene: Scene
let clerk: Client
let reviewer: Client
let district: Client
before(async () => {
  scene = await openScene()
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

const CERTIFICATE = 'disability-certificate'
const CARE = 'disability-care-subsidy'
const LIVING = 'disability-living-subsidy'

/** A child’s case has no public notice: it goes from the review to the decision. */
async function certificate(who: Resident, kind: string, grade: string): Promise<string> {
  const typed = { 'about-you': 'yes', 'disability-kind': kind, 'disability-grade': grade }
  const { caseId } = await apply(scene, who, CERTIFICATE, typed, ['assessment', 'photo'])
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '和评定表一致' }))
  return caseId
}
async function issue(caseId: string): Promise<string> {
  const act = onCase(caseId)
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  return paper(scene, caseId, 'disability_certificate')
}
const registered = async ({ personId }: { personId: string }) =>
  (await scene.owner.query('select kind, grade from people.disability_certificate where person_id = $1', [personId])).rows

/** Whom a search finds for a matter: every condition holds; and whom it finds if something is confirmed. */
async function found(matterCode: string): Promise<Record<string, 'fits' | 'confirm'>> {
  await sweep(scene, 'outreach.refresh-snapshot')
  const pack = scene.node.platform.services.packs.inForce()
  const all = searchOf(pack, pack.matter(matterCode), place.city, dayOf(scene.now())).conditions.map((each) => each.certain)
  const { rows } = await scene.owner.query(
    `select p.person_id, ${all.map((text) => `(${text})`).join(' and ')} as fits from outreach.person p`,
  )
  return Object.fromEntries(
    rows.filter(({ fits }) => fits !== false).map(({ person_id, fits }) => [person_id, fits ? 'fits' : 'confirm']),
  )
}

const minor = (name: string) => scene.resident({ name, bornOn: '2012-04-05' })

test('with a certificate granted she is found for the care subsidy by the next search, and for the living subsidy if her family fits', async () => {
  const girl = await minor('卢小满')
  assert.equal((await found(CARE))[girl.personId], undefined, 'nobody without a certificate')
  const caseId = await certificate(girl, 'sight', '2')
  assert.equal((await stateOf(scene, caseId)).step, 'decide', 'nothing of a child is put up')
  const shown = ok(await reviewer.get(`/api/v1/cases/${caseId}`))
  assert.ok(!shown.matter.steps.some((step: { kind: string }) => step.kind === 'notice'), 'nor does any page speak of it')
  const said = await issue(caseId)
  assert.ok(said.includes('2 级') && said.includes('视力') && !said.includes(girl.idNumber))
  assert.deepEqual(await registered(girl), [{ kind: 'sight', grade: 2 }])
  assert.equal((await found(CARE))[girl.personId], 'fits')
  assert.equal((await found(LIVING))[girl.personId], 'confirm')

  const care = await apply(scene, girl, CARE, { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' })
  const act = onCase(care.caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '' }))
  const lacking = await act(district, 'decision', { outcome: 'granted', reasons: '' })
  refused(lacking, 422, 'case.amount_missing')
  assert.deepEqual(
    lacking.body.params.fields.map((field: { path: string }) => field.path),
    ['/amountFen', '/reasons'],
    'everything that it needs is said at once',
  )
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '按区民政局现行标准核定', amountFen: 30_000 }))
  assert.equal((await found(CARE))[girl.personId], undefined, 'who receives it is not looked for')
})

test('an adult’s name is put up for five working days before her certificate', async () => {
  const lady = await scene.resident({ name: '莫秀珍', bornOn: '1970-04-05' })
  const caseId = await certificate(lady, 'physical', '3')
  assert.equal((await stateOf(scene, caseId)).step, 'notice')
  ok(await onCase(caseId)(reviewer, 'notice'))
  assert.equal((await stateOf(scene, caseId)).notice?.endsOn, '2026-12-01')
  const { rows } = await scene.owner.query('select size from cases.notice where case_id = $1', [caseId])
  assert.deepEqual(rows, [{ size: null }], 'nobody asked who lives with her')
})

test('a kind that is a sealed category is recorded without its kind, printed without it, and finds nobody', async () => {
  const boy = await minor('江浩然')
  const said = await issue(await certificate(boy, 'other', '3'))
  assert.ok(!said.includes('残疾类别'))
  assert.deepEqual(await registered(boy), [{ kind: null, grade: 3 }])
  assert.equal(
    (await found(CARE))[boy.personId],
    undefined,
    'a list of those for whom it is unknown would be a list of the sealed',
  )
  const { caseId } = await apply(scene, boy, CARE, {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const grade = ok(await boy.get(`/api/v1/me/cases/${caseId}`)).checked.lines.find(
    (line: { rule: string }) => line.rule === 'care.grade',
  )
  assert.equal(grade.result, 'unknown', 'he is offered the other ground of the clause')

  const girl = await minor('江可欣')
  await issue(await certificate(girl, 'intellectual', '4'))
  assert.equal((await found(CARE))[girl.personId], 'fits')
  const other = await minor('江雨桐')
  await issue(await certificate(other, 'hearing', '3'))
  assert.equal((await found(CARE))[other.personId], undefined)
})

test('without a grade no certificate can be granted', async () => {
  const boy = await minor('简子谦')
  const caseId = await certificate(boy, 'hearing', 'none')
  refused(
    await onCase(caseId)(district, 'decision', { outcome: 'granted', reasons: '当事人家里困难，先发证' }),
    409,
    'case.grade_missing',
  )
})
