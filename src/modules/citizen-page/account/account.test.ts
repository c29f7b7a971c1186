/** A resident's own sign-in over forms and pages, without script: factors, the second look, phones changed and undone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SoftAuthenticator } from '../../../../test/harness/authenticator.ts'
import { FormBrowser, type Page } from '../../../../test/harness/form-browser.ts'
import { openIdentityService } from '../../../../test/harness/identity-service.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { codeAt } from '../../../../test/harness/staff-door.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const ORIGIN = 'http://localhost:8090'
const LOOPBACK = 'http://127.0.0.1:8090'
const later = (seconds: number) => scene.at(new Date(scene.now().getTime() + seconds * 1000).toISOString())
const optionsOn = ({ html }: Page): object =>
  JSON.parse(/data-options="([^"]+)"/.exec(html)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
const csrfOn = ({ html }: Page): string => /name="_csrf" value="([^"]+)"/.exec(html)![1]!
let phones = 0
const newPhone = () => `1009${String(process.pid % 1000).padStart(3, '0')}${String(++phones).padStart(4, '0')}`

async function lady(options: Parameters<Scene['resident']>[0] = {}) {
  const who = await scene.resident(options)
  return { who, browser: new FormBrowser(scene, who.cookie, who.address) }
}

/** Scans the code of the page; her app's key from then on. */
async function withApp(browser: FormBrowser): Promise<string> {
  const page = await browser.see('/me/security/app')
  const secret = /<code class="num">([A-Z2-7 ]+)<\/code>/.exec(page.html)![1]!.replaceAll(' ', '')
  const form = new URLSearchParams({
    _csrf: csrfOn(page),
    sealed: /name="sealed" value="([^"]+)"/.exec(page.html)![1]!,
    code: codeAt(secret, scene.now()),
  })
  const done = await browser.send('POST', '/me/security/app', form)
  assert.equal((done.html.match(/<li><code>/g) ?? []).length, 10)
  later(60)
  return secret
}

const confirm = async (browser: FormBrowser, secret: string, next = '/me/details') => {
  const done = await browser.fill(`/me/confirm?next=${encodeURIComponent(next)}`, '/me/confirm', {
    code: codeAt(secret, scene.now()),
    next,
  })
  later(31)
  return done
}

test('her full numbers are shown after a second look, for ten minutes; without a factor she is told how to get one', async () => {
  const { who, browser } = await lady()
  const sent = await browser.see('/me/details')
  assert.equal(sent.to, '/me/confirm?next=%2Fme%2Fdetails')
  const none = await browser.see(sent.to!)
  assert.match(none.html, /用这部手机的指纹或面容[\s\S]*用认证应用[\s\S]*带身份证到社区或街道窗口/)
  const secret = await withApp(browser)
  assert.equal((await browser.see('/me/details')).status, 303, 'having a factor is not showing it')
  assert.equal((await confirm(browser, secret)).to, '/me/details')
  const shown = await browser.see('/me/details')
  assert.ok(shown.html.includes(who.idNumber))
  assert.equal(shown.headers['cache-control'], 'no-store')
  later(10 * 60)
  assert.equal((await browser.see('/me/details')).status, 303)
})

test('the second look goes to no other site', async () => {
  const { browser } = await lady()
  const secret = await withApp(browser)
  for (const next of ['//evil.example/me', 'https://evil.example', '/\\evil.example', '/desk/people'])
    assert.equal((await confirm(browser, secret, next)).to, '/me/security', next)
})

test('a stored bank account changes at A2, and she is told', async () => {
  const { who, browser } = await lady()
  await scene.owner.query(
    `insert into people.bank_account (id, person_id, account_sealed, last_four, bank, during, source, method, recorded_at)
     values (gen_random_uuid(), $1, $2, '1112', '示例银行', daterange('2026-01-01', null), 'officer', 'card-seen', $3)`,
    [who.personId, scene.node.platform.services.crypto.seal('6222021111111111112', 'people.bank_account.account'), scene.now()],
  )
  assert.equal((await browser.see('/me/bank')).to, '/me/confirm?next=%2Fme%2Fbank')
  await confirm(browser, await withApp(browser), '/me/bank')
  const wrong = await browser.fill('/me/bank', '/me/bank', { number: '6222021111111111113', bank: '' })
  assert.equal(wrong.status, 422)
  assert.ok(wrong.html.includes('value="6222021111111111113"'), 'what was typed is kept')
  assert.equal((await browser.fill('/me/bank', '/me/bank', { number: '6228 4800 0000 0000 018', bank: '' })).to, '/me/details')
  assert.ok((await browser.see('/me/details')).html.includes('6228480000000000018'))
  const { rows } = await scene.owner.query(
    `select during::text, source from people.bank_account where person_id = $1 order by recorded_at`,
    [who.personId],
  )
  assert.deepEqual(rows, [
    { during: '[2026-01-01,2026-11-24)', source: 'officer' },
    { during: '[2026-11-24,)', source: 'self' },
  ])
  assert.match((await browser.see('/me/messages')).html, /您在 2026-11-24 改了收款账户|改了收款账户/)
})

test('the form of a change whose second look ran out is kept, and goes again after a new one', async () => {
  const { browser } = await lady()
  const secret = await withApp(browser)
  await confirm(browser, secret, '/me/phone')
  const page = await browser.see('/me/phone')
  later(10 * 60)
  const phone = newPhone()
  const kept = await browser.send('POST', '/me/phone', new URLSearchParams({ _csrf: csrfOn(page), phone }))
  assert.ok(kept.html.includes(`name="phone" value="${phone}"`) && kept.html.includes('href="/me/confirm"'))
})

test('a changed phone tells the old one, whose link undoes it and ends what was opened since', async () => {
  const { who, browser } = await lady()
  const secret = await withApp(browser)
  await confirm(browser, secret, '/me/phone')
  const phone = newPhone()
  const code = await browser.fill('/me/phone', '/me/phone', { phone })
  assert.equal(code.status, 200)
  const form = { _csrf: csrfOn(code), phone, code: scene.codeOf(phone) }
  assert.equal((await browser.send('POST', '/me/phone/code', new URLSearchParams(form))).to, '/me/security?done=phone')
  const message = scene.told.findLast((one) => one.phone === who.phone)!
  assert.match(message.text, /^【街坊】您的登录手机号已经换了/)
  assert.ok(
    scene.told.some((one) => one.phone === who.phone && /登录方式有变动/.test(one.text)),
    'the app was told, too',
  )
  assert.ok(![who.name, who.idNumber, phone].some((secretly) => message.text.includes(secretly)), 'it names nobody')
  assert.match((await browser.see('/me/messages')).html, /换了登录手机/)

  later(60)
  const { accounts } = scene.node.platform.services
  await accounts.requestPhoneCode(phone, scene.now())
  const thief = await accounts.verifyPhoneCode(phone, scene.codeOf(phone), new Headers(), scene.now())
  const open = new FormBrowser(scene, thief.cookies[0]!.split(';')[0])
  assert.equal((await open.see('/me/security')).status, 200)

  later(6 * 86_400)
  const link = new URL(/http\S+/.exec(message.text)![0]).pathname
  const other = new FormBrowser(scene)
  const asked = await other.see(link)
  assert.match(asked.html, /换手机号不是我办的/)
  assert.equal((await open.see('/me/security')).status, 200, 'looking undoes nothing')
  assert.match((await other.fill(link, link)).html, /已经换回原来的手机号/)
  assert.equal((await open.see('/me/security')).status, 303)
  assert.equal((await browser.see('/me/security')).status, 303, 'the session that changed it has ended, too')
  assert.equal((await accounts.factorsOf(thief.accountId)).totp, null, 'and the app of minutes before the change')
  assert.equal(await accounts.phoneOf(thief.accountId), who.phone)
  const again = await other.see(link)
  assert.match(again.html, /已经用过，或者过了 7 天/)
  assert.ok(!again.html.includes('<form method="post" action="/undo'))
})

test('after seven days, and with a guessed link, nothing is undone', async () => {
  const { who, browser } = await lady()
  await confirm(browser, await withApp(browser), '/me/phone')
  const phone = newPhone()
  const code = await browser.fill('/me/phone', '/me/phone', { phone })
  await browser.send('POST', '/me/phone/code', new URLSearchParams({ _csrf: csrfOn(code), phone, code: scene.codeOf(phone) }))
  const link = new URL(/http\S+/.exec(scene.told.findLast((one) => one.phone === who.phone)!.text)![0]).pathname
  later(7 * 86_400)
  for (const path of [link, `/undo/phone/${'A'.repeat(43)}`, `/undo/binding/${'A'.repeat(43)}`]) {
    const stranger = new FormBrowser(scene)
    const page = await stranger.see(path)
    assert.match(page.html, /过了 7 天/)
    const csrf = csrfOn(await stranger.see('/sign-in'))
    assert.equal((await stranger.send('POST', path, new URLSearchParams({ _csrf: csrf }))).status, 409)
  }
})

test('a phone that somebody signs in with is not taken over, and the code is asked for all the same', async () => {
  const [{ browser }, other] = [await lady(), await lady({ name: '梁桂英' })]
  const secret = await withApp(browser)
  later(3600)
  await confirm(browser, secret, '/me/phone')
  const code = await browser.fill('/me/phone', '/me/phone', { phone: other.who.phone })
  assert.equal(code.status, 200, 'whether it has an account is not told')
  const wrong = new URLSearchParams({ _csrf: csrfOn(code), phone: other.who.phone, code: '000000' })
  assert.equal((await browser.send('POST', '/me/phone/code', wrong)).status, 422)
  const right = new URLSearchParams({ _csrf: csrfOn(code), phone: other.who.phone, code: scene.codeOf(other.who.phone) })
  const taken = await browser.send('POST', '/me/phone/code', right)
  assert.equal(taken.status, 409)
  assert.match(taken.html, /已经有人用来登录/)
})

test('a binding tells the phone on file and the phone before; the link falls back to A0 and ends the other’s sessions', async () => {
  const woman = await scene.neighbour()
  const { crypto } = scene.node.platform.services
  const onFile = newPhone()
  await scene.owner.query('update people.person set phone_sealed = $2 where id = $1', [
    woman.personId,
    crypto.seal(onFile, 'people.person.phone'),
  ])
  const stranger = await scene.resident({ person: { ...woman, phone: newPhone() }, bound: false })
  const clerk = await scene.officer('window-clerk', [place.street])
  const bound = await clerk.post(`/api/v1/people/${woman.personId}/account`, { phone: stranger.phone, documentSeen: 'id-card' })
  assert.equal(bound.status, 200)
  assert.equal(scene.told.filter((one) => one.phone === stranger.phone).length, 0, 'the new phone is told by its inbox')
  const message = scene.told.findLast((one) => one.phone === onFile)!
  const inside = new FormBrowser(scene, stranger.cookie)
  assert.equal((await inside.see('/me/reads')).status, 200)
  later(86_400)
  const link = new URL(/http\S+/.exec(message.text)![0]).pathname
  assert.match((await new FormBrowser(scene).fill(link, link)).html, /那个手机号看不到您的资料了/)
  assert.equal((await inside.see('/me/security')).status, 303, 'signed out')
  const { rows } = await scene.owner.query('select ended_why from access.person_account where person_id = $1', [woman.personId])
  assert.deepEqual(rows, [{ ended_why: 'undone' }])
})

test('who was bound without asking undoes it herself, and is A0 again', async () => {
  const { browser } = await lady()
  assert.match((await browser.see('/me/security/unbind')).html, /正在办的件照常办/)
  assert.equal((await browser.fill('/me/security/unbind', '/me/security/unbind')).to, '/me/security?done=unbound')
  assert.match((await browser.see('/')).html, /核对身份以后看得到/)
  assert.match(scene.told.at(-1)!.text, /绑定撤销了/)
  assert.equal((await browser.see('/me/details')).status, 403, 'bind first')
})

test('a number that was silent for a year is A0 until a passkey or the window confirms it, and takes no new factor', async () => {
  const { who, browser } = await lady()
  const key = new SoftAuthenticator(ORIGIN)
  const page = await browser.see('/me/security')
  const made = { _csrf: csrfOn(page), response: key.create(optionsOn(page)) }
  assert.equal((await browser.send('POST', '/me/security/passkey', new URLSearchParams(made))).status, 200)

  later(366 * 86_400)
  const { accounts } = scene.node.platform.services
  const byCode = async () => {
    await accounts.requestPhoneCode(who.phone, scene.now())
    const { cookies } = await accounts.verifyPhoneCode(who.phone, scene.codeOf(who.phone), new Headers(), scene.now())
    return new FormBrowser(scene, cookies[0]!.split(';')[0])
  }
  const next = await byCode()
  const home = await next.see('/me/security')
  assert.match(home.html, /很久没有登录过/)
  assert.ok(!home.html.includes('data-passkey="create"'))
  const csrf = csrfOn(home)
  const refused = await next.send('POST', '/me/security/recovery', new URLSearchParams({ _csrf: csrf }))
  assert.equal(refused.status, 409)
  assert.equal((await next.see('/me/details')).status, 403)
  later(3600)
  assert.equal((await (await byCode()).see('/me/details')).status, 403, 'signing in again is no proof')

  const confirmed = await next.see('/me/confirm')
  const shown = { _csrf: csrfOn(confirmed), response: key.get(optionsOn(confirmed)) }
  assert.equal((await next.send('POST', '/me/confirm/passkey', new URLSearchParams(shown))).to, '/me/security')
  assert.equal((await next.see('/me/details')).status, 200)
})

test('the window confirms a silent number by binding it again', async () => {
  const { who } = await lady()
  later(400 * 86_400)
  await who.again()
  const browser = new FormBrowser(scene, who.cookie)
  assert.equal((await browser.see('/me/details')).status, 403)
  const clerk = await scene.officer('window-clerk', [place.street])
  const bound = await clerk.post(`/api/v1/people/${who.personId}/account`, { phone: who.phone, documentSeen: 'id-card' })
  assert.equal(bound.status, 200)
  assert.equal((await browser.see('/me/details')).to, '/me/confirm?next=%2Fme%2Fdetails', 'A1 again')
})

test('under an address that passkeys do not work at, one quiet line leads to the right one and nothing else is promised', async () => {
  const byNumber = await new FormBrowser(scene).send('GET', '/sign-in', undefined, '127.0.0.1:8090')
  assert.match(byNumber.html, /<p class="k-quiet">想用指纹、面容，请打开这个地址： <a href="http:\/\/localhost:8090\/sign-in">/)
  assert.doesNotMatch(byNumber.html, /data-passkey|点一下就能登录/)
  const byName = await new FormBrowser(scene).send('GET', '/sign-in', undefined, 'localhost:8090')
  assert.match(byName.html, /点一下就能登录[\s\S]*data-passkey="get"/)
  assert.doesNotMatch(byName.html, /请打开这个地址/)
})

test('a passkey signs a resident in alone, and never into the desk', async () => {
  const { browser } = await lady()
  const key = new SoftAuthenticator(ORIGIN)
  const page = await browser.see('/me/security')
  await browser.send(
    'POST',
    '/me/security/passkey',
    new URLSearchParams({ _csrf: csrfOn(page), response: key.create(optionsOn(page)) }),
  )
  const fresh = new FormBrowser(scene)
  const door = await fresh.see('/sign-in?next=/me/details')
  const form = (response: string) => new URLSearchParams({ _csrf: csrfOn(door), response, next: '/me/details' })
  for (const odd of ['null', '7', '"x"', '[]', '{}'])
    assert.equal((await fresh.send('POST', '/sign-in/passkey', form(odd))).status, 422, odd)
  const done = await fresh.send('POST', '/sign-in/passkey', form(key.get(optionsOn(door))))
  assert.equal(done.to, '/me/details')
  assert.equal((await fresh.see('/me/details')).status, 200, 'a passkey is a second factor too')
  const desk = await new FormBrowser(scene, `csrf=${fresh.cookies.get('csrf')}`).send(
    'POST',
    '/desk/sign-in/passkey',
    form(key.get(optionsOn(door))),
  )
  assert.equal(desk.status, 422)
})

test('a resident links the identity service for residents, and signs in through it; nobody else is matched', async () => {
  const service = await openIdentityService(`${LOOPBACK}/sign-in/identity/back`)
  const { issuer, clientId, clientSecret } = service
  const residents = { issuer, clientId, clientSecret: { text: clientSecret }, label: '示例实名', secondFactor: ['face'] }
  const other = await openScene(undefined, { oidc: { staff: null, residents } })
  try {
    const who = await other.resident()
    const browser = new FormBrowser(other, who.cookie)
    const back = async (from: FormBrowser, path: string, amr: readonly string[]) =>
      from.see((await service.visit((await from.see(path)).to!, 'citizen-1', amr)).slice(LOOPBACK.length))
    const early = new FormBrowser(other)
    assert.match((await back(early, '/sign-in/identity', ['pwd'])).html, /还没有和这里关联/)
    assert.equal(early.cookies.has('kaifong.session_token'), false)

    assert.equal((await back(browser, '/sign-in/identity/link', ['pwd'])).to, '/me/security?done=linked')
    const [plain, strong] = [new FormBrowser(other), new FormBrowser(other)]
    assert.equal((await back(plain, '/sign-in/identity?next=/me/details', ['pwd'])).to, '/me/details')
    assert.equal((await plain.see('/me/details')).status, 303, 'no second factor, no A2')
    await back(strong, '/sign-in/identity?next=//evil.example', ['face'])
    assert.equal((await strong.see('/me/details')).status, 200)
  } finally {
    await other.close()
    await service.close()
  }
})

test('who has a factor shows it before her account can be deleted; a code to the phone is not asked for, nor enough', async () => {
  const { who, browser } = await lady()
  const secret = await withApp(browser)
  const { html } = await browser.see('/me/deletion')
  assert.ok(html.includes('/me/confirm?next=%2Fme%2Fdeletion%2Flast'))
  assert.equal((await browser.see('/me/deletion/last')).to, '/me/confirm?next=%2Fme%2Fdeletion%2Flast')
  const form = new URLSearchParams({ _csrf: csrfOn(await browser.see('/me/security')) })
  assert.equal((await browser.send('POST', '/me/deletion', form)).status, 409)
  assert.equal((await browser.send('POST', '/me/deletion', new URLSearchParams())).status, 403, 'nor without a form of ours')
  assert.equal((await confirm(browser, secret, '/me/deletion/last')).to, '/me/deletion/last')
  assert.ok(!(await browser.see('/me/deletion/last')).html.includes('name="code"'))
  assert.equal((await browser.fill('/me/deletion/last', '/me/deletion')).to, '/me/deletion/asked')
  assert.equal((await browser.see('/me/details')).to, '/sign-in?next=%2Fme%2Fdetails', 'a factor opens nothing any more')
  assert.match(scene.told.at(-1)!.text, /有人提出删除/)
  assert.equal(scene.told.at(-1)!.phone, who.phone)
})

test('whoever took an account, changed its phone and asked for its deletion is undone from the phone before', async () => {
  const { browser } = await lady()
  const secret = await withApp(browser)
  await confirm(browser, secret, '/me/phone')
  const next = newPhone()
  const page = await browser.fill('/me/phone', '/me/phone', { phone: next })
  await browser.answer(page.html, '/me/phone/code', { code: scene.codeOf(next) })
  const link = /\/undo\/phone\/[\w-]+/.exec(scene.told.at(-1)!.text)![0]
  later(31)
  await confirm(browser, secret, '/me/deletion/last')
  assert.equal((await browser.fill('/me/deletion/last', '/me/deletion')).to, '/me/deletion/asked')
  const { rows } = await scene.owner.query('select count(*)::int as n from auth."user" where deletion_asked_at is not null')
  await new FormBrowser(scene).fill(link, link)
  const { rows: now } = await scene.owner.query('select count(*)::int as n from auth."user" where deletion_asked_at is not null')
  assert.equal(now[0].n, rows[0].n - 1)
})
