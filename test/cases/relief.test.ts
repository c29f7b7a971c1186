/** 特困供养 and 临时救助. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, assertRebuilt, day, later, ok, onCase, paper, type Resident, refused, stateOf } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let reviewer: Client & SignsIn
let second: Client & SignsIn & { number: string }
let district: Client & SignsIn
let registrar: Client & SignsIn
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street])
  reviewer = await scene.officer('street-reviewer', [place.street])
  second = await scene.officer('street-reviewer', [place.street])
  district = await scene.officer('district-officer', [place.district])
  registrar = await scene.officer('street-registrar', [place.street])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const DESTITUTE = 'destitute-support'
const RELIEF = 'temporary-relief'
const lines = async (who: Client, caseId: string) =>
  Object.fromEntries(
    ok(await who.get(`/api/v1/me/cases/${caseId}`)).checked.lines.map((line: { rule: string; result: string }) => [
      line.rule.split('.')[1],
      line.result,
    ]),
  )
async function untilReviewed(
  who: Resident,
  typed: Record<string, string>,
  check: { monthlyIncomeFen: number | null; propertyOk: boolean | null } = { monthlyIncomeFen: 0, propertyOk: true },
) {
  const { caseId } = await apply(scene, who, DESTITUTE, { 'about-you': 'yes', 'wants-place': 'home', ...typed })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  // Nothing is looked up before it stands there that he agreed.
  refused(await act(reviewer, 'data-check', { note: '', ...check }), 409, 'case.not_this_step')
  ok(await act(reviewer, 'authorisation', { note: '申请时本人同意' }))
  ok(
    await act(reviewer, 'survey', {
      note: '独居，能自理',
      visitedOn: day('2026-11-24').slice(0, 10),
      secondOfficer: second.number,
    }),
  )
  ok(await act(second, 'survey-confirmation', { presence: 'there', note: '' }))
  ok(await act(reviewer, 'data-check', { note: '', ...check }))
  ok(await act(reviewer, 'review', { note: '符合' }))
  return { caseId, act }
}

test('an old man alone: two visit, seven days of notice, a certificate; the register says so to the next office', async () => {
  const man = await scene.resident({ name: '区树根', bornOn: '1950-02-03' })
  const { caseId, act } = await untilReviewed(man, { 'has-livelihood': 'no', 'has-supporter': 'no' })
  assert.deepEqual(await lines(man, caseId), {
    hukou: 'met',
    'no-ability': 'met',
    'no-livelihood': 'met',
    'no-supporter': 'met',
    once: 'met',
  })
  // Its clauses are articles, and are called so wherever they stand.
  const see = async (who: Client, path: string, lang = 'zh') =>
    (await new FormBrowser(scene, `${who.cookie}; lang=${lang}`, who.address).see(path)).html.replace(/<[^>]+>/g, ' ')
  for (const [who, path] of [
    [man, `/me/cases/${caseId}/why`],
    [man, `/matters/${DESTITUTE}`],
    [reviewer, `/desk/cases/${caseId}`],
    [reviewer, `/desk/cases/${caseId}/why`],
  ] as const) {
    const [zh, en] = [await see(who, path), await see(who, path, 'en')]
    assert.match(zh, /第十四(至十九)?条/, path)
    assert.match(en, /articles? 14/, path)
    assert.doesNotMatch(zh, /条款十四/, path)
    assert.doesNotMatch(en, /[Cc]lause 14/, path)
  }
  assert.match(await see(reviewer, `/desk/cases/${caseId}`), /《社会救助暂行办法》（国务院令第649号）第十四至十九条/)
  ok(await act(reviewer, 'notice'))
  assert.equal((await stateOf(scene, caseId)).notice?.endsOn, '2026-12-01')
  await later(scene, day('2026-12-02'), reviewer, district)
  ok(await act(reviewer, 'notice-end', { note: '' }))
  refused(await act(district, 'decision', { outcome: 'granted', reasons: '按标准', amountFen: 1 }), 422, 'case.amount_not_paid')
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  assert.ok((await paper(scene, caseId, 'destitute_certificate')).includes('区树根'))
  const { rows } = await scene.owner.query('select matter_code from people.benefit_receipt where person_id = $1', [man.personId])
  assert.deepEqual(rows, [{ matter_code: DESTITUTE }])
})

test('what an officer’s check found stands in place of what he said, and is seen by who decides', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const man = await scene.resident({ name: '区树生', bornOn: '1950-02-03' })
  const { caseId } = await untilReviewed(
    man,
    { 'has-livelihood': 'no', 'has-supporter': 'no' },
    { monthlyIncomeFen: 5000_00, propertyOk: false },
  )
  assert.equal((await lines(man, caseId))['no-livelihood'], 'not_met')
  const pages = new FormBrowser(scene, reviewer.cookie, reviewer.address)
  assert.match((await pages.see(`/desk/cases/${caseId}`)).html, /核对到的每月收入：[^，]*5,?000[^，]*，财产：/)
})

test('of a child nothing is put up; what nobody has said is unknown and refuses nothing', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const girl = await scene.resident({ name: '冼小彤', bornOn: '2012-02-03' })
  const { caseId, act } = await untilReviewed(girl, {})
  assert.equal((await stateOf(scene, caseId)).step, 'decide')
  const said = await lines(girl, caseId)
  assert.deepEqual([said['no-ability'], said['no-livelihood'], said['no-supporter']], ['met', 'met', 'unknown'])
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
})

test('after a fire the street helps first: no paper is waited for, and decides itself', async () => {
  await later(scene, day('2026-11-24'), clerk, registrar, district)
  const man = await scene.resident({ name: '麦海生', bornOn: '1985-02-03', hukou: null })
  const typed = { 'about-you': 'yes', 'relief-kind': 'urgent', 'what-happened': '昨天家里着火', 'cannot-go-on': 'yes' }
  const { caseId } = await apply(scene, man, RELIEF, typed)
  assert.deepEqual(await lines(man, caseId), { kind: 'met', hardship: 'met' })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  refused(await act(district, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_your_level')
  refused(await act(registrar, 'decision', { outcome: 'granted', reasons: '' }), 422, 'case.relief_missing')
  ok(await act(registrar, 'decision', { outcome: 'granted', reasons: '另给两天住宿，火灾证明后补', amountFen: 800_00 }))
  assert.equal((await stateOf(scene, caseId)).amountFen, 800_00)
  ok(await act(clerk, 'issue'))
  const said = await paper(scene, caseId, 'decision_granted')
  assert.match(said, /火灾证明后补/)
  assert.match(said, /一次性 800\.00 元（大写：人民币捌佰元整）/)
  const { rows } = await scene.owner.query('select from people.benefit_receipt where person_id = $1', [man.personId])
  assert.equal(rows.length, 0, 'a payment of once is nothing that she receives from now on')
})
