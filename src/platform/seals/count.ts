/** As the owner, at start: the chain's name, and numbers of acts that only ever rise. */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { SealedLog } from './log.ts'
import { sealFileOf, tailOf } from './seal-file.ts'
import { chainOf, lastSeal } from './store.ts'

/**
 * A database that was carried to another cluster, or set back to an earlier day, counts its transactions lower than what is
 * sealed already, and its new rows would lie under old seals. Then the offset is raised above every number ever given.
 */
export async function prepareCount(client: Client, logs: readonly SealedLog[], folder: string, now: Date): Promise<void> {
  await client.query(`insert into platform.setting (name, value, at) values ('chain', $1, $2) on conflict do nothing`, [
    randomUUID(),
    now,
  ])
  const sealed = [await lastSeal(client), (await tailOf(sealFileOf(folder, await chainOf(client)))).seal]
  const written: number[] = []
  for (const { table } of logs)
    written.push((await client.query(`select (coalesce(max(act), 0) + 1)::float8 as next from ${table}`)).rows[0].next)
  const floor = Math.max(...written, ...sealed.map((seal) => seal?.body.until ?? 0))
  // The ceiling and not the horizon: a transaction of another node may run for long, and its number was given already.
  const { rows } = await client.query<{ ceiling: number; held: number }>(
    'select platform.act_ceiling()::float8 as ceiling, platform.act_offset()::float8 as held',
  )
  const { ceiling, held } = rows[0]!
  if (ceiling >= floor) return
  await client.query(
    `create or replace function platform.act_offset() returns bigint language sql stable parallel safe as 'select ${held + floor - ceiling}::bigint'`,
  )
}
