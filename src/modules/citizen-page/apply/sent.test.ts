/** What somebody sent for another she also goes on with: a correction, taking it back, its receipt; what she did not send is not there. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apply } from '../../../../test/cases/story.ts'
import { acting, begunFor, proxyFor } from '../../../../test/harness/acting.ts'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../../test/harness/scene.ts'
import { secondFactor } from '../../../../test/harness/second-factor.ts'
import { PDF } from '../../../../test/harness/stages.ts'
import { type Browser, browser, textOf } from './scene.ts'

let scene: Scene
let clerk: Client & SignsIn
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
})
after(() => scene?.close())

const CARD = 'senior-card'
const MONEY = 'longevity-allowance'
const paper = { name: '照片.pdf', bytes: Buffer.from(PDF) }

async function sentCard(more: string[] = []) {
  const pair = await acting(scene, { matters: [CARD, ...more] })
  const { b, home, mother } = pair
  const draft = await begunFor(b, home, CARD)
  await b.fill(`${draft}/about-you`, { 'about-you': 'yes' })
  await b.give(`${draft}/photo`, `${draft}/photo`, [{ field: 'file-photo', ...paper }])
  await b.fill(`${draft}/card-by`, { 'card-by': 'window' })
  assert.equal((await b.fill(`${draft}/check`, { declared: 'yes' }, `${draft}/send`)).to, `${home}?done=applied`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [mother.personId])
  const caseId: string = rows[0].id
  return { ...pair, caseId, at: `${home}/cases/${caseId}` }
}
const asks = async (caseId: string, missing: string[]) =>
  assert.equal((await clerk.post(`/api/v1/cases/${caseId}/correction-notice`, { missing, text: '请再交一张清楚的' })).status, 200)
const stateOf = async (caseId: string): Promise<string> =>
  (await scene.owner.query('select status from cases.case where id = $1', [caseId])).rows[0].status
const told = async (who: Awaited<ReturnType<typeof sentCard>>['mother']): Promise<Browser> =>
  browser(scene, await scene.resident({ person: who }))

test('she sees that something is to be added, adds it, and the mother and the officer read who did it', async () => {
  const { mother, b, home, caseId, at } = await sentCard()
  assert.match(textOf((await b.get(home)).html), /老年人优待.*看这一件，存收件凭证/)
  await asks(caseId, ['photo', 'card-by'])
  assert.match(textOf((await b.get(home)).html), /要补材料，去看/)
  assert.match(textOf((await b.get(at)).html), /请在 .*前补材料 请再交一张清楚的/)
  const page = `${at}/correction`
  const back = await b.give(page, page, [{ field: 'file-photo', ...paper }])
  assert.match(textOf(back.html), /卡做好了，您想怎么拿/, 'the question was not answered')
  const done = await b.give(page, page, [], { 'card-by': 'visit' })
  assert.equal(done.to, `${at}?done=corrected`)
  assert.match(textOf((await b.get(done.to!)).html), /补的材料送出了，陈玉兰会收到消息，写明是您替办的/)
  assert.equal(await stateOf(caseId), 'received')
  const hers = await told(mother)
  assert.match(textOf((await hers.get('/me/messages')).html), /您的代办人李小红替您补的材料收到了/)
  assert.match(textOf((await hers.get(`/me/cases/${caseId}`)).html), /补的材料齐了|补正.*您的代办人李小红/)
  assert.match(textOf((await hers.get('/me/reads')).html), /您的代办人 ?李小红/)
  const desk = textOf((await new FormBrowser(scene, clerk.cookie, clerk.address).see(`/desk/cases/${caseId}`)).html)
  assert.match(desk, /补正齐了 .*由代办人李小红代办/)
})

test('she saves the receipt, and takes it back; the mother is told by whom', async () => {
  const { mother, b, caseId, at } = await sentCard()
  const receipt = await b.get(`${at}/receipt`)
  assert.equal(receipt.status, 200)
  assert.ok(receipt.raw.subarray(0, 5).toString() === '%PDF-')
  assert.match(String(receipt.headers['content-disposition']), /attachment/)
  assert.equal((await b.fill(`${at}/withdrawal`, { reason: '' })).to, `${at}?done=withdrawn`)
  assert.equal(await stateOf(caseId), 'withdrawn')
  assert.doesNotMatch((await b.get(at)).html, /withdrawal"/)
  assert.match(textOf((await (await told(mother)).get('/me/messages')).html), /您的代办人李小红替您撤回了/)
})

test('in a correction, too, the account is not hers to name', async () => {
  const { mother, b, home } = await acting(scene, { matters: [MONEY] })
  const draft = await begunFor(b, home, MONEY)
  await b.fill(`${draft}/about-you`, { 'about-you': 'yes' })
  await b.fill(`${draft}/account`, { account: 'stored' })
  await b.fill(`${draft}/note`, { note: '' })
  await b.fill(`${draft}/check`, { declared: 'yes' }, `${draft}/send`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [mother.personId])
  await asks(rows[0].id, ['account'])
  const page = `${home}/cases/${rows[0].id}/correction`
  const other = await b.fill(page, { account: 'other', 'account-number': '6222021111111111112' })
  assert.match(textOf(other.html), /要由陈玉兰本人来说/)
  assert.equal((await b.fill(page, { account: 'stored' })).to, `${home}/cases/${rows[0].id}?done=corrected`)
})

test('what she did not send, what was not named, and what has ended are not there; nor is it hers outside', async () => {
  const { mother, daughter, b, id, home, caseId, at, again } = await sentCard([MONEY])
  await asks(caseId, ['photo'])
  const everywhere = [at, `${at}/correction`, `${at}/withdrawal`, `${at}/receipt`]
  const gone = async (who: Browser, paths: string[], when: string) => {
    for (const path of paths) assert.equal((await who.get(path)).status, 404, `${path} ${when}`)
  }
  // Of the mother's own sending she sees that it is there, and no more.
  const herself = await scene.resident({ person: mother })
  const { caseId: own } = await apply(scene, herself, MONEY, { 'about-you': 'yes', account: 'stored', note: '' })
  assert.match((await b.get(home)).html, new RegExp(`${home}/cases/${caseId}`))
  assert.doesNotMatch((await b.get(home)).html, new RegExp(`${home}/cases/${own}`))
  await gone(b, [`${home}/cases/${own}`, `${home}/cases/${own}/correction`, `${home}/cases/${own}/receipt`], 'sent by herself')
  // Another who acts for the same mother.
  const son = await scene.resident({ name: '李小军', bornOn: '1978-01-01' })
  const his = await proxyFor(scene, mother.personId, son.personId, [CARD])
  const other = browser(scene, son)
  await (await secondFactor(scene, other)).again(`/for/${his}`)
  await gone(
    other,
    everywhere.map((path) => path.replace(id, his)),
    'sent by his sister',
  )
  await gone(other, everywhere, 'under her proxy')
  await gone(b, [`/me/cases/${caseId}`], 'in her own name')
  await again(home)
  const form = await b.hidden(`${at}/withdrawal`, `${at}/withdrawal`)
  await scene.owner.query(`update access.proxy set matters = '{longevity-allowance}' where id = $1`, [id])
  await gone(b, everywhere, 'no more named')
  await scene.owner.query(`update access.proxy set matters = $2, ended_at = $3, ended_by = 'principal' where id = $1`, [
    id,
    [CARD],
    scene.now(),
  ])
  await gone(b, everywhere, 'ended')
  assert.equal((await b.post(`${at}/withdrawal`, { ...form, reason: '' })).status, 404)
  assert.equal((await daughter.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '' })).status, 404)
  assert.equal(await stateOf(caseId), 'correcting')
})
