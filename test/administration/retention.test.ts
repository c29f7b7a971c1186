/** The pages of holds and of what is let go, without script: what was typed stays, another's page is closed, words in both languages. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'

const PLAN = '/desk/administration/retention'
const HOLDS = '/desk/administration/holds'

let scene: Scene
let stages: Stages
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
})
after(() => scene?.close())

const browserOf = async (role: string, area: string | string[], domains: readonly string[] = DOMAINS): Promise<FormBrowser> => {
  const officer = await scene.officer(role, [area].flat(), { domains: [...domains] })
  return new FormBrowser(scene, officer.cookie, officer.address)
}

test('the audit administrator sees counts and switches on; nobody else opens the page', async () => {
  const auditor = await browserOf('audit-administrator', place.district)
  const shown = await auditor.see(PLAN)
  assert.equal(shown.status, 200)
  assert.match(shown.html, /没有启用/)
  assert.match(shown.html, /依据还没有对照原文核对/)
  assert.doesNotMatch(shown.html, /<form[^>]*\/on"/, 'not with one press')
  const asked = await auditor.see(`${PLAN}/on`)
  assert.match(asked.html, /今晚会处理[\s\S]*谁也不能恢复/)
  const old = await auditor.fill(`${PLAN}/on`, `${PLAN}/on`, { digest: '0'.repeat(64) })
  assert.equal(old.status, 409, 'what was seen is what is switched on')
  const on = await auditor.answer(asked.html, `${PLAN}/on`)
  assert.equal(on.to, `${PLAN}?done=switched_on`)
  assert.match((await auditor.see(PLAN)).html, /启用。每晚/)
  const off = await auditor.fill(PLAN, `${PLAN}/off`)
  assert.equal(off.to, `${PLAN}?done=switched_off`)
  for (const [role, area] of [
    ['street-leader', place.street],
    ['system-administrator', place.district],
  ] as const)
    for (const page of [PLAN, `${PLAN}/on`]) assert.equal((await (await browserOf(role, area)).see(page)).status, 403, role)
  assert.equal((await auditor.see(HOLDS)).status, 403, 'holds name cases')
})

test('a hold is placed by its number and ended by another; what was typed stays with what is wrong', async () => {
  const leader = await browserOf('street-leader', place.street)
  const { number } = stages.at.confirm!
  const typed = { kind: 'case', number: '20200101-0001', reason: '行政复议', basis: '复议字〔2026〕7号' }
  const wrong = await leader.fill(HOLDS, HOLDS, typed)
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /没有这个编号的办件/)
  assert.match(wrong.html, /20200101-0001/)
  const ofPerson = await leader.fill(HOLDS, HOLDS, { ...typed, kind: 'person', personNumber: '20200101-0002' })
  assert.equal(ofPerson.status, 422)
  assert.match(ofPerson.html, /<a href="#personNumber">这个人申请的一件办件的编号/, 'the field of this choice, by its name')
  assert.doesNotMatch(ofPerson.html, /href="#number"/)
  const bad = await leader.fill(HOLDS, HOLDS, {
    kind: 'area',
    reason: '',
    basis: 'x',
    'until.year': '2026',
    'until.month': '13',
    'until.day': '1',
  })
  assert.equal(bad.status, 422)
  for (const name of ['area', 'class', 'reason', 'until']) assert.match(bad.html, new RegExp(`href="#${name}`), name)
  assert.doesNotMatch(bad.html, /href="#(number|personNumber|basis)/, 'nothing of another choice')
  const done = await leader.fill(HOLDS, HOLDS, { ...typed, number })
  assert.equal(done.to, `${HOLDS}?done=placed`)
  const own = await leader.see(HOLDS)
  assert.match(own.html, new RegExp(`<b>${number}</b>`))
  assert.match(own.html, /由别人结束/)

  const other = await browserOf('street-leader', place.street)
  const path = await endOf(typed.basis)
  const ended = await other.fill(path, path, { reason: '复议已结' })
  assert.equal(ended.to, `${HOLDS}?done=end_done`)
  const far = await browserOf('street-leader', place.nextStreet)
  assert.equal((await far.see(path)).status, 404, 'not hers')
  assert.equal((await far.see(`${HOLDS}/no-id/end`)).status, 404)
})

let serial = 0
/** Places a hold. @returns the page that ends it */
async function placed(leader: FormBrowser, more: Record<string, string>): Promise<string> {
  const basis = `行初〔2026〕${++serial}号`
  const done = await leader.fill(HOLDS, HOLDS, { reason: '行政诉讼', ...more, basis })
  assert.equal(done.to, `${HOLDS}?done=placed`)
  return endOf(basis)
}
const endOf = async (basis: string): Promise<string> =>
  `${HOLDS}/${(await scene.owner.query('select id from retention.hold where basis = $1', [basis])).rows[0].id}/end`
const inForce = async (path: string): Promise<boolean> =>
  (await scene.owner.query('select ended_at is null as open from retention.hold where id = $1', [path.split('/').at(-2)])).rows[0]
    .open
/** Sends the form of the ending although her page does not show it. */
async function forced(leader: FormBrowser, path: string): Promise<number> {
  const { html } = await leader.see(HOLDS)
  return (await leader.answer(html.replaceAll(`action="${HOLDS}"`, `action="${path}"`), path, { reason: '已结' })).status
}
async function barred(leader: FormBrowser, path: string): Promise<void> {
  const list = await leader.see(HOLDS)
  assert.match(list.html, /由辖区更大的人结束/)
  assert.doesNotMatch(list.html, new RegExp(`href="${path}"`))
  const shown = await leader.see(path)
  assert.match(shown.html, /您没有全管到/)
  assert.doesNotMatch(shown.html, /<form[^>]* action="[^"]*end"/)
  assert.equal(await forced(leader, path), 409)
  assert.ok(await inForce(path))
}
async function ends(leader: FormBrowser, path: string): Promise<void> {
  assert.equal((await leader.fill(path, path, { reason: '已结' })).to, `${HOLDS}?done=end_done`)
  assert.equal(await inForce(path), false)
}

test('a hold is ended by another whose area covers that of who placed it: never from below', async () => {
  const [street, district] = [await browserOf('street-leader', place.street), await browserOf('district-leader', place.district)]
  const { number } = stages.at.review!
  const holds: Record<string, string>[] = [
    { kind: 'case', number },
    { kind: 'person', personNumber: number },
    { kind: 'area', area: place.street, class: 'draft' },
  ]
  for (const what of holds) {
    const above = await placed(district, what)
    await barred(street, above)
    assert.equal(await forced(district, above), 409, 'nor by who placed it')
    await ends(await browserOf('district-leader', place.district), above)
    await ends(district, await placed(street, what))
  }
  // Wider, of the same level.
  const both = await placed(await browserOf('street-leader', [place.street, place.nextStreet]), { kind: 'case', number })
  await barred(street, both)
  await ends(await browserOf('street-leader', [place.nextStreet, place.street]), both)
})

test('a hold on an area has the lines of the post that placed it: no other line reads its reason or ends it', async () => {
  const reason = '某专项审计'
  const path = await placed(await browserOf('street-leader', place.street), {
    kind: 'area',
    area: place.street,
    class: 'draft',
    reason,
  })
  for (const lines of [['health'], DOMAINS.slice(1), [...DOMAINS.slice(1), 'health']])
    for (const [role, area] of [
      ['street-leader', place.street],
      ['district-leader', place.district],
    ] as const) {
      const other = await browserOf(role, area, lines)
      assert.ok(!(await other.see(HOLDS)).html.includes(reason), `${role} ${lines}`)
      assert.equal((await other.see(path)).status, 404)
      assert.equal(await forced(other, path), 404)
    }
  assert.ok(await inForce(path))
  const same = await browserOf('street-leader', place.street, [...DOMAINS, 'health'])
  assert.ok((await same.see(HOLDS)).html.includes(reason))
  await ends(same, path)
})

test('a district chooses a community by its street, and no choice reads like another', async () => {
  const { html } = await (await browserOf('district-leader', place.district)).see(HOLDS)
  const options = [
    ...(/<select[^>]*name="area"[\s\S]*?<\/select>/.exec(html)?.[0] ?? '').matchAll(/<option value="\d+">([^<]+)/g),
  ]
  const words = options.map(([, label]) => label)
  assert.ok(words.includes('五山街道茶山社区') && words.includes('五山街道'), words.slice(0, 5).join())
  assert.equal(new Set(words).size, words.length)
})

test('who handles a case of another street places a hold on it and sees it', async () => {
  const { caseId, number } = stages.at.decide!
  await scene.owner.query('update cases.case set handling_area = $2 where id = $1', [caseId, place.nextStreet])
  const path = await placed(await browserOf('street-leader', place.nextStreet), { kind: 'case', number })
  await barred(await browserOf('street-leader', place.street), path)
  await ends(await browserOf('street-leader', place.nextStreet), path)
})
