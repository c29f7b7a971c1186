/**
 * The SQL of accounts. Each function is one statement: what must be true at once is true at once.
 */
import type pg from 'pg'
import type { AccountKind, CodeTry, SessionLife } from './account.ts'

/** A pool, or one connection of it. */
export type Asked = Pick<pg.Pool, 'query'>

const one = async <R>(pool: Asked, name: string, text: string, values: unknown[]): Promise<R | undefined> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows[0] as R | undefined

/** A new code replaces the live one, and remembers its hash so that the older message can be named. */
export const putPhoneCode = (pool: pg.Pool, phoneHash: Buffer, codeHash: Buffer, now: Date, expiresAt: Date) =>
  one(
    pool,
    'phone_code.put',
    `insert into auth.phone_code as c (phone_hash, code_hash, expires_at, created_at) values ($1, $2, $3, $4)
     on conflict (phone_hash) do update set
       replaced_hash = c.code_hash, code_hash = excluded.code_hash, expires_at = excluded.expires_at,
       created_at = excluded.created_at, tries = 0, used_at = null, used_on_try = null`,
    [phoneHash, codeHash, expiresAt, now],
  )

/**
 * Counts a try and takes the code if it is right. One UPDATE, so the row lock puts simultaneous tries in a line;
 * each has a number of its own, and the code belongs to the number written first.
 */
export const tryPhoneCode = (pool: pg.Pool, phoneHash: Buffer, codeHash: Buffer, now: Date, allowed: number) =>
  one<CodeTry>(
    pool,
    'phone_code.try',
    `update auth.phone_code set
       tries = least(tries, 1000000) + 1,
       used_at = case when used_at is null and code_hash = $2 and expires_at > $3 and tries < $4 then $3 else used_at end,
       used_on_try = case when used_at is null and code_hash = $2 and expires_at > $3 and tries < $4 then tries + 1 else used_on_try end
     where phone_hash = $1
     returning tries, used_at is not null as used, coalesce(used_on_try = tries, false) as won, code_hash = $2 as right,
       coalesce(replaced_hash = $2, false) as replaced, expires_at <= $3 as expired`,
    [phoneHash, codeHash, now, allowed],
  )

/** What is sent anew under another blind key ends here. */
export const forgetPhoneCode = (pool: pg.Pool, phoneHash: Buffer) =>
  one(pool, 'phone_code.forget', 'delete from auth.phone_code where phone_hash = $1', [phoneHash])

/** Undefined when the phone has an account already; two at once make one. The foreign key is checked at the statement's end. */
export const insertResident = (
  pool: Asked,
  resident: { id: string; email: string; phoneHash: Buffer; phoneSealed: Buffer; now: Date },
) =>
  one<{ id: string }>(
    pool,
    'resident.insert',
    `with phone as (
       insert into auth.resident_phone (account_id, phone_hash, phone_sealed, created_at) values ($1, $3, $4, $5)
       on conflict (phone_hash) do nothing returning account_id)
     insert into auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "kind")
     select account_id, '', $2, false, $5, $5, 'resident' from phone returning "id" as id`,
    [resident.id, resident.email, resident.phoneHash, resident.phoneSealed, resident.now],
  )

/** By the hashes of one phone. A list and no array: of an array PostgreSQL makes a plan at every call. */
export const findResident = (pool: Asked, phoneHashes: readonly Buffer[]) =>
  one<{ id: string }>(
    pool,
    `resident.find.${phoneHashes.length}`,
    `select account_id as id from auth.resident_phone where phone_hash in (${phoneHashes.map((_, at) => `$${at + 1}`)})`,
    [...phoneHashes],
  )

/** Undefined when the username is taken. */
export const insertStaff = (
  pool: pg.Pool,
  staff: { id: string; email: string; username: string; name: string; passwordHash: string; credentialId: string; now: Date },
) =>
  one<{ id: string }>(
    pool,
    'staff.insert',
    `with made as (
       insert into auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "kind")
       values ($1, $2, $3, false, $7, $7, $4, 'staff') on conflict ("username") do nothing returning "id")
     insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
     select $6, "id"::text, 'credential', "id", $5, $7, $7 from made returning "userId" as id`,
    [staff.id, staff.name, staff.email, staff.username, staff.passwordHash, staff.credentialId, staff.now],
  )

/** With the right password, and still not to be let in: the account was stopped, or waits for the link of a reset. */
export const findBars = (pool: pg.Pool, accountId: string) =>
  one<{ stopped: boolean; resetWaits: boolean }>(
    pool,
    'account.bars',
    `select u.stopped_at is not null as stopped, exists (select from auth.factor_reset r where r.account_id = u."id") as "resetWaits"
     from auth."user" u where u."id" = $1`,
    [accountId],
  )

export const findPassword = (pool: pg.Pool, accountId: string) =>
  one<{ hash: string | null; username: string; name: string }>(
    pool,
    'staff.password',
    `select a."password" as hash, u."username" as username, u."name" as name from auth."account" a join auth."user" u on u."id" = a."userId"
     where a."userId" = $1 and a."providerId" = 'credential' and u."kind" = 'staff'`,
    [accountId],
  )

/** Instead of the one that was proved, so that of two changes at once one is kept; every session but `keep` ends with it. */
export const replacePassword = (
  pool: pg.Pool,
  accountId: string,
  hash: { earlier: string | null; next: string },
  keep: string | null,
  now: Date,
) =>
  one<{ done: boolean }>(
    pool,
    'staff.replace-password',
    `with changed as (
       update auth."account" set "password" = $3, "updatedAt" = $5 where "userId" = $1 and "providerId" = 'credential' and "password" is not distinct from $2
       returning "userId"),
     sessions as (delete from auth."session" s using changed where s."userId" = changed."userId" and s."id" is distinct from $4),
     half as (delete from auth.pending_sign_in p using changed where p.account_id = changed."userId")
     select true as done from changed`,
    [accountId, hash.earlier, hash.next, keep, now],
  )

/** hash is null where the password was taken away and no new one is set. */
export const findCredential = (pool: pg.Pool, username: string) =>
  one<{ id: string; hash: string | null }>(
    pool,
    'staff.find',
    `select u."id" as id, a."password" as hash from auth."user" u
     join auth."account" a on a."userId" = u."id" and a."providerId" = 'credential'
     where u."username" = $1 and u."kind" = 'staff'`,
    [username],
  )

/**
 * Counts a password try before the password is looked at, so that a hundred at once are a hundred.
 * Tries after the last allowed one change nothing: the rest ends on its own, however often somebody knocks.
 * @param accountId whose it is, so that whoever lets her go lets nobody else go; null for a name that nobody has
 */
export const countSignInTry = (
  pool: pg.Pool,
  usernameHash: Buffer,
  now: Date,
  allowed: number,
  lockSeconds: number,
  what: 'password' | 'factor' | 'change',
  accountId: string | null,
) =>
  one<{ tries: number; wait: number }>(
    pool,
    'sign_in_try.count',
    `insert into auth.sign_in_try as t (username_hash, tries, last_at, what, account_id) values ($1, 1, $2, $5, $6)
     on conflict (username_hash) do update set account_id = coalesce(excluded.account_id, t.account_id),
       tries = case when t.last_at + make_interval(secs => $4) <= $2 then 1 else least(t.tries, $3) + 1 end,
       last_at = case when t.last_at + make_interval(secs => $4) <= $2 or t.tries < $3 then $2 else t.last_at end
     returning tries, ceil(extract(epoch from last_at + make_interval(secs => $4) - $2))::int as wait`,
    [usernameHash, now, allowed, lockSeconds, what, accountId],
  )

export const forgetSignInTries = (pool: pg.Pool, usernameHash: Buffer) =>
  one(pool, 'sign_in_try.forget', 'delete from auth.sign_in_try where username_hash = $1', [usernameHash])

/** By the hour, for whoever keeps watch; never who. */
export const countFailure = (pool: pg.Pool, how: 'unknown' | 'password' | 'factor', now: Date) =>
  one(
    pool,
    'sign_in_failure.count',
    `insert into auth.sign_in_failure as f (hour, how, failures) values (date_trunc('hour', $2::timestamptz), $1, 1)
     on conflict (hour, how) do update set failures = least(f.failures, 1000000000) + 1`,
    [how, now],
  )

/** The live session of a token's digest. Its use is written down at most once a minute: a read must not become a write. */
export const findSession = (pool: Asked, digest: string, now: Date, life: Readonly<Record<AccountKind, SessionLife>>) =>
  one<{ id: string; accountId: string; kind: AccountKind; secondFactorAt: Date | null; doubted: boolean; leaving: boolean }>(
    pool,
    'session.find',
    `with live as (
       select s."id", s."userId", u."kind", s."updatedAt", s.second_factor_at, r.doubted_at is not null as doubted, u.deletion_asked_at is not null as leaving
       from auth."session" s join auth."user" u on u."id" = s."userId" left join auth.resident_phone r on r.account_id = u."id"
       where s."token" = $1 and s."expiresAt" > $2 and u.stopped_at is null
         and s."updatedAt" + make_interval(secs => case u."kind" when 'staff' then $3::float8 else $4::float8 end) > $2
         and s."createdAt" + make_interval(secs => case u."kind" when 'staff' then $5::float8 else $6::float8 end) > $2
     ), seen as (
       update auth."session" s set "updatedAt" = $2 from live
       where s."id" = live."id" and live."updatedAt" + interval '1 minute' <= $2
     )
     select "id" as id, "userId" as "accountId", "kind" as kind, second_factor_at as "secondFactorAt", doubted, leaving from live`,
    [digest, now, life.staff.idleSeconds, life.resident.idleSeconds, life.staff.lifeSeconds, life.resident.lifeSeconds],
  )

/** Sessions and codes that ended more than a day ago; until then they still explain themselves. */
export const sweepEnded = (pool: pg.Pool, now: Date) =>
  one(
    pool,
    'sweep',
    `with sessions as (delete from auth."session" where "expiresAt" < $1::timestamptz - interval '1 day'),
          codes as (delete from auth.phone_code where expires_at < $1::timestamptz - interval '1 day'),
          pending as (delete from auth.pending_sign_in where expires_at < $1::timestamptz - interval '1 day'),
          challenges as (delete from auth.challenge_used where used_at < $1::timestamptz - interval '1 day'),
          failures as (delete from auth.sign_in_failure where hour < $1::timestamptz - interval '8 days'),
          changes as (delete from auth.phone_change where changed_at < $1::timestamptz - interval '30 days')
     delete from auth.sign_in_try where last_at < $1::timestamptz - interval '1 day'`,
    [now],
  )

export const markSecondFactor = (pool: pg.Pool, sessionId: string, now: Date) =>
  one(pool, 'session.second-factor', 'update auth."session" set second_factor_at = $2 where "id" = $1', [sessionId, now])

/** Undefined when she had asked already: of two at once one asks, and one is told. */
export const askDeletion = (pool: pg.Pool, accountId: string, keep: string, now: Date) =>
  one<{ id: string }>(
    pool,
    'account.ask-deletion',
    `with asked as (
       update auth."user" set deletion_asked_at = $3 where "id" = $1 and "kind" = 'resident' and deletion_asked_at is null returning "id"),
     others as (delete from auth."session" s using asked where s."userId" = asked."id" and s."id" <> $2)
     select "id" as id from asked`,
    [accountId, keep, now],
  )

export const keepAccount = (pool: pg.Pool, accountId: string) =>
  one<{ id: string }>(
    pool,
    'account.keep',
    `update auth."user" set deletion_asked_at = null where "id" = $1 and deletion_asked_at is not null returning "id" as id`,
    [accountId],
  )

export const findDeletion = (pool: pg.Pool, accountId: string) =>
  one<{ at: Date | null }>(pool, 'account.deletion', `select deletion_asked_at as at from auth."user" where "id" = $1`, [
    accountId,
  ])

export const findEmail = (pool: pg.Pool, accountId: string) =>
  one<{ sealed: Buffer; bouncedAt: Date | null }>(
    pool,
    'email.find',
    'select email_sealed as sealed, bounced_at as "bouncedAt" from auth.resident_email where account_id = $1',
    [accountId],
  )

/** Proved anew, it is good again. */
export const putEmail = (pool: pg.Pool, accountId: string, hash: Buffer, sealed: Buffer, now: Date) =>
  one(
    pool,
    'email.put',
    `insert into auth.resident_email (account_id, email_hash, email_sealed, proved_at) values ($1, $2, $3, $4)
     on conflict (account_id) do update set email_hash = excluded.email_hash, email_sealed = excluded.email_sealed,
       proved_at = excluded.proved_at, bounced_at = null`,
    [accountId, hash, sealed, now],
  )

export const removeEmail = (pool: pg.Pool, accountId: string) =>
  one<{ sealed: Buffer }>(
    pool,
    'email.remove',
    'delete from auth.resident_email where account_id = $1 returning email_sealed as sealed',
    [accountId],
  )

export const noteBounced = (pool: pg.Pool, accountId: string, hashes: readonly Buffer[], now: Date) =>
  one(
    pool,
    'email.bounced',
    'update auth.resident_email set bounced_at = $3 where account_id = $1 and email_hash = any($2) and bounced_at is null',
    [accountId, hashes, now],
  )
