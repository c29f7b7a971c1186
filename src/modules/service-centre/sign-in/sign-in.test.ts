/** The door in two steps, and an officer's own sign-in, as forms and pages without script. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SoftAuthenticator } from '../../../../test/harness/authenticator.ts'
import { enrolApp, FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const ORIGIN = 'http://localhost:8090'
const later = (seconds: number) => scene.at(new Date(scene.now().getTime() + seconds * 1000).toISOString())
const reviewer = () => scene.officer('street-reviewer', [place.street], { choose: false })
const optionsOn = (html: string): object =>
  JSON.parse(/data-options="([^"]+)"/.exec(html)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))

async function inside(officer: Awaited<ReturnType<typeof reviewer>>): Promise<FormBrowser> {
  const browser = new FormBrowser(scene)
  await browser.fill('/desk/sign-in', '/desk/sign-in', { username: officer.username, password: officer.password })
  assert.equal((await browser.fill('/desk/sign-in/factor', '/desk/sign-in/factor', { code: officer.code() })).to, '/desk')
  return browser
}

test('who has no factor makes one before she is in, and gets ten codes once', async () => {
  const { accounts } = scene.node.platform.services
  const password = 'correct horse battery'
  await accounts.createStaffAccount({ username: 'newcomer', password, name: '新来', now: scene.now() })
  const browser = new FormBrowser(scene)
  const step = await browser.fill('/desk/sign-in', '/desk/sign-in', { username: 'newcomer', password })
  assert.equal(step.to, '/desk/sign-in/enrol')
  assert.equal(browser.cookies.has('kaifong.session_token'), false)
  assert.equal((await browser.see('/desk/post')).to, '/desk/sign-in?next=%2Fdesk%2Fpost', 'no session yet')
  const page = await browser.see('/desk/sign-in/enrol')
  assert.match(page.html, /<svg [^>]*role="img"/)
  assert.ok(!/<script(?![^>]*src=)/.test(page.html), 'no inline script')
  const short = await browser.answer(page.html, '/desk/sign-in/enrol/totp', { code: '12' })
  assert.match(short.html, /<title>有 1 处要改 · [\s\S]*现在显示的 6 位数字/)
  assert.doesNotMatch(short.html, /备用码|您填的都还在/, 'she has none yet, and a code is typed anew')
  const done = await enrolApp(browser, '/desk/sign-in/enrol', scene.now())
  assert.equal(done.status, 200)
  assert.equal((done.html.match(/<li><code>/g) ?? []).length, 10)
  assert.ok(browser.cookies.has('kaifong.session_token'))
  assert.equal(browser.cookies.has('kaifong_pending'), false)
  assert.match((await browser.see('/desk/security')).html, /还有 10 个备用码/)
})

test('a wrong password is no form that kept what was typed; after the first password the page says that it is set', async () => {
  const browser = new FormBrowser(scene)
  const wrong = await browser.fill('/desk/sign-in', '/desk/sign-in', { username: 'nobody.here', password: 'a wrong guess' })
  assert.match(wrong.html, /<title>有 1 处要改 · 登录/)
  assert.doesNotMatch(wrong.html, /您填的都还在/)
  assert.match((await browser.see('/desk/sign-in?username=a&set=password')).html, /密码设好了，请登录/)
})

test('the second page without a password is an old page', async () => {
  for (const path of ['/desk/sign-in/factor', '/desk/sign-in/enrol']) {
    const page = await new FormBrowser(scene).see(path)
    assert.match(page.html, /请重新输入用户名和密码/)
    assert.ok(!page.html.includes('name="code"'))
  }
})

test('a session that ended by idling says so, and leads back to the page; another address is not followed', async () => {
  const browser = await inside(await reviewer())
  later(31 * 60)
  const sent = await browser.see('/desk?list=overdue')
  assert.equal(sent.to, '/desk/sign-in?next=%2Fdesk%3Flist%3Doverdue')
  assert.match((await browser.see(sent.to!)).html, /您有半个小时没有操作/)
  browser.cookies.delete('kaifong.session_token')
  assert.ok(!/半个小时/.test((await browser.see(sent.to!)).html), 'who never was in is told nothing')
})

test('what was typed when the session ended is kept, but for secrets', async () => {
  const officer = await reviewer()
  const browser = await inside(officer)
  const path = '/desk/cases/01900000-0000-7000-8000-000000000001/act/accept'
  const { html } = await browser.see('/desk')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
  later(31 * 60)
  const typed = { _csrf: csrf, note: '材料 <齐全>', password: 'never shown', code: '123456' }
  const kept = await browser.send('POST', path, new URLSearchParams(typed))
  assert.equal(kept.status, 401)
  assert.ok(kept.html.includes(`action="${path}"`) && kept.html.includes('value="材料 &lt;齐全>"'))
  assert.ok(!kept.html.includes('never shown') && !kept.html.includes('123456'))
  assert.match(kept.html, /href="\/desk\/sign-in"[^>]*target="_blank"/)
})

test('an officer sees her devices, ends the others, and is asked for her factor again before she changes it', async () => {
  const officer = await reviewer()
  const [here, there] = [await inside(officer), await inside(officer)]
  const page = await here.see('/desk/security')
  assert.match(page.html, /就是这台/)
  await here.fill('/desk/security', '/desk/security/end', { session: 'others' })
  assert.equal((await there.see('/desk/security')).status, 303)
  assert.equal((await here.see('/desk/security')).status, 200)

  later(11 * 60)
  const stale = await here.see('/desk/security')
  assert.ok(!stale.html.includes('action="/desk/security/totp"'), 'an old sign-in changes no factor')
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await here.see('/desk/security/confirm')).html)![1]!
  const refused = await here.send('POST', '/desk/security/recovery', new URLSearchParams({ _csrf: csrf }))
  assert.equal(refused.status, 409)
  assert.match(refused.html, /这一步要再确认一次/)
  const confirmed = await here.fill('/desk/security/confirm', '/desk/security/confirm', { code: officer.code() })
  assert.equal(confirmed.to, '/desk/security')
  const again = await here.fill('/desk/security', '/desk/security/recovery')
  assert.equal((again.html.match(/<li><code>/g) ?? []).length, 10)
  const last = await here.fill('/desk/security', '/desk/security/remove', { factor: 'totp' })
  assert.equal(last.status, 409)
  assert.match(last.html, /最后一种/)
})

test('a session of somebody else is not ended by its id', async () => {
  const [mine, other] = [await inside(await reviewer()), await inside(await reviewer())]
  const { rows } = await scene.owner.query('select "id" from auth."session" order by "createdAt" desc, "id"')
  for (const { id } of rows) await mine.fill('/desk/security', '/desk/security/end', { session: id }).catch(() => null)
  assert.equal((await other.see('/desk/security')).status, 200)
})

test('a passkey made on the security page signs in alone; the form needs its token', async () => {
  const officer = await reviewer()
  const browser = await inside(officer)
  const key = new SoftAuthenticator(ORIGIN)
  // At 127.0.0.1 the page sends her to the name that passkeys work under.
  const byNumber = await browser.send('GET', '/desk/security', undefined, '127.0.0.1:8090')
  assert.ok(byNumber.html.includes(`href="${ORIGIN}/desk/security"`) && !byNumber.html.includes('data-passkey'))
  const shown = await browser.send('GET', '/desk/security', undefined, 'localhost:8090')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(shown.html)![1]!
  const response = key.create(optionsOn(shown.html))
  const added = await browser.send('POST', '/desk/security/passkey', new URLSearchParams({ _csrf: csrf, response }))
  assert.equal(added.to, '/desk/security?done=added')

  const fresh = new FormBrowser(scene)
  const door = await fresh.send('GET', '/desk/sign-in', undefined, 'localhost:8090')
  const answer = key.get(optionsOn(door.html))
  const forged = await fresh.send('POST', '/desk/sign-in/passkey', new URLSearchParams({ response: answer }))
  assert.equal(forged.status, 403, 'without the token of the form nothing is looked at')
  const token = /name="_csrf" value="([^"]+)"/.exec(door.html)![1]!
  const form = new URLSearchParams({ _csrf: token, response: answer })
  assert.equal((await fresh.send('POST', '/desk/sign-in/passkey', form)).to, '/desk')
  const replayed = await new FormBrowser(scene, `csrf=${fresh.cookies.get('csrf')}`).send('POST', '/desk/sign-in/passkey', form)
  assert.equal(replayed.status, 422)
  assert.match(replayed.html, /没有认出/)
})

test('each step and each change leaves a row, and no row a code', async () => {
  const { rows } = await scene.owner.query<{ operation: string }>(
    `select distinct operation from platform.audit where operation like 'account.%'`,
  )
  const seen = rows.map((row) => row.operation)
  for (const operation of [
    'account.password',
    'account.sign-in',
    'account.confirm',
    'account.add-factor',
    'account.end-sessions',
  ])
    assert.ok(seen.includes(operation), operation)
})
