/** New officers and their posts: invited by one, approved by another, ended at once. Over use cases, in the running house. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { administrators, isAdministrator } from '../../src/core/access/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { newId } from '../../src/platform/id.ts'
import type { Refusal } from '../../src/platform/refusal.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

type Out = Record<string, string>
const as = async (actor: Actor, operation: string, input: object): Promise<Out> =>
  declared
    .get(operation)!
    .run({ platform: scene.node.platform, actor, now: scene.now(), requestId: newId(scene.now()) }, input) as Promise<Out>
const by = async (post: StaffPost, operation: string, input: object): Promise<Out> =>
  as(await actorOf(scene, 'staff', post.accountId, post.postId, scene.now()), operation, input)
const refused = (promise: Promise<unknown>, code: string) =>
  assert.rejects(promise, (error: Refusal) => {
    assert.equal(error.code, code)
    return true
  })
const administrator = (kind: (typeof administrators)[number], area: string = place.district) => makePost(scene, kind, [area], [])
const rowOf = async (post: StaffPost) =>
  (
    await scene.owner.query<{ officerId: string; organisationId: string }>(
      'select officer_id as "officerId", organisation_id as "organisationId" from access.post where id = $1',
      [post.postId],
    )
  ).rows[0]!

let links = 0
const linkOf = () => `link-of-an-invitation-${++links}`
const nobody: Actor = { kind: 'public' }
const password = 'four unrelated words'
/** Invited, came, has an account and no post. */
async function newcomer(system: StaffPost, username: string): Promise<{ officerId: string; organisationId: string }> {
  const { organisationId } = await rowOf(system)
  const token = linkOf()
  await by(system, 'access.invite-officer', {
    token,
    name: '何新',
    number: `N-${username}`.replaceAll('.', '-'),
    username,
    organisationId,
  })
  return { officerId: (await as(nobody, 'access.accept-invitation', { token, password })).id!, organisationId }
}
const clerk = { role: 'window-clerk', areas: [place.street], domains: ['civil-affairs'], validFrom: '2026-11-24', validTo: null }

test('one invites and proposes, another approves, and only then does the post work', async () => {
  const [system, security] = [await administrator('system-administrator'), await administrator('security-administrator')]
  const { officerId, organisationId } = await newcomer(system, 'lin.xia')
  const { rows } = await scene.owner.query('select account_id from access.officer where id = $1', [officerId])
  const held = async () => {
    const { rows: posts } = await scene.owner.query('select id from access.post where officer_id = $1', [officerId])
    return posts.map((post) => post.id as string)
  }
  const { id, outcome } = await by(system, 'access.propose-post', { ...clerk, officerId, organisationId })
  assert.equal(outcome, 'proposed')
  assert.deepEqual(await held(), [], 'proposed is not held')
  assert.equal((await by(security, 'access.decide-post', { id, approve: true, reason: '' })).outcome, 'approved')
  // Her password alone opens nothing: she makes a second factor before she comes to the post.
  const step = await scene.node.platform.services.accounts.signInStaff(
    'lin.xia',
    password,
    new Headers(),
    scene.now(),
    '10.1.2.3',
  )
  assert.equal(step.next, 'enrol')
  const [postId] = await held()
  const actor = await actorOf(scene, 'staff', rows[0].account_id, postId!, scene.now())
  assert.equal(actor.kind, 'staff')
  await refused(by(security, 'access.decide-post', { id, approve: false, reason: '晚了' }), 'access.already_decided')

  await by(system, 'access.end-post', { id: postId!, reason: '换岗' })
  await refused(actorOf(scene, 'staff', rows[0].account_id, postId!, scene.now()), 'access.post_ended')
  await refused(by(system, 'access.end-post', { id: postId!, reason: '换岗' }), 'access.already_ended')
})

test('a post that nobody approved in thirty days, or whose proposer has left, is proposed again', async () => {
  const [system, security] = [await administrator('system-administrator'), await administrator('security-administrator')]
  const officer = await newcomer(system, 'waits.long')
  const decide = (id: string | undefined) => by(security, 'access.decide-post', { id, approve: true, reason: '' })
  const waits = async (id: string | undefined) => {
    const proposals = (await by(security, 'access.list-proposals', {})) as unknown as { id: string; outcome: string | null }[]
    return proposals.find((one) => one.id === id)?.outcome
  }
  const first = await by(system, 'access.propose-post', { ...clerk, ...officer })
  const start = scene.now()
  assert.equal(await waits(first.id), null)
  scene.at(new Date(start.getTime() + 30 * 24 * 3_600_000).toISOString())
  assert.equal(await waits(first.id), 'over')
  await refused(decide(first.id), 'access.proposal_expired')
  scene.at(start.toISOString())

  const second = await by(system, 'access.propose-post', { ...clerk, ...officer })
  await scene.owner.query('update access.post set ended_at = $2 where id = $1', [system.postId, scene.now()])
  await refused(decide(second.id), 'access.proposer_ended')
  await scene.owner.query('update access.post set ended_at = null where id = $1', [system.postId])
  assert.equal((await decide(second.id)).outcome, 'approved')
})

test('a link works once, for seven days, and not after it was taken back', async () => {
  const system = await administrator('system-administrator')
  const { organisationId } = await rowOf(system)
  const invite = async (token: string, username: string) =>
    (await by(system, 'access.invite-officer', { token, name: '何', number: `L-${username}`, username, organisationId })).id!
  const [used, old, back] = [linkOf(), linkOf(), linkOf()]
  await invite(used, 'used')
  assert.equal(
    ((await as(nobody, 'access.read-invitation', { token: used })) as unknown as { username: string }).username,
    'used',
  )
  await refused(as(nobody, 'access.accept-invitation', { token: used, password: 'short' }), 'account.password_short')
  await refused(
    as(nobody, 'access.accept-invitation', { token: used, password: 'my name is used twice' }),
    'access.password_is_name',
  )
  await as(nobody, 'access.accept-invitation', { token: used, password })
  await refused(as(nobody, 'access.accept-invitation', { token: used, password }), 'access.invitation_gone')

  await as(await actorOf(scene, 'staff', system.accountId, system.postId, scene.now()), 'access.withdraw-invitation', {
    id: await invite(back, 'back'),
  })
  await refused(as(nobody, 'access.accept-invitation', { token: back, password }), 'access.invitation_gone')

  await invite(old, 'old')
  await refused(invite(linkOf(), 'old'), 'access.number_taken')
  scene.at('2026-12-01T02:00:00Z')
  await refused(as(nobody, 'access.read-invitation', { token: old }), 'access.invitation_gone')
  await refused(as(nobody, 'access.accept-invitation', { token: old, password }), 'access.invitation_gone')
  scene.at('2026-11-24T02:00:00Z')
  const { rows } = await scene.owner.query("select encode(token_hash, 'escape') as hash from access.invitation")
  assert.ok(rows.length > 2 && !rows.some((row) => [used, old, back].includes(row.hash)), 'no link lies in the database')
})

test('three administrators, three people: a second kind is refused, by the database too', async () => {
  const [system, security] = [await administrator('system-administrator'), await administrator('security-administrator')]
  const { officerId, organisationId } = await newcomer(system, 'two.kinds')
  const wants = (role: string, validFrom: string, validTo: string | null) =>
    by(system, 'access.propose-post', {
      ...clerk,
      role,
      areas: [place.district],
      domains: [],
      validFrom,
      validTo,
      officerId,
      organisationId,
    })
  // Both proposed before either is approved: the second stops at the approval.
  const first = await wants('audit-administrator', '2026-11-24', '2026-12-31')
  const second = await wants('system-administrator', '2026-12-31', null)
  const after = await wants('system-administrator', '2027-01-01', null)
  await by(security, 'access.decide-post', { id: first.id, approve: true, reason: '' })
  await refused(by(security, 'access.decide-post', { id: second.id, approve: true, reason: '' }), 'access.second_kind')
  await refused(wants('security-administrator', '2026-12-01', null), 'access.second_kind')
  assert.equal(
    (await by(security, 'access.decide-post', { id: after.id, approve: true, reason: '' })).outcome,
    'approved',
    'one after the other',
  )
  await assert.rejects(
    scene.owner.query(
      `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at) values ($1, $2, $3, 'security-administrator', '{440106}', '440106', '{}', '2026-11-24', $4)`,
      [newId(scene.now()), officerId, organisationId, scene.now()],
    ),
    { code: '23P01' },
  )
})

test('nobody approves what she proposed, nor a post of her own', async () => {
  const [system, security] = [await administrator('system-administrator'), await administrator('security-administrator')]
  const her = await rowOf(security)
  const own = await by(system, 'access.propose-post', { ...clerk, ...her })
  await refused(by(security, 'access.decide-post', { id: own.id, approve: true, reason: '' }), 'access.not_ones_own_proposal')
  await refused(
    by(security, 'access.decide-post', { id: own.id, approve: false, reason: '不要' }),
    'access.not_ones_own_proposal',
  )
  await refused(by(system, 'access.propose-post', { ...clerk, ...(await rowOf(system)) }), 'access.not_ones_own')
  await refused(by(system, 'access.end-post', { id: system.postId, reason: '停' }), 'access.not_ones_own')
  // She who proposed it in one kind of post and has since changed to the other kind.
  const { officerId, organisationId } = await newcomer(system, 'other.hat')
  const proposal = await by(system, 'access.propose-post', { ...clerk, officerId, organisationId })
  const proposer = await rowOf(system)
  await scene.owner.query('update access.post set ended_at = $2 where id = $1', [system.postId, scene.now()])
  const hat = newId(scene.now())
  await scene.owner.query(
    `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at) values ($1, $2, $3, 'security-administrator', '{440106}', '440106', '{}', '2026-11-24', $4)`,
    [hat, proposer.officerId, proposer.organisationId, scene.now()],
  )
  await refused(
    by({ ...system, postId: hat }, 'access.decide-post', { id: proposal.id, approve: true, reason: '' }),
    'access.not_ones_own_proposal',
  )
  await refused(
    by(security, 'access.decide-post', { id: proposal.id, approve: false, reason: ' ' }),
    'access.refusal_reason_missing',
  )
  assert.equal(
    (await by(security, 'access.decide-post', { id: proposal.id, approve: false, reason: '范围不对' })).outcome,
    'refused',
  )
})

test('a post fits its area, its level and its dates; a secondment names the lender and its end', async () => {
  const [system, security] = [await administrator('system-administrator'), await administrator('security-administrator')]
  const { officerId, organisationId } = await newcomer(system, 'fits.well')
  const propose = (change: object) => by(system, 'access.propose-post', { ...clerk, officerId, organisationId, ...change })
  await refused(propose({ areas: [place.otherDistrict] }), 'access.area_not_found')
  await refused(propose({ areas: [place.community] }), 'access.area_of_another_level')
  await refused(propose({ domains: [] }), 'answer.choose')
  await refused(propose({ validTo: '2026-11-23' }), 'access.dates_in_order')
  await refused(propose({ validFrom: '2026-11-31' }), 'answer.no_such_day')
  const { id: street } = await by(system, 'access.add-organisation', {
    name: '借人办公室',
    kind: 'street_office',
    area: place.street,
  })
  await refused(propose({ organisationId: street }), 'access.lent_without_end')
  const lent = await propose({ organisationId: street, validTo: '2027-03-31' })
  await by(security, 'access.decide-post', { id: lent.id, approve: true, reason: '' })
  const { rows } = await scene.owner.query('select lent_by, organisation_id, valid_to from access.post where officer_id = $1', [
    officerId,
  ])
  assert.deepEqual(rows, [{ lent_by: organisationId, organisation_id: street, valid_to: '2027-03-31' }])
  // A system administrator of two neighbouring streets does not reach the third between them.
  const sibling = await makePost(scene, 'system-administrator', [place.nextStreet, '440106003'], [])
  await refused(by(sibling, 'access.propose-post', { ...clerk, officerId, organisationId }), 'access.area_not_found')
  await refused(by(sibling, 'access.end-officer', { id: officerId, reason: '停' }), 'access.officer_not_found')
})

test('who leaves loses every post at once; the last who can approve does not leave', async () => {
  const lonely = await openScene()
  const kept = scene
  scene = lonely
  try {
    // An empty house: the first security administrator needs nobody's approval, the second does.
    const system = await administrator('system-administrator')
    const first = await newcomer(system, 'first.one')
    const post = { role: 'security-administrator', areas: [place.district], domains: [], validFrom: '2026-11-24', validTo: null }
    assert.equal((await by(system, 'access.propose-post', { ...post, ...first })).outcome, 'first')
    const { rows } = await scene.owner.query(
      `select o.account_id as "accountId", p.id as "postId" from access.officer o join access.post p on p.officer_id = o.id where o.id = $1`,
      [first.officerId],
    )
    const security: StaffPost = { ...rows[0], number: '' }
    const second = await newcomer(system, 'second.one')
    const proposal = await by(system, 'access.propose-post', { ...post, ...second })
    assert.equal(proposal.outcome, 'proposed')
    await refused(by(system, 'access.end-officer', { id: first.officerId, reason: '调离' }), 'access.last_approver')
    await refused(by(system, 'access.end-post', { id: security.postId, reason: '调离' }), 'access.last_approver')
    await by(security, 'access.decide-post', { id: proposal.id, approve: true, reason: '' })
    await refused(by(system, 'access.end-officer', { id: first.officerId, reason: '调离' }), 'access.stopped_by_two')
    const stop = await by(system, 'access.propose-stop', { officerId: first.officerId, why: '调离' })
    const audit = await administrator('audit-administrator')
    await by(audit, 'access.decide-change', { id: stop.id, approve: true, reason: '' })
    await by(system, 'access.end-officer', { id: first.officerId, reason: '调离' })
    await refused(
      actorOf(scene, 'staff', security.accountId, security.postId, scene.now()).then((actor) =>
        as(actor, 'access.list-proposals', {}),
      ),
      'account.sign_in_first',
    )
    assert.equal(
      (await by(system, 'access.propose-post', { ...post, ...(await newcomer(system, 'third.one')) })).outcome,
      'proposed',
      'never a second time',
    )
  } finally {
    scene = kept
    await lonely.close()
  }
})

test('no administrator reads people or cases', async () => {
  const { pack } = scene.node.platform.services.packs.inForce()
  const own = pack.roles.filter((role) => isAdministrator(role.code))
  assert.deepEqual(own.map((role) => role.code).sort(), [...administrators].sort())
  assert.deepEqual(
    [...new Set(own.flatMap((role) => role.permissions))].sort(),
    [
      'account.approve-change', 'account.follow-change', 'account.manage', 'account.propose-change', 'audit.read', 'figures.read', 'node.watch',
      'post.approve', 'reads.review', 'retention.confirm', 'seals.read', 'sign-in.watch',
    ], // biome-ignore format: a list
    'a new permission of an administrator is a decision: none of these reads a person or a case',
  )
  const reads = [...declared.values()].filter(
    (one) => one.kind === 'personRead' || one.kind === 'file' || /^people\./.test(one.operation),
  )
  assert.ok(reads.length > 6, `${reads.length} reads of persons`)
  // Whose file it is decides, so no permission opens them: permissions.csv says that no administrator gets one.
  const byCase = reads.filter((one) => one.permission === null && one.actors.includes('staff')).map((one) => one.operation)
  assert.deepEqual(byCase.sort(), ['documents.read-document', 'documents.read-file'])
  for (const kind of administrators) {
    const post = await administrator(kind)
    const actor = await actorOf(scene, 'staff', post.accountId, post.postId, scene.now())
    for (const { permission, operation } of reads.filter((one) => one.permission !== null && one.actors.includes('staff')))
      assert.throws(
        () => {
          scene.node.platform.guard.admit(actor, permission, null)
        },
        { code: 'access.not_permitted' },
        `${operation} by ${kind}`,
      )
  }
})

test('the audit administrator sees what officers did, by id and code, and nothing of residents', async () => {
  const [system, audit] = [await administrator('system-administrator'), await administrator('audit-administrator')]
  const { officerId } = await newcomer(system, 'is.seen')
  scene.at('2026-11-24T02:00:01Z')
  await by(system, 'access.end-officer', { id: officerId, reason: '调离' })
  type Acts = {
    acts: { operation: string; officerNumber: string; objectId: string | null; postId: string | null; at: Date; id: string }[]
    more: boolean
  }
  const seen = async (input: object) => (await by(audit, 'access.list-acts', { on: '2026-11-24', ...input })) as unknown as Acts
  const [last] = (await seen({ postId: system.postId })).acts
  assert.deepEqual([last!.operation, last!.officerNumber, last!.objectId], ['access.end-officer', system.number, officerId])
  assert.ok(
    (await seen({})).acts.every((act) => act.postId !== null),
    'strangers and residents are not in it',
  )
  const one = await seen({ postId: system.postId, most: 1 })
  assert.equal(one.more, true)
  const next = await seen({ postId: system.postId, most: 1, before: { at: one.acts[0]!.at.toISOString(), id: one.acts[0]!.id } })
  assert.equal(next.acts[0]!.operation, 'access.invite-officer')
  assert.deepEqual((await seen({ act: 'access.decide-post', postId: system.postId })).acts, [])
  assert.deepEqual(
    (
      (await by(await administrator('audit-administrator', place.otherDistrict), 'access.list-acts', {
        on: '2026-11-24',
      })) as unknown as Acts
    ).acts,
    [],
  )
})
