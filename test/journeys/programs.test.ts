/** A key for a program of others: given once, used for a report, ended. Without a script. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser } from '../harness/browser.ts'
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

test('an administrator gives a program a key, it reports, and its key is ended', { timeout: 240_000 }, async () => {
  const system = await officer(browser, street, 'system', undefined, { script: false })
  await system.visit('/desk')
  await system.link('外部程序')
  await system.reads('还没有发过接口密钥')
  await system.press('发一个密钥')
  await system.reads('有 2 处要改', '程序名称：请填写', '谁负责：请填写')
  await system.type('程序名称', '示例随手拍')
  await system.type('谁负责', '示例区城管局信息科')
  await system.press('发一个密钥')
  await system.reads('密钥只在这里显示一次', '示例区城管局信息科')
  const key = await system.page.locator('#link').inputValue()
  assert.match(key, /^kf_/)
  await system.picture('desk-program-key')
  await system.link('我已经复制好')
  await system.reads('示例随手拍', '还没用过')
  assert.ok(!(await system.page.content()).includes(key))

  const report = () =>
    fetch(`${street.url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams({ service_code: 'street-lamp', address_string: '五山街道茶山社区示例一巷 3 号', api_key: key }),
    })
  assert.equal((await report()).status, 200)
  await system.visit('/desk/administration/programs')
  assert.ok(!(await system.page.content()).includes('还没用过'))
  await system.picture('desk-programs')
  await system.link('停用密钥')
  await system.reads('不能恢复')
  await system.picture('desk-program-end')
  await system.press('停用密钥', system.page.locator('main form'))
  await system.reads('密钥已经停用', '已停用')
  assert.equal((await report()).status, 403)
})
