/** Devices on which somebody is signed in, and why a session is no more. */
import type pg from 'pg'
import type { AccountKind, SessionLife } from './account.ts'
import { type Device, deviceKind } from './device.ts'

export interface SignedInDevice {
  sessionId: string
  device: Device
  firstAt: Date
  lastAt: Date
  /** The one that asks. */
  own: boolean
}

const all = async <R>(pool: pg.Pool, name: string, text: string, values: unknown[]): Promise<R[]> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows as R[]

type Lives = Readonly<Record<AccountKind, SessionLife>>

export async function listSessions(
  pool: pg.Pool,
  accountId: string,
  kind: AccountKind,
  own: string,
  now: Date,
  life: Lives,
): Promise<SignedInDevice[]> {
  const rows = await all<{ id: string; device: string | null; firstAt: Date; lastAt: Date }>(
    pool,
    'session.list',
    `select "id" as id, "userAgent" as device, "createdAt" as "firstAt", "updatedAt" as "lastAt" from auth."session"
     where "userId" = $1 and "expiresAt" > $2 and "updatedAt" + make_interval(secs => $3::float8) > $2
     order by "id" = $4::uuid desc, "updatedAt" desc limit 50`,
    [accountId, now, life[kind].idleSeconds, own],
  )
  return rows.map(({ id, device, firstAt, lastAt }) => ({
    sessionId: id,
    device: deviceKind(device),
    firstAt,
    lastAt,
    own: id === own,
  }))
}

/** One's own only: another's id ends nothing. @returns how many ended */
export const endSession = async (pool: pg.Pool, accountId: string, sessionId: string): Promise<number> =>
  (
    await all(pool, 'session.end', `delete from auth."session" where "userId" = $1 and "id" = $2 returning 1`, [
      accountId,
      sessionId,
    ])
  ).length

/** All of an account but `except`; those since `since` when given. @returns how many ended */
export const endSessions = async (
  pool: pg.Pool,
  accountId: string,
  { except = null, since = null }: { except?: string | null; since?: Date | null } = {},
): Promise<number> =>
  (
    await all(
      pool,
      'session.end-all',
      `delete from auth."session" where "userId" = $1 and ($2::uuid is null or "id" <> $2::uuid)
         and ($3::timestamptz is null or "createdAt" >= $3::timestamptz) returning 1`,
      [accountId, except, since],
    )
  ).length

/** Null when the row is gone or lives: signed out, or ended from another device. */
export async function whyEnded(pool: pg.Pool, digest: string, now: Date, life: Lives): Promise<'idle' | 'age' | null> {
  const [row] = await all<{ kind: AccountKind; firstAt: Date; lastAt: Date }>(
    pool,
    'session.why-ended',
    `select u."kind" as kind, s."createdAt" as "firstAt", s."updatedAt" as "lastAt" from auth."session" s
     join auth."user" u on u."id" = s."userId" where s."token" = $1`,
    [digest],
  )
  if (!row) return null
  if (row.firstAt.getTime() + life[row.kind].lifeSeconds * 1000 <= now.getTime()) return 'age'
  return row.lastAt.getTime() + life[row.kind].idleSeconds * 1000 <= now.getTime() ? 'idle' : null
}
