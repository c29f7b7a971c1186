/** The matters that came after the first three, each from its application to the paper that ends it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, assertRebuilt, day, later, ok, onCase, paper, type Resident, refused, stateOf, sweep } from './story.ts'

const LINES = { domains: ['civil-affairs', 'migrants', 'human-resources', 'health', 'medical-insurance', 'housing'] }
let scene: Scene
let clerk: Client & SignsIn
let reviewer: Client & SignsIn
let registrar: Client & SignsIn
let community: Client & SignsIn
let district: Client & SignsIn
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street], LINES)
  reviewer = await scene.officer('street-reviewer', [place.street], LINES)
  registrar = await scene.officer('street-registrar', [place.street], LINES)
  community = await scene.officer('community-officer', [place.community], LINES)
  district = await scene.officer('district-officer', [place.district], LINES)
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const linesOf = async (caseId: string): Promise<Record<string, string>> => {
  const { checked } = ok(await clerk.get(`/api/v1/cases/${caseId}`))
  return Object.fromEntries(checked.lines.map((line: { rule: string; result: string }) => [line.rule, line.result]))
}
/** Decided, issued, handed over and closed by one office. */
async function ended(act: ReturnType<typeof onCase>, who: Client, reasons = '') {
  ok(await act(who, 'decision', { outcome: 'granted', reasons }))
  ok(await act(who, 'issue'))
  ok(await act(who, 'delivery', { how: 'online', to: '本人' }))
  ok(await act(who, 'closure'))
}
/** From the notice's first day to the morning after its last. */
async function posted(act: ReturnType<typeof onCase>, morningAfter: string) {
  ok(await act(reviewer, 'notice'))
  await later(scene, day(morningAfter), clerk, reviewer, registrar, community, district)
  await sweep(scene, 'cases.take-down-notices')
  ok(await act(reviewer, 'notice-end', { note: '' }))
}

const hard = { 'about-you': 'yes', 'seeks-work': 'yes', 'draws-pension': 'no', 'unemployed-registered-on': '2025-11-20' }

test('hard to employ: a ground that may be named is met or not; a ground that may not be is known to nobody but the window', async () => {
  const woman = await scene.resident({ name: '苏芳', bornOn: '1985-01-01' })
  const { caseId } = await apply(scene, woman, 'hard-to-employ', { ...hard, hardship: 'long-registered' })
  const lines = await linesOf(caseId)
  assert.deepEqual([lines['hard.registered'], lines['hard.case'], lines['hard.other-case']], ['met', 'met', 'met'])

  const man = await scene.resident({ name: '苏明', bornOn: '1985-01-01' })
  const other = await apply(scene, man, 'hard-to-employ', { ...hard, hardship: 'other-case' })
  assert.equal((await linesOf(other.caseId))['hard.other-case'], 'unknown')
  const own = ok(await man.get(`/api/v1/me/cases/${other.caseId}`))
  const line = own.checked.lines.find((one: { rule: string }) => one.rule === 'hard.other-case')
  assert.deepEqual([line.explanation.sealed, line.explanation.lines, line.explanation.missing], [true, [], []])

  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '同意' }))
  await posted(act, '2026-11-30') // three working days: 25, 26, 27
  await ended(act, district)
  const said = await paper(scene, caseId, 'decision_granted')
  assert.ok(said.includes('就业困难人员认定') && !said.includes('登记失业满一年'), 'the decision does not say which case it is')
  assert.equal((await stateOf(scene, caseId)).outcome, 'granted')
})

test('birth: unmarried, alone, expecting; the street registers, and the certificate carries the day that lies ahead', async () => {
  const woman = await scene.resident({ name: '苏月', bornOn: '1999-01-01', hukou: null })
  const { caseId } = await apply(scene, woman, 'birth-registration', {
    'about-you': 'yes',
    'child-day': '2027-03-05',
    'child-number': '1',
    'both-parents': 'no',
  })
  assert.deepEqual(await linesOf(caseId), { 'birth.place': 'met' })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '' }))
  refused(await act(district, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_your_level')
  await ended(act, registrar)
  const said = await paper(scene, caseId, 'birth_registration_certificate')
  assert.ok(said.includes('2027年3月5日') && !said.includes('一起登记的另一位'), said)
})

test('medical insurance: nothing is refused for a period that nobody has confirmed', async () => {
  const man = await scene.resident({ name: '苏强', bornOn: '1980-01-01' })
  const { caseId } = await apply(scene, man, 'medical-insurance', {
    'about-you': 'yes',
    'insured-as': 'resident',
    'insured-by-employer': 'no',
  })
  assert.deepEqual(await linesOf(caseId), { 'medical.group': 'met', 'medical.no-employer': 'met', 'medical.in-time': 'unknown' })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'review', { note: '' }))
  await ended(act, district)
})

test('public rental housing: without the limits the income stays open, and the family is heard as for any relief', async () => {
  const man = await scene.resident({ name: '苏海', bornOn: '1975-01-01' })
  const { caseId } = await apply(scene, man, 'public-rental-housing', {
    'about-you': 'yes',
    'members-alone': 'yes',
    income: '1800',
    'living-area': '0',
    'housing-wish': 'subsidy',
  })
  const open = await linesOf(caseId)
  assert.deepEqual([open['housing.low-income'], open['housing.short'], open['housing.property']], ['unknown', 'met', 'unknown'])
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(reviewer, 'authorisation', { note: '' }))
  ok(await act(reviewer, 'data-check', { note: '', monthlyIncomeFen: 180_000, propertyOk: true }))
  assert.equal((await linesOf(caseId))['housing.property'], 'met')
  ok(await act(reviewer, 'review', { note: '' }))
  await posted(act, '2026-12-08')
  await ended(act, district)
})

const choir = {
  'about-you': 'yes',
  'organisation-name': '茶山社区长者合唱队',
  'organisation-kind': 'association',
  'founders-people': '3',
  'founders-bodies': '0',
  'members-count': '10',
  'has-premises': 'yes',
  premises: '示例路 1 号活动室',
}

test('a community organisation: enough founders and members, put on file by the street; an owners’ committee is told where to go', async () => {
  const woman = await scene.resident({ name: '苏琴', bornOn: '1956-01-01' })
  const { caseId } = await apply(scene, woman, 'community-organisation-filing', choir, ['roster', 'charter'])
  assert.deepEqual([...new Set(Object.values(await linesOf(caseId)))], ['met'])
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  await ended(act, registrar)
  const said = await paper(scene, caseId, 'organisation_certificate')
  for (const part of ['茶山社区长者合唱队', '有会员的队伍、协会', '示例路 1 号活动室', '苏琴'])
    assert.ok(said.includes(part), part)

  const man = await scene.resident({ name: '苏业', bornOn: '1970-01-01' })
  const wrong = { ...choir, 'organisation-kind': 'owners-committee', 'founders-people': '2' }
  const second = await apply(scene, man, 'community-organisation-filing', wrong, ['roster', 'charter'])
  const lines = await linesOf(second.caseId)
  assert.deepEqual([lines['organisation.kind'], lines['organisation.founders']], ['not_met', 'not_met'])
})

test('a name with a picture in it is told while it is typed, not when the certificate is printed', async () => {
  const woman = await scene.resident({ name: '苏画', bornOn: '1956-01-01' })
  const { draftId } = ok(await woman.post('/api/v1/drafts', { matterCode: 'community-organisation-filing' }))
  const typed = { ...choir, 'organisation-name': '合唱队🎵' }
  refused(await woman.post(`/api/v1/drafts/${draftId}/answers/organisation-name`, { typed }), 422, 'answer.not_printable')
})

const lease = {
  'about-you': 'yes',
  'lease-side': 'landlord',
  'lease-event': 'signed',
  'let-address': '示例路 2 号 301 房',
  'other-party': '林青',
  'lease-from': '2026-12-01',
  'lease-until': '2027-11-30',
}

test('a lease: filed by the landlord, with both days on the certificate; days that were swapped are seen', async () => {
  const man = await scene.resident({ name: '苏房', bornOn: '1960-01-01' })
  const files = ['title-proof', 'lease', 'other-identity']
  const { caseId } = await apply(scene, man, 'tenancy-filing', lease, files)
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  await ended(act, registrar)
  const said = await paper(scene, caseId, 'tenancy_certificate')
  for (const part of ['苏房（房东）', '林青', '2026年12月1日至2027年11月30日', '新签了合同']) assert.ok(said.includes(part), part)

  const tenant: Resident = await scene.resident({ name: '苏客', bornOn: '1990-01-01', hukou: null })
  const refusing = { ...lease, 'lease-side': 'tenant', 'owner-agrees': 'no' }
  await assert.rejects(
    apply(scene, tenant, 'tenancy-filing', { ...refusing, 'lease-until': '2026-11-30' }, files),
    /answer\.day_before/,
  )
  const other = await scene.resident({ name: '苏租', bornOn: '1990-01-01', hukou: null })
  const second = await apply(scene, other, 'tenancy-filing', refusing, files)
  assert.deepEqual(await linesOf(second.caseId), { 'tenancy.consent': 'not_met', 'tenancy.term': 'met' })
})

test('a committee certificate: the community confirms, the street issues it for the committee', async () => {
  const woman = await scene.resident({ name: '苏证', bornOn: '1990-01-01' })
  const { caseId } = await apply(scene, woman, 'committee-certificate', {
    'about-you': 'yes',
    'certificate-name': '居住情况证明',
    'certificate-for': '某某小学，孩子入学',
    'certificate-says': '2020 年起住在本社区。\n特此证明：本人无欠款。',
  })
  assert.deepEqual(await linesOf(caseId), { 'committee.listed': 'unknown' })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '一直住在这里' }))
  refused(await act(registrar, 'decision', { outcome: 'granted', reasons: '' }), 422, 'case.reasons_missing_for_unlisted')
  await ended(act, registrar, '孩子入学要用，社区核实住在这里')
  const said = await paper(scene, caseId, 'committee_certificate')
  for (const part of ['居住情况证明', '申请人陈述：2020 年起住在本社区。 特此证明：本人无欠款', '某某小学'])
    assert.ok(said.includes(part), part)
  assert.ok(!said.includes('一直住在这里'), 'a note of the office stays there')
})

test('a certificate that no committee issues is received, accepted by nobody, and sent where it belongs by an officer', async () => {
  const woman = await scene.resident({ name: '苏亲', bornOn: '1990-01-01' })
  const { caseId } = await apply(scene, woman, 'committee-certificate', {
    'about-you': 'yes',
    'certificate-name': '我和妈妈的亲属关系证明',
    'certificate-for': '银行',
    'certificate-says': '她是我妈妈。',
  })
  const act = onCase(caseId)
  const stopped = await act(clerk, 'acceptance')
  refused(stopped, 409, 'case.certificate_not_issued')
  assert.match(stopped.body.params.go, /公证处/)
  assert.equal((await stateOf(scene, caseId)).status, 'received')
  ok(await act(clerk, 'competence-refusal', { organ: '公证处', reason: '居委会不开亲属关系证明' }))
})
