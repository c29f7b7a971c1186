/** Residence registration at the window without a mouse: found, asked once, registered on the spot, certificate in hand. */
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

test('韦海燕 comes to the window; the clerk never touches the mouse', { timeout: 90_000 }, async () => {
  const clerk: Walker = await officer(browser, street, 'window', /窗口人员/)
  const { keyboard } = clerk.page
  const main = clerk.page.locator('main')
  await clerk.reach(clerk.page.getByRole('link', { name: '窗口收件' }))
  await clerk.key('Enter')
  await clerk.picture('desk-window')
  await clerk.reach(main.locator('input[name="part"]'))
  await keyboard.type('韦海燕')
  await clerk.key('Enter')
  await clerk.reads('找到 1 人', '韦**')
  await clerk.reach(main.getByRole('link', { name: '韦**' }))
  await clerk.key('Enter')
  await clerk.reads('为什么要看')
  await clerk.picture('desk-person-masked')
  await clerk.reach(main.locator('button[name="for"]').first())
  await clerk.key('Enter')
  await clerk.reads('韦海燕')
  await clerk.picture('desk-person')
  await clerk.reach(main.getByRole('link', { name: '居住登记' }))
  await clerk.key('Enter')

  await clerk.reach(main.locator('input[name="about-you"]').first())
  await keyboard.press('Space')
  await clerk.reach(main.locator('input[name="address"]').first())
  await keyboard.press('Space')
  await clerk.reach(main.locator('input[name="purpose"]').first())
  await keyboard.press('Space')
  for (const [part, value] of [['year', '2026'], ['month', '11'], ['day', '22']] as const) {
    await clerk.reach(main.locator(`input[name="since.${part}"]`))
    await keyboard.type(value)
  } // biome-ignore format: a day
  await clerk.picture('desk-receive')
  await clerk.reach(main.getByRole('button', { name: '收件，出凭证' }))
  await clerk.key('Enter')
  await clerk.reads(/收件 \d{8}-\d{4}/, '当场登记')

  await clerk.reads('还缺：本人照片、住址证明')
  for (const [field, words] of [
    ['photo-reason', '相机坏了，当面核对过证件'],
    ['photo-basis', '示例通知第三条'],
    ['address-proof-reason', '看过租房合同原件'],
  ] as const) {
    await clerk.reach(main.locator(`input[name="without-${field}"]`))
    await keyboard.type(words)
  }
  await clerk.reach(main.locator('textarea[name="reasons"]'))
  await keyboard.type('看过租房合同')
  await clerk.picture('desk-receipt')
  await clerk.reach(main.getByRole('button', { name: '登记，出凭证' }))
  await clerk.key('Enter')
  await clerk.reads(/凭证/)
  const certificate = (
    await main.locator('a[href^="/documents/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
  ).at(-1)!
  assert.equal((await clerk.fetch(certificate)).bytes.subarray(0, 4).toString(), '%PDF')

  await clerk.reach(main.locator('input[type="radio"]').first())
  await keyboard.press('Space')
  await clerk.reach(main.getByRole('button', { name: '看清楚再定：交给并办结' }))
  await clerk.key('Enter')
  await clerk.reads('以后不能在这里改')
  await clerk.picture('desk-hand-over')
  // The button that does it has the focus.
  await clerk.key('Enter')
  await clerk.reads('已办结')
  await clerk.picture('desk-registered')
})
