/** An incident from its filing to its end, as officers read it, and what the same looks like outside; pictures in both languages. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let owner: pg.Client
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await browser?.close()
  await street?.close()
})
const idOf = async (where: string): Promise<{ id: string; publicId: string; number: string }> =>
  (await owner.query(`select id, public_id as "publicId", number from grid.incident where ${where} limit 1`)).rows[0]

test('filing: one class, nothing chosen beforehand, and what is missing is said field by field', {
  timeout: 120_000,
}, async () => {
  const { id } = await idOf(`status = 'verified' and class_code = 'fire-exit'`)
  const who = await officer(browser, street, 'grid.supervisor', undefined, { script: false })
  await who.visit('/desk/incidents?list=open')
  await who.reads('超期', '待我办')
  await who.picture('incidents-counted')
  await who.visit(`/desk/incidents/${id}`)
  await who.reads('消防通道、疏散出口被堵', 'A 级最急')
  await who.picture('incident-filing')
  await who.page.getByLabel('类别').selectOption({ label: '路面破损' })
  await who.press('换成这一类')
  await who.reads('坑洞、翻浆、地砖松动')
  await who.page.getByLabel(/对外显示的标题/).fill('')
  await who.press('立案')
  await who.reads('请选一个立案条件', '请写标题')
  await who.picture('incident-filing-mend')
  await who.page.context().close()
  const phone = await officer(browser, street, 'grid.supervisor', undefined, { phone: true, lang: 'en' })
  await phone.visit(`/desk/incidents/${id}`)
  await phone.reads('A is the most urgent')
  await phone.picture('incident-filing-english')
  await phone.page.context().close()
})

test('dispatch: units that can take it on, the usual one first; sent wrongly it is recalled', { timeout: 120_000 }, async () => {
  const { id } = await idOf(`status = 'filed' and class_code = 'noise-works'`)
  const who = await officer(browser, street, 'grid.dispatcher')
  await who.visit(`/desk/incidents/${id}`)
  const offered = await who.page.getByLabel('派给').locator('option').allInnerTexts()
  assert.match(offered[1]!, /综合执法中队（这类事一般派给它）/)
  assert.ok(!offered.join().includes('民政局'), offered.join())
  await who.picture('incident-dispatch')
  await who.page.getByLabel('派给').selectOption({ label: '示例路灯所' })
  await who.press('派遣')
  await who.reads('待签收', '等示例路灯所签收')
  await who.page.getByText('收回派遣').first().click()
  await who.page.getByLabel('理由').first().fill('派错了')
  await who.picture('incident-recall')
  await who.page.getByRole('button', { name: '收回派遣' }).click()
  await who.reads('待派遣', '派错了')
  await who.visit(`/desk/incidents/${(await idOf(`status = 'handling' and title = '路面坑洞'`)).id}`)
  await who.page.getByText('挂账', { exact: true }).first().click()
  await who.picture('incident-hang')
  await who.page.context().close()
  const unit = await officer(browser, street, 'lamps')
  await unit.visit(`/desk/incidents/${(await idOf(`status = 'handling' and title = '巷子里路灯不亮'`)).id}`)
  await unit.page.getByText('申请延期').first().click()
  await unit.reads(/最多延长 3 个工作日/)
  await unit.picture('incident-extension')
  await unit.page.context().close()
})

test('outside: what hangs says why, what was linked goes on as the other one, and what was late stays late', {
  timeout: 120_000,
}, async () => {
  const hung = await idOf(`status = 'hung'`)
  const linked = await idOf(`status = 'linked'`)
  const first = await owner.query(
    `select closed_at - checked_at as waited, outcome from grid.incident where title = '巷口垃圾堆积'`,
  )
  assert.equal(first.rows[0].outcome, 'unconfirmed')
  assert.ok(first.rows[0].waited.days <= 8, JSON.stringify(first.rows[0].waited))
  const again = await idOf(`title = '摆摊占道' and round = 2 and status = 'handling' and due_at is not null`)
  assert.ok(again, 'its second round has a date')
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit(`/around/${hung.publicId}`)
  await who.reads('现在办不了（等配件、材料）')
  await who.picture('around-hung')
  await who.visit(`/around/${linked.publicId}`)
  await who.reads('和这一件是同一件事', '示例综合执法中队')
  await who.picture('around-linked')
  await who.visit('/around?list=ended')
  await who.reads('结束了的当中，超过期限的')
  await who.picture('around-ended-phone')
  const seen = await owner.query(
    `select r.token from grid.report r join grid.incident i on i.id = r.incident_id where i.outcome = 'checked' order by i.closed_at desc limit 1`,
  )
  await who.visit(`/report/${seen.rows[0].token}?new=1`)
  await who.reads('有人到现场看过，办好了', '天里都可以说没有办好')
  assert.ok(!(await who.text()).includes('收到了'), 'what has gone on is no receipt any more')
  await who.picture('follow-seen-on-site')
  await who.page.context().close()
  const english = await walker(browser, street, { lang: 'en' })
  await english.visit(`/around/${linked.publicId}`)
  await english.reads('The same thing as this one')
  await english.picture('around-linked-english')
  await english.visit('/around')
  await english.picture('around-open-english')
  await english.page.context().close()
})
