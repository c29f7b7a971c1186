import { covers } from '../../core/access/index.ts'
import * as timeline from '../../core/timeline/index.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { awaitsOf } from './possible.ts'
import type { Fact, Part, Rating, Status, WhistleState } from './whistle.ts'

/** A whistle as it is kept: what never changes, and its state. */
export interface Found {
  id: string
  number: string
  street: string
  area: string
  place: string
  incidentId: string | null
  blownAt: Date
  state: WhistleState
}

interface Row extends Omit<Found, 'state'> {
  status: Status
  kind: string
  what: string
  leadUnitId: string
  blownBy: string
  parts: Part[]
  ratings: Rating[]
  unitIds: string[]
  closedAt: Date | null
  seq: number
}

const columns = sql`id, number, street, area, place, incident_id as "incidentId", blown_at as "blownAt", status, kind, what, lead_unit_id as "leadUnitId", blown_by as "blownBy",
  parts, ratings, unit_ids as "unitIds", closed_at as "closedAt", seq`

function found({ id, number, street, area, place, incidentId, blownAt, unitIds: _, closedAt, ...state }: Row): Found {
  return { id, number, street, area, place, incidentId, blownAt, state: { ...state, closedAt: closedAt?.toISOString() ?? null } }
}

/** Who blows or decides sees the whistles of her areas; a unit those that it was called by. */
export const seesAll = (permissions: readonly string[]): boolean =>
  permissions.includes('whistle.blow') || permissions.includes('whistle.decide')

/** Row security knows the common ancestor of a post's areas; the exact set is asked here. What it hides was never there. */
const inView = (actor: Work['actor'], { area, unitIds }: Row): boolean =>
  actor.kind !== 'staff' ||
  (covers(actor.post, area) && (seesAll(actor.post.permissions) || unitIds.includes(actor.post.organisationId)))

/** @throws Refusal `whistle.not_found` alike for one that is not there and one out of sight */
export async function getWhistle({ tx, actor }: Pick<Work, 'tx' | 'actor'>, id: string, lock = false): Promise<Found> {
  const row = await tx.maybe(
    sql<Row>`select ${columns} from coordination.whistle where id = ${id}${lock ? sql` for update` : sql``}`,
  )
  if (!row || !inView(actor, row)) throw new Refusal('whistle.not_found', 'missing')
  return found(row)
}

/** From here on every other whistle of this street waits for the commit: its number is the next. */
export async function insertWhistle({ tx }: Work, w: Omit<Found, 'number'>): Promise<string> {
  const s = w.state
  const { unitIds, waitingUnits, dueAt, answerDueAt } = awaitsOf(s)
  const { number } = await tx.one(sql<{
    number: string
  }>`insert into coordination.whistle (id, street, area, incident_id, kind, what, place, lead_unit_id, blown_by, blown_at, status, parts, unit_ids, waiting_units, due_at, answer_due_at, seq)
    values (${w.id}, ${w.street}, ${w.area}, ${w.incidentId}, ${s.kind}, ${s.what}, ${w.place}, ${s.leadUnitId}, ${s.blownBy}, ${w.blownAt}, ${s.status}, ${JSON.stringify(s.parts)}::jsonb,
      ${unitIds}::uuid[], ${waitingUnits}::uuid[], ${dueAt}, ${answerDueAt}, ${s.seq}) returning number`)
  return number
}

const TIMELINE: timeline.Timeline = { table: 'coordination.timeline', of: 'whistle_id' }
export type TimelineRow = timeline.TimelineRow<Fact>
export const listTimeline = (tx: Tx, id: string): Promise<TimelineRow[]> => timeline.listTimeline(tx, TIMELINE, id)
export const factsOf = timeline.factsOf<Fact>
export const appendFact = (work: Work, id: string, seq: number, fact: Fact): void =>
  timeline.appendFact(work, TIMELINE, id, seq, fact)

/** State row and timeline row, with the commit. */
export function record(work: Work, id: string, fact: Fact, s: WhistleState): void {
  const a = awaitsOf(s)
  const swept = sql`parts = ${JSON.stringify(s.parts)}::jsonb, decision_wanted = ${a.decisionWanted}, decision_due_at = ${a.decisionDueAt}, answer_due_at = ${a.answerDueAt}, seq = ${s.seq}`
  const acted = sql`${swept}, lead_unit_id = ${s.leadUnitId}, status = ${s.status}, ratings = ${JSON.stringify(s.ratings)}::jsonb, unit_ids = ${a.unitIds}::uuid[], waiting_units = ${a.waitingUnits}::uuid[],
    rating_wanted = ${a.ratingWanted}, due_at = ${a.dueAt}, deciders = ${a.deciders}::uuid[], closed_at = ${s.closedAt}`
  work.tx.atEnd(sql`update coordination.whistle set ${work.actor.kind === 'system' ? swept : acted} where id = ${id}`)
  appendFact(work, id, s.seq, fact)
}

export interface Unit {
  id: string
  name: string
  area: string
}
/** Units that can be called to a place: the street's own and those above it. */
export const unitsFor = ({ tx }: Pick<Work, 'tx'>, area: string): Promise<Unit[]> =>
  tx.rows(sql<Unit>`select id, name, area from grid.unit where starts_with(${area}, area) order by area desc, name, id`)
