/**
 * Accounts whose owners asked for it, seven days later. Her own right: nobody confirms it, and a hold only makes it wait.
 */
import type pg from 'pg'
import Type from 'typebox'
import { UNDO_DAYS } from '../../../platform/accounts/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id, newPublicId } from '../../../platform/id.ts'
import type { Platform } from '../../../platform/platform.ts'
import { subjectBlinds } from '../../../platform/seals/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, job } from '../../../platform/use-case/use-case.ts'
import { classesOf, GOES_WITH_ACCOUNT, type Looked, lookOn } from '../own.ts'
import { commitmentOf } from '../store.ts'

/** A batch forgets its marks in one read of the logs, which have no index on them. */
const MOST_AT_ONCE = 200
const askedBefore = (now: Date): Date => new Date(now.getTime() - UNDO_DAYS * 86_400_000)

const holdable = ({ services }: Platform, now: Date): string[] =>
  classesOf(services.packs.inForce().pack.retention ?? [], GOES_WITH_ACCOUNT, dayOf(now)).map(({ code }) => code)

/** The basis of the hold that keeps an account waiting, or null. Never the reason's words. */
export async function deletionWaits(pool: pg.Pool, platform: Platform, accountId: string, now: Date): Promise<string | null> {
  const { rows } = await pool.query<{ basis: string | null }>('select retention.deletion_waits($1, $2, $3) as basis', [
    accountId,
    holdable(platform, now),
    now,
  ])
  return rows[0]?.basis ?? null
}

/** Notes that it looked, and whose days are over. Nobody's, while the clock is not believed. */
export const findDeletions = job({
  operation: 'retention.find-deletions',
  permission: null,
  output: Type.Object({ jumped: Type.Boolean(), accounts: Type.Array(Type.String()) }),
  async run({ tx, now, call }) {
    const last = await tx.maybe(sql<Looked>`select at, even_since as "evenSince" from retention.deletion_sweep for update`)
    const { believed, evenSince, jumped } = lookOn(last ?? null, now)
    await tx.run(sql`insert into retention.deletion_sweep (at, even_since) values (${now}, ${evenSince})
      on conflict (one) do update set at = excluded.at, even_since = excluded.even_since`)
    if (!believed) return { jumped, accounts: [] }
    const due = await tx.rows(
      sql<{
        id: string
      }>`select id from retention.accounts_to_delete(${askedBefore(now)}, ${holdable(call.platform, now)}::text[], ${now}, ${MOST_AT_ONCE})`,
    )
    return { jumped, accounts: due.map(({ id }) => id) }
  },
})

/** One batch. Its audit row says how many, and nobody. What was kept meanwhile, is held or went with another node stays out of it. */
export const deleteAccounts = command({
  operation: 'retention.delete-accounts',
  permission: null,
  actors: ['system'],
  input: Type.Object({ accounts: Type.Array(Id, { maxItems: MOST_AT_ONCE, uniqueItems: true }) }),
  output: Type.Object({ id: Type.String(), gone: Type.Integer() }),
  async run({ tx, now, call }, { accounts }) {
    const { crypto } = call.platform.services
    const blinds = accounts.flatMap((id) => subjectBlinds(crypto, 'account', id).map((blind) => ({ id, blind })))
    const { gone } = await tx.one(
      sql<{
        gone: number
      }>`select retention.delete_accounts(${accounts}::uuid[], ${askedBefore(now)}, ${holdable(call.platform, now)}::text[], ${accounts.map(() => newPublicId())}::uuid[],
        ${accounts.map((id) => commitmentOf('account', id))}::bytea[], ${blinds.map(({ id }) => id)}::uuid[], ${blinds.map(({ blind }) => blind)}::bytea[], ${dayOf(now)}, ${now}) as gone`,
    )
    return { id: `request ${gone}`, gone }
  },
})
