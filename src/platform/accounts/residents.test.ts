import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SESSION_LIFE } from './account.ts'
import { createRateLimiter } from './index.ts'
import {
  accounts,
  accountsWith,
  at,
  browser,
  codeOf,
  codeSentTo,
  cookieOf,
  counting,
  crypto,
  database,
  newPhone,
  otherThan,
  sent,
} from './test-scene.ts'

test('a resident asks for a code, signs in, is known, and signs out', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(`+86 ${phone.slice(0, 3)}-${phone.slice(3)}`, now)
  assert.match(codeSentTo(phone), /^\d{6}$/)

  const signedIn = await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), now)
  assert.equal(signedIn.cookies.length, 1)
  assert.match(signedIn.cookies[0]!, /^kaifong\.session_token=.*; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)

  const session = await accounts.sessionOf(`theme=dark; ${cookieOf(signedIn)}`, now)
  assert.equal(session?.accountId, signedIn.accountId)
  assert.equal(session?.kind, 'resident')

  const { cookies } = await accounts.signOut(cookieOf(signedIn), browser(cookieOf(signedIn)))
  assert.ok(cookies.some((line) => /^kaifong\.session_token=;.*Max-Age=0/.test(line)))
  assert.equal(await accounts.sessionOf(cookieOf(signedIn), now), null)

  await accounts.requestPhoneCode(phone, at(now, 120))
  const again = await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), at(now, 120))
  assert.equal(again.accountId, signedIn.accountId)
  assert.equal((await accounts.createResidentAccount(`86${phone}`)).accountId, signedIn.accountId)
})

test('a wrong code may be tried five times, then the right one is dead too', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  const code = codeSentTo(phone)
  for (const left of [4, 3, 2, 1])
    await assert.rejects(accounts.verifyPhoneCode(phone, otherThan(code), browser(), now), {
      code: 'account.code_wrong',
      params: { left },
    })
  await assert.rejects(accounts.verifyPhoneCode(phone, otherThan(code), browser(), now), { code: 'account.too_many_tries' })
  await assert.rejects(accounts.verifyPhoneCode(phone, code, browser(), now), { code: 'account.too_many_tries' })
})

test('twenty guesses at the same instant count as twenty', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  const wrong = otherThan(codeSentTo(phone))
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => accounts.verifyPhoneCode(phone, wrong, browser(), now)),
  )
  const codes = answers.map((answer) => codeOf((answer as PromiseRejectedResult).reason))
  assert.equal(codes.filter((code) => code === 'account.code_wrong').length, 4)
  assert.equal(codes.filter((code) => code === 'account.too_many_tries').length, 16)
})

test('a code ends after ten minutes, and when a newer one is sent', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  const first = codeSentTo(phone)
  await assert.rejects(accounts.verifyPhoneCode(phone, first, browser(), at(now, 600)), { code: 'account.code_old' })
  await accounts.requestPhoneCode(phone, at(now, 60))
  const second = codeSentTo(phone)
  if (first !== second)
    await assert.rejects(accounts.verifyPhoneCode(phone, first, browser(), at(now, 61)), { code: 'account.code_old' })
  await accounts.verifyPhoneCode(phone, second, browser(), at(now, 62))
})

test('a code works once, also when two requests bring it at the same instant', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  const code = codeSentTo(phone)
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => accounts.verifyPhoneCode(phone, code, browser(), now)))
  assert.equal(answers.filter((answer) => answer.status === 'fulfilled').length, 1)
  for (const answer of answers) if (answer.status === 'rejected') assert.equal(codeOf(answer.reason), 'account.code_used')
  await assert.rejects(accounts.verifyPhoneCode(phone, code, browser(), at(now, 1)), { code: 'account.code_used' })
})

test('a phone that two desks register at once becomes one account', async () => {
  const phone = newPhone()
  const made = await Promise.all([1, 2, 3, 4].map(() => accounts.createResidentAccount(phone)))
  assert.equal(new Set(made.map((account) => account.accountId)).size, 1)
})

test('nobody learns from the answers whether a phone is known', async () => {
  const now = new Date()
  const [known, unknown] = [newPhone(), newPhone()]
  await accounts.createResidentAccount(known)
  assert.equal(await accounts.requestPhoneCode(known, now), await accounts.requestPhoneCode(unknown, now))
  assert.ok(codeSentTo(known) && codeSentTo(unknown))

  const silent = newPhone()
  const answersOf = async (phone: string, code: string) =>
    accounts
      .verifyPhoneCode(phone, code, browser(), now)
      .catch((error) => ({ code: error.code, kind: error.kind, params: error.params }))
  assert.deepEqual(await answersOf(known, otherThan(codeSentTo(known))), await answersOf(silent, '123456'))
})

test('a resident stays signed in for 30 days', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  const cookie = cookieOf(await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), now))
  const { lifeSeconds } = SESSION_LIFE.resident
  assert.ok(await accounts.sessionOf(cookie, at(now, lifeSeconds - 1)))
  assert.equal(await accounts.sessionOf(cookie, at(now, lifeSeconds)), null)
})

test('codes to one phone: one a minute, five an hour, ten a day', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now)
  await assert.rejects(accounts.requestPhoneCode(phone, at(now, 59)), {
    code: 'rate.too_many',
    params: { retryAfterSeconds: 1, retryAfterMinutes: 1 },
  })
  for (const minute of [1, 2, 3, 4]) await accounts.requestPhoneCode(phone, at(now, minute * 60))
  await assert.rejects(accounts.requestPhoneCode(phone, at(now, 300)), {
    code: 'rate.too_many',
    params: { retryAfterSeconds: 3300, retryAfterMinutes: 55 },
  })
  // The refused request counted toward the day too? No: the hour refused before the day was asked.
  for (const minute of [60, 61, 62, 63, 64]) await accounts.requestPhoneCode(phone, at(now, minute * 60))
  await assert.rejects(accounts.requestPhoneCode(phone, at(now, 7300)), { code: 'rate.too_many' })
  await accounts.requestPhoneCode(phone, at(now, 86_400))
})

test('one address may ask for many phones, but not for all of them', async () => {
  const now = new Date()
  for (let i = 0; i < 30; i++) await accounts.requestPhoneCode(newPhone(), now, '192.0.2.7')
  await assert.rejects(accounts.requestPhoneCode(newPhone(), now, '192.0.2.7'), { code: 'rate.too_many' })
  await accounts.requestPhoneCode(newPhone(), now, '192.0.2.8')
})

test('hits at the same instant are counted one by one', async () => {
  const rate = createRateLimiter(database.app)
  const now = new Date()
  const answers = await Promise.allSettled(Array.from({ length: 25 }, () => rate.hit('race', 10, 60, now)))
  assert.equal(answers.filter((answer) => answer.status === 'fulfilled').length, 10)
})

test('the log hears once a window that somebody was slowed down, and not who', async () => {
  const heard: object[] = []
  const rate = createRateLimiter(database.app, { warn: (details) => void heard.push(details) })
  const now = new Date()
  for (let i = 0; i < 6; i++) await rate.hit('unsafe:somebody', 3, 60, now).catch(() => {})
  assert.deepEqual(heard, [{ kind: 'unsafe', limit: 3, windowSeconds: 60 }])
})

test('without a provider, and when the provider fails, the person is told what to do', async () => {
  const none = accountsWith({
    codes: { available: false, send: async () => assert.fail('must not be called'), tell: async () => {} },
  })
  await assert.rejects(none.requestPhoneCode(newPhone(), new Date()), { code: 'account.no_sms_provider' })
  const broken = accountsWith({
    codes: { available: true, send: () => Promise.reject(new Error('gateway 502')), tell: async () => {} },
  })
  await assert.rejects(broken.requestPhoneCode(newPhone(), new Date()), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'account.code_not_sent')
    assert.equal((error.cause as Error).message, 'gateway 502')
    return true
  })
})

test('a dump of the schema holds no phone, no code, no token and no address', async () => {
  const phone = newPhone()
  const now = new Date()
  await accounts.requestPhoneCode(phone, now, '192.0.2.99')
  const signedIn = await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), now, '192.0.2.99')
  await accounts.requestPhoneCode(phone, at(now, 120))
  await assert.rejects(accounts.signInStaff('my password typed as a name', 'x', browser()), { code: 'account.sign_in_failed' })

  const { rows } = await database.owner.query('select phone_sealed from auth.resident_phone where account_id = $1', [
    signedIn.accountId,
  ])
  assert.equal(crypto.open(rows[0].phone_sealed, 'auth.phone'), phone, 'whoever has the key can read it')

  const dump = await database.dump('auth')
  assert.ok(dump.includes(signedIn.accountId), 'the dump does hold the rows')
  const token = decodeURIComponent(cookieOf(signedIn).split('=')[1]!).split('.')[0]!
  const hex = (text: string) => Buffer.from(text).toString('hex')
  for (const plain of [phone, token, '192.0.2.99', 'typed as a name']) {
    assert.ok(!dump.includes(plain), `${plain} lies in the dump`)
    assert.ok(!dump.includes(hex(plain)), `${plain} lies in the dump as hexadecimal`)
  }
  // Six digits occur in times and digests by chance, so a code counts only as a value of its own.
  for (const { code } of sent) assert.doesNotMatch(dump, new RegExp(`'(\\\\x)?(${code}|${hex(code)})(:\\d)?'`))
})

test('asking for a code is the same work for a known and an unknown phone, and so is a wrong one', async () => {
  const { pool, statements } = counting()
  const watched = accountsWith({ pool })
  const [known, unknown] = [newPhone(), newPhone()]
  await accounts.createResidentAccount(known)
  const now = new Date()
  const workOf = async (work: () => Promise<unknown>) => {
    statements.length = 0
    const said = await work().then(
      () => 'done',
      (error) => [error.code, error.params],
    )
    return { said, statements: [...statements] }
  }
  const ask = (phone: string) => workOf(() => watched.requestPhoneCode(phone, now))
  const asked = await ask(known)
  assert.ok(asked.statements.length > 0, 'the statements were seen')
  assert.deepEqual(asked, await ask(unknown))
  const wrong = (phone: string) =>
    workOf(() => watched.verifyPhoneCode(phone, otherThan(codeSentTo(phone)), browser(), now, '192.0.2.9'))
  assert.deepEqual(await wrong(known), await wrong(unknown))
})

test('a resident sees her devices by their kind and ends one or all others, never those of somebody else', async () => {
  const now = new Date()
  const phone = newPhone()
  const signIn = async (agent: string, when: Date, who = phone) => {
    await accounts.requestPhoneCode(who, when)
    const headers = new Headers({ 'user-agent': agent })
    return cookieOf(await accounts.verifyPhoneCode(who, codeSentTo(who), headers, when))
  }
  const iphone = await signIn('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148', now)
  const pc = await signIn('Mozilla/5.0 (Windows NT 10.0; Win64; x64)', at(now, 61))
  const other = await signIn('Mozilla/5.0 (X11; Linux)', now, newPhone())
  const later = at(now, 120)
  const session = (await accounts.sessionOf(iphone, later))!
  const devices = await accounts.devicesOf(session, later)
  assert.deepEqual(
    devices.map(({ device, own }) => [device, own]),
    [
      ['phone-apple', true],
      ['computer-windows', false],
    ],
  )
  const stranger = (await accounts.sessionOf(other, later))!
  assert.equal(await accounts.endDevices(session, { sessionId: stranger.sessionId }), 0)
  assert.equal(await accounts.endDevices(session, { sessionId: devices[1]!.sessionId }), 1)
  assert.equal(await accounts.sessionOf(pc, later), null)
  await signIn('x', at(now, 200))
  assert.equal(await accounts.endDevices(session, 'others'), 1)
  assert.ok(await accounts.sessionOf(iphone, later))
  assert.ok(await accounts.sessionOf(other, later))
  assert.ok(!(await database.dump('auth')).includes('Windows NT'), 'the browser’s own words are not kept')
})
