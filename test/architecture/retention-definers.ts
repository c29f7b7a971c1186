/** The definer functions of retention, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import { commonAncestor } from '../../src/core/areas/index.ts'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { dayOf } from '../../src/platform/time.ts'
import { makePost } from '../harness/cast.ts'
import { place } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'
import type { Definer, Tools } from './administration-definers.ts'

const AUDIT = 'audit-administrator'

export function retentionDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  const now = () => world().scene.now()
  const acting = (role: string, area: string = place.district, domains: readonly string[] = DOMAINS): Scope => ({
    ...staff(area, domains),
    postId: world().stages.posts[role]!.postId,
    day: dayOf(now()),
  })
  /** Of the audit administrator alone. */
  async function auditOnly(query: RawBuilder<unknown>): Promise<void> {
    for (const role of ['system-administrator', 'security-administrator', 'district-leader']) await denied(acting(role), query)
    for (const scope of [staff(place.district), resident(randomUUID()), nobody]) await denied(scope, query)
  }
  /** Of the sweep alone: no role of a person may call it. */
  async function sweepOnly(query: RawBuilder<unknown>): Promise<void> {
    for (const scope of [acting(AUDIT), staff(place.city), resident(randomUUID()), nobody]) await denied(scope, query)
  }
  const ended = async (scope: Scope, query: RawBuilder<{ ended: string }>) => (await ask(scope, query))[0]!.ended
  const place_hold = (kind: string, number: string, area = '') =>
    sql<{
      ended: string
    }>`select retention.place_hold(${newId(now())}, ${kind}, ${number}, ${area}, 'draft', '复议', '文号', null, ${now()}) as ended`
  /** A leader of her own post, made for this. */
  const leader = async (areas: string[], domains: readonly string[] = DOMAINS, dates?: { from: string; to: string | null }) => {
    const { postId } = await makePost(world().scene, 'street-leader', areas, domains, dates)
    return { ...staff(commonAncestor(areas)!, domains), postId }
  }
  /** Of whoever acts in a living post of a street or district that has lines, in the scope of that post. */
  async function leadersOnly(query: RawBuilder<unknown>): Promise<void> {
    for (const role of ['system-administrator', 'security-administrator', AUDIT]) await denied(acting(role), query)
    await denied(acting('community-officer', place.community), query)
    await denied(acting('street-leader', place.city), query)
    await denied(await leader([place.street], DOMAINS, { from: '2026-01-01', to: '2026-11-23' }), query)
    await denied(await leader([place.street], DOMAINS, { from: '2026-12-01', to: null }), query)
    const gone = await leader([place.street])
    await world().scene.owner.query('update access.post set ended_at = $2, ended_by = $1, ended_why = $3 where id = $1', [
      gone.postId,
      now(),
      '离岗',
    ])
    await denied(gone, query)
    for (const scope of [staff(place.street), resident(randomUUID()), nobody]) await denied(scope, query)
  }

  return {
    'retention.count_due': {
      why: 'counts what is due past row security; counts alone, for the audit administrator and the sweep',
      foreign: () =>
        auditOnly(sql`select * from retention.count_due('draft', 'draft', 'erase', '{}', null, ${now()}, ${now()}, 10)`),
    },
    'retention.next_of': {
      why: 'names the ids that the next batch would take, whoever’s they are',
      foreign: () => sweepOnly(sql`select * from retention.next_of('2026-11-24', 'draft', 10)`),
    },
    'retention.let_go': {
      why: 'erases past row security, of what the day’s count showed and nobody holds',
      async foreign() {
        const call = sql<{
          gone: number
        }>`select retention.let_go('2026-11-24', 'draft', array[${world().stages.at.received!.draftId}], '{}', '{}', '{}', '{}', ${now()}) as gone`
        await sweepOnly(call)
        const sweep: Scope = { role: 'app_system', area: place.city, domains: DOMAINS, subjects: [], accountId: null }
        assert.deepEqual(await ask(sweep, call), [{ gone: 0 }], 'a day that nobody counted lets nothing go')
      },
    },
    'retention.deletion_waits': {
      why: 'the basis of a hold, for whose account is to be deleted: her session opens no scope any more',
      async foreign() {
        const { accountId, personId } = world().stages.at.received!.applicant
        const waits = sql`select retention.deletion_waits(${accountId}, '{}', ${now()})`
        for (const scope of [acting(AUDIT), staff(place.city), resident(personId), nobody]) await denied(scope, waits)
      },
    },
    'retention.own_cases': {
      why: 'a case that was put away is seen by nobody, and she is told that it stays',
      async foreign() {
        const { personId } = world().stages.at.received!.applicant
        const own = sql<{ number: string }>`select number from retention.own_cases(${personId})`
        for (const scope of [acting(AUDIT), staff(place.city), nobody]) await denied(scope, own)
        assert.deepEqual(await ask(resident(randomUUID()), own), [], 'another person’s cases are not there')
        assert.ok((await ask(resident(personId), own)).length > 0)
      },
    },
    'retention.accounts_to_delete': {
      why: 'names the accounts whose owners asked for it, whoever’s they are; no scope reads `auth`',
      foreign: () => sweepOnly(sql`select * from retention.accounts_to_delete(${now()}, '{}', ${now()}, 10)`),
    },
    'retention.delete_accounts': {
      why: 'deletes what no role may touch, of accounts whose owners asked and whose days are over',
      async foreign() {
        const { accountId } = world().stages.at.received!.applicant
        const call = sql<{
          gone: number
        }>`select retention.delete_accounts(array[${accountId}]::uuid[], ${now()}, '{}', array[${randomUUID()}]::uuid[], array[${Buffer.alloc(32)}]::bytea[], '{}', '{}', '2026-11-24', ${now()}) as gone`
        await sweepOnly(call)
        const sweep: Scope = { role: 'app_system', area: place.city, domains: DOMAINS, subjects: [], accountId: null }
        assert.deepEqual(await ask(sweep, call), [{ gone: 0 }], 'nobody asked for it')
      },
    },
    'retention.note_month': {
      why: 'counts a month that the sealer has dropped',
      foreign: () => sweepOnly(sql`select retention.note_month('2026-11-24', 'acts-month')`),
    },
    'platform.let_go_month': {
      why: 'drops a month of a log with its record; only an owner drops tables, and the sealer alone may ask',
      async foreign() {
        const call = sql`select platform.let_go_month('audit', 'platform.audit', '202001', 1, '{}', 'x', 0, ${randomUUID()}::uuid, 'r', ${now()})`
        await sweepOnly(call)
        const sweep: Scope = { role: 'app_system', area: place.city, domains: DOMAINS, subjects: [], accountId: null }
        await denied(sweep, call)
      },
    },
    'retention.confirm': {
      why: 'switches the letting go on in the post that acts',
      foreign: () => auditOnly(sql`select retention.confirm(${newId(now())}, 'x', 'x', ${now()})`),
    },
    'retention.switch_off': {
      why: 'switches it off in the post that acts',
      foreign: () => auditOnly(sql`select retention.switch_off(${now()})`),
    },
    'retention.place_hold': {
      why: 'holds a case that was put away and that nobody sees, found by its number within areas and lines of the post that acts',
      async foreign() {
        const { number } = world().stages.at.received!
        assert.equal(await ended(await leader([place.nextStreet]), place_hold('case', number)), 'missing', 'not among her areas')
        assert.equal(await ended(await leader([place.street], ['health']), place_hold('person', number)), 'missing')
        // Lines that a caller claims open nothing.
        const claims = { ...(await leader([place.street], ['health'])), domains: DOMAINS }
        assert.equal(await ended(claims, place_hold('case', number)), 'missing', 'the lines of the post')
        assert.equal(await ended(await leader([place.street]), place_hold('area', '', place.district)), 'missing')
        await leadersOnly(place_hold('case', number))
        await leadersOnly(place_hold('area', '', place.street))
      },
    },
    'retention.end_hold': {
      why: 'compares who ends a hold with who placed it: by person, and by what the two posts cover',
      async foreign() {
        const { holdId } = world().stages.at.received!
        const end = (hold: string) => sql<{ ended: string }>`select retention.end_hold(${hold}, '已结', ${now()}) as ended`
        assert.equal(await ended(await leader([place.nextStreet]), end(holdId)), 'missing')
        assert.equal(await ended(await leader([place.street], ['health']), end(holdId)), 'missing')
        assert.equal(
          await ended({ ...(await leader([place.street], ['health'])), domains: DOMAINS }, end(holdId)),
          'missing',
          'the lines of the post',
        )
        assert.equal(await ended(await leader([place.street]), place_hold('area', '', place.street)), 'done')
        const { rows } = await world().scene.owner.query("select id from retention.hold where kind = 'area' and ended_at is null")
        assert.equal(rows.length, 1)
        for (const lines of [['health'], DOMAINS.slice(1)])
          assert.equal(await ended(await leader([place.street], lines), end(rows[0].id)), 'missing', 'not all its lines')
        await leadersOnly(end(holdId))
        assert.equal(await ended(await leader([place.street]), end(rows[0].id)), 'done')
      },
    },
    'retention.holds_in': {
      why: 'a hold with the number of a case that nobody sees, and who placed it; no person',
      async foreign() {
        const list = sql<{ id: string }>`select id from retention.holds_in(${now()}) where kind = 'case'`
        assert.deepEqual(await ask(await leader([place.nextStreet]), list), [])
        assert.deepEqual(await ask(await leader([place.street], ['health']), list), [])
        assert.equal((await ask(await leader([place.street]), list)).length, 1)
        await leadersOnly(list)
      },
    },
  }
}
