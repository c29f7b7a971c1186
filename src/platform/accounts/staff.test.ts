import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { StaffDoor } from '../../../test/harness/staff-door.ts'
import {
  accounts,
  accountsWith,
  at,
  browser,
  codeOf,
  codeSentTo,
  cookieOf,
  counting,
  database,
  enter,
  newName,
  newPhone,
  password,
  secret,
  watchScrypt,
} from './test-scene.ts'

test('better-auth finds every table and column it wants in our migration', async () => {
  const { getMigrations } = await import('better-auth/db/migration')
  const { createAuth } = await import('./auth.ts')
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: database.ownerUrl, options: '-c search_path=auth', max: 1 })
  const { options } = createAuth({ pool, secret, baseUrl: 'http://127.0.0.1', secureCookies: false, minPassword: 10 })
  const wanted = await getMigrations({ ...options, database: pool })
  assert.deepEqual(wanted.toBeCreated, [])
  assert.deepEqual(wanted.toBeAdded, [])
  await pool.end()
})

test('a member of staff signs in by username and password, with a cookie that goes with the window', async () => {
  const username = newName()
  const { accountId } = await accounts.createStaffAccount({ username, password, name: '陈' })
  const signedIn = await enter(` ${username.toUpperCase()} `, browser())
  assert.equal(signedIn.accountId, accountId)
  assert.match(signedIn.cookies[0]!, /; HttpOnly; SameSite=Lax$/)
  assert.doesNotMatch(signedIn.cookies[0]!, /max-age|expires/i)
  assert.deepEqual((await accounts.sessionOf(cookieOf(signedIn), new Date()))?.kind, 'staff')
})

test('behind HTTPS the cookie is Secure and carries the prefix that browsers enforce', async () => {
  const secure = accountsWith({ secureCookies: true, baseUrl: 'https://kaifong.example' })
  const username = newName()
  await secure.createStaffAccount({ username, password, name: '陈' })
  const signedIn = await new StaffDoor(secure).enter(username, password, browser(), new Date())
  assert.match(signedIn.cookies[0]!, /^__Host-kaifong\.session_token=.*; Path=\/; .*Secure/)
  assert.ok(await secure.sessionOf(cookieOf(signedIn), new Date()))
})

test('a known and an unknown username get the same answer for the same work', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const { pool, statements } = counting()
  const watched = accountsWith({ pool })
  const refused = async (name: string) => {
    statements.length = 0
    const error = await watched
      .signInStaff(name, 'not the password', browser(), new Date(), '192.0.2.1')
      .catch((reason) => reason)
    return { code: error.code, kind: error.kind, params: error.params, statements: [...statements] }
  }
  await refused('nobody.here') // makes the decoy hash, once a process
  const hashed = watchScrypt()
  const known = await refused(username)
  const hashesOfKnown = hashed.count()
  const unknown = await refused('nobody.here')
  assert.deepEqual(known, unknown)
  assert.equal(known.code, 'account.sign_in_failed')
  assert.ok(known.statements.length >= 2, 'the statements were seen')
  assert.equal(hashesOfKnown, 1)
  assert.equal(hashed.count(), 2, 'an unknown name costs one scrypt too')
  hashed.end()
})

test('after ten wrong passwords a username rests fifteen minutes, whether it exists or not', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const now = new Date()
  for (const name of [username, newName()]) {
    const wrong = await Promise.allSettled(
      Array.from({ length: 12 }, () => accounts.signInStaff(name, 'wrong guess', browser(), now)),
    )
    const codes = wrong.map((answer) => codeOf((answer as PromiseRejectedResult).reason))
    assert.equal(codes.filter((code) => code === 'account.sign_in_failed').length, 10)
    await assert.rejects(accounts.signInStaff(name, password, browser(), at(now, 1)), {
      code: 'account.locked',
      params: { minutes: 15 },
    })
    await assert.rejects(accounts.signInStaff(name, password, browser(), at(now, 899)), {
      code: 'account.locked',
      params: { minutes: 1 },
    })
  }
  await accounts.signInStaff(username, password, browser(), at(now, 900))
  // The success wiped the slate.
  await assert.rejects(accounts.signInStaff(username, 'wrong guess', browser(), at(now, 901)), { code: 'account.sign_in_failed' })
})

test('a cookie that somebody changed, cut or signed with another secret opens nothing', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const now = new Date()
  const cookie = cookieOf(await enter(username, browser(), now))
  assert.ok(await accounts.sessionOf(cookie, now))
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1))]
  const token = value.slice(0, value.lastIndexOf('.'))
  const signed = (text: string, key: string) =>
    encodeURIComponent(`${text}.${createHmac('sha256', key).update(text).digest('base64')}`)
  assert.ok(await accounts.sessionOf(`${name}=${signed(token, secret)}`, now), 'the forger in this test can sign')
  const { rows } = await database.owner.query('select token from auth.session order by "createdAt" desc limit 1')
  for (const forged of [
    `${token}`,
    `${token}.`,
    encodeURIComponent(`${token[0] === 'A' ? 'B' : 'A'}${value.slice(1)}`),
    encodeURIComponent(value.slice(0, -2)),
    signed(token, 'another secret that is long enough to be one'),
    signed(rows[0].token, secret), // what a stolen dump holds
    '%E0%A4%A',
    '',
  ])
    assert.equal(await accounts.sessionOf(`${name}=${forged}`, now), null, forged)
  assert.equal(await accounts.sessionOf(undefined, now), null)
})

test('a staff session ends after 30 idle minutes, and after 12 hours of work', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const start = new Date()
  const idle = cookieOf(await enter(username, browser(), start))
  assert.ok(await accounts.sessionOf(idle, at(start, 29 * 60)))
  assert.ok(await accounts.sessionOf(idle, at(start, 58 * 60)), 'being used keeps it alive')
  assert.equal(await accounts.sessionOf(idle, at(start, 88 * 60)), null)

  const busy = cookieOf(await enter(username, browser(), start))
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) assert.ok(await accounts.sessionOf(busy, at(start, minutes * 60)))
  assert.equal(await accounts.sessionOf(busy, at(start, 12 * 3600)), null)
})

test('signing in makes a new session and ends the one that the browser brought along', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const planted = cookieOf(await enter(username, browser()))
  const elsewhere = cookieOf(await enter(username, browser()))
  const fresh = cookieOf(await enter(username, browser(planted)))
  assert.notEqual(fresh, planted)
  assert.equal(await accounts.sessionOf(planted, new Date()), null)
  assert.ok(await accounts.sessionOf(fresh, new Date()))
  assert.ok(await accounts.sessionOf(elsewhere, new Date()), 'another device stays signed in')
})

test('signing out without a session still clears the cookie', async () => {
  const { cookies } = await accounts.signOut('kaifong.session_token=rubbish', browser())
  assert.ok(cookies.some((line) => /^kaifong\.session_token=;.*Max-Age=0/.test(line)))
})

test('a staff account needs a free username and a password of some length', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  await assert.rejects(accounts.createStaffAccount({ username: username.toUpperCase(), password, name: '李' }), {
    code: 'account.username_taken',
  })
  await assert.rejects(accounts.createStaffAccount({ username: '陈主任', password, name: '陈' }), {
    code: 'account.username_shape',
  })
  await assert.rejects(accounts.createStaffAccount({ username: newName(), password: 'short', name: '陈' }), {
    code: 'account.password_short',
  })
  await assert.rejects(accounts.createStaffAccount({ username: newName(), password: 'x'.repeat(129), name: '陈' }), {
    code: 'account.password_long',
  })
})

test('only the server reads the schema, and not in a scope', async () => {
  const client = await database.owner.connect()
  try {
    for (const role of ['app_staff', 'app_resident', 'app_public']) {
      await client.query(`set role ${role}`)
      for (const table of ['"user"', '"session"', 'phone_code', 'resident_phone', 'rate'])
        await assert.rejects(client.query(`select 1 from auth.${table}`), { code: '42501' }, `${role} ${table}`)
      await client.query('reset role')
    }
  } finally {
    client.release()
  }
})

test('what ended long ago is swept away, what is alive stays', async () => {
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  const now = new Date()
  const old = await enter(username, browser(), at(now, -3 * 86_400))
  const live = await enter(username, browser(), now)
  const phone = newPhone()
  await accounts.requestPhoneCode(phone, now)
  const count = async () =>
    Number((await database.owner.query(`select count(*) from auth.session where "userId" = $1`, [old.accountId])).rows[0].count)
  assert.equal(await count(), 2)
  await accounts.sweep(now)
  assert.equal(await count(), 1)
  assert.ok(await accounts.sessionOf(cookieOf(live), now))
  await accounts.verifyPhoneCode(phone, codeSentTo(phone), browser(), now)
})
