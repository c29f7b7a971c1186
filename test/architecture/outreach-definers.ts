/** The definer functions of outreach, and what it shares with people, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function outreachDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return {
    'people.shares': {
      why: 'counts who shares a home or a hukou book: a rule may use what row security shows to none of them',
      async foreign() {
        const { personId } = world().stages.at.received!.applicant
        const count = async (scope: Scope) =>
          (
            await ask(
              scope,
              sql<{ n: number | null }>`select dwelling_persons as n from people.shares(${personId}, '2026-11-24')`,
            )
          )[0]
        assert.ok((await count(resident(personId)))!.n! >= 1)
        assert.ok((await count(staff(place.street)))!.n! >= 1)
        assert.equal((await count(staff(place.nextStreet)))?.n ?? null, null, 'another street')
        assert.equal((await count(staff('')))?.n ?? null, null, 'no area')
        assert.equal((await count(resident(randomUUID())))?.n ?? null, null, 'somebody else')
        await denied(nobody, sql`select people.shares(${personId}, '2026-11-24')`)
      },
    },
    'outreach.make_snapshot': {
      why: 'reads the registers, which show a sweep nothing, into a table that shows itself by area; answers a number',
      async foreign() {
        const made = sql`select outreach.make_snapshot('2026-11-24', ${world().scene.now()}) as n`
        for (const scope of [staff(place.city), resident(world().stages.at.received!.applicant.personId), nobody])
          await denied(scope, made)
      },
    },
    'outreach.refresh_snapshot': {
      why: 'the same for whoever changed since',
      async foreign() {
        const made = sql`select outreach.refresh_snapshot('2026-11-24', ${world().scene.now()}) as n`
        for (const scope of [staff(place.city), resident(world().stages.at.received!.applicant.personId), nobody])
          await denied(scope, made)
      },
    },
    'outreach.forget': {
      why: 'a trigger takes whoever is deleted out of the snapshot, which no role of a request may write',
      async foreign() {
        for (const scope of [staff(place.city), resident(world().stages.at.received!.applicant.personId), nobody])
          await denied(scope, sql`delete from outreach.person where person_id = ${randomUUID()}`)
      },
    },
    'outreach.note_change': {
      why: 'a trigger notes whose facts changed in a list that no role of a request reaches',
      async foreign() {
        for (const scope of [staff(place.city), resident(world().stages.at.received!.applicant.personId), nobody])
          await denied(scope, sql`insert into outreach.changed (person_id) values (${randomUUID()})`)
      },
    },
  }
}
