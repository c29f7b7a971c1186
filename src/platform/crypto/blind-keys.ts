/**
 * With which blind keys the hashes of a database were made, as it says itself: other keys would lose nothing at first, and mix.
 * More than one only while the key changes, the newest first.
 */
import type pg from 'pg'
import { StartRefused } from '../config.ts'
import type { Keys } from './keys.ts'

type Asked = Pick<pg.Client, 'query'>

/** None before the first start. */
export async function blindKeysOf(client: Asked): Promise<string[]> {
  const { rows } = await client.query<{ value: string }>(`select value from platform.setting where name = 'keys'`)
  return rows[0]?.value.split(' ') ?? []
}

/** @throws StartRefused when the folder lacks one */
export function refuseOtherKeys(keys: Keys, needed: readonly string[]): void {
  const missing = needed.filter((id) => !keys.blind.all.some((key) => key.id === id))
  if (missing.length > 0)
    throw new StartRefused(
      `${keys.folder} holds other keys than those this database was written with (${missing.map((id) => `blind.${id}`).join(', ')}). Set KAIFONG_KEYS to the folder that holds them, or use another database.`,
    )
}

/** Before the first hash is made with it. */
export const noteBlindKey = (client: Asked, id: string, now: Date): Promise<unknown> =>
  client.query(
    `insert into platform.setting as s (name, value, at) values ('keys', $1, $2)
     on conflict (name) do update set value = $1 || ' ' || s.value, at = $2 where not $1 = any(string_to_array(s.value, ' '))`,
    [id, now],
  )

/** After the last hash of it is gone. */
export const forgetBlindKey = (client: Asked, id: string, now: Date): Promise<unknown> =>
  client.query(
    `update platform.setting set value = array_to_string(array_remove(string_to_array(value, ' '), $1), ' '), at = $2 where name = 'keys'`,
    [id, now],
  )
