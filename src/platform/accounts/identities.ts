/** Accounts of an identity service, linked to ours by their owner while she was signed in; and signing in through them. */
import type pg from 'pg'
import { Refusal } from '../refusal.ts'
import type { Identity } from './oidc.ts'

const one = async <R>(pool: pg.Pool, name: string, text: string, values: unknown[]): Promise<R | undefined> =>
  (await pool.query({ name: `auth.${name}`, text, values })).rows[0] as R | undefined

export interface Identities {
  /** Since when the account is linked to the service, or null. */
  identityOf(accountId: string, issuer: string): Promise<Date | null>
  /** Refusal: account.identity_taken (by another account, or this one has another). The same again changes nothing. */
  linkIdentity(accountId: string, identity: Identity, now: Date): Promise<void>
  unlinkIdentity(accountId: string, issuer: string): Promise<void>
}

export const createIdentities = (pool: pg.Pool): Identities => ({
  async identityOf(accountId, issuer) {
    const row = await one<{ since: Date }>(
      pool,
      'identity.of',
      'select linked_at as since from auth.identity_link where account_id = $1 and issuer = $2',
      [accountId, issuer],
    )
    return row?.since ?? null
  },

  async linkIdentity(accountId, { issuer, subject }, now) {
    const made = await one(
      pool,
      'identity.link',
      `insert into auth.identity_link (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)
       on conflict do nothing returning account_id`,
      [issuer, subject, accountId, now],
    )
    if (made) return
    const held = await findLinked(pool, { issuer, subject })
    if (held?.id !== accountId) throw new Refusal('account.identity_taken', 'conflict')
  },

  async unlinkIdentity(accountId, issuer) {
    const gone = await one(
      pool,
      'identity.unlink',
      'delete from auth.identity_link where account_id = $1 and issuer = $2 returning account_id',
      [accountId, issuer],
    )
    if (!gone) throw new Refusal('account.factor_missing', 'conflict')
  },
})

export const findLinked = (pool: pg.Pool, { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>) =>
  one<{ id: string; kind: 'staff' | 'resident' }>(
    pool,
    'identity.find',
    `select u."id" as id, u."kind" as kind from auth.identity_link l join auth."user" u on u."id" = l.account_id
     where l.issuer = $1 and l.subject = $2`,
    [issuer, subject],
  )
