/** The guides of relief, disability and residence as people meet them, and the months of an allowance on both sides. */
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

const MATTERS = [
  ['senior-card', '坐公交、地铁有优待'],
  ['residence-permit', '住满半年'],
  ['permit-endorsement', '每年签注一次'],
  ['destitute-support', '没有劳动能力'],
  ['temporary-relief', '先救助'],
  ['disability-certificate', '评定'],
  ['disability-care-subsidy', '其他情形'],
  ['disability-living-subsidy', '低保边缘'],
] as const

test('each guide reads well on a phone in Chinese, and on a desk in English', { timeout: 120_000 }, async () => {
  const phone = await walker(browser, street, { phone: true, script: false })
  const desk = await walker(browser, street, { lang: 'en' })
  for (const [code, said] of MATTERS) {
    await phone.visit(`/matters/${code}`)
    await phone.reads(said)
    await phone.picture(`matters-${code}-phone`)
    await desk.visit(`/matters/${code}`)
    await desk.picture(`matters-${code}-en`)
  }
})

test('a man of nearly seventy asks for the card, and what he is asked is what no register knows', {
  timeout: 60_000,
}, async () => {
  const man = await walker(browser, street, { phone: true, script: false })
  await man.visit('/matters/senior-card')
  await man.link('登录后申请')
  await signInByPhone(man, '10000000002')
  await man.reads('按登记的资料，您符合条件')
  await man.picture('matters-senior-card-own')
  await man.press('开始申请')
  await man.reads('这些资料对吗')
  await man.picture('matters-senior-card-confirm')
})

test('a granted allowance is shown month by month, and what a death would change', { timeout: 60_000 }, async () => {
  const district = await officer(browser, street, 'district')
  await district.visit('/desk')
  const granted = district.page.locator('tr', { hasText: '长寿保健金' }).filter({ hasText: '已决定' })
  await district.link(/\d{8}-\d{4}/, granted.first())
  await district.reads('按月发放', '应发', '已发')
  await district.picture('matters-months-desk')
  await district.page.locator('input[name="ended"]').fill('2026-11-01')
  await district.press('试算')
  await district.reads('起停发')
  await district.picture('matters-months-desk-ended')
})
