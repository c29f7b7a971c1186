/** The SQL of an account's phone: changed, put back, doubted. Each function is one statement. */
import type pg from 'pg'
import type { Asked } from './store.ts'

const one = async <R>(pool: Asked, name: string, text: string, values: unknown[]): Promise<R | undefined> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows[0] as R | undefined

export const findPhone = (pool: pg.Pool, accountId: string) =>
  one<{ sealed: Buffer; doubted: boolean }>(
    pool,
    'phone.find',
    'select phone_sealed as sealed, doubted_at is not null as doubted from auth.resident_phone where account_id = $1',
    [accountId],
  )

/** A sign-in by code. After long silence the number may be another's: from then on it is doubted, until `trustPhone`. */
export const noteSignIn = (pool: pg.Pool, accountId: string, now: Date, silentMonths: number) =>
  one<{ doubted: boolean }>(
    pool,
    'phone.signed-in',
    `update auth.resident_phone set signed_in_at = $2, doubted_at = case when doubted_at is null
         and greatest(created_at, signed_in_at) + make_interval(months => $3) <= $2 then $2 else doubted_at end
     where account_id = $1 returning doubted_at is not null as doubted`,
    [accountId, now, silentMonths],
  )

export const trustPhone = (pool: pg.Pool, accountId: string, now: Date) =>
  one(pool, 'phone.trust', 'update auth.resident_phone set doubted_at = null, signed_in_at = $2 where account_id = $1', [
    accountId,
    now,
  ])

export const changePhone = (
  pool: Asked,
  change: { id: string; accountId: string; hash: Buffer; sealed: Buffer; undoDigest: string; now: Date },
) =>
  one<{ id: string }>(
    pool,
    'phone.change',
    `with old as (select account_id, phone_hash, phone_sealed from auth.resident_phone where account_id = $2 for update),
       put as (update auth.resident_phone r set phone_hash = $3, phone_sealed = $4, signed_in_at = $6 from old where r.account_id = old.account_id)
     insert into auth.phone_change (id, account_id, old_hash, old_sealed, changed_at, undo_digest)
     select $1, account_id, phone_hash, phone_sealed, $6, $5 from old returning id`,
    [change.id, change.accountId, change.hash, change.sealed, change.undoDigest, change.now],
  )

export const findUndo = (pool: pg.Pool, digest: string, notBefore: Date) =>
  one<{ accountId: string; sealed: Buffer }>(
    pool,
    'phone.find-undo',
    `select account_id as "accountId", old_sealed as sealed from auth.phone_change where undo_digest = $1 and undone_at is null and changed_at > $2`,
    [digest, notBefore],
  )

/**
 * The change and all later ones of the account are undone, and a deletion asked for since: whoever took an account would change its phone twice. Every session ends, since
 * the one that changed the phone is older than the change; and so does each way in that was set within so many days before it.
 */
export const undoPhone = (pool: Asked, digest: string, notBefore: Date, now: Date, hash: Buffer, daysBefore: number) =>
  one<{ accountId: string }>(
    pool,
    'phone.undo',
    `with undone as (
       update auth.phone_change set undone_at = $3 where undo_digest = $1 and undone_at is null and changed_at > $2
       returning account_id, old_sealed, changed_at),
     later as (update auth.phone_change c set undone_at = $3 from undone u
       where c.account_id = u.account_id and c.changed_at > u.changed_at and c.undone_at is null),
     put as (update auth.resident_phone r set phone_hash = $4, phone_sealed = u.old_sealed from undone u where r.account_id = u.account_id),
     kept as (update auth."user" a set deletion_asked_at = null from undone u where a."id" = u.account_id and a.deletion_asked_at >= u.changed_at),
     sessions as (delete from auth."session" s using undone u where s."userId" = u.account_id),
     keys as (delete from auth.passkey k using undone u where k.account_id = u.account_id and k.created_at >= u.changed_at - make_interval(days => $5)),
     codes as (delete from auth.recovery_code k using undone u where k.account_id = u.account_id),
     apps as (delete from auth.totp t using undone u where t.account_id = u.account_id and t.created_at >= u.changed_at - make_interval(days => $5))
     select account_id as "accountId" from undone`,
    [digest, notBefore, now, hash, daysBefore],
  )
