/** The definer functions of coordination, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function coordinationDefiners({ ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return {
    'coordination.give_number': {
      why: 'the next number of a street and day, with a whistle or not at all; nobody may read or set the counter',
      async foreign() {
        for (const scope of [staff(place.city), resident(randomUUID()), nobody]) {
          await assert.rejects(ask(scope, sql`select coordination.give_number()`), /permission denied|only be called as triggers/)
          await denied(scope, sql`select n from coordination.counter`)
          await denied(scope, sql`update coordination.counter set n = 0`)
        }
      },
    },
  }
}
