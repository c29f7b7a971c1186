/** 为您找到的: seen on the first page, confirmed with one button; asked for what is missing; not wanted, and wanted again. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { openBrowser, type Settings, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { searched } from '../harness/searched.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  const owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(`select id as "personId" from people.person where name in ('陈秀英', '梁国强')`)
  await searched({ owner, now: street.now }, { found: rows })
  await owner.end()
})
after(async () => {
  await browser?.close()
  await street?.close()
})

const EN = { send: 'Send the code', code: /^(Code|The code)/, go: 'Sign in' }
async function signedIn(phone: string, settings: Settings): Promise<Walker> {
  const who = await walker(browser, street, settings)
  await signInByPhone(who, phone, ...(settings.lang === 'en' ? [EN] : []))
  return who
}
/** One code a minute and phone. */
const aMinuteLater = () => street.at(new Date(street.now().getTime() + 61_000).toISOString())

test('in English on a desk: the list and the page', { timeout: 60_000 }, async () => {
  const who = await signedIn('10000000001', { lang: 'en' })
  await who.visit('/')
  await who.reads('Found for you', 'Longevity allowance')
  await who.picture('found-english-home')
  await who.visit('/found')
  await who.picture('found-english-list')
  await who.link(/Have a look/)
  await who.reads('Why you were found', 'This is no decision', 'Confirm and apply')
  await who.picture('found-english-matter')
  await who.page.context().close()
})

test('on a phone, without script: found, read, confirmed, and a receipt', { timeout: 60_000 }, async () => {
  aMinuteLater()
  const lady = await signedIn('10000000001', { phone: true, script: false })
  await lady.visit('/')
  await lady.reads('为您找到的', '每月', '100')
  await lady.picture('found-home')
  await lady.link(/看一看/)
  await lady.reads('按登记的资料，您符合条件', '为什么找到您', '确认，就这样申请')
  await lady.picture('found-matter')
  await lady.press('确认，就这样申请')
  await lady.reads('申请已经送出', /20261124-\d{4}/)
  await lady.picture('found-receipt')
  await lady.link('看走到哪一步')
  await lady.reads('您核对了为您找到的这一项')
  await lady.visit('/found')
  await lady.reads('您已经申请了，正在办')
  await lady.picture('found-list-applied')
  await lady.page.context().close()
})

test('in the elder version: an account is asked for there; ahead of the birthday it says from when', {
  timeout: 60_000,
}, async () => {
  const man = await signedIn('10000000002', { phone: true, elder: true })
  await man.visit('/found/longevity-allowance')
  await man.reads('只要再填 1 项')
  await man.picture('found-elder-matter')
  await man.press('确认，就这样申请')
  await man.picture('found-elder-mend')
  await man.page.locator('input[name="account-number"]').fill('6222 0211 1111 1111 112')
  await man.press('确认，就这样申请')
  await man.reads('申请已经送出')
  await man.page.context().close()
})

test('nothing found is no end; 不要找我 is one press, and so is the way back', { timeout: 60_000 }, async () => {
  const who = await signedIn('10000000004', { phone: true, script: false })
  await who.visit('/found')
  await who.reads('这一次没有找到', '不等于您不能办')
  await who.picture('found-nothing')
  await who.page
    .locator('details')
    .first()
    .evaluate((one) => one.setAttribute('open', ''))
  await who.press(/不要为这件事找我.*长寿保健金/)
  await who.reads('从现在起不为这件事找您')
  await who.picture('found-stopped')
  await who.press(/重新为我找/)
  await who.reads('下次会为您查')
  assert.equal(who.path(), '/found?done=again')
  await who.page.context().close()
})
