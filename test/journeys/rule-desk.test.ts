/** An author of rules at the desk, without script: reads a rule, is told what is wrong in it, counts whom a change touches, takes the file away. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, type Walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let author: Walker
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  await street.night()
  author = await officer(browser, street, 'policy', undefined, { script: false })
})
after(async () => {
  await browser?.close()
  await street?.close()
})

test('she finds the rule by its matter, and sees basis, numbers and examples', { timeout: 60_000 }, async () => {
  await author.reads('政策规则员')
  await author.link('规则', author.page.getByRole('navigation'))
  await author.reads('长寿保健金', '年满 70 岁（可提前 3 个月申请）')
  await author.picture('rules-list')
  await author.link('年满 70 岁（可提前 3 个月申请）')
  await author.reads('longevity.min_age', '还没有核实', '已经作出的决定不变')
  await author.picture('rules-rule')
})

test('what is wrong is said at its line; what she wrote is there; a sound draft is counted and goes as a file', {
  timeout: 90_000,
}, async () => {
  await author.link('改写和试算')
  await author.picture('rules-draft')
  await author.type(/^规则$/, "ageYears(person.born_on, on)\n  >= param('longevity.age')")
  await author.press('检查', author.page.locator('main'))
  await author.reads('第 2 行第 6 列', '参数 longevity.age 不在')
  await author.picture('rules-error')

  await author.type(/^规则$/, "ageYears(person.born_on, on)\n  >= param('longevity.min_age')")
  await author.type(
    /^例子$/,
    '- { on: 2026-11-24, person: { born_on: 1956-11-24 }, expect: true }\n- { on: 2026-11-24, person: { born_on: 1957-02-24 }, expect: false }',
  )
  await author.type(/person\.born_on/, '1956-12-24')
  await author.press('算一算影响多少人', author.page.locator('main'))
  await author.reads('提出的修改', '和现在比，有多少人不一样', '五山街道', '按改写的规则', '演示街区里编出来的人', '叶锦荣')
  await author.picture('rules-counted')
  const [download] = await Promise.all([
    author.page.waitForEvent('download'),
    author.page.getByRole('button', { name: '下载 longevity.yaml' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'longevity.yaml')
})

test('on a phone, and in English', { timeout: 90_000 }, async () => {
  for (const settings of [{ phone: true }, { lang: 'en' as const }, { phone: true, lang: 'en' as const }]) {
    const who = await officer(browser, street, 'policy', undefined, settings)
    const name = `${settings.phone ? '-phone' : ''}${settings.lang ? '-en' : ''}`
    await who.visit('/desk/rules')
    await who.picture(`rules-list${name}`)
    await who.visit('/desk/rules/longevity.age')
    await who.picture(`rules-rule${name}`)
    await who.visit('/desk/rules/longevity.age/draft')
    await who.page.locator('[name="number.longevity.min_age"]').fill('65')
    await who.page.locator('[name="from"]').fill('2027-01-01')
    await who.press(settings.lang ? 'Count whom it touches' : '算一算影响多少人', who.page.locator('main'))
    await who.reads(settings.lang ? 'To the nearest ten' : '取到整十')
    await who.picture(`rules-counted${name}`)
    await who.page.context().close()
  }
})
