/** The definer functions of administration, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { dayOf } from '../../src/platform/time.ts'
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

/** The administrators of the district, for functions that are one kind's alone. */
export function administrators({ world, denied, staff, resident, nobody }: Tools) {
  /** As the administrator of the district, or her post in the scope of `area`. */
  const acting = (role: string, area: string = place.district): Scope => ({
    ...staff(area, []),
    postId: world().stages.posts[role]!.postId,
    day: dayOf(world().scene.now()),
  })
  /** Refused to everybody but this administrator: by right, or since the scope acts in no such post. */
  async function onlyFor(role: string, query: RawBuilder<unknown>): Promise<void> {
    for (const other of [SYSTEM, SECURITY, AUDIT, 'district-leader'].filter((one) => one !== role))
      await denied(acting(other), query)
    for (const scope of [staff(place.district), resident(randomUUID()), nobody]) await denied(scope, query)
  }
  return { acting, onlyFor }
}

export function administrationDefiners(tools: Tools): Record<string, Definer> {
  const { world, ask, denied, staff, resident, nobody } = tools
  const { acting, onlyFor } = administrators(tools)
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
        await denied(acting(SECURITY), sql`select from access.proposal`)
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
    'access.area_of_officer': {
      why: 'where an officer belongs, asked before a change to her account is proposed',
      async foreign() {
        const { officerId } = world().stages.at.received!.colleague
        const area = sql<{ area: string | null }>`select access.area_of_officer(${officerId}) as area`
        for (const role of [SYSTEM, SECURITY, AUDIT]) {
          assert.equal((await one(acting(role), area)).area, place.street)
          assert.equal((await one(acting(role, place.otherDistrict), area)).area, null, 'another district')
          assert.equal((await one(acting(role, ''), area)).area, null, 'no area')
        }
        for (const scope of [acting('district-leader'), staff(place.district), resident(randomUUID()), nobody])
          await denied(scope, area)
      },
    },
    'access.changes_in': {
      why: 'changes to accounts of the own area, for the three who make them together',
      async foreign() {
        const all = sql`select id from access.changes_in(${world().scene.now()}, '2026-11-24')`
        for (const role of [SYSTEM, SECURITY, AUDIT]) {
          assert.ok((await ask(acting(role), all)).length > 0, role)
          assert.deepEqual(await ask(acting(role, place.otherDistrict), all), [], 'another district')
          assert.deepEqual(await ask(acting(role, ''), all), [], 'no area')
        }
        for (const scope of [acting('district-leader'), staff(place.district), resident(randomUUID()), nobody])
          await denied(scope, all)
        await denied(acting(SYSTEM), sql`select from access.proposal`)
      },
    },
    'access.decide_change': {
      why: 'takes factors away or starts an account again, in the transaction of the approval',
      async foreign() {
        const { resetId } = world().stages.at.received!.colleague
        const decide = (id = resetId) =>
          sql<Ended>`select access.decide_change(${id}, true, null, ${world().scene.now()}, '2026-11-24') as ended`
        assert.equal((await one(acting(SECURITY, place.otherDistrict), decide())).ended, 'missing', 'another district')
        assert.equal((await one(acting(SECURITY, ''), decide())).ended, 'missing', 'no area')
        assert.equal((await one(acting(SECURITY), decide(randomUUID()))).ended, 'missing')
        assert.equal((await one(acting(SYSTEM), decide())).ended, 'own', 'who proposed it')
        assert.equal((await one(acting(AUDIT), decide())).ended, 'another_kind')
        for (const scope of [acting('district-leader'), staff(place.district), resident(randomUUID()), nobody])
          await denied(scope, decide())
        await denied(acting(SECURITY), sql`delete from auth.totp`)
        await denied(acting(SECURITY), sql`select auth.take_factors(${randomUUID()}, false, null)`)
      },
    },
    'access.end_sessions': {
      why: 'ends sessions of an officer of the own area; no role of a request reaches them',
      async foreign() {
        const { officerId } = world().stages.at.received!.colleague
        const end = sql<{ ended: number | null }>`select access.end_sessions(${officerId}, null, ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SECURITY, place.otherDistrict), end)).ended, null, 'another district')
        assert.equal((await one(acting(SECURITY, ''), end)).ended, null, 'no area')
        await onlyFor(SECURITY, end)
        await denied(acting(SECURITY), sql`delete from auth."session"`)
      },
    },
    'access.failures_since': {
      why: 'counts of failed tries by the hour, of nobody',
      foreign: () => onlyFor(SECURITY, sql`select how from access.failures_since('2026-11-01')`),
    },
    'access.last_command': {
      why: 'when a backup was made last; nobody else reads the audit',
      async foreign() {
        const last = sql<{ at: Date | null }>`select access.last_command('console.backup', ${world().scene.now()}) as at`
        assert.equal((await one(acting(SYSTEM), last)).at, null)
        await onlyFor(SYSTEM, last)
      },
    },
    'access.make_reset_link': {
      why: 'the hash of a link, of whoever proposed the reset',
      async foreign() {
        const { approvedId } = world().stages.at.received!.colleague
        const make = sql<Ended>`select access.make_reset_link(${approvedId}, ${'0'.repeat(64)}, ${world().scene.now()}, ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), make)).ended, 'missing', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), make)).ended, 'missing', 'no area')
        for (const role of [SECURITY, AUDIT])
          assert.equal((await one(acting(role), make)).ended, 'missing', 'who did not propose it')
        for (const scope of [acting('district-leader'), staff(place.district), resident(randomUUID()), nobody])
          await denied(scope, make)
        await denied(acting(SYSTEM), sql`select from auth.factor_reset`)
      },
    },
    'access.missing_approvers': {
      why: 'of which kinds of administrators nobody works over the areas of the post; who works where is the server’s to read',
      async foreign() {
        const missing = sql<{ kind: string }>`select kind from access.missing_approvers() as kind`
        assert.deepEqual(await ask(acting(SYSTEM), missing), [])
        await onlyFor(SYSTEM, missing)
      },
    },
    'access.propose_change': {
      why: 'writes down a change that another approves; no role of a request writes proposals',
      async foreign() {
        const { stoppedId } = world().stages.at.received!.colleague
        const propose = sql<Ended>`select access.propose_change(${newId(world().scene.now())}, 'reset', ${stoppedId}, false, 'x', ${world().scene.now()}, ${world().scene.now()}, '2026-11-24') as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), propose)).ended, 'missing', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), propose)).ended, 'missing', 'no area')
        for (const role of [SECURITY, AUDIT]) assert.equal((await one(acting(role), propose)).ended, 'another_kind')
        for (const scope of [acting('district-leader'), staff(place.district), resident(randomUUID()), nobody])
          await denied(scope, propose)
      },
    },
    'access.release': {
      why: 'lets a name be tried again that rests; counts of tries are of the login role',
      async foreign() {
        const { officerId, stoppedId } = world().stages.at.received!.colleague
        const release = (id = officerId) => sql<Ended>`select access.release(${id}, 'x', ${world().scene.now()}) as ended`
        assert.equal((await one(acting(SECURITY, place.otherDistrict), release())).ended, 'missing', 'another district')
        assert.equal((await one(acting(SECURITY, ''), release())).ended, 'missing', 'no area')
        assert.equal((await one(acting(SECURITY), release(stoppedId))).ended, 'free', 'the tries of another are not hers')
        await onlyFor(SECURITY, release())
        await denied(acting(SECURITY), sql`delete from auth.sign_in_try`)
      },
    },
    'access.resting_in': {
      why: 'names that rest, under hashes that only the server can make',
      foreign: () =>
        onlyFor(
          SECURITY,
          sql`select last_at from access.resting_in(${[randomBytes(32)]}::bytea[], 10, 900, ${world().scene.now()})`,
        ),
    },
    'access.sign_ins_in': {
      why: 'officers of the own area and where they are signed in',
      async foreign() {
        const all = sql`select officer_id from access.sign_ins_in(${world().scene.now()}, 1800)`
        assert.ok((await ask(acting(SECURITY), all)).length > 0)
        assert.deepEqual(await ask(acting(SECURITY, place.otherDistrict), all), [], 'another district')
        assert.deepEqual(await ask(acting(SECURITY, ''), all), [], 'no area')
        await onlyFor(SECURITY, all)
        await denied(acting(SECURITY), sql`select from auth."session"`)
      },
    },
    'access.stop_officer': {
      why: 'an account that opens nothing from now on, with the end of its sessions',
      async foreign() {
        const { officerId } = world().stages.at.received!.colleague
        const stop = sql<Ended>`select access.stop_officer(${officerId}, 'x', ${world().scene.now()}, '2026-11-24') as ended`
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), stop)).ended, 'missing', 'another district')
        assert.equal((await one(acting(SYSTEM, ''), stop)).ended, 'missing', 'no area')
        await onlyFor(SYSTEM, stop)
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
