/** The SQL of second factors and of the sign-in that waits for one. Each function is one statement. */
import type pg from 'pg'
import type { Device } from './device.ts'
import type { Asked } from './store.ts'

const one = async <R>(pool: Asked, name: string, text: string, values: unknown[]): Promise<R | undefined> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows[0] as R | undefined
const all = async <R>(pool: Asked, name: string, text: string, values: unknown[]): Promise<R[]> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows as R[]

export const putPending = (
  pool: pg.Pool,
  digest: string,
  accountId: string,
  now: Date,
  expiresAt: Date,
  resetDigest: string | null,
) =>
  one(
    pool,
    'pending.put',
    'insert into auth.pending_sign_in (digest, account_id, created_at, expires_at, reset_digest) values ($1, $2, $3, $4, $5)',
    [digest, accountId, now, expiresAt, resetDigest],
  )

export interface PendingRow {
  accountId: string
  name: string
  username: string
  tries: number
}

export const findPending = (pool: pg.Pool, digest: string, now: Date) =>
  one<PendingRow>(
    pool,
    'pending.find',
    `select p.account_id as "accountId", u."name" as name, u."username" as username, p.tries
     from auth.pending_sign_in p join auth."user" u on u."id" = p.account_id
     where p.digest = $1 and p.used_at is null and p.expires_at > $2`,
    [digest, now],
  )

/** Counted before the code is looked at, so that a hundred at once are a hundred. */
export const countPendingTry = (pool: pg.Pool, digest: string, now: Date) =>
  one<{ accountId: string; tries: number; resetDigest: string | null }>(
    pool,
    'pending.try',
    `update auth.pending_sign_in set tries = least(tries, 1000) + 1
     where digest = $1 and used_at is null and expires_at > $2 returning account_id as "accountId", tries, reset_digest as "resetDigest"`,
    [digest, now],
  )

/** Of two requests with the right code exactly one gets it. */
export const usePending = (pool: pg.Pool, digest: string, now: Date) =>
  one<{ accountId: string }>(
    pool,
    'pending.use',
    `update auth.pending_sign_in set used_at = $2 where digest = $1 and used_at is null and expires_at > $2
     returning account_id as "accountId"`,
    [digest, now],
  )

/** Until the end of the transaction: of two who take a factor of one account away, the second sees what the first left. */
export const holdAccount = (client: Asked, accountId: string) =>
  one(client, 'account.hold', 'select 1 from auth."user" where "id" = $1 for update', [accountId])

export interface PasskeyRow {
  id: string
  accountId: string
  credentialId: string
  publicKey: Buffer
  counter: number
  transports: string[]
  device: Device
  createdAt: Date
  lastUsedAt: Date | null
}
const PASSKEY = `id, account_id as "accountId", credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter,
  transports, device, created_at as "createdAt", last_used_at as "lastUsedAt"`

export const listPasskeys = (pool: Asked, accountId: string) =>
  all<PasskeyRow>(pool, 'passkey.list', `select ${PASSKEY} from auth.passkey where account_id = $1 order by created_at, id`, [
    accountId,
  ])

export const findPasskey = (pool: pg.Pool, credentialId: string) =>
  one<PasskeyRow & { kind: 'resident' | 'staff' }>(
    pool,
    'passkey.find',
    `select p.*, u."kind" as kind from (select ${PASSKEY} from auth.passkey where credential_id = $1) p join auth."user" u on u."id" = p."accountId"`,
    [credentialId],
  )

export const insertPasskey = (pool: pg.Pool, key: Omit<PasskeyRow, 'lastUsedAt'>) =>
  one<{ id: string }>(
    pool,
    'passkey.insert',
    `insert into auth.passkey (id, account_id, credential_id, public_key, counter, transports, device, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing returning id`,
    [key.id, key.accountId, key.credentialId, key.publicKey, key.counter, key.transports, key.device, key.createdAt],
  )

export const markPasskeyUsed = (pool: pg.Pool, id: string, counter: number, now: Date) =>
  one(pool, 'passkey.used', 'update auth.passkey set counter = greatest(counter, $2), last_used_at = $3 where id = $1', [
    id,
    counter,
    now,
  ])

export const deletePasskey = (pool: Asked, accountId: string, id: string) =>
  one<{ id: string }>(pool, 'passkey.delete', 'delete from auth.passkey where account_id = $1 and id = $2 returning id', [
    accountId,
    id,
  ])

/** Undefined when that challenge was answered before. */
export const useChallenge = (pool: pg.Pool, digest: Buffer, now: Date) =>
  one<{ used: boolean }>(
    pool,
    'challenge.use',
    'insert into auth.challenge_used (digest, used_at) values ($1, $2) on conflict do nothing returning true as used',
    [digest, now],
  )

export const findTotp = (pool: Asked, accountId: string) =>
  one<{ sealed: Buffer; createdAt: Date }>(
    pool,
    'totp.find',
    'select secret_sealed as sealed, created_at as "createdAt" from auth.totp where account_id = $1',
    [accountId],
  )

export const putTotp = (pool: pg.Pool, accountId: string, sealed: Buffer, step: number, now: Date) =>
  one(
    pool,
    'totp.put',
    `insert into auth.totp (account_id, secret_sealed, last_step, created_at) values ($1, $2, $3, $4)
     on conflict (account_id) do update set secret_sealed = excluded.secret_sealed, last_step = excluded.last_step, created_at = excluded.created_at`,
    [accountId, sealed, step, now],
  )

/** A step that was used, or one before it, is not taken again. */
export const takeStep = (pool: pg.Pool, accountId: string, step: number) =>
  one<{ taken: boolean }>(
    pool,
    'totp.take',
    'update auth.totp set last_step = $2 where account_id = $1 and last_step < $2 returning true as taken',
    [accountId, step],
  )

export const deleteTotp = (pool: Asked, accountId: string) =>
  one<{ gone: boolean }>(pool, 'totp.delete', 'delete from auth.totp where account_id = $1 returning true as gone', [accountId])

/** New codes end the old ones, in one statement. */
export const replaceRecovery = (pool: pg.Pool, accountId: string, hashes: readonly Buffer[]) =>
  one(
    pool,
    'recovery.replace',
    `with old as (delete from auth.recovery_code where account_id = $1)
     insert into auth.recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])`,
    [accountId, hashes],
  )

export const useRecovery = (pool: pg.Pool, accountId: string, hashes: readonly Buffer[], now: Date) =>
  one<{ used: boolean }>(
    pool,
    'recovery.use',
    'update auth.recovery_code set used_at = $3 where account_id = $1 and code_hash = any($2) and used_at is null returning true as used',
    [accountId, hashes, now],
  )

export const countRecovery = async (pool: Asked, accountId: string): Promise<number> =>
  (await one<{ left: number }>(
    pool,
    'recovery.count',
    'select count(*)::int as left from auth.recovery_code where account_id = $1 and used_at is null',
    [accountId],
  ))!.left

export const deleteRecovery = (pool: Asked, accountId: string) =>
  one(pool, 'recovery.delete', 'delete from auth.recovery_code where account_id = $1', [accountId])

export interface ResetRow {
  accountId: string
  name: string
  username: string
  withPassword: boolean
}

export const findReset = (pool: pg.Pool, digest: string, now: Date) =>
  one<ResetRow>(
    pool,
    'reset.find',
    `select r.account_id as "accountId", u."name" as name, u."username" as username, r.with_password as "withPassword"
     from auth.factor_reset r join auth."user" u on u."id" = r.account_id where r.digest = $1 and r.expires_at > $2`,
    [digest, now],
  )

/** Whether the first factor may be set now: by who came without a link, where no reset waits; else once with each link. */
export const useReset = (pool: pg.Pool, accountId: string, digest: string | null) =>
  one<{ may: boolean }>(
    pool,
    'reset.use',
    `with used as (delete from auth.factor_reset where account_id = $1 and digest = $2::text returning 1)
     select exists (select from used) or ($2::text is null and not exists (select from auth.factor_reset where account_id = $1)) as may`,
    [accountId, digest],
  )
