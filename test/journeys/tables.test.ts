/** Somebody reckons her points on a phone without script, and a colleague looks at it on a wide screen in English. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
})
after(async () => {
  await browser?.close()
  await street?.close()
})

test('points on a phone, without script', { timeout: 90_000 }, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit('/')
  await who.link(/算一算/)
  await who.picture('tables-list-zh')
  await who.link(/来穗人员积分/)
  await who.picture('tables-points-form-zh')
  await who.choose('租房或者住宿舍')
  await who.type('租房或者住宿舍满了几年？', '9')
  await who.type('养老保险交满了几年？', '5')
  await who.choose('大专')
  await who.type('近五年献了几次血？', '6')
  await who.press('算一算')
  await who.reads('扣分以前，至少', '最多算 20 分')
  await who.picture('tables-points-zh')
  await who.press('改一改再算')
  assert.equal(await who.page.getByLabel('养老保险交满了几年？').inputValue(), '5')
  await who.type('近五年受过几次治安处罚？', 'x')
  await who.press('算一算')
  await who.reads('请写一个数字')
  await who.picture('tables-points-error-zh', { whole: false })
  await who.page.context().close()
})

test('a resident is asked less, and large letters fit', { timeout: 90_000 }, async () => {
  const who = await walker(browser, street, { phone: true, script: false, elder: true })
  await who.visit('/sign-in?next=%2Ftables%2Fresidence-points')
  await signInByPhone(who, '10000000001')
  assert.equal(who.path(), '/tables/residence-points')
  await who.reads('登记上已经有的，不用填')
  await who.choose('都没有，按没有算')
  await who.press('算一算')
  await who.picture('tables-points-elder')
  await who.page.context().close()
})

test('every table in English on a wide screen', { timeout: 120_000 }, async () => {
  const who = await walker(browser, street, { lang: 'en' })
  await who.visit('/tables')
  await who.picture('tables-list-en')
  const addresses = await who.page
    .locator('main a[href^="/tables/"]')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')!))
  for (const address of addresses) {
    await who.visit(address)
    await who.press('Work it out')
    await who.picture(`tables-${address.split('/').at(-1)}-en`)
  }
  await who.page.context().close()
})

test('an assessor fills in what she sees and looks at it once more before she signs', { timeout: 120_000 }, async () => {
  const who = await officer(browser, street, 'reviewer')
  const cases = await who.page
    .locator('main tbody a[href^="/desk/cases/"]')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')!))
  let found = false
  for (const one of cases) {
    await who.visit(one)
    found = (await who.page.locator('a[href$="/assessment"]').count()) > 0
    if (found) break
  }
  assert.ok(found, 'a case of somebody old is in hand')
  await who.link('打开评估')
  for (const [part, value] of [
    ['year', '2026'],
    ['month', '11'],
    ['day', '24'],
  ])
    await who.page.locator(`input[name="assessedOn.${part}"]`).fill(value!)
  for (const item of await who.page.locator('select[name^="care-"]').all()) await item.selectOption({ index: 1 })
  await who.page.locator('select[name="care-walking"]').selectOption('1')
  await who.page.locator('input[name="coma"][value="no"]').check()
  await who.page.locator('input[name="mental"][value="no"]').check()
  await who.page.locator('input[name="events"]').fill('2')
  await who.picture('tables-assessment-form')
  await who.press('先看一遍')
  await who.reads('签名以前再看一遍', '2 级，中度失能')
  await who.picture('tables-assessment-sign')
  await who.press('签名')
  await who.reads('请另一位评估员来看、来签')
  await who.picture('tables-assessment-signed')
  await who.page.context().close()
})
