/**
 * A database that is no demo has no known password: its first administrator comes by a one-time token on the console.
 * Read and written as the database's owner, at start.
 */
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { asOwner } from '../../platform/database/owner.ts'
import { newId } from '../../platform/id.ts'
import { dayOf } from '../../platform/time.ts'

const hash = (token: string): Buffer => createHash('sha256').update(token).digest()
const LASTS_MS = 24 * 3_600_000

/** A new token while there is no officer; null afterwards. Earlier tokens no longer work. */
export const firstAdministrator = (ownerUrl: string, now: Date): Promise<string | null> =>
  asOwner(ownerUrl, 'first administrator', async (owner) => {
    const { rows } = await owner.query('select from access.officer limit 1')
    if (rows.length > 0) return null
    const token = randomBytes(24).toString('base64url')
    await owner.query('delete from access.first_administrator')
    await owner.query('insert into access.first_administrator (token_hash, made_at) values ($1, $2)', [hash(token), now])
    return token
  })

/** Does the token open the page? Asked before an account is made, so that nobody without one can make any. */
export async function isFirstToken(pool: pg.Pool, token: string, now: Date): Promise<boolean> {
  const { rows } = await pool.query<{ good: boolean }>('select access.is_first_token($1, $2) as good', [
    hash(token),
    new Date(now.getTime() - LASTS_MS),
  ])
  return rows[0]?.good ?? false
}

export interface FirstAdministrator {
  accountId: string
  name: string
  area: string
  domains: readonly string[]
}

/** Called with the token from the console. @returns false when it is unknown, used or older than a day */
export async function claimFirst(pool: pg.Pool, token: string, first: FirstAdministrator, now: Date): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>(
    'select access.claim_first($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as done',
    [
      hash(token),
      new Date(now.getTime() - LASTS_MS),
      now,
      newId(now),
      newId(now),
      newId(now),
      first.accountId,
      first.name,
      first.area,
      first.domains,
      dayOf(now),
    ],
  )
  return rows[0]?.done ?? false
}
