import { sql, type Tx } from '../../platform/database/tx.ts'
import { whoOf } from '../../platform/use-case/audit.ts'
import type { Work } from '../../platform/use-case/use-case.ts'

/** A room's timeline: its table, and the column that says of what. */
export interface Timeline {
  /** `schema.table` */
  table: string
  of: string
  /** Who is no officer is not named on it. */
  officersAlone?: true
}

export interface TimelineRow<F extends { fact: string }> {
  seq: number
  fact: F['fact']
  payload: Record<string, unknown>
  actorKind: string
  postId: string | null
  officerName: string | null
  organisationName: string | null
  recordedAt: Date
  effectiveAt: Date
}

/** One row, which goes in with the commit. `effectiveAt` differs from now where the law counts from another day. */
export function appendFact(
  work: Work,
  { table, of, officersAlone }: Timeline,
  id: string,
  seq: number,
  fact: { fact: string },
  effectiveAt: Date = work.now,
): void {
  const who = whoOf(work.actor)
  const { fact: name, ...payload } = fact
  work.tx.atEnd(sql`insert into ${sql.table(table)} (${sql.ref(of)}, seq, fact, payload, actor_kind, account_id, post_id, schedule, recorded_at, effective_at)
    values (${id}, ${seq}, ${name}, ${JSON.stringify(payload)}::jsonb, ${who.kind}, ${officersAlone && who.kind !== 'staff' ? null : who.accountId}, ${who.postId}, ${who.schedule}, ${work.now}, ${effectiveAt})`)
}

export const listTimeline = <F extends { fact: string }>(
  tx: Tx,
  { table, of }: Timeline,
  id: string,
): Promise<TimelineRow<F>[]> =>
  tx.rows(sql<
    TimelineRow<F>
  >`select t.seq, t.fact, t.payload, t.actor_kind as "actorKind", t.post_id as "postId", o.officer_name as "officerName", o.organisation_name as "organisationName",
      t.recorded_at as "recordedAt", t.effective_at as "effectiveAt"
    from ${sql.table(table)} t left join access.officer_of_post o on o.post_id = t.post_id where t.${sql.ref(of)} = ${id} order by t.seq`)

/** The thing as its timeline tells it, for the room's `rebuild`. */
export const factsOf = <F extends { fact: string }>(rows: readonly Pick<TimelineRow<F>, 'fact' | 'payload'>[]): F[] =>
  rows.map((r) => ({ fact: r.fact, ...r.payload }) as unknown as F)
