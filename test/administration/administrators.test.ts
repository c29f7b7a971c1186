/** Of the three administrators nobody alone stops another, ends her, or becomes the only one left. Each story in a house of its own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../src/platform/id.ts'
import type { Refusal } from '../../src/platform/refusal.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

const START = '2026-11-24T02:00:00Z'
let scene: Scene

type Out = Record<string, string>
const by = async <R = Out>(post: StaffPost, operation: string, input: object): Promise<R> => {
  const actor = await actorOf(scene, 'staff', post.accountId, post.postId, scene.now())
  const call = { platform: scene.node.platform, actor, now: scene.now(), requestId: newId(scene.now()) }
  return declared.get(operation)!.run(call, input) as Promise<R>
}
const refused = (promise: Promise<unknown>, code: string) =>
  assert.rejects(promise, (error: Refusal) => {
    assert.equal(error.code, code)
    return true
  })
type Kind = 'system-administrator' | 'security-administrator' | 'audit-administrator'
const administrator = (kind: Kind, area: string = place.district) => makePost(scene, kind, [area], [])
const three = async () => ({
  system: await administrator('system-administrator'),
  security: await administrator('security-administrator'),
  audit: await administrator('audit-administrator'),
})
const why = '已经查清'
const decide = (decider: StaffPost, id: string | undefined) =>
  by(decider, 'access.decide-change', { id, approve: true, reason: '' })
const idOf = async ({ postId }: StaffPost): Promise<string> =>
  (await scene.owner.query('select officer_id as id from access.post where id = $1', [postId])).rows[0].id
const stopByOne = async (system: StaffPost, her: StaffPost) =>
  by(system, 'access.stop-officer', { id: await idOf(her), reason: '停' })
const proposeStop = async (proposer: StaffPost, her: StaffPost) =>
  by(proposer, 'access.propose-stop', { officerId: await idOf(her), why: '账号可能被人用了' })
const proposeRestart = async (proposer: StaffPost, her: StaffPost) =>
  by(proposer, 'access.propose-restart', { officerId: await idOf(her), why })
/** In a house of its own, where no other administrator is. */
async function alone(work: () => Promise<void>): Promise<void> {
  scene = await openScene(START)
  try {
    await work()
  } finally {
    await scene.close()
  }
}

test('one system administrator alone stops none of the others, nor ends them or their posts', () =>
  alone(async () => {
    const { system, security, audit } = await three()
    const second = await administrator('system-administrator')
    for (const other of [second, security, audit]) {
      await refused(stopByOne(system, other), 'access.stopped_by_two')
      await assert.rejects(
        by(system, 'access.end-officer', { id: await idOf(other), reason: '停' }),
        /last_approver|stopped_by_two/,
      )
      await assert.rejects(by(system, 'access.end-post', { id: other.postId, reason: '停' }), /last_approver|stopped_by_two/)
    }
    // Proposed is not done, and nobody of the same kind proposes or decides.
    await refused(proposeStop(system, second), 'access.change_of_another_kind')
    const ofAudit = await proposeStop(system, audit)
    await refused(decide(audit, ofAudit.id), 'access.not_ones_own_change')
    await refused(decide(second, ofAudit.id), 'access.not_permitted')
    assert.equal((await actorOf(scene, 'staff', audit.accountId, audit.postId, scene.now())).kind, 'staff')
    await refused(proposeStop(system, await makePost(scene, 'window-clerk', [place.street], [])), 'access.stopped_by_one')
    // An ordinary post of an administrator is no matter of two.
    const hat = newId(scene.now())
    await scene.owner.query(
      `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at)
       select $1, officer_id, organisation_id, 'window-clerk', areas, scope, domains, valid_from, recorded_at from access.post where id = $2`,
      [hat, second.postId],
    )
    await by(system, 'access.end-post', { id: hat, reason: '换岗' })
  }))

test('two of the other kinds stop an administrator, and the same two start her again or one ends her', () =>
  alone(async () => {
    const { system, security, audit } = await three()
    for (const [her, proposer, approver] of [
      [audit, system, security],
      [security, system, audit],
      [system, security, audit],
    ] as const) {
      await decide(approver, (await proposeStop(proposer, her)).id)
      await refused(proposeStop(proposer, her), 'access.already_stopped')
      const { rows } = await scene.owner.query('select stopped_at, stopped_why from access.officer where id = $1', [
        await idOf(her),
      ])
      assert.deepEqual(rows, [{ stopped_at: scene.now(), stopped_why: '账号可能被人用了' }])
      await decide(approver, (await proposeRestart(proposer, her)).id)
    }
    // The only one of her kind is not ended, stopped or not; with a successor one person ends her.
    await decide(security, (await proposeStop(system, audit)).id)
    const end = async () => by(system, 'access.end-officer', { id: await idOf(audit), reason: '调离' })
    await refused(end(), 'access.last_approver')
    await administrator('audit-administrator')
    await end()
  }))

test('of stops that are approved at once, one is done: whoever was stopped meanwhile approves nothing', () =>
  alone(async () => {
    for (let n = 0; n < 4; n++) {
      const { system, security, audit } = await three()
      const [ofAudit, ofSecurity] = [await proposeStop(system, audit), await proposeStop(system, security)]
      const ends = await Promise.allSettled([decide(security, ofAudit.id), decide(audit, ofSecurity.id)])
      assert.deepEqual(ends.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
      const { rows } = await scene.owner.query(
        'select count(*)::int as n from access.officer where id = any($1) and stopped_at is not null',
        [[await idOf(audit), await idOf(security)]],
      )
      assert.equal(rows[0].n, 1)
    }
  }))

test('an approver of elsewhere is none: the last of an area stays, and the machine says which kind is missing', () =>
  alone(async () => {
    const system = await administrator('system-administrator')
    const missing = async () => (await by<{ missingApprovers: string[] }>(system, 'node.read-state', {})).missingApprovers.sort()
    assert.deepEqual(await missing(), ['audit-administrator', 'security-administrator'])
    const security = await administrator('security-administrator')
    const audit = await administrator('audit-administrator')
    await administrator('security-administrator', place.otherDistrict)
    await administrator('security-administrator', place.street)
    assert.deepEqual(await missing(), [])
    const end = () => by(system, 'access.end-post', { id: security.postId, reason: '换岗' })
    await refused(end(), 'access.last_approver')
    await decide(audit, (await proposeStop(system, security)).id)
    assert.deepEqual(await missing(), ['security-administrator'])
    await refused(end(), 'access.last_approver')
    await administrator('security-administrator', place.city)
    assert.deepEqual(await missing(), [])
    await end()
  }))
