/** The definer functions of administration, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { place, type Scene } from '../harness/scene.ts'
import type { Stages } from '../harness/stages.ts'

export interface Definer {
  why: string
  foreign: () => Promise<void>
}

export interface Tools {
  world: () => { scene: Scene; stages: Stages }
  ask: <R>(scope: Scope, query: RawBuilder<R>) => Promise<R[]>
  denied: (scope: Scope, query: RawBuilder<unknown>) => Promise<void>
  staff: (area: string, domains?: readonly string[]) => Scope
  resident: (personId: string) => Scope
  nobody: Scope
}

type Ended = { ended: string }
const SYSTEM = 'system-administrator'
const SECURITY = 'security-administrator'
const AUDIT = 'audit-administrator'

export function administrationDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  /** As the administrator of the district, or her post in the scope of `area`. */
  const acting = (role: string, area: string = place.district): Scope => ({
    ...staff(area, []),
    postId: world().stages.posts[role]!.postId,
  })
  /** Refused to everybody but this administrator: by right, or since the scope acts in no such post. */
  async function onlyFor(role: string, query: RawBuilder<unknown>): Promise<void> {
    for (const other of [SYSTEM, SECURITY, AUDIT, 'district-leader'].filter((one) => one !== role))
      await denied(acting(other), query)
    for (const scope of [staff(place.district), resident(randomUUID()), nobody]) await denied(scope, query)
  }
  const one = async <R>(scope: Scope, query: RawBuilder<R>): Promise<R> => (await ask(scope, query))[0]!

  return {
    'access.accept_invitation': {
      why: 'who holds a good link becomes an officer; she has no account before',
      async foreign() {
        const { colleague } = world().stages.at.received!
        const accept = (hash: Buffer) =>
          one(
            nobody,
            sql<{
              done: boolean
            }>`select access.accept_invitation(${hash}, ${world().scene.now()}, ${newId(world().scene.now())}, ${randomUUID()}) as done`,
          )
        assert.equal((await accept(randomBytes(32))).done, false, 'an unknown link')
        const { rows } = await world().scene.owner.query('select token_hash as hash from access.invitation where id = $1', [
          colleague.invitationId,
        ])
        await world().scene.owner.query(`update access.invitation set expires_at = $2 where id = $1`, [
          colleague.invitationId,
          world().scene.now(),
        ])
        assert.equal((await accept(rows[0].hash)).done, false, 'too old')
        await denied(
          staff(place.city),
          sql`select access.accept_invitation(${rows[0].hash}, ${world().scene.now()}, ${randomUUID()}, 'x')`,
        )
        await denied(nobody, sql`select from access.invitation`)
      },
    },
    'access.acts_in': {
      why: 'what officers of an area did; nobody else reads the audit',
      async foreign() {
        const acts = (areas: string[]) =>
          sql`select id from access.acts_in(${areas}::text[], '2026-11-23', '2026-11-26', null, null, null, null, 10)`
        assert.ok((await ask(acting(AUDIT), acts([place.district]))).length > 0)
        assert.deepEqual(await ask(acting(AUDIT, place.otherDistrict), acts([place.district])), [], 'another district')
        assert.deepEqual(await ask(acting(AUDIT, ''), acts([place.district])), [], 'no area')
        assert.deepEqual(await ask(acting(AUDIT), acts([])), [], 'no exact area')
        await onlyFor(AUDIT, acts([place.district]))
        await denied(acting(AUDIT), sql`select from platform.audit`)
      },
    },
    'access.add_organisation': {
      why: 'an organisation of the own area; no role of a request writes them',
      async foreign() {
        const add = (area: string) =>
          sql<{
            done: boolean
          }>`select access.add_organisation(${newId(world().scene.now())}, '示例', 'ngo', ${area}, ${world().scene.now()}) as done`
        assert.equal((await one(acting(SYSTEM), add(place.otherDistrict))).done, false)
        assert.equal((await one(acting(SYSTEM, ''), add(place.street))).done, false, 'no area')
        assert.equal((await one(acting(SYSTEM), add(place.street))).done, true)
        await onlyFor(SYSTEM, add(place.street))
      },
    },
    'access.decide_post': {
      why: 'makes the post that another proposed; no role of a request writes posts',
      async foreign() {
        const { proposalId } = world().stages.at.received!.colleague
        const decide = (id = proposalId) =>
          sql<Ended>`select access.decide_post(${id}, true, null, ${newId(world().scene.now())}, ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SECURITY, place.otherDistrict), decide())).ended, 'missing', 'another district')
        assert.equal((await one(acting(SECURITY, ''), decide())).ended, 'missing', 'no area')
        assert.equal((await one(acting(SECURITY), decide(randomUUID()))).ended, 'missing')
        await onlyFor(SECURITY, decide())
        await denied(acting(SECURITY), sql`select from access.post_proposal`)
        await denied(acting(SECURITY), sql`insert into access.post (id) values (${randomUUID()})`)
      },
    },
    'access.end_officer': {
      why: 'an officer who leaves, with her posts',
      async foreign() {
        const { officerId } = world().stages.at.received!.colleague
        const end = sql<Ended>`select access.end_officer(${officerId}, 'x', ${world().scene.now()}, '2026-11-24') as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), end)).ended, 'missing', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), end)).ended, 'missing', 'no area')
        await onlyFor(SYSTEM, end)
      },
    },
    'access.end_post': {
      why: 'a post that ends before its last day',
      async foreign() {
        const { postId } = world().stages.at.received!.colleague
        const end = (id: string) => sql<Ended>`select access.end_post(${id}, 'x', ${world().scene.now()}, '2026-11-24') as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), end(postId))).ended, 'missing', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), end(postId))).ended, 'missing', 'no area')
        assert.equal((await one(acting(SYSTEM), end(world().stages.posts[SYSTEM]!.postId))).ended, 'own')
        await onlyFor(SYSTEM, end(postId))
      },
    },
    'access.invitation_of': {
      why: 'whom a link invites, asked by who has no account yet',
      async foreign() {
        const of = (hash: Buffer) => sql`select * from access.invitation_of(${hash}, ${world().scene.now()})`
        assert.deepEqual(await ask(nobody, of(randomBytes(32))), [])
        await denied(staff(place.city), of(randomBytes(32)))
        await denied(resident(randomUUID()), of(randomBytes(32)))
      },
    },
    'access.invitations_in': {
      why: 'links that wait in the own area; the table is nobody’s to read',
      async foreign() {
        const all = sql`select id from access.invitations_in(${world().scene.now()})`
        assert.ok((await ask(acting(SYSTEM), all)).length > 0)
        assert.deepEqual(await ask(acting(SYSTEM, place.otherDistrict), all), [], 'another district')
        assert.deepEqual(await ask(acting(SYSTEM, ''), all), [], 'no area')
        await onlyFor(SYSTEM, all)
        await denied(acting(SYSTEM), sql`select from access.invitation`)
      },
    },
    'access.invite': {
      why: 'asks over all officers whether a number is taken, which no role of a request sees',
      async foreign() {
        const { organisationId } = world().stages.at.received!.colleague
        const invite = sql<Ended>`select access.invite(${newId(world().scene.now())}, ${randomBytes(32)}, '何', 'Z0009', 'zed.nine', ${organisationId}, ${world().scene.now()}, ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), invite)).ended, 'organisation', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), invite)).ended, 'organisation', 'no area')
        await onlyFor(SYSTEM, invite)
      },
    },
    'access.officers_in': {
      why: 'officers of the own area; who works where is the server’s to read',
      async foreign() {
        const all = sql`select id from access.officers_in()`
        assert.ok((await ask(acting(SYSTEM), all)).length > 0)
        assert.deepEqual(await ask(acting(SYSTEM, place.otherDistrict), all), [], 'another district')
        assert.deepEqual(await ask(acting(SYSTEM, ''), all), [], 'no area')
        await onlyFor(SYSTEM, all)
      },
    },
    'access.posts_in': {
      why: 'posts of the own area; who works where is the server’s to read',
      async foreign() {
        const all = sql`select id from access.posts_in()`
        assert.ok((await ask(acting(SYSTEM), all)).length > 0)
        assert.deepEqual(await ask(acting(SYSTEM, place.otherDistrict), all), [], 'another district')
        assert.deepEqual(await ask(acting(SYSTEM, ''), all), [], 'no area')
        await onlyFor(SYSTEM, all)
      },
    },
    'access.proposals_in': {
      why: 'posts that wait for approval in the own area, for the two who make them',
      async foreign() {
        const all = sql`select id from access.proposals_in()`
        for (const role of [SYSTEM, SECURITY]) {
          assert.ok((await ask(acting(role), all)).length > 0, role)
          assert.deepEqual(await ask(acting(role, place.otherDistrict), all), [], 'another district')
          assert.deepEqual(await ask(acting(role, ''), all), [], 'no area')
        }
        for (const scope of [acting(AUDIT), acting('district-leader'), staff(place.district), nobody]) await denied(scope, all)
      },
    },
    'access.propose_post': {
      why: 'writes down a post that another approves; no role of a request writes proposals',
      async foreign() {
        const { officerId, organisationId } = world().stages.at.received!.colleague
        const propose = (area: string) =>
          sql<Ended>`select access.propose_post(${newId(world().scene.now())}, ${newId(world().scene.now())}, ${officerId}, ${organisationId}, 'window-clerk', ${[area]}::text[], ${area}, '{}', '2026-11-24', null, ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SYSTEM), propose(place.otherDistrict))).ended, 'area', 'a post of another district')
        assert.equal(
          (await one(acting(SYSTEM, place.otherDistrict), propose(place.otherDistrict))).ended,
          'officer',
          'an officer of elsewhere',
        )
        assert.equal((await one(acting(SYSTEM, ''), propose(place.street))).ended, 'officer', 'no area')
        await onlyFor(SYSTEM, propose(place.street))
      },
    },
    'access.withdraw_invitation': {
      why: 'takes a link back',
      async foreign() {
        const { invitationId } = world().stages.at.received!.colleague
        const withdraw = sql<{
          done: boolean
        }>`select access.withdraw_invitation(${invitationId}, ${world().scene.now()}) as done`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), withdraw)).done, false, 'another district')
        assert.equal((await one(acting(SYSTEM, ''), withdraw)).done, false, 'no area')
        await onlyFor(SYSTEM, withdraw)
      },
    },
  }
}
