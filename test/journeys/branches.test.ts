/** Forms that ask only what applies, as they are seen: on a phone without script, and at the window. */
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

test('she insures her child and is asked of the child; for herself she is asked of an employer', {
  timeout: 90_000,
}, async () => {
  const her = await walker(browser, street, { phone: true, script: false })
  await her.visit('/matters/medical-insurance')
  await her.link('登录后申请')
  await signInByPhone(her, '10000000002')
  await her.press('开始申请')
  await her.choose('对')
  await her.press('继续')
  await her.choose(/我刚出生的孩子/)
  await her.press('继续')
  await her.reads('第 3 步，共 5 步', '孩子叫什么名字')
  await her.type('孩子叫什么名字', '陈小满')
  await her.press('继续')
  await her.reads('第 4 步，共 5 步', '孩子是哪一天出生的')
  await her.link('上一步')
  await her.link('上一步')
  await her.choose(/我自己，广州户口/)
  await her.press('继续')
  await her.reads('现在有单位在给您交医保吗')
  await her.link('上一步')
  await her.choose(/我刚出生的孩子/)
  await her.press('继续')
  if ((await her.page.locator('textarea').inputValue()) !== '陈小满') throw new Error('what was typed is gone')
  await her.picture('branches-kept')
})

test('at the window a heading says of whom each part is asked', { timeout: 90_000 }, async () => {
  for (const lang of ['zh', 'en'] as const) {
    const window = await officer(browser, street, 'window', /窗口人员|Window/, { lang })
    await window.visit('/desk/window')
    await window.page.locator('input[name="part"]').fill('陈秀')
    await Promise.all([window.page.waitForEvent('load'), window.page.locator('input[name="part"]').press('Enter')])
    const person = await window.page.locator('main a[href^="/desk/people/"]').first().getAttribute('href')
    await window.visit(`${person!.split('?')[0]}/matters/medical-insurance`)
    await window.reads(
      lang === 'zh'
        ? '只有“给谁参保？”答“我刚出生的孩子”的才填'
        : /Only if “Who is to be insured\?” is answered “My newborn child”/,
    )
    await window.picture(`branches-window-${lang}`)
  }
})
