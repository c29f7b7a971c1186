/** The definer functions of hazards, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function hazardDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  const reportIt = (area: string) =>
    sql<{
      number: string | null
    }>`select hazards.report_it(${newId(world().scene.now())}, ${area}, 'other', 'emergency', '示例', '\\x00'::bytea, null, null, false,
      '{}'::jsonb, ${world().scene.now()}) as number`
  return {
    'hazards.give_number': {
      why: 'the next number of a street and day, with a hazard or not at all; nobody may read or set the counter',
      async foreign() {
        for (const scope of [staff(place.city), resident(randomUUID()), nobody])
          await assert.rejects(ask(scope, sql`select hazards.give_number()`), /permission denied|only be called as triggers/)
        await denied(staff(place.city), sql`select n from hazards.counter`)
        await denied(staff(place.city), sql`update hazards.counter set n = 0`)
      },
    },
    'hazards.followed': {
      why: 'which hazards somebody reported, and those that hers turned out to be the same as: of no other does she learn',
      async foreign() {
        const { applicant } = world().stages.at.received!
        const followed = sql<{ id: string }>`select hazards.followed() as id`
        assert.deepEqual(await ask(resident(applicant.personId), followed), [], 'another account')
        assert.deepEqual(await ask({ ...resident(applicant.personId), accountId: null }, followed), [], 'no account')
        assert.deepEqual(await ask({ ...resident(applicant.personId), accountId: applicant.accountId }, followed), [
          { id: world().stages.at.received!.hazards.reported },
        ])
        for (const scope of [staff(place.city), nobody]) await denied(scope, followed)
      },
    },
    'hazards.report_it': {
      why: 'a report, its hazard and a fact that names nobody: a resident writes to none of these tables',
      async foreign() {
        const who = resident(randomUUID())
        assert.equal((await ask({ ...who, accountId: null }, reportIt(place.community)))[0]!.number, null, 'no account')
        assert.equal((await ask(who, reportIt(place.street)))[0]!.number, null, 'no community')
        for (const scope of [staff(place.city), nobody]) await denied(scope, reportIt(place.community))
        assert.match((await ask(who, reportIt(place.community)))[0]!.number!, /^H\d{8}-\d{4,}$/)
        await denied(who, sql`update hazards.report set account_id = ''`)
        await denied(staff(place.city), sql`select account_id from hazards.report`)
      },
    },
  }
}
