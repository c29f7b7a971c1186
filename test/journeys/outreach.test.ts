/** 政策找人 on the demo street: the night has found whom the law fits; the community officer looks them up, a leader sees how many. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, type Walker } from '../harness/browser.ts'
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

const people = (who: Walker) => who.page.locator('.d-person h2 a').allInnerTexts()

test('the officer of 茶山 sees whom to visit, notes what came of it, and begins an application, on her phone and without a script', {
  timeout: 120_000,
}, async () => {
  const chashan = await officer(browser, street, 'chashan', undefined, { phone: true, script: false })
  await chashan.visit('/desk/visits')
  await chashan.reads('上门找人', '长寿', '茶山')
  await chashan.picture('outreach-visits-phone')
  await chashan.link(/长寿/, chashan.page.locator('main'))
  await chashan.reads('按登记的资料，每个条件都满足', '记一次查阅')
  await chashan.picture('outreach-to-visit-phone')
  const [first] = await people(chashan)
  assert.ok(first)
  await chashan.press('没人在家', chashan.page.locator('.d-person').first())
  await chashan.reads('记下了')
  const after = await people(chashan)
  assert.notEqual(after[0], first, 'who was not looked up yet comes first')
  await chashan.link('帮忙申请', chashan.page.locator('.d-person').first())
  await chashan.reads('长寿')
  await chashan.page.context().close()
})

test('the same on a large screen, in both languages', { timeout: 120_000 }, async () => {
  for (const lang of ['zh', 'en'] as const) {
    const chashan = await officer(browser, street, 'chashan', undefined, { lang })
    await chashan.visit('/desk/visits')
    await chashan.picture(`outreach-visits-${lang}`)
    await chashan.visit('/desk/visits/longevity-allowance/440106001002')
    await chashan.picture(`outreach-to-visit-${lang}`)
    await chashan.visit('/desk/visits/minimum-living-guarantee/440106001002?list=likely')
    await chashan.picture(`outreach-to-visit-likely-${lang}`)
    await chashan.page.context().close()
  }
})

test('a leader sees how many, asks for a search and stops it', { timeout: 120_000 }, async () => {
  for (const [lang, phone] of [
    ['zh', false],
    ['en', false],
    ['zh', true],
  ] as const) {
    const leader = await officer(browser, street, 'leader', undefined, { lang, phone, script: false })
    const name = `${lang}${phone ? '-phone' : ''}`
    await leader.visit('/desk/searches')
    await leader.picture(`outreach-searches-${name}`)
    await leader.link(lang === 'zh' ? /长寿/ : /[Ll]ongevity/, leader.page.locator('main tr', { hasText: '广州市' }))
    await leader.reads(lang === 'zh' ? '1 到 9 人不显示' : '1 to 9 people')
    await leader.picture(`outreach-search-${name}`)
    if (lang === 'zh' && !phone) {
      await leader.visit('/desk/searches')
      await leader.page.getByLabel('事项').selectOption('longevity-allowance')
      await leader.press('开始查找')
      await leader.reads('等着开始', '一分钟之内开始')
      await leader.picture('outreach-search-waits')
      await leader.press('停止这次查找')
      await leader.reads('已停止', '什么名单都没有留下')
    }
    await leader.page.context().close()
  }
})
