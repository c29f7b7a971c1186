/**
 * A case (办件): its status table, its facts, and how a fact changes it. Pure.
 * The row in the database is what `apply` made of the facts; a test rebuilds it from the timeline.
 */
import type { Day } from '../../platform/time.ts'
import type { ByProxy } from '../access/index.ts'
import type { StepKind } from '../matters/matter.ts'

export const statuses = [
  'received',
  'correcting',
  'accepted',
  'paused',
  'decided',
  'closed',
  'not_accepted',
  'withdrawn',
] as const
export type Status = (typeof statuses)[number]

/** Every act on a case. Server and page read the same table. */
export const actions = [
  'accept', 'request_correction', 'answer_correction', 'refuse_competence', 'register',
  'confirm', 'review', 'send_back', 'survey', 'confirm_survey', 'check_data', 'record_authorisation', 'publish_notice', 'end_notice',
  'pause', 'resume', 'request_extension', 'approve_extension', 'record_basis', 'correct_basis', 'decide', 'issue', 'deliver', 'close',
  'agree', 'withdraw', 'withdraw_material', 'rate',
] as const // biome-ignore format: one line an occasion
export type Action = (typeof actions)[number]

/** What is possible at each status. Which of the step's acts it is comes from `actionOfStep`. */
export const possible = {
  received: ['accept', 'request_correction', 'refuse_competence', 'register', 'agree', 'withdraw', 'withdraw_material'],
  correcting: ['answer_correction', 'accept', 'register', 'agree', 'withdraw', 'withdraw_material'],
  accepted: [
    'confirm', 'review', 'send_back', 'survey', 'confirm_survey', 'check_data', 'record_authorisation', 'publish_notice', 'end_notice',
    'pause', 'request_extension', 'approve_extension', 'record_basis', 'correct_basis', 'decide', 'agree', 'withdraw', 'withdraw_material',
  ], // biome-ignore format: one line an occasion
  paused: ['resume', 'agree', 'withdraw', 'withdraw_material'],
  decided: ['issue', 'deliver', 'close', 'correct_basis', 'rate'],
  closed: ['correct_basis', 'rate'],
  not_accepted: ['rate'],
  withdrawn: [],
} as const satisfies Record<Status, readonly Action[]>

/** The act that completes a step of each kind. */
export const actionOfStep = {
  accept: 'accept',
  register: 'register',
  confirm: 'confirm',
  review: 'review',
  survey: 'survey',
  data_check: 'check_data',
  authorisation: 'record_authorisation',
  notice: 'end_notice',
  decide: 'decide',
} as const satisfies Record<StepKind, Action>

/** The permission that a post needs for each act of staff; acts of residents need none. A correction is answered by either. */
export const permissionOf = {
  accept: 'case.accept',
  request_correction: 'case.correct',
  answer_correction: 'case.receive',
  refuse_competence: 'case.refuse-competence',
  register: 'case.register',
  confirm: 'case.confirm',
  review: 'case.review',
  send_back: 'case.review',
  survey: 'case.survey',
  confirm_survey: 'case.survey',
  check_data: 'case.check-data',
  record_authorisation: 'case.record-authorisation',
  publish_notice: 'case.publish-notice',
  end_notice: 'case.publish-notice',
  pause: 'case.pause',
  resume: 'case.resume',
  request_extension: 'case.extend',
  approve_extension: 'case.approve-extension',
  record_basis: 'case.record-basis',
  correct_basis: 'case.record-basis',
  decide: 'case.decide',
  issue: 'case.issue',
  deliver: 'case.deliver',
  close: 'case.close',
} as const satisfies Partial<Record<Action, string>>
export type StaffAction = keyof typeof permissionOf

/** An excluded interval: the clock stands still, with basis and notice number (architecture §4). */
export interface Pause {
  type: string
  basis: string
  notice: string
  from: Day
  to: Day | null
}
export interface Correction {
  missing: string[]
  /** Questions that stand beside what was asked for: another answer to it may change what they ask. */
  beside?: string[]
  text: string
  askedOn: Day
  answerBy: Day
  answeredOn: Day | null
}
export interface Extension {
  days: number
  reason: string
  requestedOn: Day
  approvedOn: Day | null
}
export interface Notice {
  id: string
  startsOn: Day
  endsOn: Day
  takenDown: boolean
}

export interface Surveyor {
  officerId: string
  name: string
}
/** A visit as the first officer recorded it. Done by two only when the second has said so herself. */
export interface Survey {
  visitedOn: Day
  note: string
  first: Surveyor
  second: Surveyor
  confirmedOn: Day | null
}
/** Why something that was asked for on paper is not needed here. `basis` may be empty where the matter itself asks for it only if there is one. */
export interface Without {
  material: string
  reason: string
  basis: string
}

/** What `apply` changes; the identity of the case (number, matter, applicant, origin) never changes. */
export interface CaseState {
  /** The pack whose procedure the case follows: the newest until acceptance, pinned from then on. */
  packHash: string
  status: Status
  step: string | null
  handlingArea: string
  acceptedOn: Day | null
  dueAt: Date | null
  dueProvisional: boolean
  toldDueAt: Date | null
  pauses: Pause[]
  correction: Correction | null
  extension: Extension | null
  notice: Notice | null
  survey: Survey | null
  lapseBasis: string | null
  outcome: 'granted' | 'refused' | null
  amountFen: number | null
  decidedAt: Date | null
  issuedAt: Date | null
  deliveredAt: Date | null
  closedAt: Date | null
  rating: number | null
  seq: number
}

/** Due dates are computed by who decides and carried in the fact, so that a rebuild needs no calendar. */
export interface Due {
  dueAt: string | null
  dueProvisional: boolean
}

/** The search that found her, where she confirmed what it found. */
export interface CameBy extends ByProxy {
  foundRun?: string
}

export type Fact =
  | ({ fact: 'received'; channel: 'phone' | 'window'; packHash: string; step: string; handlingArea: string } & CameBy & Due)
  | { fact: 'correction_requested'; missing: string[]; beside?: string[]; text: string; askedOn: Day; answerBy: Day }
  /** `channel` and `note` when an officer wrote it down at the window. */
  | ({
      fact: 'correction_answered'
      on: Day
      questions: string[]
      materials: string[]
      channel?: 'window'
      note?: string
    } & ByProxy &
      Due)
  /** The applicant's own word to the check, where somebody else had sent the application for her. */
  | { fact: 'check_agreed'; on: Day; how: 'account' | 'paper' }
  | { fact: 'competence_refused'; organ: string; reason: string }
  | ({ fact: 'accepted'; on: Day; byLaw: boolean; packHash: string; step: string } & Due)
  | {
      fact: 'step_done'
      step: string
      kind: StepKind
      next: string
      note: string
      officers: string[]
      result: Record<string, unknown>
    }
  | { fact: 'survey_recorded'; step: string; visitedOn: Day; note: string; first: Surveyor; second: Surveyor }
  | { fact: 'survey_confirmed'; on: Day; note: string }
  | { fact: 'survey_denied'; note: string }
  | { fact: 'sent_back'; step: string; to: string; reason: string }
  | { fact: 'handed_over'; from: string; to: string; step: string }
  | { fact: 'notice_published'; noticeId: string; startsOn: Day; endsOn: Day }
  | { fact: 'notice_taken_down'; noticeId: string }
  | { fact: 'objected'; noticeId: string }
  | { fact: 'objection_answered'; objectionId: string }
  | { fact: 'paused'; type: string; basis: string; notice: string; from: Day }
  | ({ fact: 'resumed'; on: Day } & Due)
  | { fact: 'extension_requested'; days: number; reason: string; on: Day }
  | ({ fact: 'extended'; on: Day } & Due)
  | ({ fact: 'due_recomputed' } & Due)
  | { fact: 'basis_recorded'; basis: string }
  /** `afterDecision`: what was decided stays as it was; the correction stands beside it. */
  | { fact: 'basis_corrected'; basis: string; was: string; reason: string; afterDecision: boolean }
  | {
      fact: 'decided'
      outcome: 'granted' | 'refused'
      reasons: string
      basis: string
      amountFen: number | null
      conditions: { rule: string; result: string }[]
      without?: Without[]
      at: string
    }
  | { fact: 'issued'; at: string }
  | { fact: 'delivered'; how: 'online' | 'window' | 'post' | 'visit'; to: string; at: string }
  | { fact: 'closed'; at: string }
  | ({ fact: 'withdrawn'; reason: string; at: string } & ByProxy)
  | { fact: 'material_withdrawn'; material: string; reason: string }
  /** Of the case whose explanation she objects to: the objection is a case of its own. */
  | { fact: 'line_objected'; caseId: string; number: string; rule: string }
  | { fact: 'line_answered'; caseId: string; number: string; outcome: 'granted' | 'refused'; reasons: string }
  | { fact: 'rated'; grade: number }
export type FactName = Fact['fact']

const due = (state: CaseState, d: Due): Pick<CaseState, 'dueAt' | 'dueProvisional' | 'toldDueAt'> => {
  const dueAt = d.dueAt ? new Date(d.dueAt) : null
  return { dueAt, dueProvisional: d.dueProvisional, toldDueAt: dueAt ?? state.toldDueAt }
}

export const opening = (): CaseState => ({
  packHash: '', status: 'received', step: null, handlingArea: '', acceptedOn: null, dueAt: null, dueProvisional: false, toldDueAt: null, pauses: [], correction: null,
  extension: null, notice: null, survey: null, lapseBasis: null, outcome: null, amountFen: null, decidedAt: null, issuedAt: null, deliveredAt: null, closedAt: null, rating: null, seq: 0,
}) // biome-ignore format: an empty form

/** The case after a fact. The only place where a case changes. */
export function apply(state: CaseState, fact: Fact): CaseState {
  const next = { ...state, seq: state.seq + 1 }
  switch (fact.fact) {
    case 'received':
      return {
        ...next,
        ...due(state, fact),
        status: 'received',
        packHash: fact.packHash,
        step: fact.step,
        handlingArea: fact.handlingArea,
      }
    case 'correction_requested':
      return {
        ...next,
        status: 'correcting',
        dueAt: null,
        dueProvisional: false,
        correction: {
          missing: fact.missing,
          ...(fact.beside && { beside: fact.beside }),
          text: fact.text,
          askedOn: fact.askedOn,
          answerBy: fact.answerBy,
          answeredOn: null,
        },
      }
    case 'correction_answered':
      return {
        ...next,
        ...due(state, fact),
        status: 'received',
        correction: state.correction && { ...state.correction, answeredOn: fact.on },
      }
    case 'competence_refused':
      return { ...next, status: 'not_accepted', dueAt: null, dueProvisional: false }
    case 'accepted':
      return { ...next, ...due(state, fact), status: 'accepted', packHash: fact.packHash, step: fact.step, acceptedOn: fact.on }
    case 'step_done':
      return { ...next, step: fact.next }
    case 'survey_recorded': {
      const { visitedOn, note, first, second } = fact
      return { ...next, survey: { visitedOn, note, first, second, confirmedOn: null } }
    }
    case 'survey_confirmed':
      return { ...next, survey: state.survey && { ...state.survey, confirmedOn: fact.on } }
    case 'survey_denied':
      return { ...next, survey: null }
    case 'sent_back':
      return { ...next, step: fact.to, survey: null }
    case 'handed_over':
      return { ...next, handlingArea: fact.to, step: fact.step }
    case 'notice_published':
      return { ...next, notice: { id: fact.noticeId, startsOn: fact.startsOn, endsOn: fact.endsOn, takenDown: false } }
    case 'notice_taken_down':
      return { ...next, notice: state.notice && { ...state.notice, takenDown: true } }
    case 'paused':
      return {
        ...next,
        status: 'paused',
        dueAt: null,
        dueProvisional: false,
        pauses: [...state.pauses, { type: fact.type, basis: fact.basis, notice: fact.notice, from: fact.from, to: null }],
      }
    case 'resumed':
      return {
        ...next,
        ...due(state, fact),
        status: 'accepted',
        pauses: state.pauses.map((p) => (p.to === null ? { ...p, to: fact.on } : p)),
      }
    case 'extension_requested':
      return { ...next, extension: { days: fact.days, reason: fact.reason, requestedOn: fact.on, approvedOn: null } }
    case 'extended':
      return { ...next, ...due(state, fact), extension: state.extension && { ...state.extension, approvedOn: fact.on } }
    case 'due_recomputed':
      return { ...next, ...due(state, fact) }
    case 'basis_recorded':
      return { ...next, lapseBasis: fact.basis }
    case 'basis_corrected':
      return fact.afterDecision ? next : { ...next, lapseBasis: fact.basis }
    case 'decided':
      return {
        ...next,
        status: 'decided',
        step: null,
        outcome: fact.outcome,
        amountFen: fact.amountFen,
        decidedAt: new Date(fact.at),
        dueAt: null,
        dueProvisional: false,
      }
    case 'issued':
      return { ...next, issuedAt: new Date(fact.at) }
    case 'delivered':
      return { ...next, deliveredAt: new Date(fact.at) }
    case 'closed':
      return { ...next, status: 'closed', closedAt: new Date(fact.at) }
    case 'withdrawn':
      return { ...next, status: 'withdrawn', step: null, dueAt: null, dueProvisional: false, closedAt: new Date(fact.at) }
    case 'rated':
      return { ...next, rating: fact.grade }
    case 'check_agreed':
    case 'line_objected':
    case 'line_answered':
    case 'objected':
    case 'objection_answered':
    case 'material_withdrawn':
      return next
  }
}

/** The case as its timeline tells it. */
export const rebuild = (facts: readonly Fact[]): CaseState => facts.reduce(apply, opening())
