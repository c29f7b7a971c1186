import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeAt } from '../../../test/harness/staff-door.ts'
import { isGuessable } from './guessable.ts'
import { accounts, accountsWith, at, browser, cookieOf, database, newName, password } from './test-scene.ts'

const NEXT = 'seven odd grey herons'

async function signedIn(now: Date) {
  const username = newName()
  const { accountId } = await accounts.createStaffAccount({ username, password, name: '陈' })
  const step = await accounts.signInStaff(username, password, browser(), now)
  assert.ok(step.next === 'enrol')
  const { secret, sealed } = accounts.offerTotp(accountId, 'Kaifong', username, now)
  const done = await accounts.enrol(step.pending, { sealed, code: codeAt(secret, now) }, browser(), now)
  const other = await accounts.finishWithCode(await pending(username, now), done.recovery[0]!, browser(), now)
  const cookie = cookieOf(done)
  const session = (await accounts.sessionOf(cookie, now))!
  return { username, accountId, session, cookie, other: cookieOf(other) }
}
async function pending(username: string, now: Date): Promise<string> {
  const step = await accounts.signInStaff(username, password, browser(), now)
  assert.ok(step.next === 'factor')
  return step.pending
}

test('what is guessed first is refused, and what people can remember is not', () => {
  const around = ['lu.xiaoyu', '陆小雨', 'T0777', '五山街道办事处', '五山街道', '五山', '天河区', '天河']
  for (const weak of [
    'password2026', 'Password2026!', 'P@ssw0rd12345', 'admin@123456', 'qwertyuiopasdfgh', '1qaz2wsx3edc', 'aaaaaaaaaaaa', 'abcabcabcabc', '123456789012',
    '19870312198703', 'woaini5201314', 'woaini1314520', 'iloveyou1234', 'letmeinletmein', 'lu.xiaoyu 2026', '天河区五山街道111', '天河五山天河五山天河五山', 'uyoaix.ul2026', 'x'.repeat(128),
  ]) // biome-ignore format: a list
    assert.equal(isGuessable(weak, around), true, weak)
  for (const good of [NEXT, password, 'correct horse battery', '木棉花开在四月的桥头那边', 'tgnxwqlrkzbv', 'Vb7$kq!2Lm0z'])
    assert.equal(isGuessable(good, around), false, good)
  const began = performance.now()
  for (const long of ['a1!'.repeat(42), 'ஔ'.repeat(64), '@4'.repeat(64)]) isGuessable(long, around)
  assert.ok(performance.now() - began < 3000, 'nobody stops the house with a long one')
})

test('of a username its letters alone, its parts and digits after them are guessed too', () => {
  const around = ['zhao.xiaoyan', '赵小燕', 'T0102', 'Guangzhou', 'Tianhe']
  for (const weak of [
    'zhaoxiaoyan2026', 'ZhaoXiaoyan2026', 'xiaoyanzhao88', 'zhao_xiaoyan_1', 'xiaoyan19870312', 'zhaoxiaoyan!!!', 'guangzhou2026', 'Tianhe@123456', 'guangzhoutianhe',
  ]) // biome-ignore format: a list
    assert.equal(isGuessable(weak, around), true, weak)
  for (const good of [NEXT, password, 'correct horse battery', 'tgnxwqlrkzbv'])
    assert.equal(isGuessable(good, around), false, good)
})

test('the password that every demo shows is none for a street', async () => {
  const staff = { username: newName(), password: 'kaifong-demo', name: '陈' }
  await assert.rejects(accounts.createStaffAccount(staff), { code: 'account.password_guessable' })
  await accountsWith({ secondFactor: 'offered' }).createStaffAccount(staff)
})

test('a changed password needs the old one, ends the other sessions, and is the only one from then on', async () => {
  const now = new Date()
  const her = await signedIn(now)
  const change = (old: string, next = NEXT) => accounts.changePassword(her.session, { old, next, words: ['天河区'] }, now)
  const half = await pending(her.username, now)
  await assert.rejects(change('not the old one'), { code: 'account.old_password_wrong' })
  await assert.rejects(change(password, password), { code: 'account.password_same' })
  await assert.rejects(change(password, 'short'), { code: 'account.password_short' })
  await assert.rejects(change(password, 'x'.repeat(129)), { code: 'account.password_long' })
  await assert.rejects(change(password, `${her.username} 2026`), { code: 'account.password_guessable' })
  await assert.rejects(change(password, '天河区天河区天河区'.repeat(2)), { code: 'account.password_guessable' })
  assert.ok(await accounts.sessionOf(her.other, now), 'a refusal ends nothing')
  await change(password)
  assert.ok(await accounts.sessionOf(her.cookie, now), 'her own goes on')
  assert.equal(await accounts.sessionOf(her.other, now), null)
  assert.equal(await accounts.pendingOf(half, now), null, 'nor does a sign-in that is half done')
  await assert.rejects(accounts.signInStaff(her.username, password, browser(), now), { code: 'account.sign_in_failed' })
  assert.equal((await accounts.signInStaff(her.username, NEXT, browser(), now)).next, 'factor')
})

test('of two changes at once one is kept; ten wrong old ones rest the change, and the sign-in goes on', async () => {
  const now = new Date()
  const her = await signedIn(now)
  const change = (old: string, next: string) => accounts.changePassword(her.session, { old, next, words: [] }, now)
  const ends = await Promise.allSettled([change(password, NEXT), change(password, 'eight odd grey herons')])
  assert.equal(ends.filter((one) => one.status === 'fulfilled').length, 1)
  const kept = ends[0].status === 'fulfilled' ? NEXT : 'eight odd grey herons'
  for (let n = 0; n < 10; n++)
    await assert.rejects(change('a wrong one', 'nine odd grey herons'), { code: 'account.old_password_wrong' })
  await assert.rejects(change(kept, 'nine odd grey herons'), { code: 'account.locked' })
  assert.equal((await accounts.signInStaff(her.username, kept, browser(), now)).next, 'factor', 'another count')
  await accounts.changePassword(her.session, { old: kept, next: 'nine odd grey herons', words: [] }, at(now, 901))
})

test('failed tries are counted by the hour and name nobody', async () => {
  const now = new Date('2026-03-01T10:20:30Z')
  const username = newName()
  await accounts.createStaffAccount({ username, password, name: '陈' })
  for (const name of [username, 'nobody.at.all', 'nobody.at.all'])
    await assert.rejects(accounts.signInStaff(name, 'a wrong guess', browser(), now), { code: 'account.sign_in_failed' })
  const step = await accounts.signInStaff(username, password, browser(), now)
  assert.ok(step.next === 'enrol')
  const { rows } = await database.owner.query(
    'select hour, how, failures from auth.sign_in_failure where hour < $1 order by how',
    [new Date('2026-03-02T00:00:00Z')],
  )
  const hour = new Date('2026-03-01T10:00:00Z')
  assert.deepEqual(rows, [
    { hour, how: 'password', failures: 1 },
    { hour, how: 'unknown', failures: 2 },
  ])
  await accounts.sweep(new Date('2026-03-10T10:20:30Z'))
  const { rows: left } = await database.owner.query('select 1 from auth.sign_in_failure where hour < $1', [
    new Date('2026-03-02T00:00:00Z'),
  ])
  assert.deepEqual(left, [])
})
