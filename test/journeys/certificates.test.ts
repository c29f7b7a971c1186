/** Somebody was told to bring a certificate of the committee: where it is got, what to show, and never a guess. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, type Walker, walker } from '../harness/browser.ts'
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

async function asked(who: Walker, typed: string) {
  await who.page.locator('main input[name="q"]').fill(typed)
  await Promise.all([who.page.waitForEvent('load'), who.page.locator('main input[name="q"]').press('Enter')])
  await who.look()
}

test('by phone, without a script: from the search of the front page to the words for whoever asked', {
  timeout: 120_000,
}, async () => {
  const man = await walker(browser, street, { phone: true, script: false })
  await man.visit('/')
  await asked(man, '居委会盖章')
  await man.reads('开证明')
  await man.link('开证明')
  await man.reads('要居委会开证明？', '7 种', '24 种')
  await man.picture('certificates-list')
  await asked(man, '健在证明')
  await man.reads('“健在证明”可能是这些')
  await man.picture('certificates-found')
  await man.link('健在证明')
  await man.reads('居委会不开这个证明', '资格认证', '穗民〔2021〕228号', '尚未核对原文')
  await man.picture('certificates-not-issued')
  await man.visit('/certificates')
  await asked(man, '好人好事证明')
  await man.reads('不在我们已有的清单上', '直接申请')
  await man.picture('certificates-neither')
  assert.equal((await man.fetch('/certificates/nothing')).status, 404)
})

test('in English and on a wide window', { timeout: 60_000 }, async () => {
  const woman = await walker(browser, street, {})
  await woman.visit('/settings?lang=en&back=/certificates')
  await woman.reads('A certificate from the committee?')
  await woman.picture('certificates-list-en')
  await woman.link('Certificate of kinship')
  await woman.reads('The committee does not issue this certificate')
  await woman.picture('certificates-not-issued-en')
})

test('at the window: found while she stands there, and printed for her', { timeout: 60_000 }, async () => {
  const clerk = await officer(browser, street, 'window', /窗口人员/)
  await clerk.visit('/desk/certificates?q=亲属')
  await clerk.reads('亲属关系证明', '不开', '打开、打印')
  await clerk.picture('certificates-desk')
  await clerk.visit('/desk/certificates?q=好人好事')
  await clerk.reads('不要凭猜测答复')
})
