/** Why, on a phone and on a desk, in both languages, without script and large. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
/** Of the demo: a family, part of which is not hers to see. */
let lady: Walker
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
})
after(async () => {
  await browser?.close()
  await street?.close()
})

const MATTER = '/matters/longevity-allowance/why'

test('nobody signed in: she tries what would be, without script', { timeout: 60_000 }, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit('/matters/longevity-allowance')
  await who.link('逐条看，再试试“如果……”')
  await who.reads('如果……', '不会保存')
  await who.picture('explain-matter-stranger')
  await who.page.locator('input[name="person.born_on.year"]').fill('1957')
  await who.page.locator('input[name="person.born_on.month"]').fill('3')
  await who.page.locator('input[name="person.born_on.day"]').fill('24')
  await who.press('看会怎么样')
  await who.reads('按您假设的情况', /要满 70 岁/, '您假设的，不是登记的')
  await who.picture('explain-matter-tried')
  await who.page.locator('input[name="person.born_on.month"]').fill('13')
  await who.press('看会怎么样')
  await who.reads('这里看不懂')
  await who.picture('explain-matter-error')
})

test('signed in, on a phone: her own facts, line by line', { timeout: 60_000 }, async () => {
  const lady = await walker(browser, street, { phone: true, script: false })
  await lady.visit(`/sign-in?next=${MATTER}`)
  await signInByPhone(lady, '10000000001')
  await lady.visit(MATTER)
  await lady.reads('每一条都符合', /来源：/)
  await lady.picture('explain-matter-own')
})

/** Why, of the first of her cases. */
async function ownCase(who: Walker): Promise<void> {
  await who.visit('/me/cases')
  await who.page.locator('main a[href^="/me/cases/"]').first().click()
  await who.look()
  await who.page.locator('main a[href$="/why"]').first().click()
  await who.page.waitForURL(/\/why$/)
  await who.look()
}

test('her own case: phone, English, large, in contrast, and on a desk', { timeout: 120_000 }, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  lady = who
  await who.visit('/sign-in')
  await signInByPhone(who, '10000000004')
  await ownCase(who)
  for (const [name, cookies, width] of [
    ['phone', {}, 390],
    ['english', { lang: 'en' }, 390],
    ['elder', { mode: 'elder' }, 390],
    ['contrast', { theme: 'contrast' }, 390],
    ['desk', {}, 1280],
  ] as const) {
    const settings = { lang: 'zh', mode: 'standard', theme: 'light', ...cookies }
    await who.page.context().addCookies(Object.entries(settings).map(([key, value]) => ({ name: key, value, url: street.url })))
    await who.page.setViewportSize({ width, height: 844 })
    await who.visit(who.path())
    await who.reads(settings.lang === 'en' ? 'An officer decides in the end' : '最后由工作人员决定')
    await who.picture(`explain-case-${name}`)
  }
})

test('she objects to one line, and the district justice bureau sees it as she saw it', { timeout: 60_000 }, async () => {
  await lady.page.setViewportSize({ width: 390, height: 844 })
  await lady.visit(lady.path())
  await lady.link(/^对这一条有异议/)
  await lady.reads('哪里不对', '原来的办件不会停')
  await lady.press('提出异议')
  await lady.reads(/请/)
  await lady.type('哪里不对', '我的户口上个月已经迁过来了')
  await lady.picture('explain-object')
  await lady.press('提出异议')
  await lady.reads('申请已经送出')
  await lady.link('看走到哪一步')
  await lady.picture('explain-object-case')

  const justice = await officer(browser, street, 'justice')
  await justice.page.locator('main a[href^="/desk/cases/"]').first().click()
  await justice.look()
  await justice.page.locator('main a[href$="/why"]').first().click()
  await justice.page.waitForURL(/\/why$/)
  await justice.look()
  await justice.reads('申请人有异议的这一条', '我的户口上个月已经迁过来了')
  await justice.picture('explain-object-desk')
})

test('the officer reads the same about the applicant, in both languages', { timeout: 60_000 }, async () => {
  for (const lang of ['zh', 'en'] as const) {
    const reviewer = await officer(browser, street, 'reviewer', undefined, { lang })
    await reviewer.page.locator('main a[href^="/desk/cases/"]').first().click()
    await reviewer.look()
    await reviewer.page.locator('main a[href$="/why"]').first().click()
    await reviewer.page.waitForURL(/\/why$/)
    await reviewer.look()
    const text = await reviewer.text()
    assert.match(text, lang === 'zh' ? /逐条说明/ : /Line by line/)
    await reviewer.picture(`explain-officer-${lang}`)
  }
})
