/** 代办 on phones: given with a second factor, taken on by a code, used with one button and page by page, and ended. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { searched } from '../harness/searched.ts'
import { codeAt } from '../harness/staff-door.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let mother: Walker
let daughter: Walker
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  const owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(`select id as "personId" from people.person where name = '陈秀英'`)
  await searched({ owner, now: street.now }, { found: rows })
  await owner.end()
  mother = await walker(browser, street, { phone: true, script: false })
  daughter = await walker(browser, street, { phone: true, script: false })
})
after(async () => {
  await browser?.close()
  await street?.close()
})

let code = ''

test('a mother confirms with her app, names one matter and a day, and reads the code once', { timeout: 60_000 }, async () => {
  await signInByPhone(mother, '10000000001')
  await mother.visit('/me')
  await mother.picture('proxies-me')
  await mother.link(/^代办/)
  await mother.reads('现在没有人替您办')
  await mother.picture('proxies-none')
  await mother.visit('/me/security/app')
  const key = ((await mother.page.locator('code.num').textContent()) ?? '').replaceAll(' ', '')
  await mother.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await mother.press(/./, mother.page.locator('main form'))
  // A code of the app is good once.
  street.at(new Date(street.now().getTime() + 61_000).toISOString())
  await mother.visit('/me/proxies/new')
  await mother.reads('再确认一次')
  await mother.picture('proxies-confirm-first')
  await mother.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await mother.press(/./, mother.page.locator('main form'))
  await mother.visit('/me/proxies/new')
  await mother.choose('长寿保健金')
  await mother.choose('老年人优待')
  for (const [part, value] of [['year', '2027'], ['month', '6'], ['day', '30']] as const) await mother.page.locator(`input[name="validTo.${part}"]`).fill(value) // biome-ignore format: a day
  await mother.picture('proxies-give')
  await mother.press('生成代办码')
  code = await mother.page.locator('.k-proxy-code').innerText()
  await mother.picture('proxies-code')
})

test('her daughter types it, looks, and applies with one button', { timeout: 60_000 }, async () => {
  await signInByPhone(daughter, '10000000003')
  await daughter.visit('/me/proxies')
  await daughter.link('我有代办码')
  await daughter.type('代办码', code)
  await daughter.picture('proxies-take')
  await daughter.press('接下来')
  await daughter.reads('替陈秀英办事', '为陈秀英找到的', '长寿保健金')
  await daughter.picture('proxies-for')
  const home = daughter.path().split('?')[0]!
  await daughter.visit('/me/security/app')
  const key = ((await daughter.page.locator('code.num').textContent()) ?? '').replaceAll(' ', '')
  await daughter.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await daughter.press(/./, daughter.page.locator('main form'))
  street.at(new Date(street.now().getTime() + 61_000).toISOString())
  await daughter.visit(home)
  await daughter.link(/看一看/)
  await daughter.reads('再确认一次')
  await daughter.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await daughter.press(/./, daughter.page.locator('main form'))
  await daughter.reads('陈秀英符合条件', '确认，替陈秀英申请')
  await daughter.picture('proxies-for-matter')
  await daughter.press('确认，替陈秀英申请')
  await daughter.reads('已经替陈秀英申请了', /20261124-\d{4}/)
  await daughter.picture('proxies-for-applied')
})

test('what needs more than a button she fills in page by page', {
  timeout: 60_000,
}, async () => {
  const home = daughter.path().split('?')[0]!
  await daughter.visit(home)
  await daughter.reads('替陈秀英申请')
  await daughter.picture('proxies-for-matters')
  await daughter.press(/老年人优待/)
  await daughter.reads('您在替陈秀英申请')
  await daughter.picture('proxies-for-question')
  await daughter.visit(`${daughter.path().split('?')[0]}/check`)
  await daughter.picture('proxies-for-check')
  await daughter.visit(home)
  await daughter.reads('没填完的')
  await daughter.picture('proxies-for-drafts')
})

test('the mother sees who looked and what was done, and ends it; then it opens nothing', { timeout: 60_000 }, async () => {
  const there = daughter.path().split('?')[0]!
  await mother.visit('/me/reads')
  await mother.reads('您的代办人 韦海燕')
  await mother.picture('proxies-reads')
  await mother.visit('/me/cases')
  await mother.link(/20261124-\d{4}/)
  await mother.reads('由您的代办人韦海燕替您送出')
  await mother.picture('proxies-case')
  await mother.visit('/me/proxies')
  await mother.reads('韦海燕')
  await mother.picture('proxies-running')
  await mother.press('结束这份代办')
  await mother.reads('已经结束了')
  const answer = await daughter.page.goto(street.url + there)
  assert.equal(answer?.status(), 404)
  await daughter.reads('已经结束或者到期')
  await daughter.picture('proxies-ended')
})
