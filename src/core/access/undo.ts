/** Undoing a binding within seven days: from the link that the earlier phone got, or by the account that was bound. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { UNDO_DAYS } from '../../platform/accounts/index.ts'
import { Refusal } from '../../platform/refusal.ts'

const UNDO_MS = UNDO_DAYS * 86_400_000
export const undoDigest = (token: string): string => createHash('sha256').update(token).digest('hex')

export type Undoer = { token: string } | { accountId: string }

const keys = (by: Undoer, now: Date) => [
  'token' in by ? undoDigest(by.token) : null,
  'accountId' in by ? by.accountId : null,
  new Date(now.getTime() - UNDO_MS),
]

/** When it was bound, if it can still be undone. */
export async function undoableSince(pool: pg.Pool, by: Undoer, now: Date): Promise<Date | null> {
  const { rows } = await pool.query<{ since: Date | null }>('select access.can_undo_binding($1, $2, $3) as since', keys(by, now))
  return rows[0]?.since ?? null
}

/** Back to A0. @returns the account that was bound. Refusal: account.undo_gone */
export async function undoBinding(pool: pg.Pool, by: Undoer, now: Date): Promise<{ accountId: string }> {
  const { rows } = await pool.query<{ account: string | null }>('select access.undo_binding($1, $2, $3, $4) as account', [
    ...keys(by, now),
    now,
  ])
  const accountId = rows[0]?.account
  if (!accountId) throw new Refusal('account.undo_gone', 'conflict')
  return { accountId }
}
