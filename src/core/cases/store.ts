import { sql, type Tx } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { covers } from '../access/guard.ts'
import type { Matter } from '../matters/matter.ts'
import * as timeline from '../timeline/index.ts'
import type { CaseState, Correction, Extension, Fact, Notice, Pause, Status, Survey } from './case.ts'
import { awaits } from './possible.ts'

/** A case as it is kept: what never changes, and its state. */
export interface Found {
  id: string
  number: string
  street: string
  matterCode: string
  matterVersion: number
  domain: string
  originArea: string
  applicantId: string
  surname: string
  channel: 'phone' | 'window'
  receivedBy: string | null
  receivedAt: Date
  /** Of an objection to a line: `<case>/<rule>/<line>`; empty for every other case. */
  about: string
  state: CaseState
}

interface Row {
  id: string
  number: string
  street: string
  matter_code: string
  matter_version: number
  pack_hash: string
  domain: string
  origin_area: string
  handling_area: string
  applicant_id: string
  surname: string
  channel: 'phone' | 'window'
  received_by: string | null
  received_at: Date
  status: Status
  step: string | null
  accepted_on: string | null
  due_at: Date | null
  due_provisional: boolean
  told_due_at: Date | null
  pauses: Pause[]
  correction: Correction | null
  extension: Extension | null
  notice: Notice | null
  survey: Survey | null
  lapse_basis: { basis: string } | null
  outcome: 'granted' | 'refused' | null
  amount_fen: number | null
  decided_at: Date | null
  issued_at: Date | null
  delivered_at: Date | null
  closed_at: Date | null
  rating: number | null
  seq: number
  about: string
}

const found = (r: Row): Found => ({
  id: r.id,
  number: r.number,
  street: r.street,
  matterCode: r.matter_code,
  matterVersion: r.matter_version,
  domain: r.domain,
  originArea: r.origin_area,
  applicantId: r.applicant_id,
  surname: r.surname,
  channel: r.channel,
  receivedBy: r.received_by,
  receivedAt: r.received_at,
  about: r.about,
  state: {
    packHash: r.pack_hash,
    status: r.status,
    step: r.step,
    handlingArea: r.handling_area,
    acceptedOn: r.accepted_on,
    dueAt: r.due_at,
    dueProvisional: r.due_provisional,
    toldDueAt: r.told_due_at,
    pauses: r.pauses,
    correction: r.correction,
    extension: r.extension,
    notice: r.notice,
    survey: r.survey,
    lapseBasis: r.lapse_basis?.basis ?? null,
    outcome: r.outcome,
    amountFen: r.amount_fen,
    decidedAt: r.decided_at,
    issuedAt: r.issued_at,
    deliveredAt: r.delivered_at,
    closedAt: r.closed_at,
    rating: r.rating,
    seq: r.seq,
  },
})

/** @throws Refusal `case.not_found` alike for a case that is not there and one out of sight */
export async function getCase(tx: Tx, caseId: string): Promise<Found> {
  const row = await tx.maybe(sql<Row>`select * from cases.case where id = ${caseId}`)
  if (!row) throw new Refusal('case.not_found', 'missing')
  return found(row)
}

/** All of them, in the order of their ids. */
export const listCasesAfter = async (tx: Tx, afterId: string, limit: number): Promise<Found[]> =>
  (await tx.rows(sql<Row>`select * from cases.case where id > ${afterId} order by id limit ${limit}`)).map(found)

/** Row security knows the common ancestor of a post's areas; the exact set is asked here. What it hides was never there. */
export const isInView = (actor: Work['actor'], place: { originArea: string; handlingArea: string }): boolean =>
  actor.kind !== 'staff' || covers(actor.post, place.originArea) || covers(actor.post, place.handlingArea)

/**
 * Locks the case for a change. Under row security a case that is in view but handled elsewhere cannot be locked: that is
 * told apart from one that does not exist, since the officer can see it.
 */
export async function getCaseForUpdate({ tx, actor }: Pick<Work, 'tx' | 'actor'>, caseId: string): Promise<Found> {
  const locked = await tx.maybe(sql<Row>`select * from cases.case where id = ${caseId} for update`)
  const row = locked ?? (await tx.maybe(sql<Row>`select * from cases.case where id = ${caseId}`))
  if (!row || !isInView(actor, { originArea: row.origin_area, handlingArea: row.handling_area }))
    throw new Refusal('case.not_found', 'missing')
  if (!locked) throw new Refusal('case.handled_elsewhere', 'forbidden')
  return found(row)
}

/**
 * From here on every other receipt of this street waits for the commit: the number that the database gives has no gaps.
 * @returns the number
 * @throws Refusal `case.already_running`, also for one that the officer who receives cannot see
 */
export async function insertCase(tx: Tx, c: Omit<Found, 'number'>, matter: Matter): Promise<string> {
  const s = c.state
  const inserted = await tx.maybe(sql<{
    number: string
  }>`insert into cases.case (id, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname,
      channel, received_by, received_at, status, step, due_at, due_provisional, told_due_at, awaits, seq, about)
    values (${c.id}, ${c.street}, ${c.matterCode}, ${c.matterVersion}, ${s.packHash}, ${c.domain}, ${c.originArea}, ${s.handlingArea}, ${c.applicantId}, ${c.surname},
      ${c.channel}, ${c.receivedBy}, ${c.receivedAt}, ${s.status}, ${s.step}, ${s.dueAt}, ${s.dueProvisional}, ${s.toldDueAt}, ${awaits(s, matter)}, ${s.seq}, ${c.about})
    on conflict (applicant_id, matter_code, about) where status in ('received', 'correcting', 'accepted', 'paused') do nothing returning number`)
  if (!inserted) throw new Refusal('case.already_running', 'conflict', { number: '—' })
  return inserted.number
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/**
 * Writes the state back, of it what the writer may change: that is what its database role is granted. The place is moved
 * by `cases.hand_over` alone.
 */
function updateCase({ tx, actor }: Work, id: string, s: CaseState, matter: Matter): void {
  const due = sql`due_at = ${s.dueAt}, due_provisional = ${s.dueProvisional}, told_due_at = ${s.toldDueAt}, notice = ${json(s.notice)}::jsonb, awaits = ${awaits(s, matter)}, seq = ${s.seq}`
  const applicants = sql`${due}, status = ${s.status}, step = ${s.step}, correction = ${json(s.correction)}::jsonb, closed_at = ${s.closedAt}`
  const officers = sql`${applicants}, pack_hash = ${s.packHash}, accepted_on = ${s.acceptedOn}, pauses = ${json(s.pauses)}::jsonb, extension = ${json(s.extension)}::jsonb,
    survey = ${json(s.survey)}::jsonb, lapse_basis = ${s.lapseBasis === null ? null : JSON.stringify({ basis: s.lapseBasis })}::jsonb, outcome = ${s.outcome}, amount_fen = ${s.amountFen},
    decided_at = ${s.decidedAt}, issued_at = ${s.issuedAt}, delivered_at = ${s.deliveredAt}`
  const own =
    actor.kind === 'system'
      ? due
      : actor.kind === 'resident'
        ? sql`${applicants}, rating = ${s.rating}`
        : actor.kind === 'proxy'
          ? applicants
          : officers
  tx.atEnd(sql`update cases.case set ${own} where id = ${id}`)
}

const TIMELINE: timeline.Timeline = { table: 'cases.timeline', of: 'case_id' }

export const appendFact = (work: Work, caseId: string, seq: number, fact: Fact, effectiveAt: Date): void =>
  timeline.appendFact(work, TIMELINE, caseId, seq, fact, effectiveAt)

/**
 * State row and timeline rows, with the commit. A move to another place comes behind them, through the one function that checks
 * the sender.
 */
export function record(
  work: Work,
  before: Found,
  matter: Matter,
  facts: readonly { fact: Fact; state: CaseState }[],
  effectiveAt = work.now,
): void {
  const inPlace = facts.filter(({ fact }) => fact.fact !== 'handed_over')
  const lastInPlace = inPlace.at(-1)
  if (lastInPlace) updateCase(work, before.id, lastInPlace.state, matter)
  for (const { fact, state } of facts) appendFact(work, before.id, state.seq, fact, effectiveAt)
  const move = facts.at(-1)
  if (move?.fact.fact === 'handed_over')
    work.tx.atEnd(sql`select cases.hand_over(${before.id}, ${move.fact.to}, ${move.fact.step}, ${move.state.seq})`)
}

export type TimelineRow = timeline.TimelineRow<Fact>

export const listTimeline = (tx: Tx, caseId: string): Promise<TimelineRow[]> => timeline.listTimeline(tx, TIMELINE, caseId)

/** A case as its timeline tells it, for `rebuild`. */
export const factsOf = timeline.factsOf<Fact>
