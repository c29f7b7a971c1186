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

const browserOf = async (role: string, area: string): Promise<FormBrowser> => {
  const officer = await scene.officer(role, [area], { domains: DOMAINS })
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
  const bad = await leader.fill(HOLDS, HOLDS, {
    kind: 'area',
    reason: '',
    basis: 'x',
    'until.year': '2026',
    'until.month': '13',
    'until.day': '1',
  })
  assert.equal(bad.status, 422)
  const done = await leader.fill(HOLDS, HOLDS, { ...typed, number })
  assert.equal(done.to, `${HOLDS}?done=placed`)
  const own = await leader.see(HOLDS)
  assert.match(own.html, new RegExp(`<b>${number}</b>`))
  assert.match(own.html, /由别人结束/)

  const other = await browserOf('street-leader', place.street)
  const { rows } = await scene.owner.query(
    'select id from retention.hold where ended_at is null order by placed_at desc, id desc limit 1',
  )
  const path = `${HOLDS}/${rows[0].id}/end`
  const ended = await other.fill(path, path, { reason: '复议已结' })
  assert.equal(ended.to, `${HOLDS}?done=end_done`)
  const far = await browserOf('street-leader', place.nextStreet)
  assert.equal((await far.see(path)).status, 404, 'not hers')
  assert.equal((await far.see(`${HOLDS}/no-id/end`)).status, 404)
})
