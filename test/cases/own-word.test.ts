/** Sent by somebody who acts for her: the applicant's own word to the check of means is then still to come, and comes from her alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, textOf } from '../../src/modules/citizen-page/apply/scene.ts'
import { acting, begunFor } from '../harness/acting.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { assertRebuilt, ok, onCase, paper, refused } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let reviewer: Client & SignsIn
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  reviewer = await scene.officer('street-reviewer', [place.street])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const MATTER = 'minimum-living-guarantee'
const desk = (who: Client & SignsIn) => new FormBrowser(scene, who.cookie, who.address)

/** A mother who lives alone, and what her daughter sent for her. */
async function sent(name: string) {
  const { mother: person, daughter, b, home } = await acting(scene, { name, matters: [MATTER] })
  const draft = await begunFor(b, home, MATTER)
  const typed = {
    'about-you': { 'about-you': 'yes' },
    members: { 'members-alone': 'yes' },
    income: { income: '0' },
    property: { property: 'none' },
    account: { account: 'stored' },
    'staff-relative': { 'staff-relative': 'no' },
  }
  for (const [question, fields] of Object.entries(typed)) {
    const answered = await b.fill(`${draft}/${question}`, fields)
    assert.equal(answered.status, 303, `${question} ${textOf(answered.html)}`)
  }
  await b.fill(`${draft}/check`, { declared: 'yes' }, `${draft}/send`)
  const { rows: cases } = await scene.owner.query('select id from cases.case where applicant_id = $1', [person.personId])
  const mother = await scene.resident({ person })
  return { caseId: cases[0].id as string, mother, daughter, own: browser(scene, mother), act: onCase(cases[0].id) }
}

test('what her daughter sent agrees to nothing: the officer sees that, the paper says what is lacking, and the step waits', async () => {
  const { caseId, act } = await sent('陈一')
  const page = textOf((await desk(clerk).see(`/desk/cases/${caseId}`)).html)
  assert.match(page, /核对授权书 工作人员收 代办人送来的，等申请人本人同意/)
  assert.match(page, /申请人本人的授权 .*代办人不能替申请人同意核对/)
  assert.doesNotMatch(page, /本人申请时已同意|本人确认无误/)
  assert.match(page, /代办人核对无误/)
  ok(await act(clerk, 'acceptance'))
  assert.match(await paper(scene, caseId, 'acceptance'), /核对授权书/)
  refused(await act(reviewer, 'authorisation', { note: '' }), 409, 'case.applicant_not_agreed')
  const why = ok(await clerk.get(`/api/v1/cases/${caseId}`)).checked.lines as { rule: string; result: string }[]
  assert.equal(why.find(({ rule }) => rule === 'mlg.authorised')?.result, 'unknown')
})

test('she is told that her word is needed and how; she says it herself, once, and the case goes on', async () => {
  const { caseId, mother, daughter, own, act } = await sent('陈二')
  assert.match(textOf((await own.get('/me/messages')).html), /核对收入和财产要您本人同意，代办人不能替您说/)
  const page = `/me/cases/${caseId}`
  const shown = textOf((await own.get(page)).html)
  assert.match(shown, /请您本人说：同不同意核对 .*没有同意以前不核对。 我同意核对/)
  assert.doesNotMatch(shown, /您现在不用做什么/)
  refused(await daughter.post(`/api/v1/me/cases/${caseId}/agreement`), 404, 'case.not_found')
  assert.equal((await own.fill(page, {}, `${page}/agreement`)).to, `${page}#course`)
  refused(await mother.post(`/api/v1/me/cases/${caseId}/agreement`), 409, 'case.check_agreed_already')
  const after = textOf((await own.get(page)).html)
  assert.doesNotMatch(after, /请您本人说/)
  assert.match(after, /申请人本人同意核对收入和财产/)
  assert.match(textOf((await desk(clerk).see(`/desk/cases/${caseId}`)).html), /核对授权书 工作人员收 本人在手机上同意/)
  ok(await act(clerk, 'acceptance'))
  assert.doesNotMatch(await paper(scene, caseId, 'acceptance'), /核对授权书/)
  ok(await act(reviewer, 'authorisation', { note: '' }))
})

test('without a phone she signs before an officer, who records it at that step', async () => {
  const { caseId, act } = await sent('陈三')
  const page = `/desk/cases/${caseId}`
  const signed = (who: Client) => who.post(`/api/v1/cases/${caseId}/members/applicant/paper-authorisation`)
  refused(await signed(reviewer), 409, 'case.not_now')
  ok(await act(clerk, 'acceptance'))
  const officer = desk(reviewer)
  assert.equal((await officer.fill(page, `${page}/members/applicant`)).to, `${page}?done=member`)
  assert.match(textOf((await officer.see(page)).html), /核对授权书 工作人员收 本人签了纸质授权书/)
  refused(await signed(reviewer), 409, 'case.check_agreed_already')
  ok(await act(reviewer, 'authorisation', { note: '' }))
})

test('who applied herself has agreed by it, and is asked for nothing more', async () => {
  const man = await scene.resident({ name: '陈四', bornOn: '1946-01-02' })
  const { draftId } = ok(await man.post('/api/v1/drafts', { matterCode: MATTER }))
  const typed = {
    'about-you': 'yes', 'members-alone': 'yes', income: '0', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
  } // biome-ignore format: a form
  for (const code of ['about-you', 'members', 'income', 'property', 'account', 'staff-relative'])
    ok(await man.post(`/api/v1/drafts/${draftId}/answers/${code}`, { typed }))
  const { caseId } = ok(await man.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' }))
  assert.doesNotMatch(textOf((await browser(scene, man).get(`/me/cases/${caseId}`)).html), /我同意核对/)
  refused(await man.post(`/api/v1/me/cases/${caseId}/agreement`), 409, 'case.check_agreed_already')
})
