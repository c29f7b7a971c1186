/** The definer functions of safety, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function safetyDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return {
    'safety.shown_broadcasts': {
      why: 'everybody reads what was issued, and the public has no area; drafts and names of officers are not in it',
      async foreign() {
        const { safety, now } = world().stages.at.received!
        for (const scope of [nobody, staff(place.nextStreet)]) {
          const rows = await ask(scope, sql<Record<string, unknown>>`select * from safety.shown_broadcasts(${now})`)
          assert.ok(rows.some(({ id }) => id === safety.warningId))
          assert.ok(rows.every(({ id }) => id !== safety.draftId))
          assert.ok(rows.every((row) => !('drafter_id' in row) && !('issued_by' in row)))
        }
      },
    },
    'safety.untold': {
      why: 'a sweep reads no register: it learns whom a warning of its own area has not reached, ids alone',
      async foreign() {
        const { safety, applicant } = world().stages.at.received!
        const untold = sql<{ person_id: string }>`select person_id from safety.untold(${safety.warningId}, 100)`
        const swept = (area: string) => ({ role: 'app_system', area, domains: [], subjects: [], accountId: null }) as const
        const found = await ask(swept(place.city), untold)
        assert.ok(found.some(({ person_id }) => person_id === applicant.personId))
        for (const area of [place.nextStreet, '']) assert.deepEqual(await ask(swept(area), untold), [])
        for (const scope of [nobody, staff(place.city), resident(applicant.personId)]) await denied(scope, untold)
      },
    },
    'safety.places_taken': {
      why: 'a member sees how many go on a patrol of her group, and of others no row',
      async foreign() {
        const { safety, applicant } = world().stages.at.received!
        const taken = async (personId: string) =>
          (await ask(resident(personId), sql<{ n: number }>`select safety.places_taken(${safety.patrolId}) as n`))[0]!.n
        assert.equal(await taken(safety.asker.personId), 1)
        assert.equal(await taken(applicant.personId), 0, 'who is in no group')
        for (const scope of [nobody, staff(place.city)]) await denied(scope, sql`select safety.places_taken(${safety.patrolId})`)
      },
    },
    'safety.footage_counts': {
      why: 'numbers of requests for everybody: no row of a request leaves',
      async foreign() {
        const rows = await ask(nobody, sql<Record<string, unknown>>`select * from safety.footage_counts()`)
        assert.deepEqual(Object.keys(rows[0]!), ['year', 'asker', 'status', 'n'])
      },
    },
  }
}
