import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, refused, stateOf } from './story.ts'

let scene: Scene
let clerk: Client
let community: Client
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street], { domains: ['civil-affairs', 'migrants'] })
  community = await scene.officer('community-officer', [place.community], { domains: ['civil-affairs', 'migrants'] })
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const stays = { 'about-you': 'yes', purpose: 'work', 'since-year': '2026', 'since-month': '11', 'since-day': '1' }
const residenceOf = async (personId: string) =>
  (
    await scene.owner.query('select area, case_id from people.residence_spell where person_id = $1 and upper_inf(during)', [
      personId,
    ])
  ).rows

test('at the window: received, registered on the spot, printed, handed over, closed', async () => {
  const newcomer = await scene.neighbour({ name: '李远', bornOn: '1995-05-05', hukou: null })
  const { caseId, number, documentId } = ok(
    await clerk.post('/api/v1/window/cases', {
      personId: newcomer.personId,
      matterCode: 'residence-registration',
      typed: { ...stays, address: 'known' },
    }),
  )
  assert.match(number, /^20261124-\d{4}$/)
  assert.ok(documentId, 'a receipt, at once')
  refused(
    await clerk.post('/api/v1/window/cases', {
      personId: newcomer.personId,
      matterCode: 'residence-registration',
      typed: { ...stays, address: 'known' },
    }),
    409,
    'case.already_running',
  )
  const act = onCase(caseId)
  refused(await act(clerk, 'acceptance'), 409, 'case.not_this_step')
  refused(await act(clerk, 'issue'), 409, 'case.not_now')
  assert.deepEqual(await residenceOf(newcomer.personId), [], 'nothing is registered before an officer does it')
  const bare = await act(clerk, 'registration', { reasons: '当面核对过' })
  refused(bare, 422, 'case.materials_missing')
  assert.deepEqual(
    bare.body.params.fields.map((f: { path: string }) => f.path),
    ['/without-photo-reason', '/without-photo-basis', '/without-address-proof-reason'],
    'a reason for each, and the basis where the matter requires it',
  )
  const photo = { material: 'photo', reason: '相机坏了，本人在场核对过证件', basis: '示例通知第三条' }
  const visited = { material: 'address-proof', reason: '11 月 23 日上门核实', basis: '' }
  refused(
    await act(clerk, 'registration', { reasons: '', without: [{ ...photo, basis: ' ' }, visited] }),
    422,
    'case.materials_missing',
  )
  ok(await act(clerk, 'registration', { reasons: '当面核对过', without: [photo, visited] }))
  const { rows } = await scene.owner.query(
    `select payload->'without' as without from cases.timeline where case_id = $1 and fact = 'decided'`,
    [caseId],
  )
  assert.deepEqual(rows[0].without, [photo, visited], 'who asks later why there is no photo finds it')
  assert.deepEqual(await residenceOf(newcomer.personId), [{ area: place.community, case_id: caseId }])
  refused(await act(clerk, 'registration', { reasons: '再来一次' }), 409, 'case.not_now')
  refused(await act(clerk, 'delivery', { how: 'window', to: '本人' }), 409, 'case.not_issued')
  ok(await act(clerk, 'issue'))
  const said = await paper(scene, caseId, 'registration_certificate')
  assert.ok(said.includes('李远') && !said.includes(newcomer.idNumber), 'the certificate masks the number')
  refused(await act(clerk, 'closure'), 409, 'case.not_delivered')
  ok(await act(clerk, 'delivery', { how: 'window', to: '本人' }))
  ok(await act(clerk, 'closure'))
  const state = await stateOf(scene, caseId)
  assert.deepEqual([state.status, state.outcome, state.acceptedOn], ['closed', 'granted', '2026-11-24'])
})

test('an address that no paper can print is told before anything is decided', async () => {
  const newcomer = await scene.neighbour({ name: '何路', bornOn: '1996-06-06', hukou: null })
  const answered = await clerk.post('/api/v1/window/cases', {
    personId: newcomer.personId,
    matterCode: 'residence-registration',
    typed: { ...stays, address: 'other', 'address-text': '示例路 99 号🏠' },
  })
  assert.equal(answered.status, 422)
  assert.match(JSON.stringify(answered.body), /answer\.not_printable/)
})

test('by phone, with a photo: the same register, and she rates it once', async () => {
  const newcomer = await scene.resident({ name: '林青', bornOn: '1998-08-08', hukou: null })
  const { caseId } = await apply(
    scene,
    newcomer,
    'residence-registration',
    { ...stays, address: 'other', 'address-text': '示例路 99 号 301 房' },
    ['photo', 'address-proof'],
  )
  const act = onCase(caseId)
  ok(await act(clerk, 'registration', { reasons: '', without: [{ material: 'photo', reason: '多写的', basis: '' }] }))
  const { rows } = await scene.owner.query(`select payload from cases.timeline where case_id = $1 and fact = 'decided'`, [caseId])
  assert.equal(rows[0].payload.without, undefined, 'what is there needs no excuse')
  assert.equal((await residenceOf(newcomer.personId)).length, 1)
  const home = await scene.owner.query(
    'select d.address from people.dwelling_occupancy o join people.dwelling d on d.id = o.dwelling_id where o.person_id = $1 and upper_inf(o.during)',
    [newcomer.personId],
  )
  assert.equal(home.rows[0].address, '示例路 99 号 301 房', 'what she wrote is her home from today')
  ok(await act(clerk, 'issue'))
  ok(await newcomer.post(`/api/v1/me/cases/${caseId}/rating`, { grade: 5 }))
  refused(await newcomer.post(`/api/v1/me/cases/${caseId}/rating`, { grade: 1 }), 409, 'case.already_rated')
  assert.equal((await stateOf(scene, caseId)).rating, 5)
})

test('without a photo it does not go out, and what was written stays', async () => {
  const newcomer = await scene.resident({ name: '何田', bornOn: '1998-08-08', hukou: null })
  const { draftId } = ok(await newcomer.post('/api/v1/drafts', { matterCode: 'residence-registration' }))
  ok(await newcomer.post(`/api/v1/drafts/${draftId}/answers/purpose`, { typed: stays }))
  const sent = await newcomer.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })
  refused(sent, 409, 'draft.incomplete')
  refused(await newcomer.post(`/api/v1/drafts/${draftId}/answers/photo`, { typed: {} }), 422, 'draft.material_missing')
  refused(await newcomer.post(`/api/v1/drafts/${draftId}/submission`, {}), 422, 'input.invalid')
  const { draft } = ok(await newcomer.get(`/api/v1/drafts/${draftId}`))
  assert.equal(draft.answers.purpose.value, 'work')
})

test('the community receives for its own resident; the street handles it', async () => {
  const lady = await scene.neighbour({ name: '梁好', bornOn: '1940-01-01' })
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  const { caseId } = ok(
    await community.post('/api/v1/window/cases', { personId: lady.personId, matterCode: 'longevity-allowance', typed }),
  )
  assert.equal((await stateOf(scene, caseId)).handlingArea, place.street)
  assert.equal(ok(await community.get(`/api/v1/cases/${caseId}`)).found.id, caseId)
  refused(await onCase(caseId)(community, 'acceptance'), 403, 'access.not_permitted')
  ok(await onCase(caseId)(clerk, 'acceptance'))
})

test('who lives here with her hukou in another street is sent there in words', async () => {
  const lady = await scene.neighbour({ name: '罗好', bornOn: '1940-01-01', hukou: '440106007002' })
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  refused(
    await clerk.post('/api/v1/window/cases', { personId: lady.personId, matterCode: 'longevity-allowance', typed }),
    403,
    'access.not_your_area',
  )
})

test('what is not ours names who is competent, and is not closed in silence', async () => {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const act = onCase(caseId)
  refused(await act(clerk, 'competence-refusal', { organ: '', reason: '不归我们' }), 422, 'input.invalid')
  refused(await act(clerk, 'competence-refusal', { organ: ' ', reason: ' ' }), 422, 'input.invalid')
  ok(await act(clerk, 'competence-refusal', { organ: '番禺区民政局', reason: '户口已经迁走' }))
  const said = await paper(scene, caseId, 'not_accepted')
  for (const part of ['番禺区民政局', '户口已经迁走', '60', '天河区人民政府'])
    assert.ok(said.includes(part), `the paper says ${part}`)
  const messages = ok(await lady.get('/api/v1/me/messages'))
  assert.equal(messages.find((m: { kind: string }) => m.kind === 'competence_refused').params.organ, '番禺区民政局')
  refused(await act(clerk, 'acceptance'), 409, 'case.not_now')
})

test('a correction is asked for once, with everything in it, and only what was asked is changed', async () => {
  const man = await scene.resident({ name: '陈树根', bornOn: '1960-02-03' })
  const alone = {
    'about-you': 'yes',
    'members-alone': 'yes',
    income: '0',
    property: 'none',
    account: 'other',
    'account-number': '6222021111111111112',
    'staff-relative': 'no',
  }
  const { caseId } = await apply(scene, man, 'minimum-living-guarantee', alone)
  const act = onCase(caseId)
  refused(await act(clerk, 'correction-notice', { missing: ['birth-certificate'], text: '请补' }), 422, 'case.material_unknown')
  ok(await act(clerk, 'correction-notice', { missing: ['property'], text: '请写清楚有没有车' }))
  const asked = await stateOf(scene, caseId)
  // 15 working days: day one is not counted, so 25 November is the first and 15 December the last.
  assert.deepEqual([asked.status, asked.dueAt, asked.correction?.answerBy], ['correcting', null, '2026-12-15'])
  refused(await act(clerk, 'correction-notice', { missing: ['income'], text: '还有' }), 409, 'case.not_now')
  ok(await man.post(`/api/v1/me/cases/${caseId}/correction`, { typed: { property: 'some', income: '99999' } }))
  refused(await act(clerk, 'correction-notice', { missing: ['income'], text: '还有' }), 409, 'case.correction_already_asked')
  const { answers } = ok(await man.get(`/api/v1/me/cases/${caseId}`))
  assert.equal(answers.property.value, 'some')
  assert.equal(answers.income.fen, 0, 'what nobody asked for stays as it was')
  const { rows } = await scene.owner.query(
    `select question, version from cases.answer where case_id = $1 and question in ('property', 'income') order by 1, 2`,
    [caseId],
  )
  assert.deepEqual(rows, [
    { question: 'income', version: 1 },
    { question: 'property', version: 1 },
    { question: 'property', version: 2 },
  ])
  ok(await act(clerk, 'acceptance'))
})
