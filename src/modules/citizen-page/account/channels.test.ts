/** 通知方式 over pages and forms: an address is proved before anything goes there, and what is typed is only ever an address. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { type OutsideScene, openOutsideScene } from '../../../../test/harness/outside.ts'

let scene: OutsideScene
before(async () => {
  scene = await openOutsideScene()
})
after(() => scene?.close())

async function lady() {
  const who = await scene.resident()
  return { who, browser: new FormBrowser(scene, who.cookie, who.address) }
}
const lettersTo = (email: string) => scene.mail.received.filter((one) => one.to.includes(email))
const heldBy = async (personId: string) =>
  (
    await scene.owner.query(
      `select e.email_sealed, e.email_hash from auth.resident_email e join access.person_account a on a.account_id = e.account_id::text where a.person_id = $1`,
      [personId],
    )
  ).rows

test('she proves an address with the code that it got, chooses, and removes it again; each change is told', async () => {
  const { who, browser } = await lady()
  const page = await browser.see('/me/channels')
  assert.match(page.html, /短信，发到 100\*\*\*\*\d{4}/)
  assert.match(page.html, /21:00 到第二天 8:00 不打扰/)
  const asked = await browser.fill('/me/channels/email', '/me/channels/email', { email: ' Chen@Example.ORG ' })
  assert.equal(asked.status, 200)
  const code = scene.mailedCode('Chen@example.org')
  assert.match(code, /^\d{6}$/)
  const wrong = await browser.answer(asked.html, '/me/channels/email/code', { code: code === '000000' ? '000001' : '000000' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /再看一遍邮件[\s\S]*还可以试 4 次/)
  assert.equal((await browser.answer(wrong.html, '/me/channels/email/code', { code })).to, '/me/channels?done=email')
  const set = await browser.see('/me/channels?done=email')
  assert.match(set.html, /邮件，发到 C\*\*\*@example\.org/)
  assert.ok(!set.html.includes('Chen@example.org'), 'masked on her own page too')
  assert.match((await browser.see('/me/messages')).html, /设了收消息的邮箱/)
  const [row] = await heldBy(who.personId)
  for (const kept of [row.email_sealed, row.email_hash]) assert.ok(!kept.toString('latin1').includes('example.org'), 'sealed')

  scene.later(3600)
  const other = await browser.fill('/me/channels/email', '/me/channels/email', { email: 'new@example.org' })
  await browser.answer(other.html, '/me/channels/email/code', { code: scene.mailedCode('new@example.org') })
  assert.match(lettersTo('Chen@example.org').at(-1)!.text, /换了收消息的邮箱[\s\S]*changed the e-mail address/)
  assert.ok(!lettersTo('Chen@example.org').at(-1)!.raw.includes('new@example.org'))

  assert.equal((await browser.fill('/me/channels', '/me/channels', { channel: ['sms', 'email'] })).to, '/me/channels?done=saved')
  assert.equal((await browser.see('/me/channels')).html.match(/<input[^>]*checked/g)?.length, 2, 'both boxes stay ticked')
  assert.equal((await browser.fill('/me/channels', '/me/channels', { channel: 'email' })).to, '/me/channels?done=saved')
  const { rows } = await scene.owner.query(
    'select channel, wanted from messages.channel_choice where account_id = $1 order by 1',
    [
      (await scene.owner.query('select account_id from access.person_account where person_id = $1', [who.personId])).rows[0]
        .account_id,
    ],
  )
  assert.deepEqual(rows, [
    { channel: 'email', wanted: true },
    { channel: 'sms', wanted: false },
  ])
  assert.equal((await browser.fill('/me/channels', '/me/channels/email/removal')).to, '/me/channels?done=removed')
  assert.match(lettersTo('new@example.org').at(-1)!.text, /去掉了这个收消息的邮箱/)
  assert.deepEqual(await heldBy(who.personId), [])
})

test('what is no address is refused with what to do and given back; nothing is sent', async () => {
  const { browser } = await lady()
  const before = scene.mail.received.length
  const odd = [
    '',
    'chen',
    'chen@',
    '@example.org',
    'chen@localhost',
    'chen@127.0.0.1',
    'chen@[127.0.0.1]',
    'a@b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org,b@example.org',
    'a@example.org;b@example.org',
    '"a b"@example.org',
    'Chen <chen@example.org>',
    'a..b@example.org',
    '.a@example.org',
    'a@-example.org',
    'a@example..org',
    'a\u0000@example.org',
    '陈@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(64)}.org`,
    `${'a'.repeat(9_990)}@x.example`,
  ]
  for (const email of odd) {
    const page = await browser.fill('/me/channels/email', '/me/channels/email', { email })
    assert.equal(page.status, 422, email.slice(0, 40))
    if (/^[^<>"]{1,200}$/.test(email) && ![...email].some((sign) => sign < ' '))
      assert.ok(page.html.includes(`value="${email}"`), email)
  }
  assert.equal(scene.mail.received.length, before)
})

test('a domain in Chinese and full-width signs are read as they are meant', async () => {
  for (const [typed, meant] of [
    // The mail server shows a domain as people write it; it came as xn--fsqu00a.xn--fiqs8s.
    ['chen@例子.中国', 'chen@例子.中国'],
    ['chen@xn--fsqu00a.xn--fiqs8s', 'chen@例子.中国'],
    ['ｃｈｅｎ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'chen@example.org'],
    ["o'neil+street@MAIL.example.org", "o'neil+street@mail.example.org"],
  ] as const) {
    const { who } = await lady()
    assert.equal((await who.post('/api/v1/me/email/code', { email: typed })).status, 200)
    const letter = scene.mail.received.at(-1)!
    assert.deepEqual(letter.to, [meant])
    assert.doesNotMatch(letter.raw.split('\r\n\r\n')[0]!, /[^\x20-\x7e\r\n\t]/, 'its headers are ASCII')
    const proved = await who.post('/api/v1/me/email', { email: typed, code: /\d{6}/.exec(letter.text)![0] })
    assert.equal(proved.status, 200)
    scene.later(3600)
  }
})

test('a code is good for one account, five tries and ten minutes, and is asked for only so often', async () => {
  const [a, b] = [(await lady()).who, (await lady()).who]
  const email = 'shared@example.org'
  const ask = (who: typeof a) => who.post('/api/v1/me/email/code', { email })
  const prove = (who: typeof a, code: string) => who.post('/api/v1/me/email', { email, code })
  assert.equal((await ask(a)).status, 200)
  const code = scene.mailedCode(email)
  const wrong = code === '111111' ? '222222' : '111111'
  assert.equal((await prove(b, code)).body.code, 'account.email_code_wrong', 'it is hers')
  for (let n = 0; n < 4; n++) assert.equal((await prove(a, wrong)).body.code, 'account.email_code_wrong')
  assert.equal((await prove(a, wrong)).body.code, 'account.email_too_many_tries')
  assert.equal((await prove(a, code)).body.code, 'account.email_too_many_tries')
  assert.equal((await ask(a)).body.code, 'rate.too_many', 'one a minute')
  assert.equal((await ask(b)).body.code, 'rate.too_many', 'to one address, whoever asks')

  scene.later(61)
  assert.equal((await ask(a)).status, 200)
  const late = scene.mailedCode(email)
  scene.later(601)
  assert.equal((await prove(a, late)).body.code, 'account.email_code_old')
  assert.equal((await ask(a)).status, 200)
  const right = scene.mailedCode(email)
  const ends = await Promise.all(Array.from({ length: 5 }, () => prove(a, right)))
  assert.deepEqual(ends.map((end) => end.status).toSorted(), [200, 409, 409, 409, 409], 'of five at once one wins')
  scene.later(61)
  assert.equal((await ask(b)).status, 200)
  assert.equal((await prove(b, scene.mailedCode(email))).status, 200, 'two may share one: it is no way to sign in')
})

test('another’s channels are out of reach, and an e-mail channel needs an address', async () => {
  const { who } = await lady()
  assert.equal((await who.post('/api/v1/me/channels', { sms: true, email: true })).body.code, 'messages.email_missing')
  assert.equal((await who.post('/api/v1/me/email/removal')).body.code, 'messages.email_missing')
  assert.equal((await scene.stranger.get('/api/v1/me/channels')).status, 401)
  const phoneOnly = await scene.resident({ bound: false })
  assert.equal((await phoneOnly.get('/me/channels')).status, 403)
})
