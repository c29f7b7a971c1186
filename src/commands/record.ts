import { userInfo } from 'node:os'
import type pg from 'pg'
import { makePartitions } from '../platform/database/partitions.ts'
import { newId } from '../platform/id.ts'

/** Operations of commands, with what they mean to who reads the audit. */
export const CONSOLE = {
  'console.export': 'Everything was written into a folder; sealed fields and files stayed sealed. Noted before it leaves.',
  'console.export-opened': 'The same, and sealed fields and files in the clear. Noted before it leaves.',
  'console.restore': 'The database was made from a backup. What happened between the backup and this row is not in it.',
  'console.erase-again': 'What had been erased since the copy was made, and was in it, was erased again.',
  'console.import': 'The database was made from an export.',
  'console.keys-rotate': 'A newer key was taken into use.',
  'console.keys-rewrap': 'What earlier keys had sealed was sealed again under the current ones.',
  'console.keys-retire': 'An earlier key, under which nothing is sealed any more, was put away.',
  'console.keys-shares': 'The keys were printed in three shares, of which two bring them back.',
} as const

/** A container's user may have no name. */
function account(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.())
  }
}

/** What somebody with the machine in her hands did, under the name of her account on it. */
export async function recordAtConsole(client: pg.Client, operation: keyof typeof CONSOLE, now: Date): Promise<void> {
  await makePartitions(client, now)
  await client.query(
    `insert into platform.audit (id, at, operation, outcome, actor_kind, schedule, request_id) values ($1, $2, $3, 'done', 'system', $4, $5)`,
    [newId(now), now, operation, `console ${account()}`, newId(now)],
  )
}
