import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, assertRebuilt, day, later, ok, onCase, paper, type Resident, refused, stateOf, sweep } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let reviewer: Client & SignsIn & { number: string; name: string }
let second: Client & SignsIn & { number: string; name: string }
/** Who cannot sign a survey here: no such permission, another street, a post that ended, another line. */
let unfit: { number: string }[]
let district: Client & SignsIn
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street])
  reviewer = await scene.officer('street-reviewer', [place.street])
  second = await scene.officer('street-reviewer', [place.street])
  district = await scene.officer('district-officer', [place.district])
  unfit = [
    await scene.officer('window-clerk', [place.street]),
    await scene.officer('street-reviewer', [place.nextStreet]),
    await scene.officer('street-reviewer', [place.street], { to: '2026-11-23', choose: false }),
    await scene.officer('street-reviewer', [place.street], { domains: ['health'] }),
  ]
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const born = (at: string, date: string) => {
  const [year, month, dayOfMonth] = date.split('-')
  return { [`${at}-born-year`]: year!, [`${at}-born-month`]: month!, [`${at}-born-day`]: dayOfMonth! }
}
const household = (wife: Resident) => ({
  'about-you': 'yes',
  'members-1-name': wife.name, 'members-1-relation': '妻子', 'members-1-id': wife.idNumber, ...born('members-1', '1962-04-05'),
  'members-2-name': '陈大文', 'members-2-relation': '儿子', ...born('members-2', '1990-01-02'),
  'members-3-name': '陈小文', 'members-3-relation': '孙女', ...born('members-3', '2018-01-02'),
  income: '2100', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
}) // biome-ignore format: a form

/** Recorded by one, it is done by two when the other has said so herself. */
async function byTwo(act: ReturnType<typeof onCase>, survey: (more: object) => ReturnType<Client['post']>) {
  refused(await act(second, 'survey-confirmation', { presence: 'there', note: '' }), 403, 'case.not_second_officer')
  const waits = async (who: Client, list: string) => ok(await who.get(`/api/v1/work?list=${list}`)).rows.length as number
  const [hers, mine] = [await waits(second, 'mine'), await waits(reviewer, 'todo')]
  ok(await survey({}))
  assert.deepEqual([await waits(second, 'mine'), await waits(reviewer, 'todo')], [hers + 1, mine - 1], 'it waits for her alone')
  refused(await act(reviewer, 'survey-confirmation', { presence: 'there', note: '' }), 403, 'case.not_second_officer')
  refused(await act(reviewer, 'data-check', { note: '', monthlyIncomeFen: 0, propertyOk: true }), 409, 'case.not_this_step')
  ok(await act(second, 'survey-confirmation', { presence: 'not_there', note: '那天我在办公室' }))
  refused(await act(second, 'survey-confirmation', { presence: 'there', note: '' }), 403, 'case.not_second_officer')
  ok(await survey({ note: '家里三代四口' }))
  ok(await act(second, 'survey-confirmation', { presence: 'there', note: '' }))
}

/** To the data check, with everybody's word. */
async function untilChecked(
  man: Resident,
  wife: Resident,
  checked: { monthlyIncomeFen: number | null; propertyOk: boolean | null },
) {
  const { caseId } = await apply(scene, man, 'minimum-living-guarantee', household(wife))
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  const { rows } = await scene.owner.query(
    'select id, name, adult, person_id from cases.unit_member where case_id = $1 order by name',
    [caseId],
  )
  const member = (name: string) => rows.find((r) => r.name === name)
  assert.equal(member('陈小文').adult, false)
  assert.equal(member(wife.name).person_id, wife.personId, 'found by her number, so that she is asked herself')

  refused(await act(reviewer, 'authorisation', { note: '' }), 409, 'case.adult_not_authorised')
  refused(await man.post(`/api/v1/me/authorisations/${member(wife.name).id}`), 404, 'case.member_not_found')
  ok(await wife.post(`/api/v1/me/authorisations/${member(wife.name).id}`))
  refused(await act(reviewer, 'authorisation', { note: '' }), 409, 'case.adult_not_authorised')
  ok(await act(reviewer, `members/${member('陈大文').id}/paper-authorisation`))
  ok(await act(reviewer, `members/${member(wife.name).id}/paper-authorisation`))
  const how = await scene.owner.query(
    'select name, authorised_how from cases.unit_member where case_id = $1 and adult order by name',
    [caseId],
  )
  assert.deepEqual(
    Object.fromEntries(how.rows.map((r) => [r.name, r.authorised_how])),
    { 陈大文: 'paper', [wife.name]: 'account' },
    'paper does not write over her own word',
  )
  ok(await act(reviewer, 'authorisation', { note: '' }))

  const visit = { note: '家里三代四口', visitedOn: '2026-11-24' }
  refused(await act(reviewer, 'survey', { ...visit, secondOfficer: reviewer.number }), 422, 'case.second_officer_is_first')
  refused(await act(reviewer, 'survey', { ...visit, secondOfficer: 'nobody' }), 422, 'case.second_officer_not_here')
  refused(
    await act(reviewer, 'survey', { ...visit, visitedOn: '2026-11-30', secondOfficer: second.number }),
    422,
    'case.survey_in_the_future',
  )
  const survey = (more: object) => act(reviewer, 'survey', { ...visit, secondOfficer: second.number, ...more })
  refused(await survey({ visitedOn: '2026-11-23' }), 422, 'case.survey_before_receipt')
  refused(await survey({ visitedOn: '2026-02-30' }), 422, 'answer.no_such_day')
  for (const who of unfit) refused(await survey({ secondOfficer: who.number }), 422, 'case.second_officer_not_here')
  await byTwo(act, survey)
  refused(await act(reviewer, 'review', { note: '' }), 409, 'case.not_this_step')
  ok(await act(reviewer, 'data-check', { note: '', ...checked }))
  ok(await act(reviewer, 'review', { note: '同意' }))
  return { caseId, act }
}

/** What an officer and the applicant see of the others. */
async function masked(man: Resident, wife: Resident, caseId: string) {
  const seen = ok(await reviewer.get(`/api/v1/cases/${caseId}`))
  const own = ok(await man.get(`/api/v1/me/cases/${caseId}`))
  for (const page of [seen, own]) {
    assert.equal(page.answers.members.members[0].idNumber, `${wife.idNumber.slice(0, 4)}************${wife.idNumber.slice(-2)}`)
    assert.equal(page.answers.account.account, '1112')
    for (const hidden of [wife.idNumber, man.idNumber, wife.personId, '6222021111111111112'])
      assert.ok(!JSON.stringify(page).includes(hidden), `${hidden} leaves the server`)
  }
  const { rows } = await scene.owner.query('select distinct person_id from access.read_entry where case_id = $1', [caseId])
  assert.deepEqual(rows.map((r) => r.person_id).sort(), [man.personId, wife.personId].sort(), 'both were read')
  // Notes, results and names stay in the office; so does what was found out about each adult.
  const course = JSON.stringify(own.timeline)
  for (const hidden of ['家里三代四口', '"result"', reviewer.name, second.name, '"note"', '"officers"', 'monthlyIncomeFen'])
    assert.ok(!course.includes(hidden), `the applicant reads ${hidden}`)
  assert.ok(course.includes('"step":"survey"') || course.includes('"kind":"survey"'))
  assert.ok(own.checked.lines.length > 0 && own.checked.amountFen === null)
  assert.ok(!JSON.stringify(own.checked).includes('210000'))
}

const couple = async () => ({
  man: await scene.resident({ name: '陈树根', bornOn: '1960-02-03' }),
  wife: await scene.resident({ name: '黄丽', bornOn: '1962-04-05' }),
})

test('a family in need: everybody’s word, a visit by two, a notice of seven days, an objection heard, the sum that is due', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const { man, wife } = await couple()
  const neighbour = await scene.resident({ name: '张强', bornOn: '1970-01-01' })
  const across = await scene.resident({ name: '李远', bornOn: '1970-01-01', community: place.sibling })
  const { caseId, act } = await untilChecked(man, wife, { monthlyIncomeFen: 210_000, propertyOk: true })

  await masked(man, wife, caseId)

  refused(await act(reviewer, 'notice-end', { note: '' }), 409, 'case.notice_not_up')
  ok(await act(reviewer, 'notice'))
  refused(await act(reviewer, 'notice'), 409, 'case.notice_already_up')
  const [notice] = ok(await neighbour.get('/api/v1/me/notices'))
  assert.deepEqual([notice.startsOn, notice.endsOn, notice.shownName, notice.size], ['2026-11-24', '2026-12-01', '陈**', 4])
  assert.ok(!JSON.stringify(notice).includes('树根'), 'the least that may be published')
  assert.deepEqual(ok(await across.get('/api/v1/me/notices')), [])
  refused(await across.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '我反对' }), 404, 'notice.not_found')
  refused(
    await scene.stranger.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '我反对' }),
    401,
    'account.sign_in_first',
  )
  refused(await neighbour.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '\u200b\u202e' }), 422, 'answer.missing')
  ok(await neighbour.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '\u202e他家\u200b儿子有车' }))
  refused(await neighbour.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '再说一次' }), 409, 'notice.already_objected')
  const [ours] = ok(await man.get('/api/v1/me/notices'))
  assert.deepEqual([notice.own, ours.own], [false, true])
  refused(await man.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '我自己' }), 409, 'notice.own')
  const own = ok(await man.get(`/api/v1/me/cases/${caseId}`))
  assert.ok(
    !JSON.stringify(own).includes(neighbour.personId) && !JSON.stringify(own).includes('有车'),
    'the applicant does not learn who, nor what',
  )

  await later(scene, day('2026-12-01', 15), reviewer, district, neighbour) // 23:00 of the last day
  assert.equal((await sweep(scene, 'cases.take-down-notices')).takenDown, 0)
  refused(await act(reviewer, 'notice-end', { note: '' }), 409, 'case.notice_still_running')
  await later(scene, day('2026-12-01', 16), reviewer, district, neighbour) // midnight
  assert.equal((await sweep(scene, 'cases.take-down-notices')).takenDown, 1)
  assert.equal((await sweep(scene, 'cases.take-down-notices')).takenDown, 0, 'once')
  assert.equal((await stateOf(scene, caseId)).notice?.takenDown, true)
  assert.deepEqual(ok(await neighbour.get('/api/v1/me/notices')), [])
  refused(await neighbour.post(`/api/v1/me/notices/${notice.id}/objection`, { text: '晚了' }), 404, 'notice.not_found')
  refused(await act(reviewer, 'notice-end', { note: '' }), 409, 'case.objection_unanswered')
  const { objections } = ok(await reviewer.get(`/api/v1/cases/${caseId}`))
  assert.equal(objections[0].text, '他家儿子有车')
  const community = await scene.officer('community-officer', [place.community])
  refused(
    await community.post(`/api/v1/cases/${caseId}/objections/${objections[0].id}/answer`, { answer: '没有的事' }),
    403,
    'access.not_permitted',
  )
  ok(await act(reviewer, `objections/${objections[0].id}/answer`, { answer: '核对过，车已经卖了' }))
  refused(await act(reviewer, `objections/${objections[0].id}/answer`, { answer: '改口' }), 404, 'case.objection_not_found')
  ok(await act(reviewer, 'notice-end', { note: '' }))
  const { rows } = await scene.owner.query(
    `select fact, actor_kind from cases.timeline where case_id = $1 and fact = 'notice_taken_down'`,
    [caseId],
  )
  assert.deepEqual(rows, [{ fact: 'notice_taken_down', actor_kind: 'system' }], 'taken down once, by the sweep')
  const said = await scene.owner.query(
    `select fact, actor_kind, account_id, payload from cases.timeline where case_id = $1 and fact like 'object%' order by seq`,
    [caseId],
  )
  assert.deepEqual(
    said.rows.map((r) => [r.fact, r.actor_kind, r.payload]),
    [
      ['objected', 'neighbour', { noticeId: notice.id }],
      ['objection_answered', 'staff', { objectionId: objections[0].id }],
    ],
    'both are on the timeline; the first names nobody',
  )
  assert.equal(said.rows[0].account_id, null)

  refused(await act(reviewer, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_permitted')
  refused(
    await act(district, 'decision', { outcome: 'granted', reasons: '多给', amountFen: 999_900 }),
    422,
    'case.reasons_missing_for_amount',
  )
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  const state = await stateOf(scene, caseId)
  assert.equal(state.amountFen, 4 * 120_000 - 210_000, 'the standard times four, less the income')
  ok(await act(district, 'issue'))
  assert.match(await paper(scene, caseId, 'decision_granted'), /2,700\.00 元（大写：人民币贰仟柒佰元整）/)
  const received = await scene.owner.query('select amount_fen from people.benefit_receipt where person_id = $1', [man.personId])
  assert.equal(Number(received.rows[0].amount_fen), 270_000, 'the next office asks nobody again')
})

test('a refusal has a named officer, reasons, the conditions that are not met, and both remedies', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const { man, wife } = await couple()
  const { caseId, act } = await untilChecked(man, wife, { monthlyIncomeFen: 900_000, propertyOk: true })
  ok(await act(reviewer, 'notice'))
  await later(scene, day('2026-12-02'), reviewer, district)
  ok(await act(reviewer, 'notice-end', { note: '' }))
  for (const reasons of ['', '   ', '不行'])
    refused(await act(district, 'decision', { outcome: 'refused', reasons }), 422, 'case.reasons_missing')
  refused(await act(district, 'decision', { outcome: 'granted', reasons: '' }), 422, 'case.reasons_missing_for_unmet')
  ok(await act(district, 'decision', { outcome: 'refused', reasons: '全家平均收入高于标准，见核对结果。' }))
  ok(await act(district, 'issue'))
  const said = await paper(scene, caseId, 'decision_refused')
  for (const part of [
    '见核对结果',
    '全家平均每人每月的收入低于标准',
    '60',
    '6',
    '天河区人民政府',
    '有管辖权的人民法院',
    '民政局',
  ])
    assert.ok(said.includes(part), `the paper says ${part}`)
  assert.equal((await stateOf(scene, caseId)).amountFen, null)
  const received = await scene.owner.query('select from people.benefit_receipt where person_id = $1', [man.personId])
  assert.equal(received.rows.length, 0, 'a refusal has no effect on what she receives')
  await wife.again()
  // Nothing of the household is shown to another adult of it.
  refused(await wife.get(`/api/v1/me/cases/${caseId}`), 404, 'case.not_found')
})

test('what is not known does not refuse: a grant needs an amount that somebody answers for', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const { man, wife } = await couple()
  const { act } = await untilChecked(man, wife, { monthlyIncomeFen: null, propertyOk: null })
  ok(await act(reviewer, 'notice'))
  await later(scene, day('2026-12-02'), reviewer, district)
  ok(await act(reviewer, 'notice-end', { note: '' }))
  refused(await act(district, 'decision', { outcome: 'granted', reasons: '' }), 422, 'case.amount_missing')
})

test('who withdraws takes her name off the wall', async () => {
  await later(scene, day('2026-11-24'), clerk, reviewer, second, district)
  const { man, wife } = await couple()
  const { caseId, act } = await untilChecked(man, wife, { monthlyIncomeFen: 210_000, propertyOk: true })
  const due = (await stateOf(scene, caseId)).dueAt
  refused(await act(reviewer, 'return', { reason: '再看一次' }), 409, 'case.not_this_step')
  ok(await act(reviewer, 'notice'))
  ok(await man.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '找到工作了' }))
  const state = await stateOf(scene, caseId)
  assert.deepEqual([state.status, state.notice?.takenDown, state.dueAt], ['withdrawn', true, null])
  assert.ok(due)
  const up = await scene.owner.query('select from cases.notice where case_id = $1 and taken_down_at is null', [caseId])
  assert.equal(up.rows.length, 0, 'a withdrawn application leaves no name on the wall')
  refused(await act(reviewer, 'notice-end', { note: '' }), 409, 'case.not_now')
})
