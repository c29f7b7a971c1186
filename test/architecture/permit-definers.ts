/** The definer functions of residence permits, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'
import type { Definer, Tools } from './administration-definers.ts'

const UNTIL = '2026-12-01'

export function permitDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  const lady = () => world().stages.at.received!.applicant.personId
  const swept = (area: string) => ({ role: 'app_system', area, domains: DOMAINS, subjects: [], accountId: null }) as const
  return {
    'cases.remind_permits': {
      why: 'a sweep reads no register: it is told whose permit ends, within its area, and that is noted at once',
      async foreign() {
        const { scene } = world()
        await scene.owner.query(
          `insert into people.residence_permit (id, person_id, area, during, source, method, recorded_at)
           values (gen_random_uuid(), $1, $2, daterange('2025-12-02', ($3::date + 1)), 'test', 'test', $4)`,
          [lady(), place.community, UNTIL, scene.now()],
        )
        const remind = sql<{
          person_id: string
        }>`select person_id from cases.remind_permits('2026-11-24', '{60,30,7}', 'x', '99', ${scene.now()})`
        for (const area of [place.nextStreet, '']) assert.deepEqual(await ask(swept(area), remind), [], `of ${area || 'nowhere'}`)
        for (const scope of [staff(place.city), resident(lady()), nobody]) await denied(scope, remind)
        assert.deepEqual(await ask(swept(place.street), remind), [{ person_id: lady() }])
      },
    },
    'cases.was_reminded': {
      why: 'whether reminders reached her: of her messages an officer learns that alone',
      async foreign() {
        const { scene } = world()
        await scene.owner.query(
          `with made as (insert into cases.permit_reminder (person_id, permit_until, days, told_at) values ($1, $2, 1, $3) returning person_id, told_at)
           insert into messages.message (id, person_id, kind, params, made_at, read_at) select gen_random_uuid(), person_id, 'permit_ending', '{}', told_at, told_at from made`,
          [lady(), UNTIL, new Date('2026-11-20T00:00:00Z')],
        )
        const asked = sql<{ was: boolean }>`select cases.was_reminded(${lady()}, ${UNTIL}, '{1}') as was`
        assert.equal((await ask(staff(place.street), asked))[0]!.was, true)
        for (const area of [place.nextStreet, '']) assert.equal((await ask(staff(area), asked))[0]!.was, false)
        for (const scope of [resident(lady()), nobody]) await denied(scope, asked)
      },
    },
  }
}
