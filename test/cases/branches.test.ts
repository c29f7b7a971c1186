/** Forms that ask only what applies: at the phone, at the window, and in a correction. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { textOf } from '../../src/modules/citizen-page/apply/scene.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { PDF } from '../harness/stages.ts'
import { assertRebuilt, giveFile, ok, onCase, refused, residentOf, run } from './story.ts'

const LINES = { domains: ['health', 'medical-insurance', 'public-security'] }
let scene: Scene
let clerk: Client & SignsIn
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street], LINES)
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const birth = { 'about-you': 'yes', 'child-day': '2027-03-05', 'child-number': '1' }
const kept = async (caseId: string) =>
  (await scene.owner.query('select distinct question from cases.answer where case_id = $1 order by question', [caseId])).rows.map(
    ({ question }) => question,
  )

test('who registers alone is not asked for the other parent; a second thought finds what was typed, and a third leaves it out', async () => {
  const woman = await scene.resident({ name: '苏一', bornOn: '1999-01-01' })
  const { draftId } = ok(await woman.post('/api/v1/drafts', { matterCode: 'birth-registration' }))
  const answer = (question: string, typed: object) => woman.post(`/api/v1/drafts/${draftId}/answers/${question}`, { typed })
  const read = async () => ok(await woman.get(`/api/v1/drafts/${draftId}`))
  for (const question of Object.keys(birth)) ok(await answer(question, birth))
  refused(await answer('other-parent-name', { 'other-parent-name': '林青' }), 409, 'draft.question_not_asked')

  assert.equal(ok(await answer('both-parents', { 'both-parents': 'yes' })).next, 'other-parent-name')
  refused(await answer('other-parent-name', { 'other-parent-name': '' }), 422, 'answer.missing')
  assert.equal(ok(await answer('other-parent-name', { 'other-parent-name': '林青' })).next, 'other-parent-identity')
  await giveFile(scene, woman, draftId, 'other-parent-identity')
  assert.equal((await read()).materials.length, 1)

  assert.equal(ok(await answer('both-parents', { 'both-parents': 'no' })).next, null)
  const alone = await read()
  assert.deepEqual([alone.draft.answers['other-parent-name'], alone.open, alone.materials], [undefined, [], []])
  assert.equal(alone.draft.kept, undefined, 'what waits for another day is told to nobody')

  ok(await answer('both-parents', { 'both-parents': 'yes' }))
  const together = await read()
  assert.deepEqual([together.draft.answers['other-parent-name'].text, together.materials.length], ['林青', 1])

  ok(await answer('both-parents', { 'both-parents': 'no' }))
  const { caseId } = ok(await woman.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' }))
  assert.deepEqual(await kept(caseId), ['about-you', 'both-parents', 'child-day', 'child-number'])
  const { rows } = await scene.owner.query('select from documents.material where draft_id = $1 or case_id = $2', [
    draftId,
    caseId,
  ])
  assert.equal(rows.length, 0, 'another’s card went with no case')
})

test('on her phone the pages are those that apply, and one that does not says so', async () => {
  const woman = await scene.resident({ name: '苏二', bornOn: '1999-01-01' })
  const { draftId } = ok(await woman.post('/api/v1/drafts', { matterCode: 'medical-insurance' }))
  const phone = new FormBrowser(scene, woman.cookie, woman.address)
  const page = (question: string) => `/apply/${draftId}/${question}`
  assert.equal((await phone.fill(page('about-you'), page('about-you'), { 'about-you': 'yes' })).to, page('insured-as'))
  assert.equal((await phone.fill(page('insured-as'), page('insured-as'), { 'insured-as': 'newborn' })).to, page('newborn-name'))
  assert.match(textOf((await phone.see(page('newborn-name'))).html), /第 3 步，共 5 步/)
  const foreign = await phone.see(page('insured-by-employer'))
  assert.equal(foreign.status, 409)
  assert.match(textOf(foreign.html), /按您现在的回答，不用答这一题/)
  await phone.fill(page('newborn-name'), page('newborn-name'), { 'newborn-name': '' })
  const born = { 'newborn-born-on.year': '2026', 'newborn-born-on.month': '11', 'newborn-born-on.day': '20' }
  assert.equal((await phone.fill(page('newborn-born-on'), page('newborn-born-on'), born)).to, `/apply/${draftId}/check`)
  const check = textOf((await phone.see(`/apply/${draftId}/check`)).html)
  assert.ok(!check.includes('学生证') && !check.includes('现在有单位'), check)
  assert.match(check, /没有单位在交医保/, 'a child is judged without the question')
})

test('the window reads when a question is meant, and what is not asked of her is not kept', async () => {
  const woman = await scene.neighbour({ name: '苏三', bornOn: '1999-01-01' })
  const form = `/desk/people/${woman.personId}/matters/birth-registration`
  const { html } = await new FormBrowser(scene, clerk.cookie, clerk.address).see(form)
  assert.match(html, /<legend[^>]*>只有“孩子的另一位父母一起登记吗？”答“是”的才填/)
  const typed = { ...birth, 'both-parents': 'no', 'other-parent-name': '林青' }
  const input = { personId: woman.personId, matterCode: 'birth-registration', typed }
  const { caseId } = ok(await clerk.post('/api/v1/window/cases', input))
  assert.deepEqual(await kept(caseId), ['about-you', 'both-parents', 'child-day', 'child-number'])

  const second = await scene.neighbour({ name: '苏四', bornOn: '1999-01-01' })
  const lacking = { ...input, personId: second.personId, typed: { ...birth, 'both-parents': 'yes' } }
  const missing = await clerk.post('/api/v1/window/cases', lacking)
  refused(missing, 422, 'answer.missing')
  assert.equal(missing.body.params.fields[0].path, '/other-parent-name')
})

test('a correction of the first answer asks what hangs on it, and an old answer behind it is read by nobody', async () => {
  const woman = await scene.resident({ name: '苏五', bornOn: '1999-01-01' })
  const typed = { ...birth, 'both-parents': 'yes', 'other-parent-name': '林青' }
  const input = { personId: woman.personId, matterCode: 'birth-registration', typed }
  const { caseId } = ok(await clerk.post('/api/v1/window/cases', input))
  ok(await onCase(caseId)(clerk, 'correction-notice', { missing: ['both-parents'], text: '请再说一次' }))
  const her = new FormBrowser(scene, woman.cookie, woman.address)
  const page = `/me/cases/${caseId}/correction`
  assert.match((await her.see(page)).html, /<legend[^>]*>只有“孩子的另一位父母一起登记吗？”答“是”的才填/)
  ok(await woman.post(`/api/v1/me/cases/${caseId}/correction`, { typed: { 'both-parents': 'no' } }))
  const { answers } = ok(await woman.get(`/api/v1/me/cases/${caseId}`))
  assert.deepEqual([answers['both-parents'].yes, answers['other-parent-name']], [false, undefined])
  const { answers: shown } = ok(await clerk.get(`/api/v1/cases/${caseId}`))
  assert.equal(shown['other-parent-name'], undefined)
})

test('another answer opens a question that was not asked: she answers it in the same correction, also on her own phone', async () => {
  const woman = await scene.resident({ name: '苏八', bornOn: '1999-01-01' })
  const input = { personId: woman.personId, matterCode: 'birth-registration', typed: { ...birth, 'both-parents': 'no' } }
  const { caseId } = ok(await clerk.post('/api/v1/window/cases', input))
  ok(await onCase(caseId)(clerk, 'correction-notice', { missing: ['both-parents'], text: '请再说一次' }))
  const answer = (typed: object) => woman.post(`/api/v1/me/cases/${caseId}/correction`, { typed })
  refused(await answer({ 'both-parents': 'yes' }), 422, 'answer.missing')
  ok(await answer({ 'both-parents': 'yes', 'other-parent-name': '林青' }))
  const { answers } = ok(await woman.get(`/api/v1/me/cases/${caseId}`))
  assert.equal(answers['other-parent-name'].text, '林青')
})

test('a paper that her new answer calls for is needed, and named; one that nobody asked her for is not asked for', async () => {
  const man = await scene.resident({ person: await scene.neighbour({ name: '苏九', bornOn: '1990-01-01', hukou: null }) })
  const typed = { 'about-you': 'yes', 'permit-ground': 'none' }
  const input = { personId: man.personId, matterCode: 'residence-permit', typed }
  const { caseId } = ok(await clerk.post('/api/v1/window/cases', input))
  const act = onCase(caseId)
  const desk = new FormBrowser(scene, clerk.cookie, clerk.address)
  const form = await desk.see(`/desk/cases/${caseId}/act/request_correction`)
  assert.match(form.html, /value="photo"/)
  assert.doesNotMatch(form.html, /value="ground-proof"/)
  assert.match(textOf((await desk.see(`/desk/cases/${caseId}`)).html), /证明 申请人上传 按本人的回答不用交/)
  const unasked = await act(clerk, 'correction-notice', { missing: ['ground-proof'], text: '请交证明' })
  refused(unasked, 422, 'case.material_not_asked')
  ok(await act(clerk, 'correction-notice', { missing: ['permit-ground'], text: '请再说一次凭什么办' }))
  const answer = () => man.post(`/api/v1/me/cases/${caseId}/correction`, { typed: { 'permit-ground': 'job' } })
  const lacking = await answer()
  refused(lacking, 422, 'case.material_newly_asked')
  assert.equal(lacking.body.params.fields[0].path, '/file-ground-proof')
  const page = `/me/cases/${caseId}/correction`
  const phone = new FormBrowser(scene, man.cookie, man.address)
  const back = await phone.fill(page, page, { 'permit-ground': 'job' })
  assert.match(textOf((await phone.see(back.to ?? page)).html), /工作、住处或读书的证明：按现在的回答，这一份也要交/)
  await run(scene, 'documents.add-case-file', await residentOf(scene, man), {
    caseId,
    material: 'ground-proof',
    fileName: '证明.pdf',
    bytes: new Uint8Array(PDF),
  })
  ok(await answer())
})

test('in a correction, too, the last day does not lie before the first', async () => {
  const newcomers = await scene.officer('window-clerk', [place.street], { domains: ['migrants'] })
  const tenant = await scene.resident({ name: '苏十', bornOn: '1990-01-01' })
  const day = (code: string, on: string) => {
    const [year, month, date] = on.split('-').map(Number)
    return { [`${code}-year`]: String(year), [`${code}-month`]: String(month), [`${code}-day`]: String(date) }
  }
  const typed = {
    'about-you': 'yes',
    'lease-side': 'landlord',
    'lease-event': 'signed',
    'let-address': '示例路 1 号 101',
    'other-party': '林青',
    ...day('lease-from', '2026-11-01'),
    ...day('lease-until', '2027-10-31'),
  }
  const input = { personId: tenant.personId, matterCode: 'tenancy-filing', typed }
  const { caseId } = ok(await newcomers.post('/api/v1/window/cases', input))
  ok(await onCase(caseId)(newcomers, 'correction-notice', { missing: ['lease-from'], text: '请核对开始的日子' }))
  const answer = (more: object) => tenant.post(`/api/v1/me/cases/${caseId}/correction`, { typed: more })
  const late = await answer(day('lease-from', '2028-01-01'))
  refused(late, 422, 'answer.day_before')
  assert.equal(late.body.params.fields[0].path, '/lease-until')
  ok(await answer({ ...day('lease-from', '2028-01-01'), ...day('lease-until', '2028-12-31') }))
})

test('paper that only some are asked for is missing from nobody else', async () => {
  const man = await scene.neighbour({ name: '苏六', bornOn: '1990-01-01', hukou: null })
  const missingOf = async (ground: string, personId: string) => {
    const typed = { 'about-you': 'yes', 'permit-ground': ground }
    const { caseId } = ok(await clerk.post('/api/v1/window/cases', { personId, matterCode: 'residence-permit', typed }))
    const { missing } = ok(await clerk.get(`/api/v1/cases/${caseId}`))
    return missing.map(({ code }: { code: string }) => code)
  }
  assert.deepEqual(await missingOf('none', man.personId), ['photo'])
  const other = await scene.neighbour({ name: '苏七', bornOn: '1990-01-01', hukou: null })
  assert.deepEqual(await missingOf('job', other.personId), ['photo', 'ground-proof'])
})
