/**
 * One account a phone, also while the blind key changes: a phone has two hashes then, and the constraint holds for each alone.
 * So who writes one waits for whoever else writes this phone, and looks under all of them first.
 */
import type pg from 'pg'
import { transaction } from '../database/database.ts'
import { type Asked, findResident } from './store.ts'

/**
 * @param hashes of one phone, under every blind key; with one the constraint is enough, and `write` runs as it is
 * @param write gets the account that has the phone already, where the constraint would not say so
 */
export async function onePhone<R>(
  pool: pg.Pool,
  hashes: readonly Buffer[],
  write: (on: Asked, holder: { id: string } | undefined) => Promise<R>,
): Promise<R> {
  if (hashes.length === 1) return write(pool, undefined)
  return transaction(pool, async (client) => {
    await client.query({ name: 'platform.lock_values', text: 'select platform.lock_values($1)', values: [hashes] })
    return write(client, await findResident(client, hashes))
  })
}
