/** The definer functions of retention, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { dayOf } from '../../src/platform/time.ts'
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
  const place_hold = (kind: string, number: string, area: string, areas: string[]) =>
    sql<{
      ended: string
    }>`select retention.place_hold(${newId(now())}, ${kind}, ${number}, ${areas}::text[], ${area}, 'draft', '复议', '文号', null, ${now()}) as ended`

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
      why: 'holds a case that was put away and that nobody sees, found by its number within the scope',
      async foreign() {
        const { number } = world().stages.at.received!
        const leader = acting('street-leader', place.street)
        assert.equal(await ended(leader, place_hold('case', number, '', [place.nextStreet])), 'missing', 'not among her areas')
        assert.equal(
          await ended(acting('street-leader', place.nextStreet), place_hold('case', number, '', [place.nextStreet])),
          'missing',
        )
        assert.equal(
          await ended(acting('street-leader', place.street, ['health']), place_hold('case', number, '', [place.street])),
          'missing',
        )
        assert.equal(await ended(leader, place_hold('area', '', place.otherDistrict, [place.street])), 'missing')
        for (const scope of [staff(place.street), resident(randomUUID()), nobody])
          await denied(scope, place_hold('case', number, '', [place.street]))
      },
    },
    'retention.end_hold': {
      why: 'compares who ends a hold with who placed it, by person',
      async foreign() {
        const { holdId } = world().stages.at.received!
        const end = (areas: string[]) =>
          sql<{ ended: string }>`select retention.end_hold(${holdId}, ${areas}::text[], '已结', ${now()}) as ended`
        assert.equal(await ended(acting('street-leader', place.nextStreet), end([place.nextStreet])), 'missing')
        assert.equal(await ended(acting('street-leader', place.street, ['health']), end([place.street])), 'missing')
        for (const scope of [staff(place.street), resident(randomUUID()), nobody]) await denied(scope, end([place.street]))
      },
    },
    'retention.holds_in': {
      why: 'a hold with the number of a case that nobody sees, and who placed it; no person',
      async foreign() {
        const list = (area: string) => sql<{ id: string }>`select id from retention.holds_in(array[${area}])`
        assert.deepEqual(await ask(acting('street-leader', place.nextStreet), list(place.nextStreet)), [])
        assert.deepEqual(await ask(acting('street-leader', place.nextStreet), list(place.street)), [])
        assert.equal((await ask(acting('street-leader', place.street), list(place.street))).length, 1)
        for (const scope of [resident(randomUUID()), nobody]) await denied(scope, list(place.street))
      },
    },
  }
}
