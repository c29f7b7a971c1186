import { covers } from '../../core/access/index.ts'
import type { FieldCrypto } from '../../core/people/index.ts'
import { appendFact, listTimeline, type Timeline, type TimelineRow } from '../../core/timeline/index.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import {
  awaits,
  type ClockRow,
  type Fact,
  type FiveItems,
  type Grade,
  type HazardState,
  type PlaceKind,
  type StandingOrder,
  type Status,
  type Transfer,
} from './hazard.ts'

const TIMELINE: Timeline = { table: 'hazards.timeline', of: 'hazard_id' }

/** Parts of every ciphertext: never change. */
export const KEEPER_CONTEXT = 'hazards.keeper'
export const REPORT_CONTEXT = 'hazards.report'

/** A hazard as it is kept: what never changes, and its state. */
export interface Found {
  id: string
  number: string
  street: string
  area: string
  openedAt: Date
  state: HazardState
}

interface Row {
  id: string
  number: string
  street: string
  area: string
  handling_area: string
  domain: string
  kind: string
  grade: Grade | null
  place_kind: PlaceKind | null
  place: string
  found: string | null
  status: Status
  transfer: Transfer | null
  items: FiveItems | null
  standing_order: StandingOrder | null
  clock: ClockRow | null
  due_at: Date | null
  due_provisional: boolean
  told_due_at: Date | null
  look_from: Day | null
  registered_by: string | null
  said_done_by: string | null
  rechecked_by: string | null
  papers: number
  came_back: number
  failed: number
  same_as: string | null
  answer: string | null
  opened_at: Date
  struck_off_at: Date | null
  ended_at: Date | null
  seq: number
}

const found = (r: Row): Found => ({
  id: r.id,
  number: r.number,
  street: r.street,
  area: r.area,
  openedAt: r.opened_at,
  state: {
    status: r.status,
    handlingArea: r.handling_area,
    domain: r.domain,
    kind: r.kind,
    grade: r.grade,
    placeKind: r.place_kind,
    place: r.place,
    found: r.found,
    transfer: r.transfer,
    items: r.items,
    standingOrder: r.standing_order,
    clock: r.clock,
    dueAt: r.due_at,
    dueProvisional: r.due_provisional,
    toldDueAt: r.told_due_at,
    lookFrom: r.look_from,
    registeredBy: r.registered_by,
    saidDoneBy: r.said_done_by,
    recheckedBy: r.rechecked_by,
    papers: r.papers,
    cameBack: r.came_back,
    failed: r.failed,
    sameAs: r.same_as,
    answer: r.answer,
    struckOffAt: r.struck_off_at,
    endedAt: r.ended_at,
    seq: r.seq,
  },
})

/** Row security knows the common ancestor of a post's areas; the exact set is asked here. What it hides was never there. */
const isInView = ({ actor }: Pick<Work, 'actor'>, row: Pick<Row, 'area' | 'handling_area'>): boolean =>
  actor.kind !== 'staff' || covers(actor.post, row.area) || covers(actor.post, row.handling_area)

/** @throws Refusal `hazard.not_found` alike for one that is not there and one out of sight */
export async function getHazard(work: Pick<Work, 'tx' | 'actor'>, id: string): Promise<Found> {
  const row = await work.tx.maybe(sql<Row>`select * from hazards.hazard where id = ${id}`)
  if (!row || !isInView(work, row)) throw new Refusal('hazard.not_found', 'missing')
  return found(row)
}

/** Locked for a change. @throws Refusal `hazard.not_found`, or `hazard.handled_elsewhere` for one in sight that another has in hand */
export async function getHazardForUpdate(work: Pick<Work, 'tx' | 'actor'>, id: string): Promise<Found> {
  const locked = await work.tx.maybe(sql<Row>`select * from hazards.hazard where id = ${id} for update`)
  const row = locked ?? (await work.tx.maybe(sql<Row>`select * from hazards.hazard where id = ${id}`))
  if (!row || !isInView(work, row)) throw new Refusal('hazard.not_found', 'missing')
  if (!locked) throw new Refusal('hazard.handled_elsewhere', 'forbidden')
  return found(row)
}

/** From here on every other receipt of this city waits for the commit: the number that the database gives has no gaps. */
export async function insertHazard({ tx }: Work, h: Omit<Found, 'number'>, openedBy: string): Promise<string> {
  const s = h.state
  const { number } = await tx.one(sql<{
    number: string
  }>`insert into hazards.hazard (id, street, area, handling_area, domain, kind, grade, place_kind, place, found, status, clock, due_at, due_provisional,
      told_due_at, awaits, registered_by, opened_by, opened_at, seq)
    values (${h.id}, ${h.street}, ${h.area}, ${s.handlingArea}, ${s.domain}, ${s.kind}, ${s.grade}, ${s.placeKind}, ${s.place}, ${s.found}, ${s.status}, ${json(s.clock)}::jsonb,
      ${s.dueAt}, ${s.dueProvisional}, ${s.toldDueAt}, ${awaits(s)}, ${s.registeredBy}, ${openedBy}, ${h.openedAt}, ${s.seq}) returning number`)
  return number
}

/** Two that are each called the same as the other would both be nobody's. */
export const oneDismissalAtATime = ({ tx }: Work): Promise<unknown> =>
  tx.one(sql`select pg_advisory_xact_lock(hashtextextended('hazards.dismiss-as-same', 0))`)

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/** State and facts, with the commit. A sweep writes what it is granted: the dates. */
export function record(work: Work, id: string, facts: readonly { fact: Fact; state: HazardState }[]): void {
  const s = facts.at(-1)!.state
  const dates = sql`due_at = ${s.dueAt}, due_provisional = ${s.dueProvisional}, told_due_at = ${s.toldDueAt}, seq = ${s.seq}`
  const all = sql`${dates}, handling_area = ${s.handlingArea}, domain = ${s.domain}, kind = ${s.kind}, grade = ${s.grade}, place_kind = ${s.placeKind}, place = ${s.place},
    found = ${s.found}, status = ${s.status}, transfer = ${json(s.transfer)}::jsonb, items = ${json(s.items)}::jsonb, standing_order = ${json(s.standingOrder)}::jsonb,
    clock = ${json(s.clock)}::jsonb, look_from = ${s.lookFrom}, awaits = ${awaits(s)}, registered_by = ${s.registeredBy}, said_done_by = ${s.saidDoneBy},
    rechecked_by = ${s.recheckedBy}, papers = ${s.papers}, came_back = ${s.cameBack}, failed = ${s.failed}, same_as = ${s.sameAs}, answer = ${s.answer},
    struck_off_at = ${s.struckOffAt}, ended_at = ${s.endedAt}`
  work.tx.atEnd(sql`update hazards.hazard set ${work.actor.kind === 'system' ? dates : all} where id = ${id}`)
  appendFacts(work, id, facts)
}

export function appendFacts(work: Work, id: string, facts: readonly { fact: Fact; state: HazardState }[]): void {
  for (const { fact, state } of facts) appendFact(work, TIMELINE, id, state.seq, fact)
}

/** What happened to it, in order; `rebuild` makes the hazard of it again. */
export const listFacts = (tx: Tx, id: string): Promise<HazardFact[]> => listTimeline<Fact>(tx, TIMELINE, id)
export type HazardFact = TimelineRow<Fact>

export interface Keeper {
  name: string
  personId: string | null
}

export async function findKeeper(tx: Tx, crypto: FieldCrypto, id: string): Promise<Keeper | null> {
  const row = await tx.maybe(
    sql<{
      person_id: string | null
      name_sealed: Buffer
    }>`select person_id, name_sealed from hazards.keeper where hazard_id = ${id}`,
  )
  return row ? { name: crypto.open(row.name_sealed, KEEPER_CONTEXT), personId: row.person_id } : null
}

/** Once: what is on the papers that went out stays. At once, so that a message can go to her in the same act. */
export const insertKeeper = (work: Work, crypto: FieldCrypto, id: string, { name, personId }: Keeper): Promise<number> =>
  work.tx.run(sql`insert into hazards.keeper (hazard_id, person_id, name_sealed, recorded_at)
    values (${id}, ${personId}, ${crypto.seal(name, KEEPER_CONTEXT)}, ${work.now})`)

export async function findReport(tx: Tx, crypto: FieldCrypto, id: string): Promise<{ words: string; madeAt: Date } | null> {
  const row = await tx.maybe(
    sql<{
      words_sealed: Buffer
      made_at: Date
    }>`select words_sealed, made_at from hazards.report where hazard_id = ${id}`,
  )
  return row ? { words: crypto.open(row.words_sealed, REPORT_CONTEXT), madeAt: row.made_at } : null
}

/** Of a street, by its number; null where there is none in sight. */
export async function findByNumber(work: Pick<Work, 'tx' | 'actor'>, street: string, number: string): Promise<Found | null> {
  const row = await work.tx.maybe(sql<Row>`select * from hazards.hazard where street = ${street} and number = ${number}`)
  return row && isInView(work, row) ? found(row) : null
}
