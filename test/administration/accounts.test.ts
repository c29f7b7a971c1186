/** Accounts of officers: factors taken away by two, a link for new ones, stopped by one and started by two. In the running house. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Change, SignIns } from '../../src/core/access/index.ts'
import { changeDone, countUnseen, listNotices, markSeen } from '../../src/core/access/index.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import type { Refusal } from '../../src/platform/refusal.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { codeAt } from '../harness/staff-door.ts'

const START = '2026-11-24T02:00:00Z'
let scene: Scene
before(async () => {
  scene = await openScene(START)
})
after(() => scene?.close())

type Out = Record<string, string>
const by = async <R = Out>(post: StaffPost, operation: string, input: object): Promise<R> => {
  const actor = await actorOf(scene, 'staff', post.accountId, post.postId, scene.now())
  return declared
    .get(operation)!
    .run({ platform: scene.node.platform, actor, now: scene.now(), requestId: newId(scene.now()) }, input) as Promise<R>
}
const refused = (promise: Promise<unknown>, code: string) =>
  assert.rejects(promise, (error: Refusal) => {
    assert.equal(error.code, code)
    return true
  })
/** After so many minutes. */
const later = (minutes: number) => scene.at(new Date(scene.now().getTime() + minutes * 60_000).toISOString())

type Kind = 'system-administrator' | 'security-administrator' | 'audit-administrator'
const administrator = (kind: Kind, area: string = place.district) => makePost(scene, kind, [area], [])
const three = async () => ({
  system: await administrator('system-administrator'),
  security: await administrator('security-administrator'),
  audit: await administrator('audit-administrator'),
})
const officerOf = async (postId: string): Promise<{ id: string; accountId: string }> =>
  (
    await scene.owner.query(
      'select o.id, o.account_id as "accountId" from access.post p join access.officer o on o.id = p.officer_id where p.id = $1',
      [postId],
    )
  ).rows[0]
const clerk = async (role = 'window-clerk', area: string = place.street) => {
  const her = await scene.officer(role, [area])
  return Object.assign(her, await officerOf(her.postId))
}
const accounts = () => scene.node.platform.services.accounts
const isIn = async (who: { cookie: string }): Promise<boolean> => (await accounts().sessionOf(who.cookie, scene.now())) !== null
const signIn = (who: { username: string; password: string }, password = who.password) =>
  accounts().signInStaff(who.username, password, new Headers(), scene.now(), '10.9.8.7')
let links = 0
const newLink = () => `link-of-a-reset-number-${++links}`
const why = '当面看过工作证'
const reset = (proposer: StaffPost, officerId: string, withPassword = false) =>
  by(proposer, 'access.propose-reset', { officerId, withPassword, why })
const decide = (decider: StaffPost, id: string | undefined, approve = true, reason = '') =>
  by(decider, 'access.decide-change', { id, approve, reason })
/** Behind the link, up to the new factor. */
const enrol = async (pending: string, accountId: string, username: string) => {
  const { secret, sealed } = accounts().offerTotp(accountId, 'Kaifong', username, scene.now())
  return accounts().enrol(pending, { sealed, code: codeAt(secret, scene.now()) }, new Headers(), scene.now())
}

test('two reset a second factor: everything of before ends, the password alone leads nowhere, the link leads once to a new one', async () => {
  const { system, security } = await three()
  const her = await clerk()
  assert.equal(await isIn(her), true)
  const { id } = await reset(system, her.id)
  assert.equal(await isIn(her), true, 'proposed is not done')
  await refused(by(system, 'access.make-reset-link', { id, token: newLink() }), 'access.change_undecided')
  assert.equal((await decide(security, id)).outcome, 'approved')
  assert.equal(await isIn(her), false, 'her sessions end')
  assert.deepEqual(await accounts().factorsOf(her.accountId), { totp: null, passkeys: [], recoveryLeft: 0 })
  await refused(signIn(her), 'account.reset_waits')
  await refused(decide(security, id, false, '晚了'), 'access.already_decided')

  const token = newLink()
  await refused(by(security, 'access.make-reset-link', { id, token }), 'access.change_not_found')
  await by(system, 'access.make-reset-link', { id, token })
  assert.deepEqual(await accounts().resetOf(token, scene.now()), { name: her.name, username: her.username, withPassword: false })
  const start = (password: string, link = token) => accounts().startByLink(link, { password, words: [] }, scene.now(), '10.9.8.6')
  await refused(start('not her password'), 'account.sign_in_failed')
  await refused(start(her.password, newLink()), 'account.reset_gone')
  const listed = async () => (await by<Change[]>(system, 'access.list-changes', {})).find((one) => one.id === id)!
  const { pending } = await start(her.password)
  await refused(signIn(her), 'account.reset_waits')
  assert.equal(changeDone(await listed(), scene.now()), false, 'the link is not used up')
  const done = await enrol(pending, her.accountId, her.username)
  assert.equal(done.recovery.length, 10)
  await refused(start(her.password), 'account.reset_gone')
  assert.equal((await signIn(her)).next, 'factor', 'as everybody signs in')
  await refused(by(system, 'access.make-reset-link', { id, token: newLink() }), 'access.link_over')
  assert.equal(changeDone(await listed(), scene.now()), true)

  const told = await listNotices(scene.node.platform.db.pool, her.accountId)
  assert.deepEqual(told.map((one) => one.kind).sort(), ['factors_taken', 'link_made'])
  assert.equal(told.find((one) => one.kind === 'factors_taken')?.why, why)
  assert.equal(await countUnseen(scene.node.platform.db.pool, her.accountId), 2)
  await markSeen(scene.node.platform.db.pool, her.accountId, scene.now())
  assert.equal(await countUnseen(scene.node.platform.db.pool, her.accountId), 0)
  const { rows } = await scene.owner.query('select coalesce(digest, $1) as kept from auth.factor_reset', [''])
  assert.ok(!rows.some((row) => row.kept.includes('link-of')), 'no link lies in the database')
})

test('a link is good for a day, and a newer one ends it and what it had begun', async () => {
  const { system, security } = await three()
  const her = await clerk()
  const { id } = await reset(system, her.id)
  await decide(security, id)
  const [first, second, third] = [newLink(), newLink(), newLink()]
  const start = (link: string) => accounts().startByLink(link, { password: her.password, words: [] }, scene.now())
  await by(system, 'access.make-reset-link', { id, token: first })
  const begun = await start(first)
  await by(system, 'access.make-reset-link', { id, token: second })
  await refused(start(first), 'account.reset_gone')
  await refused(enrol(begun.pending, her.accountId, her.username), 'account.pending_gone')
  later(24 * 60)
  await refused(start(second), 'account.reset_gone')
  await by(system, 'access.make-reset-link', { id, token: third })
  const twice = await Promise.all([start(third), start(third)])
  const ends = await Promise.allSettled(twice.map(({ pending }) => enrol(pending, her.accountId, her.username)))
  assert.equal(ends.filter((one) => one.status === 'fulfilled').length, 1, 'of two with one link one gets in')
  later(7 * 24 * 60)
  await refused(by(system, 'access.make-reset-link', { id, token: newLink() }), 'access.link_over')
  scene.at(START)
})

test('an approval that was used makes no link into what another approval opens later', async () => {
  const { system, security } = await three()
  const second = await administrator('system-administrator')
  const her = await clerk()
  const typed = { password: 'seven odd grey herons', words: [] }
  const enter = async (link: string) =>
    enrol((await accounts().startByLink(link, typed, scene.now())).pending, her.accountId, her.username)
  const [used, hers, stolen] = [newLink(), newLink(), newLink()]
  const first = await reset(system, her.id, true)
  await decide(security, first.id)
  await by(system, 'access.make-reset-link', { id: first.id, token: used })
  await enter(used)

  const next = await reset(second, her.id, true)
  await decide(security, next.id)
  await by(second, 'access.make-reset-link', { id: next.id, token: hers })
  await refused(by(system, 'access.make-reset-link', { id: first.id, token: stolen }), 'access.link_over')
  assert.equal(await accounts().resetOf(stolen, scene.now()), null)
  const seen = await by<Change[]>(system, 'access.list-changes', {})
  const waits = ({ id }: Out) => seen.find((one) => one.id === id)?.linkWaits
  assert.deepEqual([waits(first), waits(next)], [false, true])
  await enter(hers)

  // Of two approvals whose factor is not set yet, the later one alone leads in.
  const third = await reset(system, her.id)
  await decide(security, third.id)
  const last = await reset(second, her.id)
  await decide(security, last.id)
  await refused(by(system, 'access.make-reset-link', { id: third.id, token: newLink() }), 'access.link_over')
  await by(second, 'access.make-reset-link', { id: last.id, token: newLink() })
})

test('a forgotten password is set anew behind the link, and the old one ends with the approval', async () => {
  const { system, security } = await three()
  const her = await clerk()
  const { id } = await reset(system, her.id, true)
  await decide(security, id)
  await refused(signIn(her), 'account.sign_in_failed')
  const token = newLink()
  await by(system, 'access.make-reset-link', { id, token })
  const start = (password: string) => accounts().startByLink(token, { password, words: ['天河区'] }, scene.now())
  await refused(start('short'), 'account.password_short')
  await refused(start('天河区天河区天河区2026'), 'account.password_guessable')
  await refused(start(`${her.username}1`), 'account.password_guessable')
  const { pending } = await start('seven odd grey herons')
  await enrol(pending, her.accountId, her.username)
  assert.equal((await signIn(her, 'seven odd grey herons')).next, 'factor')
})

test('neither of the two is she, and the two are of different kinds; about one of the three the two others', async () => {
  const { system, security, audit } = await three()
  const her = await clerk()
  const proposed = await reset(system, her.id)
  await refused(reset(system, her.id), 'access.change_waits')
  await refused(reset(security, her.id), 'access.change_of_another_kind')
  await refused(decide(audit, proposed.id), 'access.change_of_another_kind')
  await refused(decide(security, proposed.id, false, '  '), 'access.refusal_reason_missing')
  assert.equal((await decide(security, proposed.id, false, '没有看到本人')).outcome, 'refused')
  assert.equal(await isIn(her), true, 'a refusal changes nothing')
  const changes = await by<Change[]>(system, 'access.list-changes', {})
  assert.equal(changes.find((one) => one.id === proposed.id)?.reason, '没有看到本人')

  const of = async (post: StaffPost) => (await officerOf(post.postId)).id
  await refused(reset(system, await of(system)), 'access.not_ones_own_change')
  await refused(
    reset(system, her.id).then(({ id }) => decide(system, id)),
    'access.not_permitted',
  )
  for (const [lost, proposer, approver, stranger] of [
    [system, security, audit, security],
    [security, system, audit, security],
    [audit, system, security, audit],
  ] as const) {
    const { id } = await reset(proposer, await of(lost))
    await assert.rejects(decide(stranger, id), /access\.(not_ones_own_change|change_of_another_kind)/)
    assert.equal((await decide(approver, id)).outcome, 'approved')
  }
  // Two of one kind do not help each other past the third.
  const second = await administrator('system-administrator')
  await refused(reset(second, await of(system)), 'access.change_of_another_kind')
})

test('what nobody decided in seven days is over; silence is no consent', async () => {
  const { system, security } = await three()
  const her = await clerk()
  const { id } = await reset(system, her.id)
  later(7 * 24 * 60)
  await refused(decide(security, id), 'access.change_expired')
  assert.equal((await accounts().factorsOf(her.accountId)).recoveryLeft > 0, true, 'nothing was taken')
  const again = await reset(system, her.id)
  assert.equal((await decide(security, again.id)).outcome, 'approved')
  scene.at(START)
})

test('of two who decide at once one does', async () => {
  const { system, security } = await three()
  const second = await administrator('security-administrator')
  const her = await clerk()
  const both = await Promise.allSettled([reset(system, her.id), reset(system, her.id)])
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
  const { id } = (both.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<Out>).value
  const ends = await Promise.allSettled([decide(security, id), decide(second, id, false, '不')])
  assert.equal(ends.filter((one) => one.status === 'fulfilled').length, 1)
})

test('another district, an ended post and hostile words: nothing happens', async () => {
  const { system, security } = await three()
  const [otherSystem, otherSecurity] = [
    await administrator('system-administrator', place.otherDistrict),
    await administrator('security-administrator', place.otherDistrict),
  ]
  const her = await clerk()
  await refused(reset(otherSystem, her.id), 'access.officer_not_found')
  await refused(by(otherSystem, 'access.stop-officer', { id: her.id, reason: '停' }), 'access.officer_not_found')
  await refused(by(otherSecurity, 'access.end-sessions', { officerId: her.id, sessionId: null }), 'access.officer_not_found')
  await refused(by(otherSecurity, 'access.release-sign-in', { officerId: her.id, reason: '放' }), 'access.officer_not_found')
  const { id } = await reset(system, her.id)
  await refused(decide(otherSecurity, id), 'access.change_not_found')
  for (const text of ["'; drop table access.officer; --", '<script>alert(1)</script>', '‮倒过来', '字'.repeat(200)]) {
    const one = await clerk()
    const change = await by(system, 'access.propose-reset', { officerId: one.id, withPassword: false, why: text })
    const seen = (await by<Change[]>(security, 'access.list-changes', {})).find((each) => each.id === change.id)
    assert.equal(seen?.why, text.trim())
  }
  await refused(
    by(system, 'access.propose-reset', { officerId: her.id, withPassword: false, why: ' ' }),
    'access.change_why_missing',
  )
  await refused(
    by(system, 'access.propose-reset', { officerId: her.id, withPassword: false, why: '字'.repeat(201) }),
    'input.invalid',
  )
  await scene.owner.query('update access.post set ended_at = $2 where id = $1', [security.postId, scene.now()])
  await refused(decide(security, id), 'access.post_ended')
  assert.equal(await isIn(her), true)
})

test('an approval counts while whoever proposed it works in that post, and past row security only in a post of today', async () => {
  const { system, security } = await three()
  const [her, other] = [await clerk(), await clerk()]
  const [first, second] = [await reset(system, her.id), await reset(system, other.id)]
  const { id: proposer } = await officerOf(system.postId)
  const set = (column: string, value: unknown) =>
    scene.owner.query(`update access.officer set ${column} = $2 where id = $1`, [proposer, value])
  await set('stopped_at', scene.now())
  await refused(decide(security, first.id), 'access.proposer_ended')
  await set('stopped_at', null)
  await scene.owner.query('update access.post set valid_to = $2 where id = $1', [system.postId, '2026-11-23'])
  await refused(decide(security, first.id), 'access.proposer_ended')
  assert.equal((await decide(security, first.id, false, '换了人')).outcome, 'refused', 'a refusal needs nobody')
  await scene.owner.query('update access.post set valid_to = null where id = $1', [system.postId])
  assert.equal((await decide(security, second.id)).outcome, 'approved')

  // The server looks first; whoever came past it is looked at once more.
  const actor = await actorOf(scene, 'staff', system.accountId, system.postId, scene.now())
  const officers = (day?: string) =>
    scene.node.platform.db.as({ ...scene.node.platform.guard.admit(actor, null, null), ...(day ? { day } : {}) }, (tx) =>
      tx.rows(sql`select id from access.officers_in()`),
    )
  assert.ok((await officers('2026-11-24')).length > 0)
  for (const day of [undefined, '2025-12-31']) await assert.rejects(officers(day), { code: '42501' })
  await set('stopped_at', scene.now())
  await assert.rejects(officers('2026-11-24'), { code: '42501' })
})

test('one stops an account at once, two start it again', async () => {
  const { system, security } = await three()
  const her = await clerk()
  await refused(by(system, 'access.propose-restart', { officerId: her.id, why }), 'access.not_stopped')
  await refused(by(system, 'access.stop-officer', { id: her.id, reason: '' }), 'access.stop_reason_missing')
  await by(system, 'access.stop-officer', { id: her.id, reason: '手机丢了' })
  assert.equal(await isIn(her), false)
  await refused(signIn(her), 'account.stopped')
  await refused(signIn(her, 'a wrong one'), 'account.sign_in_failed')
  await refused(by(system, 'access.stop-officer', { id: her.id, reason: '再停' }), 'access.already_stopped')
  await refused(
    by(system, 'access.stop-officer', { id: (await officerOf(system.postId)).id, reason: '自己' }),
    'access.not_ones_own',
  )
  const { id } = await by(system, 'access.propose-restart', { officerId: her.id, why: '手机找回了' })
  await refused(signIn(her), 'account.stopped')
  assert.equal((await decide(security, id)).outcome, 'approved')
  assert.equal((await signIn(her)).next, 'factor')
  await her.again()
  assert.equal(await isIn(her), true)
})

test('who signs in while she is being stopped is not in afterwards', async () => {
  const { system } = await three()
  const her = await clerk()
  const step = await signIn(her)
  assert.equal(step.next, 'factor')
  const pending = (step as { pending: string }).pending
  const ends = await Promise.allSettled([
    by(system, 'access.stop-officer', { id: her.id, reason: '停' }),
    accounts().finishWithCode(pending, her.code(), new Headers(), scene.now()),
  ])
  assert.equal(ends[0].status, 'fulfilled')
  const opened = ends[1]
  const cookie = opened.status === 'fulfilled' ? opened.value.cookies.map((line) => line.split(';')[0]).join('; ') : ''
  assert.equal(await accounts().sessionOf(cookie, scene.now()), null)
  assert.equal(await isIn(her), false)
})

test('with her last post her sessions end, and with one of two they do not; who leaves is told who ended it', async () => {
  const { system } = await three()
  const her = await clerk()
  const second = newId(scene.now())
  await scene.owner.query(
    `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at)
     select $1, officer_id, organisation_id, 'street-reviewer', areas, scope, domains, valid_from, recorded_at from access.post where id = $2`,
    [second, her.postId],
  )
  await by(system, 'access.end-post', { id: her.postId, reason: '换岗' })
  assert.equal(await isIn(her), true)
  await by(system, 'access.end-post', { id: second, reason: '借调结束' })
  assert.equal(await isIn(her), false)
  type Posts = { posts: { id: string; endedBy: string | null; endedWhy: string | null }[] }
  const { posts } = await by<Posts>(system, 'access.list-officers', {})
  const ended = posts.find((post) => post.id === second)
  assert.equal(ended?.endedWhy, '借调结束')
  assert.match(ended?.endedBy ?? '', /^何晓/)

  const gone = await clerk()
  await by(system, 'access.end-officer', { id: gone.id, reason: '离职' })
  assert.equal(await isIn(gone), false)
  await refused(signIn(gone), 'account.stopped')
  await refused(by(system, 'access.propose-restart', { officerId: gone.id, why }), 'access.already_ended')
})

test('the security administrator sees sessions, rests and counts of her area, ends and releases, and nothing of residents', async () => {
  const { security } = await three()
  const [her, idle, elsewhere] = [await clerk(), await clerk(), await clerk('window-clerk', '440105001')]
  await scene.resident()
  const watch = () => by<SignIns>(security, 'access.list-sign-ins', {})
  const row = async (officerId: string) => (await watch()).officers.find((one) => one.officerId === officerId)
  const text = JSON.stringify(await watch())
  assert.ok(!text.includes(elsewhere.name), 'another district is not hers')
  assert.ok(!/100\d{8}|account_?[iI]d|resident/.test(text), 'no phone, no account')
  assert.equal((await row(her.id))?.sessions.length, 1)
  assert.equal((await row(her.id))?.proposes, false, 'a system administrator does')
  const administrating = await clerk('system-administrator', place.district)
  assert.equal((await row(administrating.id))?.proposes, true)

  for (let n = 0; n < 10; n++) await refused(signIn(her, 'a wrong guess'), 'account.sign_in_failed')
  for (let n = 0; n < 10; n++) await refused(signIn({ username: 'nobody.here', password: 'x' }), 'account.sign_in_failed')
  await refused(signIn(her), 'account.locked')
  const rests = (await row(her.id))?.rests
  assert.deepEqual(rests, [{ what: 'password', since: scene.now(), until: new Date(scene.now().getTime() + 15 * 60_000) }])
  assert.equal((await watch()).otherRests, 1)
  const { failures } = await watch()
  assert.ok(failures.find((one) => one.how === 'password')!.failures >= 11)
  assert.ok(failures.find((one) => one.how === 'unknown')!.failures >= 10)
  assert.ok(failures.every((one) => one.hour.getUTCMinutes() === 0))

  await refused(by(security, 'access.release-sign-in', { officerId: her.id, reason: ' ' }), 'access.release_reason_missing')
  await refused(by(security, 'access.release-sign-in', { officerId: idle.id, reason: '放' }), 'access.nothing_rests')
  await by(security, 'access.release-sign-in', { officerId: her.id, reason: '本人来电话核实' })
  assert.equal((await signIn(her)).next, 'factor')
  assert.deepEqual((await row(her.id))?.rests, [])

  // A rest of the page of the password is let go with it; what another rests under is not.
  const own = (await accounts().sessionOf(her.cookie, scene.now()))!
  const mistype = () => accounts().changePassword(own, { old: 'wrong', next: 'x', words: [] }, scene.now())
  for (let n = 0; n < 10; n++) await refused(mistype(), 'account.old_password_wrong')
  await refused(mistype(), 'account.locked')
  for (let n = 0; n < 10; n++) await refused(signIn(idle, 'a wrong guess'), 'account.sign_in_failed')
  await by(security, 'access.release-sign-in', { officerId: her.id, reason: '本人来电话核实' })
  await refused(mistype(), 'account.old_password_wrong')
  await refused(signIn(idle), 'account.locked')

  const session = (await row(her.id))!.sessions[0]!.id
  assert.equal(
    (await by<{ ended: number }>(security, 'access.end-sessions', { officerId: idle.id, sessionId: session })).ended,
    0,
  )
  assert.equal(await isIn(her), true, 'a session is ended under its own officer only')
  assert.equal((await by<{ ended: number }>(security, 'access.end-sessions', { officerId: her.id, sessionId: session })).ended, 1)
  assert.equal(await isIn(her), false)
  assert.equal(await isIn(idle), true)
  await by(security, 'access.end-sessions', { officerId: idle.id, sessionId: null })
  assert.equal(await isIn(idle), false)
})
