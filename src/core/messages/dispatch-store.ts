/** The SQL of sending. Every function is a transaction's part in the sweep's role, which row security binds. */
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId, newPublicId } from '../../platform/id.ts'
import type { Day } from '../../platform/time.ts'
import type { Channel } from './demo-outbox.ts'
import { type Ending, LOST_MS, REMEMBERED_MS, type Skip, skipOf } from './dispatch.ts'
import { urgentKinds } from './outside.ts'

const HOUR_MS = 3_600_000
/** A transaction that was open while the sweep looked may commit under an earlier time. */
const OVERLAP_MS = HOUR_MS
/** News that is older when a channel comes back is read in the inbox. */
const OLDEST_MS = 7 * 24 * HOUR_MS
const ago = (now: Date, ms: number): Date => new Date(now.getTime() - ms)

/** Ids are ordered by time, so that what is new is found by the primary key and writing a message costs no further index. */
const firstIdAt = (at: Date): string => `${newId(at).slice(0, 13)}-7000-8000-000000000000`

/** The account that news of a person belongs to. Of a phone that was just unbound it still tells that phone so. */
const accountOf = (person: string, kind: string) =>
  sql.raw<unknown>(`left join lateral (
    select b.account_id from access.person_account b
    where b.person_id = ${person} and (b.ended_at is null or ${kind} = 'account_unbound')
    order by b.ended_at desc nulls first limit 1) b on true`)

/** Writes a row for every message and channel that nobody decided about. @returns how many */
export async function decide(tx: Tx, channels: readonly Channel[], now: Date): Promise<number> {
  const begun = await tx.run(sql`insert into messages.sweep (since, until) values (${now}, ${now}) on conflict do nothing`)
  // A copy was set back: what waited in it may have left since.
  if (begun > 0)
    await tx.run(sql`update messages.dispatch set state = 'unclear', fault = 'restored', settled_at = ${now}
      where state in ('due', 'sending')`)
  const { since, until } = await tx.one(sql<{ since: Date; until: Date }>`select since, until from messages.sweep for update`)
  const from = new Date(Math.max(since.getTime(), until.getTime() - OVERLAP_MS, now.getTime() - OLDEST_MS))
  const decided =
    await tx.run(sql`insert into messages.dispatch (id, message_id, person_id, channel, urgent, state, not_before, decided_at)
    select gen_random_uuid(), m.id, m.person_id, c.channel, m.kind = any(${[...urgentKinds]}::text[]), 'due', ${now}, ${now}
    from messages.message m cross join unnest(${[...channels]}::text[]) as c(channel)
      ${accountOf('m.person_id', 'm.kind')}
      left join messages.channel_choice w on w.account_id = b.account_id and w.channel = c.channel
    where m.id >= ${firstIdAt(from)}::uuid and m.made_at >= ${from} and m.made_at <= ${now}
      and (m.read_at is null or m.kind = any(${[...urgentKinds]}::text[])) and b.account_id is not null
      -- Whoever has somebody's session must not be able to silence what she is told of it.
      and (coalesce(w.wanted, c.channel = 'sms') or (c.channel = 'sms' and m.kind = any(${[...urgentKinds]}::text[])))
      and not exists (select from messages.dispatch d where d.message_id = m.id and d.channel = c.channel)
    on conflict do nothing`)
  await tx.run(sql`update messages.sweep set until = greatest(until, ${now})`)
  return decided
}

/** What leaves as one, under one reference. */
export interface Parcel {
  id: string
  accountId: string
  channel: Channel
  messages: { kind: string; lastDay: Day | null }[]
}

/**
 * Rows of processes that died between hand-over and note. Where a reference is honoured they go again under the same one;
 * elsewhere nobody can know, and they end as unclear.
 */
export async function findLost(tx: Tx, honouring: readonly Channel[], now: Date): Promise<void> {
  await tx.run(sql`update messages.dispatch d set
      state = case when g.again then 'due' else 'unclear' end,
      settled_at = case when g.again then null else ${now}::timestamptz end, not_before = ${now}, fault = 'lost'
    from (select id, channel = any(${[...honouring]}::text[]) and first_claimed_at > ${ago(now, REMEMBERED_MS)} as again
      from messages.dispatch where state = 'sending' and claimed_at <= ${ago(now, LOST_MS)} order by id for update skip locked) g
    where d.id = g.id`)
}

interface Row {
  id: string
  channel: Channel
  urgent: boolean
  parcel_id: string | null
  person_id: string
  kind: string
  last_day: Day | null
  read: boolean
  account_id: string | null
  wanted: boolean | null
  safety: boolean
}

export interface Claim {
  channels: readonly Channel[]
  /** Only what does not wait for the morning. */
  quiet: boolean
  most: number
}

/**
 * Takes what is due, merged by person and channel, and marks it as being sent. The first row of a parcel is taken with skip
 * locked, so that of two sweeps one gets it whole; the commit comes before anything is handed over.
 * @returns null when nothing was due
 */
export async function claim(tx: Tx, { channels, quiet, most }: Claim, now: Date): Promise<Parcel[] | null> {
  const leaders = await tx.rows(sql<{ id: string }>`select d.id from messages.dispatch d
    where d.state = 'due' and d.not_before <= ${now} and d.channel = any(${[...channels]}::text[]) and (d.urgent or not ${quiet}::boolean)
      and not exists (select from messages.dispatch e where e.person_id = d.person_id and e.channel = d.channel and e.urgent = d.urgent
        and ((e.state = 'due' and e.not_before <= ${now} and e.parcel_id is not distinct from d.parcel_id and e.id < d.id)
          -- What may have arrived is cleared up first: otherwise a provider that comes back brings one message after the other.
          or (d.parcel_id is null and e.parcel_id is not null and e.state in ('due', 'sending'))))
    order by d.not_before, d.id limit ${most} for update of d skip locked`)
  if (leaders.length === 0) return null
  const rows =
    await tx.rows(sql<Row>`select d.id, d.channel, d.urgent, d.parcel_id, d.person_id, m.kind, m.params->>'answerBy' as last_day,
      m.read_at is not null as read, b.account_id, w.wanted, p.safety_flag as safety
    from messages.dispatch f join messages.dispatch d on d.state = 'due' and d.person_id = f.person_id and d.channel = f.channel
        and d.urgent = f.urgent and d.parcel_id is not distinct from f.parcel_id
      join messages.message m on m.id = d.message_id join people.person p on p.id = d.person_id
      ${accountOf('m.person_id', 'm.kind')}
      left join messages.channel_choice w on w.account_id = b.account_id and w.channel = d.channel
    where f.id = any(${leaders.map((l) => l.id)}::uuid[]) order by m.made_at, d.id for update of d`)
  const parcels = new Map<string, Parcel & { rows: string[] }>()
  for (const row of rows) {
    const skip = skipOf({ ...row, accountId: row.account_id })
    // What may have left already goes again word for word: that she has read it since changes nothing.
    if (skip && !(skip === 'read' && row.parcel_id)) {
      await settleRows(tx, [row.id], skip, row.parcel_id ? 'unclear' : 'skipped', now)
      continue
    }
    const key = row.parcel_id ?? `${row.person_id} ${row.channel} ${row.urgent} ${row.account_id}`
    const parcel = parcels.get(key) ?? {
      id: row.parcel_id ?? newPublicId(),
      accountId: row.account_id!,
      channel: row.channel,
      messages: [],
      rows: [],
    }
    parcel.messages.push({ kind: row.kind, lastDay: row.last_day })
    parcel.rows.push(row.id)
    parcels.set(key, parcel)
  }
  for (const parcel of parcels.values())
    await tx.run(sql`update messages.dispatch set state = 'sending', parcel_id = ${parcel.id}, claimed_at = ${now},
      first_claimed_at = case when parcel_id is null then ${now} else first_claimed_at end, attempts = attempts + 1
      where id = any(${parcel.rows}::uuid[])`)
  return [...parcels.values()].map(({ rows: _, ...parcel }) => parcel)
}

const settleRows = (tx: Tx, ids: readonly string[], why: Skip, state: 'skipped' | 'unclear', now: Date): Promise<number> =>
  tx.run(
    sql`update messages.dispatch set state = ${state}, fault = ${why}, settled_at = ${now} where id = any(${[...ids]}::uuid[])`,
  )

/** Also where another node has given it up meanwhile: now it is known. */
export const noteSent = (tx: Tx, parcelId: string, receipt: string, now: Date): Promise<number> =>
  tx.run(sql`update messages.dispatch set state = 'sent', receipt = ${receipt}, sent_at = ${now}, settled_at = ${now}, fault = null,
    failing_since = null where parcel_id = ${parcelId} and state in ('sending', 'unclear')`)

export const noteSkipped = (tx: Tx, parcelId: string, why: Skip, now: Date): Promise<number> =>
  tx.run(sql`update messages.dispatch set state = case when first_claimed_at < claimed_at then 'unclear' else 'skipped' end, fault = ${why},
    settled_at = ${now} where parcel_id = ${parcelId} and state = 'sending'`)

/** Each row of the parcel ends or waits by its own number of tries. */
export async function noteFault(
  tx: Tx,
  parcelId: string,
  code: string,
  endOf: (attempts: number) => Ending,
  now: Date,
): Promise<void> {
  const rows = await tx.rows(sql<{ id: string; attempts: number }>`select id, attempts from messages.dispatch
    where parcel_id = ${parcelId} and state = 'sending' order by id for update`)
  // A parcel that goes again whole counts as its most tried row does.
  const most = Math.max(0, ...rows.map((row) => row.attempts))
  for (const { id, attempts } of rows) {
    const whole = endOf(most)
    const end = whole.state === 'due' && whole.together ? whole : endOf(attempts)
    if (end.state === 'due')
      await tx.run(sql`update messages.dispatch set state = 'due', not_before = ${new Date(now.getTime() + end.waitMs)}, fault = ${code},
        failing_since = coalesce(failing_since, ${now}), parcel_id = case when ${end.together}::boolean then parcel_id end where id = ${id}`)
    else
      await tx.run(sql`update messages.dispatch set state = ${end.state}, fault = ${code}, settled_at = ${now} where id = ${id}`)
  }
}

/** A delivery report, once: the first one stays. @returns whether anything of this reference was ever handed over */
export async function noteReport(
  tx: Tx,
  parcelId: string,
  delivered: boolean,
  now: Date,
): Promise<'noted' | 'known' | 'unknown'> {
  const noted = await tx.run(sql`update messages.dispatch set state = 'sent', sent_at = coalesce(sent_at, ${now}),
      settled_at = coalesce(settled_at, ${now}), failing_since = null,
      delivered_at = case when ${delivered}::boolean then ${now}::timestamptz end,
      undelivered_at = case when ${delivered}::boolean then null else ${now}::timestamptz end
    where parcel_id = ${parcelId} and delivered_at is null and undelivered_at is null`)
  if (noted > 0) return 'noted'
  const known = await tx.maybe(sql`select id from messages.dispatch where parcel_id = ${parcelId} limit 1`)
  return known ? 'known' : 'unknown'
}
