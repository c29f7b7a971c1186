/**
 * A hazard (隐患): its status table, its facts, and how a fact changes it. Pure.
 * The row in the database is what `apply` made of the facts; a test rebuilds it from the timeline.
 */
import type { HazardLimitCode, HazardOrder } from '../../core/matters/index.ts'
import type { Day } from '../../platform/time.ts'

/** 排查 → 登记 → 告知 → 整改 → 复查 → 销号 → 回头看. `rectified` waits for the recheck, `passed` for the striking off. */
export const statuses = [
  'reported',
  'registered',
  'told',
  'rectifying',
  'rectified',
  'passed',
  'struck_off',
  'closed',
  'dismissed',
] as const
export type Status = (typeof statuses)[number]

export const actions = [
  'inspect', 'dismiss', 'tell', 'begin', 'say_done', 'recheck', 'strike_off', 'look_again', 'reopen', 'regrade', 'order', 'transfer', 'acknowledge', 'return',
] as const // biome-ignore format: in the order of the loop
export type Action = (typeof actions)[number]

/** Beside the course: what may be done while the keeper has not put it right. */
const MEANWHILE = ['regrade', 'order', 'transfer', 'acknowledge', 'return'] as const

/** What is possible at each status. Server and page read the same table. */
export const possible = {
  reported: ['inspect', 'dismiss'],
  registered: ['tell', ...MEANWHILE],
  told: ['begin', ...MEANWHILE],
  rectifying: ['say_done', ...MEANWHILE],
  rectified: ['recheck'],
  passed: ['strike_off'],
  // Seen again before the time of the look, it does not wait for it.
  struck_off: ['look_again', 'reopen'],
  closed: ['reopen'],
  dismissed: [],
} as const satisfies Record<Status, readonly Action[]>

export const permissionOf = {
  inspect: 'hazard.inspect',
  dismiss: 'hazard.inspect',
  tell: 'hazard.manage',
  begin: 'hazard.manage',
  say_done: 'hazard.inspect',
  recheck: 'hazard.recheck',
  strike_off: 'hazard.manage',
  look_again: 'hazard.inspect',
  reopen: 'hazard.inspect',
  regrade: 'hazard.manage',
  order: 'hazard.order',
  transfer: 'hazard.manage',
  acknowledge: 'hazard.receive',
  return: 'hazard.receive',
} as const satisfies Record<Action, string>

export const grades = ['general', 'serious'] as const
export type Grade = (typeof grades)[number]
export const placeKinds = ['shop', 'building', 'home', 'public'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** 五落实. All five are words or a day; none may be empty. */
export const fiveItems = ['person', 'measures', 'funds', 'until', 'plan'] as const
export type FiveItems = Record<(typeof fiveItems)[number], string>

/** A hand-over to the organ with power; `receipt` is its number once the organ has acknowledged it. */
export interface Transfer {
  line: string
  organ: string
  reason: string
  sentOn: Day
  receipt: string | null
}
export interface StandingOrder {
  order: HazardOrder
  paper: string
  on: Day
}
/** Which limit runs, and from when. */
export interface ClockRow {
  limit: HazardLimitCode
  from: Day
}
/** Computed by who acts and carried in the fact, so that a rebuild needs no calendar. */
export interface Due {
  dueAt: string | null
  dueProvisional: boolean
  clock: ClockRow | null
}

/** What `apply` changes. Number, street and area never change. */
export interface HazardState {
  status: Status
  handlingArea: string
  domain: string
  kind: string
  grade: Grade | null
  placeKind: PlaceKind | null
  place: string
  found: string | null
  transfer: Transfer | null
  items: FiveItems | null
  standingOrder: StandingOrder | null
  clock: ClockRow | null
  dueAt: Date | null
  dueProvisional: boolean
  toldDueAt: Date | null
  lookFrom: Day | null
  registeredBy: string | null
  saidDoneBy: string | null
  recheckedBy: string | null
  papers: number
  cameBack: number
  failed: number
  sameAs: string | null
  answer: string | null
  struckOffAt: Date | null
  endedAt: Date | null
  seq: number
}

/** `by` is the officer: who may recheck follows from it. */
type Happened =
  | { fact: 'reported'; kind: string; line: string; place: string; handlingArea: string }
  | { fact: 'inspected'; seenOn: Day; handlingArea: string }
  | {
      fact: 'registered'
      kind: string
      line: string
      grade: Grade
      placeKind: PlaceKind
      place: string
      found: string
      by: string
    }
  | { fact: 'dismissed'; reason: string; sameAs: string | null; at: string }
  | { fact: 'told'; how: 'message' | 'paper'; paper: string; text: string }
  | { fact: 'begun'; items: FiveItems }
  | { fact: 'said_done'; said: 'keeper' | 'officer'; note: string; by: string }
  | { fact: 'rechecked'; passed: true; note: string; by: string }
  | { fact: 'rechecked'; passed: false; note: string; until: Day }
  | { fact: 'struck_off'; lookFrom: Day; at: string }
  | { fact: 'looked_again'; gone: true; note: string; at: string }
  | { fact: 'looked_again'; gone: false; note: string; by: string }
  | { fact: 'reopened'; note: string; by: string }
  | { fact: 'regraded'; grade: Grade; was: Grade; reason: string }
  | { fact: 'ordered'; order: HazardOrder; paper: string; on: Day; text: string; basis: string }
  | { fact: 'transferred'; to: string; transfer: Transfer }
  | { fact: 'acknowledged'; receipt: string; note: string }
  | { fact: 'returned'; to: string; organ: string; reason: string }
  | { fact: 'due_recomputed' }
export type Fact = Happened & { due?: Due }
export type FactName = Fact['fact']

export const opening = (): HazardState => ({
  status: 'reported', handlingArea: '', domain: '', kind: '', grade: null, placeKind: null, place: '', found: null, transfer: null, items: null, standingOrder: null, clock: null,
  dueAt: null, dueProvisional: false, toldDueAt: null, lookFrom: null, registeredBy: null, saidDoneBy: null, recheckedBy: null, papers: 0, cameBack: 0, failed: 0, sameAs: null, answer: null,
  struckOffAt: null, endedAt: null, seq: 0,
}) // biome-ignore format: an empty form

function dated(state: HazardState, due: Due | undefined): HazardState {
  if (!due) return state
  const dueAt = due.dueAt ? new Date(due.dueAt) : null
  return { ...state, dueAt, dueProvisional: due.dueProvisional, clock: due.clock, toldDueAt: dueAt ?? state.toldDueAt }
}

/** The loop begins anew: what was agreed and checked before counts no more. */
const anew = (state: HazardState, by: string): HazardState => ({
  ...state,
  status: 'registered',
  transfer: null,
  items: null,
  standingOrder: null,
  lookFrom: null,
  registeredBy: by,
  saidDoneBy: null,
  recheckedBy: null,
  cameBack: state.cameBack + 1,
  struckOffAt: null,
  endedAt: null,
})

/** The hazard after a fact. The only place where a hazard changes. */
export const apply = (state: HazardState, fact: Fact): HazardState =>
  dated(happened({ ...state, seq: state.seq + 1 }, fact), fact.due)

function happened(next: HazardState, fact: Fact): HazardState {
  switch (fact.fact) {
    case 'reported':
      return {
        ...next,
        status: 'reported',
        kind: fact.kind,
        domain: fact.line,
        place: fact.place,
        handlingArea: fact.handlingArea,
      }
    case 'inspected':
      return { ...next, handlingArea: fact.handlingArea }
    case 'registered':
      return {
        ...next,
        status: 'registered',
        kind: fact.kind,
        domain: fact.line,
        grade: fact.grade,
        placeKind: fact.placeKind,
        place: fact.place,
        found: fact.found,
        registeredBy: fact.by,
      }
    case 'dismissed':
      return { ...next, status: 'dismissed', answer: fact.reason, sameAs: fact.sameAs, endedAt: new Date(fact.at) }
    case 'told':
      return { ...next, status: 'told', papers: next.papers + 1 }
    case 'begun':
      return { ...next, status: 'rectifying', items: fact.items }
    case 'said_done':
      return { ...next, status: 'rectified', saidDoneBy: fact.by }
    case 'rechecked':
      return fact.passed
        ? { ...next, status: 'passed', recheckedBy: fact.by, standingOrder: null }
        : {
            ...next,
            status: 'rectifying',
            saidDoneBy: null,
            failed: next.failed + 1,
            items: next.items && { ...next.items, until: fact.until },
          }
    case 'struck_off':
      return { ...next, status: 'struck_off', lookFrom: fact.lookFrom, struckOffAt: new Date(fact.at) }
    case 'looked_again':
      return fact.gone ? { ...next, status: 'closed', endedAt: new Date(fact.at) } : anew(next, fact.by)
    case 'reopened':
      return anew(next, fact.by)
    case 'regraded':
      return { ...next, grade: fact.grade }
    case 'ordered':
      return {
        ...next,
        papers: next.papers + 1,
        standingOrder: { order: fact.order, paper: fact.paper, on: fact.on },
      }
    case 'transferred':
      return { ...next, transfer: fact.transfer, domain: fact.transfer.line, handlingArea: fact.to }
    case 'acknowledged':
      return { ...next, transfer: next.transfer && { ...next.transfer, receipt: fact.receipt } }
    case 'returned':
      return { ...next, transfer: null, handlingArea: fact.to }
    case 'due_recomputed':
      return next
  }
}

/** The hazard as its timeline tells it. */
export const rebuild = (facts: readonly Fact[]): HazardState => facts.reduce(apply, opening())

/** Handed over, and the organ has not said yet that it has it. */
export const isUnderWay = ({ transfer }: Pick<HazardState, 'transfer'>): boolean => transfer !== null && transfer.receipt === null

/** A serious one belongs to the organ with power; a street that still has it does two things: tell the keeper, and hand it over. */
export const waitsForHandOver = ({ grade, handlingArea }: Pick<HazardState, 'grade' | 'handlingArea'>): boolean =>
  grade === 'serious' && handlingArea.length === 9

/** What runs now: a limit of the pack, the day that was given to the keeper, or nothing. */
export function runs(state: HazardState): HazardLimitCode | 'until' | null {
  if (isUnderWay(state)) return 'acknowledge'
  switch (state.status) {
    case 'reported':
      return 'inspect'
    case 'registered':
      return waitsForHandOver(state) ? 'transfer' : 'tell'
    case 'told':
      return waitsForHandOver(state) ? 'transfer' : 'begin'
    case 'rectifying':
      return waitsForHandOver(state) ? 'transfer' : 'until'
    case 'rectified':
      return 'recheck'
    case 'passed':
      return 'strike_off'
    case 'struck_off':
      return 'look_within'
    default:
      return null
  }
}

/** Acts that take it on from here, whoever may do them. */
export function awaits(state: HazardState): Action[] {
  if (isUnderWay(state)) return ['acknowledge']
  const handOver = waitsForHandOver(state)
  switch (state.status) {
    case 'reported':
      return ['inspect']
    case 'registered':
      return handOver ? ['transfer', 'tell'] : ['tell']
    case 'told':
      return handOver ? ['transfer'] : ['begin']
    case 'rectifying':
      return handOver ? ['transfer'] : ['say_done']
    case 'rectified':
      return ['recheck']
    case 'passed':
      return ['strike_off']
    case 'struck_off':
      return ['look_again']
    default:
      return []
  }
}
