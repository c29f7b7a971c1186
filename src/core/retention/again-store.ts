/**
 * After a restore: what the copy still had and was erased since then is erased again, as the owner, before anybody starts.
 * The file of tombstones knows hashes only, so every id that there is gets hashed and looked up.
 */
import type { Client } from 'pg'
import type { CryptoProvider } from '../../platform/crypto/crypto.ts'
import { subjectBlinds } from '../../platform/seals/index.ts'
import { type KindName, kindOf } from './kinds.ts'
import { commitmentOf } from './store.ts'
import type { Tombstone } from './tombstone.ts'
import { readTombstones } from './tombstone-store.ts'

type Erase = (client: Client, ids: readonly string[], crypto: CryptoProvider, now: Date) => Promise<unknown>

const withMarks =
  (kind: KindName, call: string): Erase =>
  (client, ids, crypto) =>
    client.query(`select retention.${call}($1, $2)`, [ids, ids.flatMap((id) => subjectBlinds(crypto, kindOf(kind).subject!, id))])

/** Of each kind: the ids that may be meant, and what erases them. Cases first: a person goes when nothing of hers is left. */
const KINDS: readonly { kind: KindName | 'account'; ids: string; erase: Erase }[] = [
  {
    kind: 'case',
    ids: 'select id::text as id from cases.case where stripped_at is null',
    erase: (client, ids, _, now) => client.query('select retention.strip_cases($1, $2)', [ids, now]),
  },
  {
    kind: 'draft',
    ids: 'select id::text as id from cases.draft where submitted_case_id is null',
    erase: (client, ids) => client.query('select retention.drop_drafts($1)', [ids]),
  },
  {
    kind: 'unbound-account',
    ids: `select "id"::text as id from auth."user" where "kind" = 'resident'`,
    erase: withMarks('unbound-account', 'drop_accounts'),
  },
  {
    // At the wish of whom it belongs to, bound or not.
    kind: 'account',
    ids: `select "id"::text as id from auth."user" where "kind" = 'resident'`,
    async erase(client, ids, crypto, now) {
      await client.query('select retention.end_bindings($1, $2)', [ids, now])
      await withMarks('unbound-account', 'drop_accounts')(client, ids, crypto, now)
    },
  },
  {
    kind: 'person-without-tie',
    ids: 'select id::text as id from people.person',
    erase: withMarks('person-without-tie', 'drop_persons'),
  },
]

export interface ErasedAgain {
  /** Tombstones that the copy did not know. */
  unknown: number
  /** By kind: what was still there, and is gone now. */
  erased: Record<string, number>
  /** Lines of the file that are no tombstones of this box. */
  strange: number
}

/** One transaction of its own. */
export async function eraseAgain(client: Client, crypto: CryptoProvider, path: string, now: Date): Promise<ErasedAgain> {
  const { tombstones, strange } = await readTombstones(path, crypto)
  const { rows } = await client.query<{ commitment: string }>(
    `select encode(commitment, 'hex') as commitment from retention.tombstone`,
  )
  // She may have kept it since the copy was made, which the copy does not know: her days begin anew.
  await client.query(`update auth."user" set deletion_asked_at = $1 where deletion_asked_at < $1`, [now])
  const known = new Set(rows.map(({ commitment }) => commitment))
  const unknown = tombstones.filter(({ commitment }) => !known.has(commitment))
  const erased: Record<string, number> = {}
  if (unknown.length === 0) return { unknown: 0, erased, strange }
  await client.query('begin')
  try {
    for (const { kind, ids, erase } of KINDS) {
      const sought = new Set(unknown.filter((one) => one.kind === kind).map(({ commitment }) => commitment))
      if (sought.size === 0) continue
      const { rows: all } = await client.query<{ id: string }>(ids)
      const found = all.map(({ id }) => id).filter((id) => sought.has(commitmentOf(kind, id).toString('hex')))
      if (found.length === 0) continue
      await erase(client, found, crypto, now)
      erased[kind] = found.length
    }
    await remember(client, unknown)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  return { unknown: unknown.length, erased, strange }
}

/** Under the numbers that the file has, so that both go on alike. */
async function remember(client: Client, tombstones: readonly Tombstone[]): Promise<void> {
  for (const { id, seq, kind, class: code, rule, on, commitment } of tombstones)
    await client.query(
      `insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment) values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'))`,
      [id, seq, kind, code, rule, on, commitment],
    )
}
