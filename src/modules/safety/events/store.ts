import { covers, inAreas, postOf } from '../../../core/access/index.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { whoOf } from '../../../platform/use-case/audit.ts'
import type { Work } from '../../../platform/use-case/use-case.ts'
import type { EventState, Fact, Findings, Status } from './event.ts'

export interface FoundEvent {
  id: string
  area: string
  kind: string
  happenedAt: Date | null
  learntAt: Date
  openedAt: Date
  state: EventState
}

interface Row {
  id: string
  area: string
  kind: string
  happened_at: Date | null
  learnt_at: Date
  opened_at: Date
  status: Status
  level: string | null
  response: string | null
  found: Findings
  reports: number
  seq: number
}

const eventOf = (r: Row): FoundEvent => ({
  id: r.id,
  area: r.area,
  kind: r.kind,
  happenedAt: r.happened_at,
  learntAt: r.learnt_at,
  openedAt: r.opened_at,
  state: { status: r.status, level: r.level, response: r.response, found: r.found, reports: r.reports, seq: r.seq },
})

/** Row security knows the common ancestor of a post's areas; the exact set is asked here. What lies around all of them is seen, too. */
const isInView = ({ actor }: Pick<Work, 'actor'>, area: string): boolean =>
  actor.kind === 'staff' && (covers(actor.post, area) || actor.post.areas.some((own) => own.startsWith(area)))

/** @throws Refusal `event.not_found` alike for one that is not there and one out of sight */
export async function getEvent(work: Work, id: string): Promise<FoundEvent> {
  const row = await work.tx.maybe(sql<Row>`select * from safety.event where id = ${id}`)
  if (!row || !isInView(work, row.area)) throw new Refusal('event.not_found', 'missing')
  return eventOf(row)
}

/** Locked; one that is only seen from below is told apart. @throws Refusal `event.not_found` · `event.handled_above` */
export async function getEventForUpdate(work: Work, id: string): Promise<FoundEvent> {
  const locked = await work.tx.maybe(sql<Row>`select * from safety.event where id = ${id} for update`)
  const row = locked ?? (await work.tx.maybe(sql<Row>`select * from safety.event where id = ${id}`))
  if (!row || !isInView(work, row.area)) throw new Refusal('event.not_found', 'missing')
  if (!locked || (work.actor.kind === 'staff' && !covers(work.actor.post, row.area)))
    throw new Refusal('event.handled_above', 'forbidden')
  return eventOf(row)
}

const PAGE = 50
/** Running ones first, then the newest. */
export async function listEventsOf(work: Work, page: number): Promise<{ events: FoundEvent[]; more: boolean }> {
  const rows = await work.tx.rows(
    sql<Row>`select e.* from safety.event e where ${inAreas(postOf(work.actor), 'e.area', { above: true })}
      order by e.status = 'closed', e.opened_at desc, e.id desc limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
  )
  return { events: rows.slice(0, PAGE).map(eventOf), more: rows.length > PAGE }
}

export async function insertEvent({ tx }: Work, event: FoundEvent, postId: string): Promise<void> {
  const s = event.state
  await tx.run(sql`insert into safety.event (id, area, kind, happened_at, learnt_at, status, level, response, found, reports, opened_at, opened_by, seq)
    values (${event.id}, ${event.area}, ${event.kind}, ${event.happenedAt}, ${event.learntAt}, ${s.status}, ${s.level}, ${s.response},
      ${JSON.stringify(s.found)}::jsonb, ${s.reports}, ${event.openedAt}, ${postId}, ${s.seq})`)
}

export function updateEvent({ tx }: Work, id: string, s: EventState): void {
  tx.atEnd(sql`update safety.event set status = ${s.status}, level = ${s.level}, response = ${s.response}, found = ${JSON.stringify(s.found)}::jsonb,
    reports = ${s.reports}, seq = ${s.seq} where id = ${id}`)
}

export function appendFact({ tx, actor, now }: Work, eventId: string, seq: number, fact: Fact): void {
  const { accountId, postId } = whoOf(actor)
  const { fact: name, ...payload } = fact
  tx.atEnd(sql`insert into safety.event_fact (event_id, seq, fact, payload, account_id, post_id, recorded_at)
    values (${eventId}, ${seq}, ${name}, ${JSON.stringify(payload)}::jsonb, ${accountId}, ${postId}, ${now})`)
}

export interface FactRow {
  seq: number
  fact: Fact
  officerName: string
  recordedAt: Date
}

export const listFacts = async (tx: Tx, eventId: string): Promise<FactRow[]> =>
  (
    await tx.rows(sql<{
      seq: number
      fact: Fact['fact']
      payload: object
      officerName: string | null
      recordedAt: Date
    }>`select f.seq, f.fact, f.payload, o.officer_name as "officerName", f.recorded_at as "recordedAt"
      from safety.event_fact f left join access.officer_of_post o on o.post_id = f.post_id where f.event_id = ${eventId} order by f.seq`)
  ).map(({ seq, fact, payload, officerName, recordedAt }) => ({
    seq,
    fact: { fact, ...payload } as Fact,
    officerName: officerName ?? '',
    recordedAt,
  }))
