/** Deleting one's own account and keeping it: without script on a phone, in the elder version, in English on a desk. */
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { codeSentTo, openBrowser, type Settings, signInByPhone, walker } from '../harness/browser.ts'
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

const EN = { send: 'Send the code', code: /^(Code|The code)/, go: 'Sign in' }

async function askedAndKept(settings: Settings, phone: string, name: string): Promise<void> {
  const en = settings.lang === 'en'
  const who = await walker(browser, street, settings)
  await signInByPhone(who, phone, ...(en ? [EN] : []))
  await who.visit('/me/security')
  await who.link(en ? 'See what goes and what stays' : '看看会删哪些、留哪些')
  await who.reads(en ? /What goes on .*What stays, and why/s : /会删除的.*会留下，以及为什么/s)
  await who.picture(`${name}-what`)
  // One code a minute.
  street.at(new Date(street.now().getTime() + 61_000).toISOString())
  await who.press(en ? 'Send the code and go on' : '发送验证码，继续删除')
  await who.picture(`${name}-last`)
  await who.type(en ? /^The 6 digits/ : /6 位验证码/, await codeSentTo(who, phone))
  await who.press(en ? 'Delete my account' : '删除我的账号')
  await who.reads(en ? 'Your account is stopped' : '您的账号已停用')
  await who.picture(`${name}-asked`)
  await who.visit('/me')
  await who.reads(en ? 'Your account is stopped' : '您的账号已停用')
  await who.press(en ? 'Keep my account' : '保留我的账号')
  await who.reads(en ? 'Your account is kept' : '账号保留下来了')
  await who.picture(`${name}-kept`)
  await who.visit('/me/security')
}

test('on a phone, without script', { timeout: 90_000 }, () =>
  askedAndKept({ phone: true, script: false }, '10000000004', 'deletion-phone'),
)

test('in the elder version', { timeout: 90_000 }, () =>
  askedAndKept({ phone: true, elder: true }, '10000000003', 'deletion-elder'),
)

test('in English on a desk', { timeout: 90_000 }, () => askedAndKept({ lang: 'en' }, '10000000002', 'deletion-english'))
