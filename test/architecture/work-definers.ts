/** The definer functions of figures, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

const KINDS = {
  grid: 'incidents',
  hazards: 'hazards',
  coordination: 'whistles',
  safety: 'events',
} as const

export function workDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return Object.fromEntries(
    Object.entries(KINDS).map(([schema, what]) => [
      `${schema}.figures_of`,
      {
        why: `how many ${what} are open, for who answers for the place and reads none of them: numbers by community, no row`,
        async foreign() {
          const of = (area: string) =>
            sql<{ area: string }>`select area from ${sql.id(schema, 'figures_of')}(${area}, ${world().scene.now()})`
          assert.deepEqual(await ask(staff(place.nextStreet), of(place.street)), [], 'a place outside of the scope')
          assert.deepEqual(await ask(staff(place.street), of(place.district)), [], 'more than the scope')
          assert.deepEqual(await ask(staff(''), of(place.street)), [], 'no scope')
          for (const { area } of await ask(staff(place.street, []), of(place.street))) assert.ok(area.startsWith(place.street))
          for (const scope of [resident(randomUUID()), nobody]) await denied(scope, of(place.street))
        },
      } satisfies Definer,
    ]),
  )
}
