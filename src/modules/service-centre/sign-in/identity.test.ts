/** Signing in through an identity service, end to end against npm oidc-provider. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openIdentityService, type TestIdentityService } from '../../../../test/harness/identity-service.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

const ORIGIN = 'http://127.0.0.1:8090'
const BACK = `${ORIGIN}/desk/sign-in/identity/back`
const IDENTITY = '/desk/sign-in/identity'
let scene: Scene
let service: TestIdentityService
before(async () => {
  service = await openIdentityService(BACK)
  const { issuer, clientId, clientSecret } = service
  const staff = { issuer, clientId, clientSecret: { text: clientSecret }, label: '示例统一认证', secondFactor: ['otp'] }
  scene = await openScene(undefined, { oidc: { staff, residents: null } })
})
after(async () => {
  await scene.close()
  await service.close()
})

const pathOf = (url: string): string => url.slice(ORIGIN.length)

async function officer() {
  const who = await scene.officer('street-reviewer', [place.street])
  return { who, browser: new FormBrowser(scene, who.cookie, who.address) }
}

async function linked(name: string) {
  const { who, browser } = await officer()
  const away = await browser.see(`${IDENTITY}/link`)
  const back = await service.visit(away.to!, name)
  assert.equal((await browser.see(pathOf(back))).to, '/desk/security?done=linked')
  return who
}

/** To the service and back, as `name`. */
async function through(browser: FormBrowser, name: string, amr: readonly string[] = ['pwd', 'otp'], next = '') {
  const away = await browser.see(next ? `${IDENTITY}?next=${encodeURIComponent(next)}` : IDENTITY)
  const url = new URL(away.to!)
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
  assert.ok(url.searchParams.get('state') && url.searchParams.get('nonce'))
  return service.visit(away.to!, name, amr)
}

test('an account that its owner linked is signed in, and comes back to where she was going', async () => {
  await linked('officer-a')
  const browser = new FormBrowser(scene)
  const back = await through(browser, 'officer-a', ['pwd', 'otp'], '/desk?list=overdue')
  const inside = await browser.see(pathOf(back))
  assert.equal(inside.to, '/desk?list=overdue')
  assert.equal((await browser.see('/desk/security')).status, 200)
})

test('without a second factor at the service ours is asked for', async () => {
  const who = await linked('officer-b')
  const browser = new FormBrowser(scene)
  const back = await through(browser, 'officer-b', ['pwd'])
  assert.equal((await browser.see(pathOf(back))).to, '/desk/sign-in/factor')
  assert.equal(browser.cookies.has('kaifong.session_token'), false)
  assert.equal((await browser.fill('/desk/sign-in/factor', '/desk/sign-in/factor', { code: who.code() })).to, '/desk')
})

test('nobody is matched by name or e-mail', async () => {
  const browser = new FormBrowser(scene)
  const page = await browser.see(pathOf(await through(browser, 'somebody-new')))
  assert.match(page.html, /还没有和这里的账号关联/)
  assert.equal(browser.cookies.has('kaifong.session_token'), false)
})

test('one account there is one account here', async () => {
  await linked('officer-c')
  const { browser } = await officer()
  const back = await service.visit((await browser.see(`${IDENTITY}/link`)).to!, 'officer-c')
  assert.match((await browser.see(pathOf(back))).html, /已经和别人的账号关联/)
})

test('another state, a code of before, another issuer, an error and another browser open nothing', async () => {
  await linked('officer-d')
  const refused = async (browser: FormBrowser, path: string, why: string) => {
    const page = await browser.see(path)
    assert.match(page.html, /没有登录成功/, why)
    assert.equal(browser.cookies.has('kaifong.session_token'), false, why)
  }
  const bent = async (why: string, bend: (url: URL) => void) => {
    const browser = new FormBrowser(scene)
    const url = new URL(await through(browser, 'officer-d'))
    bend(url)
    await refused(browser, pathOf(url.href), why)
  }
  await bent('another state', (url) => url.searchParams.set('state', 'A'.repeat(43)))
  await bent('no state', (url) => url.searchParams.delete('state'))
  await bent('another issuer', (url) => url.searchParams.set('iss', 'https://evil.example'))
  await bent('no issuer', (url) => url.searchParams.delete('iss'))
  await bent('another code', (url) => url.searchParams.set('code', 'A'.repeat(43)))
  await bent('an error', (url) => {
    url.searchParams.delete('code')
    url.searchParams.set('error', 'access_denied')
  })

  const browser = new FormBrowser(scene)
  const back = pathOf(await through(browser, 'officer-d'))
  await refused(new FormBrowser(scene), back, 'a browser that was never sent there')
  const kept = browser.cookies.get('kaifong_identity')!
  assert.equal((await browser.see(back)).to, '/desk')
  await refused(new FormBrowser(scene, `kaifong_identity=${kept}`), back, 'the same code again, with the same cookie')

  const [mine, theirs] = [new FormBrowser(scene), new FormBrowser(scene)]
  await through(mine, 'officer-d')
  const other = pathOf(await through(theirs, 'officer-d'))
  await refused(mine, other, 'the answer to somebody else')
})

test('afterwards nobody is led to another site', async () => {
  await linked('officer-e')
  for (const next of ['//evil.example/desk', 'https://evil.example/desk', '/\\evil.example', '/sign-in']) {
    const browser = new FormBrowser(scene)
    assert.equal((await browser.see(pathOf(await through(browser, 'officer-e', ['otp'], next)))).to, '/desk', next)
  }
})

test('linking needs a sign-in with a factor of late, and ends with the account that began it', async () => {
  const stranger = new FormBrowser(scene)
  assert.equal(
    (await stranger.see(`${IDENTITY}/link`)).to,
    `/desk/sign-in?next=${encodeURIComponent(`${IDENTITY}/link`).replaceAll('%2F', '%2F')}`,
  )
  const [first, second] = [await officer(), await officer()]
  const away = await first.browser.see(`${IDENTITY}/link`)
  const back = pathOf(await service.visit(away.to!, 'officer-f'))
  second.browser.cookies.set('kaifong_identity', first.browser.cookies.get('kaifong_identity')!)
  assert.match((await second.browser.see(back)).html, /没有登录成功/)
  scene.at(new Date(scene.now().getTime() + 11 * 60_000).toISOString())
  assert.equal((await first.browser.see(`${IDENTITY}/link`)).to?.startsWith('/desk/security/confirm?next='), true)
})

test('a service that is down says so, and the street stays open', async () => {
  const staff = { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: { text: 'y' }, label: '示例', secondFactor: [] }
  const down = await openScene(undefined, { oidc: { staff, residents: null } })
  const page = await new FormBrowser(down).see(IDENTITY)
  assert.equal(page.status, 409)
  assert.match(page.html, /没有登录成功/)
  assert.equal((await new FormBrowser(down).see('/desk/sign-in')).status, 200)
  await down.close()
})
