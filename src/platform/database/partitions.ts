import type pg from 'pg'
import { dayOf } from '../time.ts'

/** Tables by month. What no month takes falls into the DEFAULT partition, and its first row raises an alarm (platform/seals). */
const BY_MONTH = ['platform.audit', 'access.read_entry'] as const

/** The months from now to six ahead; those that exist stay. @returns how many were made */
export async function makePartitions(client: Pick<pg.ClientBase, 'query'> | pg.Pool, now: Date): Promise<number> {
  let made = 0
  for (const table of BY_MONTH) {
    const { rows } = await client.query<{ made: number }>('select platform.ensure_partitions($1::regclass, $2) as made', [
      table,
      dayOf(now),
    ])
    made += rows[0]!.made
  }
  return made
}
