/** What happened to an officer's sign-in, told to her at the desk. Read by the server, in whichever post she is or in none. */
import type pg from 'pg'
import { newId } from '../../platform/id.ts'

export const noticeKinds = [
  'password_changed', 'factors_taken', 'link_made', 'factor_set', 'console_link', 'stopped', 'restarted', 'sessions_ended', 'released',
] as const // biome-ignore format: a list
export type NoticeKind = (typeof noticeKinds)[number]

export interface AccountNotice {
  id: string
  kind: NoticeKind
  at: Date
  /** Null where it was she herself, or somebody at the machine's console. */
  by: string | null
  why: string | null
  seen: boolean
}

/** Newest first, the last thirty. */
export async function listNotices(pool: pg.Pool, accountId: string): Promise<AccountNotice[]> {
  const { rows } = await pool.query<AccountNotice>({
    name: 'notices_of_account',
    text: `select n.id, n.kind, n.at, b.name as by, n.why, n.seen_at is not null as seen from access.account_notice n join access.officer o on o.id = n.officer_id
      left join access.post p on p.id = n.by_post left join access.officer b on b.id = p.officer_id where o.account_id = $1 order by n.at desc, n.id desc limit 30`,
    values: [accountId],
  })
  return rows
}

export async function countUnseen(pool: pg.Pool, accountId: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>({
    name: 'unseen_notices',
    text: `select count(*)::int as n from access.account_notice n join access.officer o on o.id = n.officer_id where o.account_id = $1 and n.seen_at is null`,
    values: [accountId],
  })
  return rows[0]?.n ?? 0
}

/** What she did herself; nothing for an account that belongs to no officer. */
export const noteOwn = (pool: pg.Pool, accountId: string, kind: 'password_changed' | 'factor_set', now: Date): Promise<unknown> =>
  pool.query(
    'insert into access.account_notice (id, officer_id, kind, at) select $1, o.id, $2, $3 from access.officer o where o.account_id = $4',
    [newId(now), kind, now, accountId],
  )

export const markSeen = (pool: pg.Pool, accountId: string, now: Date): Promise<unknown> =>
  pool.query(
    'update access.account_notice n set seen_at = $2 from access.officer o where o.id = n.officer_id and o.account_id = $1 and n.seen_at is null and n.at <= $2',
    [accountId, now],
  )
