/** Fingerprints in a real browser: Chromium's own authenticator without a sensor, asked over its debugging protocol. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { codeAt } from '../harness/staff-door.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
before(async () => {
  browser = await openBrowser()
  // A browser ties passkeys to a name; 127.0.0.1 has none.
  const opened = await openStreet()
  street = { ...opened, url: opened.url.replace('127.0.0.1', 'localhost') }
})
after(async () => {
  await browser?.close()
  await street?.close()
})

/** A phone or computer that knows its owner's finger. @returns to switch the finger off */
async function withFinger(who: Walker): Promise<(there: boolean) => Promise<void>> {
  const session = await who.page.context().newCDPSession(who.page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (there) => {
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: there })
  }
}

test('陈秀英 sets her finger up on her phone, in large print, and signs in with it', { timeout: 90_000 }, async () => {
  const lady = await walker(browser, street, { phone: true, elder: true })
  const finger = await withFinger(lady)
  await signInByPhone(lady, '10000000001')
  await lady.visit('/me')
  await lady.link(/登录与安全/)
  await lady.reads('用这部手机的指纹或面容登录', '不设也可以')
  await lady.picture('resident-security-offer')
  await lady.press('在这部手机上设置')
  await lady.reads('请抄下这 10 个备用码')
  await lady.picture('resident-recovery-codes')
  await lady.link('抄好了')
  await lady.reads('指纹或面容', '就是这部')
  await lady.picture('resident-security')

  await lady.visit('/me/details')
  assert.match(lady.path(), /^\/me\/confirm\?next=/)
  await lady.picture('resident-confirm')
  await finger(false)
  await lady.page.getByRole('button', { name: '用指纹或面容确认' }).click()
  await lady.page.getByText('没有成功').waitFor()
  await finger(true)
  await lady.press('用指纹或面容确认')
  assert.equal(lady.path(), '/me/details')
  await lady.reads('身份证号')
  await lady.picture('resident-details')

  await lady.press('退出登录', lady.page.locator('footer'))
  await lady.visit('/sign-in?next=/me')
  await lady.picture('resident-sign-in-passkey')
  await lady.press('用这部手机的指纹或面容登录')
  assert.equal(lady.path(), '/me')
})

test('without script the pages say so and offer the code', { timeout: 60_000 }, async () => {
  const lady = await walker(browser, street, { phone: true, script: false })
  await lady.visit('/sign-in')
  await lady.reads('要打开浏览器的 JavaScript')
  assert.equal(await lady.page.locator('form[data-passkey] button:visible').count(), 0)
  await signInByPhone(lady, '10000000002')
  await lady.visit('/me/security')
  await lady.link('添加认证应用')
  const key = (await lady.page.locator('details code').textContent())!.replaceAll(' ', '')
  await lady.type('认证应用显示的 6 位数字', codeAt(key, street.now()))
  await lady.press('确认', lady.page.locator('main'))
  await lady.reads('请抄下这 10 个备用码')
})

test('an officer adds an app and a security key, and from then on is asked for one', { timeout: 90_000 }, async () => {
  const clerk = await walker(browser, street)
  await withFinger(clerk)
  const signIn = async () => {
    await clerk.visit('/desk/sign-in')
    await clerk.page.locator('input[name="username"]').fill('window')
    await clerk.page.locator('input[name="password"]').fill(street.password)
    await clerk.press('登录', clerk.page.locator('main form').first())
  }
  await signIn()
  await clerk.press(/窗口人员/)
  await clerk.link('登录与安全')
  await clerk.reads('这是演示系统')
  await clerk.picture('desk-security-demo')
  await clerk.press('在这台设备上设置')
  await clerk.reads('请抄下这 10 个备用码')
  await clerk.picture('desk-recovery-codes')
  const [code] = await clerk.page.locator('.k-codes code').allInnerTexts()
  await clerk.link('抄好了，继续')
  await clerk.picture('desk-security')

  await clerk.visit('/desk')
  await clerk.press('退出登录')
  await signIn()
  await clerk.reads('再确认一次是您本人')
  await clerk.picture('desk-factor')
  await clerk.page.locator('input[name="code"]').fill(code!)
  await clerk.press('登录', clerk.page.locator('main'))
  assert.equal(clerk.path(), '/desk/post')

  await clerk.visit('/desk/sign-in')
  await clerk.picture('desk-sign-in-passkey')
  await clerk.press('用指纹、面容或安全钥匙')
  assert.equal(clerk.path(), '/desk/post')
})
