import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { SoftAuthenticator } from '../../../test/harness/authenticator.ts'
import { codeAt } from '../../../test/harness/staff-door.ts'
import {
  accounts,
  accountsWith,
  at,
  browser,
  codeOf,
  codeSentTo,
  cookieOf,
  database,
  newName,
  newPhone,
  otherThan,
  password,
} from './test-scene.ts'

const ORIGIN = 'http://localhost:3000' // 127.0.0.1 has no passkeys: browsers tie them to names

async function staff() {
  const username = newName()
  const { accountId } = await accounts.createStaffAccount({ username, password, name: '陈' })
  return { username, accountId }
}

/** The token that a right password leaves. */
async function pendingOf(username: string, now: Date): Promise<string> {
  const step = await accounts.signInStaff(username, password, browser(), now)
  assert.ok(step.next !== 'in', 'a password alone opens nothing')
  return step.pending
}

async function withApp(now: Date) {
  const who = await staff()
  const { secret, sealed } = accounts.offerTotp(who.accountId, 'Kaifong', who.username, now)
  const done = await accounts.enrol(await pendingOf(who.username, now), { sealed, code: codeAt(secret, now) }, browser(), now)
  return { ...who, secret, recovery: done.recovery, cookie: cookieOf(done) }
}

const sessionsOf = async (accountId: string) =>
  Number((await database.owner.query(`select count(*) from auth.session where "userId" = $1`, [accountId])).rows[0].count)

test('a right password opens no session; the first factor does, and gives ten codes', async () => {
  const now = new Date()
  const { username, accountId } = await staff()
  const step = await accounts.signInStaff(username, password, browser(), now)
  assert.equal(step.next, 'enrol')
  assert.equal(await sessionsOf(accountId), 0)
  const token = (step as { pending: string }).pending
  const offer = accounts.offerTotp(accountId, '街坊工作台', username, now)
  assert.match(offer.uri, /^otpauth:\/\/totp\//)
  await assert.rejects(
    accounts.enrol(token, { sealed: offer.sealed, code: otherThan(codeAt(offer.secret, now)) }, browser(), now),
    {
      code: 'account.factor_code_wrong',
    },
  )
  assert.equal(await sessionsOf(accountId), 0)
  const done = await accounts.enrol(token, { sealed: offer.sealed, code: codeAt(offer.secret, now) }, browser(), now)
  assert.equal(new Set(done.recovery).size, 10)
  const session = await accounts.sessionOf(cookieOf(done), now)
  assert.deepEqual(session?.secondFactorAt, now)
  await assert.rejects(
    accounts.enrol(token, { sealed: offer.sealed, code: codeAt(offer.secret, at(now, 30)) }, browser(), at(now, 30)),
    { code: 'account.pending_gone' },
  )
})

test('a code of the app is good once, one step early or late, and not two', async () => {
  const now = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000)
  const { username, secret } = await withApp(now)
  const later = at(now, 90)
  const tried = async (code: string, when: Date) =>
    accounts.finishWithCode(await pendingOf(username, when), code, browser(), when).then(
      () => 'in',
      (error) => codeOf(error),
    )
  assert.equal(await tried(codeAt(secret, now), now), 'account.factor_code_used', 'the one that enrolled it')
  assert.equal(await tried(codeAt(secret, at(later, -60)), later), 'account.factor_code_wrong', 'two steps late')
  assert.equal(await tried(codeAt(secret, at(later, -30)), later), 'in', 'one step late')
  assert.equal(await tried(codeAt(secret, later), later), 'in')
  assert.equal(await tried(codeAt(secret, later), later), 'account.factor_code_used', 'replayed')
  assert.equal(await tried(codeAt(secret, at(later, -30)), later), 'account.factor_code_used', 'an older step after a newer')
  assert.equal(await tried(codeAt(secret, at(later, 30)), later), 'in', 'one step early')
  assert.equal(await tried(codeAt(secret, at(later, 60)), later), 'account.factor_code_wrong')
})

test('the same code at the same instant opens one session', async () => {
  const now = new Date()
  const { username, secret } = await withApp(at(now, -120))
  const tokens = await Promise.all([1, 2, 3].map(() => pendingOf(username, now)))
  const answers = await Promise.allSettled(tokens.map((t) => accounts.finishWithCode(t, codeAt(secret, now), browser(), now)))
  assert.equal(answers.filter((a) => a.status === 'fulfilled').length, 1)
})

test('a recovery code works once, typed as people type it', async () => {
  const now = new Date()
  const { username, recovery } = await withApp(now)
  const code = recovery[3]!.toLowerCase().replace('-', ' ')
  await accounts.finishWithCode(await pendingOf(username, now), code, browser(), now)
  await assert.rejects(accounts.finishWithCode(await pendingOf(username, now), code, browser(), now), {
    code: 'account.factor_code_wrong',
  })
})

test('a pending sign-in ends after ten minutes, after five tries, and when it was used', async () => {
  const now = new Date()
  const { username, secret } = await withApp(at(now, -120))
  const old = await pendingOf(username, at(now, -600))
  await assert.rejects(accounts.finishWithCode(old, codeAt(secret, now), browser(), now), { code: 'account.pending_gone' })
  assert.equal(await accounts.pendingOf(old, now), null)

  const tried = await pendingOf(username, now)
  const wrong = otherThan(codeAt(secret, now))
  for (let i = 0; i < 5; i++)
    await assert.rejects(accounts.finishWithCode(tried, wrong, browser(), now), { code: 'account.factor_code_wrong' })
  await assert.rejects(accounts.finishWithCode(tried, codeAt(secret, now), browser(), now), { code: 'account.pending_gone' })

  const good = await pendingOf(username, now)
  await accounts.finishWithCode(good, codeAt(secret, now), browser(), now)
  await assert.rejects(accounts.finishWithCode(good, codeAt(secret, at(now, 30)), browser(), now), {
    code: 'account.pending_gone',
  })
  for (const token of [undefined, '', 'x'.repeat(43)])
    await assert.rejects(accounts.finishWithCode(token, '123456', browser(), now), { code: 'account.pending_gone' })
})

test('ten wrong codes rest the factor for a quarter of an hour, over however many sign-ins', async () => {
  const now = new Date()
  const { username, secret } = await withApp(at(now, -120))
  const wrong = otherThan(codeAt(secret, now))
  for (let i = 0; i < 2; i++) {
    const token = await pendingOf(username, now)
    for (let n = 0; n < 5; n++) await assert.rejects(accounts.finishWithCode(token, wrong, browser(), now))
  }
  await assert.rejects(accounts.finishWithCode(await pendingOf(username, now), codeAt(secret, now), browser(), now), {
    code: 'account.factor_locked',
    params: { minutes: 15 },
  })
  const later = at(now, 900)
  await accounts.finishWithCode(await pendingOf(username, later), codeAt(secret, later), browser(), later)
})

test('who knows the password alone cannot add a factor where there is one', async () => {
  const now = new Date()
  const { username, accountId } = await withApp(now)
  const token = await pendingOf(username, now)
  const { secret, sealed } = accounts.offerTotp(accountId, 'Kaifong', username, now)
  await assert.rejects(accounts.enrol(token, { sealed, code: codeAt(secret, now) }, browser(), now), {
    code: 'account.factor_exists',
  })
  const key = new SoftAuthenticator(ORIGIN)
  const response = key.create(await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now))
  await assert.rejects(accounts.enrol(token, { response }, browser(), now), { code: 'account.factor_exists' })
  assert.equal((await accounts.factorsOf(accountId)).passkeys.length, 0)
})

test('a passkey signs in without a password, and says what it was asked on', async () => {
  const now = new Date()
  const { username, accountId } = await staff()
  const key = new SoftAuthenticator(ORIGIN)
  const response = key.create(await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now))
  const phone = new Headers({ 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Mobile Safari' })
  await accounts.enrol(await pendingOf(username, now), { response }, phone, now)
  const [held] = (await accounts.factorsOf(accountId)).passkeys
  assert.equal(held?.device, 'phone-android')

  const signedIn = await accounts.signInByPasskey('staff', key.get(await accounts.passkeyRequest(null, now)), browser(), now)
  assert.equal(signedIn.accountId, accountId)
  assert.deepEqual((await accounts.sessionOf(cookieOf(signedIn), now))?.secondFactorAt, now)
  const second = key.get(await accounts.passkeyRequest(accountId, now))
  await accounts.finishWithPasskey(await pendingOf(username, now), second, browser(), now)
})

test('a passkey that is replayed, of another site, unverified, too late or of another kind opens nothing', async () => {
  const now = new Date()
  const { username, accountId } = await staff()
  const key = new SoftAuthenticator(ORIGIN)
  const options = await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now)
  const token = await pendingOf(username, now)
  for (const bent of [{ origin: 'http://localhost:3001' }, { unverified: true }, { challenge: 'AAAA' }])
    await assert.rejects(accounts.enrol(token, { response: key.create(options, bent) }, browser(), now), {
      code: 'account.passkey_failed',
    })
  const made = await accounts.enrol(await pendingOf(username, now), { response: key.create(options) }, browser(), now)
  assert.ok(made.cookies.length > 0)

  const fails = async (response: string, when = now, kind: 'staff' | 'resident' = 'staff') =>
    assert.rejects(accounts.signInByPasskey(kind, response, browser(), when), { code: 'account.passkey_failed' })
  const ask = () => accounts.passkeyRequest(null, now)
  const good = key.get(await ask())
  await accounts.signInByPasskey('staff', good, browser(), now)
  await fails(good)
  await fails(key.get(await ask(), { origin: 'https://evil.example' }))
  await fails(key.get(await ask(), { unverified: true }))
  await fails(key.get(await ask()), at(now, 601))
  await fails(key.get(await ask()), now, 'resident')
  await fails(key.get(await accounts.passkeyRequest((await staff()).accountId, now)))
  await fails(key.get(options))
  await fails('{}')
  await fails('not json')
  const stranger = new SoftAuthenticator(ORIGIN)
  stranger.create(await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now))
  await fails(stranger.get(await ask()))
})

test('a signature by a key that nobody registered is answered like a bad one', async () => {
  const now = new Date()
  const error = (response: string) =>
    accounts.signInByPasskey('staff', response, browser(), now).catch((e) => ({ code: e.code, kind: e.kind, params: e.params }))
  const { username, accountId } = await staff()
  const key = new SoftAuthenticator(ORIGIN)
  const creation = await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now)
  await accounts.enrol(await pendingOf(username, now), { response: key.create(creation) }, browser(), now)
  const stranger = new SoftAuthenticator(ORIGIN)
  stranger.create(creation)
  const ask = await accounts.passkeyRequest(null, now)
  assert.deepEqual(await error(key.get(ask, { challenge: 'AAAA' })), await error(stranger.get(ask)))
})

test('signing in in two steps makes a new session and ends the planted one', async () => {
  const now = new Date()
  const { username, secret, cookie: planted } = await withApp(at(now, -120))
  const step = await accounts.signInStaff(username, password, browser(planted), now)
  assert.ok(step.next === 'factor')
  // The pending token is no session, however it is dressed up.
  assert.equal(await accounts.sessionOf(`kaifong.session_token=${step.pending}`, now), null)
  const fresh = await accounts.finishWithCode(step.pending, codeAt(secret, now), browser(planted), now)
  assert.notEqual(cookieOf(fresh), planted)
  assert.equal(await accounts.sessionOf(planted, now), null)
})

test('an officer keeps her last factor; in a demo it may go, and the password alone signs in until one is set', async () => {
  const now = new Date()
  const { username, accountId } = await withApp(now)
  await assert.rejects(accounts.removeFactor(accountId, 'staff', 'totp'), { code: 'account.factor_last' })
  const demo = accountsWith({ secondFactor: 'offered' })
  assert.equal((await demo.signInStaff(username, password, browser(), now)).next, 'factor', 'it is asked once it was set')
  await demo.removeFactor(accountId, 'staff', 'totp')
  assert.equal((await demo.factorsOf(accountId)).recoveryLeft, 0, 'recovery codes go with the last factor')
  const step = await demo.signInStaff(username, password, browser(), now)
  assert.equal(step.next, 'in')
})

test('of an app and a passkey that are taken away at once, one stays', async () => {
  const now = new Date()
  for (let n = 0; n < 8; n++) {
    const { username, accountId } = await withApp(now)
    const key = new SoftAuthenticator(ORIGIN)
    const made = key.create(await accounts.passkeyCreation({ id: accountId, name: username }, 'Kaifong', now))
    await accounts.addPasskey(accountId, made, null, now)
    const passkey = (await accounts.factorsOf(accountId)).passkeys[0]!.id
    const ends = await Promise.allSettled([
      accounts.removeFactor(accountId, 'staff', 'totp'),
      accounts.removeFactor(accountId, 'staff', { passkey }),
    ])
    assert.deepEqual(ends.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
    const left = await accounts.factorsOf(accountId)
    assert.deepEqual([(left.totp ? 1 : 0) + left.passkeys.length, left.recoveryLeft], [1, 10])
  }
})

test('what is no answer of a passkey is a wrong one, at every door', async () => {
  const start = new Date()
  const { username, accountId, cookie } = await withApp(start)
  const session = (await accounts.sessionOf(cookie, start))!
  const fresh = await staff()
  const odd = [
    '',
    'null',
    '7',
    '"x"',
    '[]',
    '{}',
    'true',
    '[[[',
    '{"id":null}',
    '{"id":{}}',
    '{"id":"a\\u0000b"}',
    '{"id":"AAAA"}',
  ]
  const broken = ['{"id":"AAAA","response":null}', '{"id":"AAAA","response":{"clientDataJSON":7}}']
  for (const [n, response] of [...odd, ...broken].entries()) {
    // Wrong ones rest the factor: each has its quarter of an hour.
    const now = at(start, n * 1000)
    for (const door of [
      async () => accounts.signInByPasskey('staff', response, browser(), now),
      async () => accounts.signInByPasskey('resident', response, browser(), now),
      async () => accounts.confirmWithPasskey(session, response, now),
      async () => accounts.addPasskey(accountId, response, null, now),
      async () => accounts.finishWithPasskey(await pendingOf(username, now), response, browser(), now),
      async () => accounts.enrol(await pendingOf(fresh.username, now), { response }, browser(), now),
    ])
      await assert.rejects(door(), { code: 'account.passkey_failed' }, response)
  }
})

test('a resident confirms with her factor; it counts for her session alone', async () => {
  const now = new Date()
  const phone = newPhone()
  await accounts.requestPhoneCode(phone, now)
  const cookie = cookieOf(await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), now))
  const session = (await accounts.sessionOf(cookie, now))!
  assert.equal(session.secondFactorAt, null)
  const key = new SoftAuthenticator(ORIGIN)
  await accounts.addPasskey(
    session.accountId,
    key.create(await accounts.passkeyCreation({ id: session.accountId, name: phone }, 'Kaifong', now)),
    null,
    now,
  )
  assert.equal((await accounts.sessionOf(cookie, now))?.secondFactorAt, null, 'making a key is not showing it')
  await accounts.confirmWithPasskey(session, key.get(await accounts.passkeyRequest(session.accountId, now)), now)
  assert.deepEqual((await accounts.sessionOf(cookie, now))?.secondFactorAt, now)
  const elsewhere = cookieOf(
    await accounts.signInByPasskey('resident', key.get(await accounts.passkeyRequest(null, now)), browser(), at(now, 5)),
  )
  assert.deepEqual((await accounts.sessionOf(elsewhere, at(now, 5)))?.secondFactorAt, at(now, 5))
})

test('a dump holds no secret of an app, no recovery code and no pending token', async () => {
  const now = new Date()
  const { username, secret, recovery } = await withApp(now)
  const token = await pendingOf(username, now)
  const dump = await database.dump('auth')
  for (const plain of [secret, token, ...recovery, ...recovery.map((code) => code.replace('-', ''))])
    assert.ok(!dump.includes(plain) && !dump.includes(Buffer.from(plain).toString('hex')), `${plain} lies in the dump`)
  assert.ok(dump.includes(createHash('sha256').update(token).digest('hex')), 'its digest does')
})

test('codes tried from one address are counted over all accounts', async () => {
  const now = new Date()
  const { username, secret } = await withApp(at(now, -120))
  const token = await pendingOf(username, now)
  for (let i = 0; i < 60; i++)
    await assert.rejects(accounts.finishWithCode('nothing', '123456', browser(), now, '192.0.2.77'), {
      code: 'account.pending_gone',
    })
  const right = codeAt(secret, now)
  await assert.rejects(accounts.finishWithCode(token, right, browser(), now, '192.0.2.77'), { code: 'rate.too_many' })
  await accounts.finishWithCode(token, right, browser(), now, '192.0.2.78')
})
