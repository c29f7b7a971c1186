/**
 * An incident (事件): its status table, its facts, and how a fact changes it. Pure.
 * The row in the database is what `apply` made of the facts; a test rebuilds it from the timeline.
 */

import type { IncidentLevel } from '../../core/matters/index.ts'

export const statuses = [
  'reported', 'verified', 'filed', 'dispatched', 'handling', 'hung', 'handled', 'checked', 'closed', 'not_filed', 'void', 'linked',
] as const // biome-ignore format: in the order of the cycle
export type Status = (typeof statuses)[number]

/** Every act of staff on an incident. A reporter confirms or reopens (`grid.reporter_says`). Server and page read the same table. */
export const actions = [
  'verify', 'file', 'not_file', 'void', 'link', 'unlink', 'dispatch', 'recall', 'take_on', 'return', 'request_extension', 'approve_extension', 'hang', 'resume',
  'hand_in', 'pass_check', 'fail_check', 'close_unsolved', 'hide', 'show',
] as const // biome-ignore format: in the order of the cycle
export type Action = (typeof actions)[number]

export const possible = {
  reported: ['verify', 'not_file', 'link', 'void'],
  verified: ['file', 'not_file', 'link', 'void'],
  filed: ['dispatch', 'link', 'void', 'close_unsolved', 'hide', 'show'],
  dispatched: ['take_on', 'recall', 'return', 'void', 'hide', 'show'],
  handling: ['hand_in', 'return', 'request_extension', 'approve_extension', 'hang', 'hide', 'show'],
  hung: ['resume', 'close_unsolved', 'hide', 'show'],
  handled: ['pass_check', 'fail_check', 'close_unsolved', 'hide', 'show'],
  // The reporter's word is awaited; silence ends it as `unconfirmed`, never as solved.
  checked: ['hide', 'show'],
  closed: ['hide', 'show'],
  not_filed: [],
  void: [],
  linked: ['unlink', 'hide', 'show'],
} as const satisfies Record<Status, readonly Action[]>

/** 两级分离: supervision (监督) lets in and closes, command (指挥) sends out, units do; `pack check` refuses a role that has the first two. */
export const permissionOf = {
  verify: 'incident.verify',
  file: 'incident.verify',
  not_file: 'incident.verify',
  void: 'incident.verify',
  link: 'incident.verify',
  unlink: 'incident.verify',
  dispatch: 'incident.dispatch',
  recall: 'incident.dispatch',
  take_on: 'incident.handle',
  return: 'incident.handle',
  request_extension: 'incident.handle',
  approve_extension: 'incident.dispatch',
  hang: 'incident.dispatch',
  resume: 'incident.dispatch',
  hand_in: 'incident.handle',
  pass_check: 'incident.check',
  fail_check: 'incident.check',
  close_unsolved: 'incident.verify',
  hide: 'incident.verify',
  show: 'incident.verify',
} as const satisfies Record<Action, string>

/** How an incident ended, in every figure apart. The first two count as solved: somebody other than who did it has said so. */
export const outcomes = ['confirmed', 'checked', 'unconfirmed', 'not_solved'] as const
export type Outcome = (typeof outcomes)[number]

/** 挂账: the clock stands still, with its reason. ISO instants. */
export interface Pause {
  /** A code of the pack: what outsiders read. */
  why: string
  reason: string
  basis: string
  notice: string
  from: string
  to: string | null
}
export interface Extension {
  /** In the unit of the condition's own limit. */
  by: number
  why: string
  reason: string
  askedAt: string
  approvedAt: string | null
}

/** What `apply` changes; number, place and who reported it never change. Instants are ISO strings, as the timeline has them. */
export interface IncidentState {
  status: Status
  classCode: string
  condition: string | null
  level: IncidentLevel
  shown: boolean
  /** The number of what it was hidden with from another area, until its own office has said whether it stays so. */
  hiddenWith: string | null
  title: string | null
  parentId: string | null
  round: number
  unitId: string | null
  verifiedBy: string | null
  filedBy: string | null
  dispatchedBy: string | null
  handledBy: string | null
  /** When the stage that it stands in should be over. */
  stageDueAt: string | null
  /** When it should be handled. */
  dueAt: string | null
  dueProvisional: boolean
  pauses: Pause[]
  extension: Extension | null
  handledAt: string | null
  checkedAt: string | null
  /** Until when the reporter's word is awaited. */
  wordBy: string | null
  closedAt: string | null
  outcome: Outcome | null
  /** Its date went by before it was handed in, in whichever round: no later date takes that away. */
  wasLate: boolean
  seq: number
}

interface At {
  /** When; the row's `effective_at` too. */
  at: string
}
interface Stage {
  stageDueAt: string | null
}
export type Fact =
  | ({ fact: 'reported'; classCode: string; level: IncidentLevel } & Stage)
  | ({ fact: 'verified'; by: string; note: string } & Stage)
  | ({
      fact: 'filed'
      by: string
      classCode: string
      condition: string
      level: IncidentLevel
      title: string
      shown: boolean
    } & Stage)
  | ({ fact: 'not_filed'; by: string; reason: string } & At)
  | ({ fact: 'voided'; reason: string } & At)
  | ({ fact: 'linked'; parentId: string; number: string } & At)
  | ({ fact: 'unlinked'; reason: string } & Stage)
  | ({ fact: 'dispatched'; by: string; unitId: string; unitName: string; dueAt: string; dueProvisional: boolean } & Stage)
  /** Taken back before the unit took it on: sent wrongly. The clock of the dispatch goes on. */
  | ({ fact: 'recalled'; reason: string } & At & Stage)
  | ({ fact: 'taken_on' } & Stage)
  | ({ fact: 'returned'; reason: string; basis: string } & At & Stage)
  | ({ fact: 'extension_requested'; by: number; why: string; reason: string } & At)
  | ({ fact: 'extension_approved'; dueAt: string; dueProvisional: boolean } & At & Stage)
  | ({ fact: 'hung'; why: string; reason: string; basis: string; notice: string } & At)
  | ({ fact: 'resumed'; dueAt: string; dueProvisional: boolean } & At & Stage)
  | ({ fact: 'handed_in'; by: string; note: string } & At & Stage)
  /** `on_site`: seen there by somebody else than who did it. `from_papers`: the reporter is asked, and silence does not answer. */
  | ({ fact: 'check_passed'; how: 'on_site' | 'from_papers'; note: string; until: string | null } & At)
  | ({ fact: 'check_failed'; reason: string; dueAt: string; dueProvisional: boolean } & Stage)
  | ({ fact: 'closed_unsolved'; reason: string } & At)
  /** From outsiders alone, and for officers' eyes the reason why. `with`: the number of what it is linked to, hidden in another area. */
  | ({ fact: 'hidden'; reason: string; with?: string } & At)
  | ({ fact: 'shown' } & At)
  /** 吹哨: the street called units together for it; done is what the street has looked at, released what it called off. */
  | ({ fact: 'units_called' | 'units_done' | 'units_released'; whistleId: string; whistle: string } & At)
  | { fact: 'confirmed'; at: string }
  | ({ fact: 'reopened'; to: 'reported' | 'filed' } & At & Stage)
  | ({ fact: 'unconfirmed' } & At)

export const initial = (fact: Extract<Fact, { fact: 'reported' }>): IncidentState => ({
  status: 'reported',
  classCode: fact.classCode,
  condition: null,
  level: fact.level,
  shown: false,
  hiddenWith: null,
  title: null,
  parentId: null,
  round: 1,
  unitId: null,
  verifiedBy: null,
  filedBy: null,
  dispatchedBy: null,
  handledBy: null,
  stageDueAt: fact.stageDueAt,
  dueAt: null,
  dueProvisional: false,
  pauses: [],
  extension: null,
  handledAt: null,
  checkedAt: null,
  wordBy: null,
  closedAt: null,
  outcome: null,
  wasLate: false,
  seq: 1,
})

/** Nothing of an earlier round stays but who let it in: whoever did must not send it out this time either. */
const anew = {
  unitId: null,
  dispatchedBy: null,
  handledBy: null,
  dueAt: null,
  dueProvisional: false,
  pauses: [],
  extension: null,
  handledAt: null,
  checkedAt: null,
  wordBy: null,
  closedAt: null,
  outcome: null,
} satisfies Partial<IncidentState>

/** What befalls it once it has ended makes nothing late. */
const wasLate = ({ wasLate, dueAt, handledAt, closedAt }: IncidentState, fact: Fact): boolean =>
  wasLate || ('at' in fact && dueAt !== null && handledAt === null && closedAt === null && fact.at > dueAt)

export function apply(before: IncidentState, fact: Fact): IncidentState {
  const state = { ...before, wasLate: wasLate(before, fact), seq: before.seq + 1 }
  switch (fact.fact) {
    case 'reported':
      throw new Error('an incident is reported once')
    case 'verified':
      return { ...state, status: 'verified', verifiedBy: fact.by, stageDueAt: fact.stageDueAt }
    case 'filed': {
      const { by, classCode, condition, level, title, shown, stageDueAt } = fact
      return { ...state, status: 'filed', filedBy: by, classCode, condition, level, title, shown, hiddenWith: null, stageDueAt }
    }
    case 'not_filed':
      return { ...state, status: 'not_filed', closedAt: fact.at, stageDueAt: null }
    case 'voided':
      return { ...state, status: 'void', shown: false, hiddenWith: null, closedAt: fact.at, stageDueAt: null }
    case 'linked':
      return { ...state, status: 'linked', parentId: fact.parentId, closedAt: fact.at, stageDueAt: null }
    case 'unlinked':
      return { ...state, ...anew, status: state.filedBy ? 'filed' : 'reported', parentId: null, stageDueAt: fact.stageDueAt }
    case 'dispatched': {
      const { by, unitId, dueAt, dueProvisional, stageDueAt } = fact
      return { ...state, status: 'dispatched', dispatchedBy: by, unitId, dueAt, dueProvisional, stageDueAt }
    }
    case 'taken_on':
      return { ...state, status: 'handling', stageDueAt: fact.stageDueAt }
    case 'recalled':
    case 'returned':
      return { ...state, ...anew, status: 'filed', stageDueAt: fact.stageDueAt }
    case 'extension_requested':
      return { ...state, extension: { by: fact.by, why: fact.why, reason: fact.reason, askedAt: fact.at, approvedAt: null } }
    case 'extension_approved': {
      const { dueAt, dueProvisional, stageDueAt, at } = fact
      return { ...state, extension: state.extension && { ...state.extension, approvedAt: at }, dueAt, dueProvisional, stageDueAt }
    }
    case 'hung': {
      const { why, reason, basis, notice, at } = fact
      return {
        ...state,
        status: 'hung',
        pauses: [...state.pauses, { why, reason, basis, notice, from: at, to: null }],
        stageDueAt: null,
        dueAt: null,
      }
    }
    case 'resumed': {
      const { dueAt, dueProvisional, stageDueAt, at } = fact
      const pauses = state.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause))
      return { ...state, status: 'handling', pauses, dueAt, dueProvisional, stageDueAt }
    }
    case 'handed_in':
      return { ...state, status: 'handled', handledBy: fact.by, handledAt: fact.at, stageDueAt: fact.stageDueAt }
    case 'check_passed':
      return fact.how === 'on_site'
        ? { ...state, status: 'closed', outcome: 'checked', checkedAt: fact.at, closedAt: fact.at, stageDueAt: null }
        : { ...state, status: 'checked', checkedAt: fact.at, wordBy: fact.until, stageDueAt: null }
    case 'check_failed': {
      const { dueAt, dueProvisional, stageDueAt } = fact
      return { ...state, status: 'handling', handledAt: null, pauses: [], extension: null, dueAt, dueProvisional, stageDueAt }
    }
    case 'closed_unsolved':
      return { ...state, status: 'closed', outcome: 'not_solved', closedAt: fact.at, stageDueAt: null }
    case 'hidden':
      return { ...state, shown: false, hiddenWith: fact.with ?? null }
    case 'shown':
      return { ...state, shown: true, hiddenWith: null }
    case 'units_called':
    case 'units_done':
    case 'units_released':
      return state
    case 'confirmed':
      return { ...state, status: 'closed', outcome: 'confirmed', closedAt: fact.at, stageDueAt: null, wordBy: null }
    case 'reopened':
      return { ...state, ...anew, status: fact.to, round: state.round + 1, stageDueAt: fact.stageDueAt }
    case 'unconfirmed':
      return { ...state, status: 'closed', outcome: 'unconfirmed', closedAt: fact.at, wordBy: null }
  }
}

export function rebuild([first, ...rest]: readonly Fact[]): IncidentState {
  if (first?.fact !== 'reported') throw new Error('a timeline begins with what was reported')
  return rest.reduce(apply, initial(first))
}
