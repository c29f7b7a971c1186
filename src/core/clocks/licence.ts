/**
 * The clocks of a licence (行政许可法 32, 35, 38, 42–45, 82). They belong to the procedure `licence` alone: most matters of
 * a street are benefits and confirmations, and this law does not apply to them.
 */
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Calendar } from './calendar.ts'
import { type Due, dueOf, type Running } from './due.ts'
import type { BasedLimit, LicenceTerms } from './licence-terms.ts'
import type { ClockBasis, Interval } from './limit.ts'

/** A paper that the law wants numbered, dated and sealed (32). */
export interface WrittenDocument {
  number: string
  issuedOn: Day
  /** What stands for the seal: id of the signature over the document. */
  seal: string
}

export type Answer =
  | { kind: 'accepted'; at: Date; document: WrittenDocument }
  | { kind: 'not_accepted'; at: Date; document: WrittenDocument; reasons: string }
  /** Everything that is missing, at once: there is no second time. */
  | { kind: 'correction'; at: Date; needs: readonly string[] }

/** `corrected`: what was missing has been handed in. `upper`: the lower office reviewed it and sent it up. */
export type Stage = 'first' | 'corrected' | 'upper'

export interface Application {
  stage: Stage
  receivedAt: Date
  answer: Answer | null
}

export type Acceptance =
  /** If nobody answers, it counts as accepted when this clock ends. */
  | { state: 'waiting'; answerBy: Running }
  | { state: 'correction'; askedAt: Date; needs: readonly string[] }
  | { state: 'not_accepted'; at: Date; reasons: string }
  /** `countsFrom` is where the decision's clock begins: when deemed, the day of receipt, not the day of silence. */
  | { state: 'accepted'; countsFrom: Date; deemed: boolean; at: Date }

/** C1, C2, and the second halves of C1 and C5: whether and since when an application is accepted. */
export function acceptanceOf(
  { stage, receivedAt, answer }: Application,
  terms: LicenceTerms,
  calendar: Calendar,
  now: Date,
): Acceptance {
  const answerBy = dueOf({ from: receivedAt, limit: terms.correction, calendar })
  if (!answer || answer.at > answerBy.dueAt) {
    // An answer that came too late changes nothing: by then the law had accepted. The reverse is never deemed.
    if (now <= answerBy.dueAt) return { state: 'waiting', answerBy }
    return { state: 'accepted', countsFrom: receivedAt, deemed: true, at: answerBy.dueAt }
  }
  switch (answer.kind) {
    case 'accepted':
      checkDocument(answer.document, answer.at)
      return { state: 'accepted', countsFrom: answer.at, deemed: false, at: answer.at }
    case 'not_accepted':
      checkDocument(answer.document, answer.at)
      if (answer.reasons.trim() === '') throw new Refusal('licence.reasons_missing', 'invalid')
      return { state: 'not_accepted', at: answer.at, reasons: answer.reasons }
    case 'correction':
      checkCorrection(stage, answer.needs)
      return { state: 'correction', askedAt: answer.at, needs: answer.needs }
  }
}

/** What is missing is told once and completely (32(4)); the upper office may not ask again for what the lower has (35). */
export function checkCorrection(stage: Stage, needs: readonly string[]): void {
  if (stage === 'corrected') throw new Refusal('licence.asked_once', 'conflict')
  if (stage === 'upper') throw new Refusal('licence.upper_asked_again', 'conflict')
  if (needs.length === 0 || needs.some((need) => need.trim() === '')) throw new Refusal('licence.correction_empty', 'invalid')
}

/** C2. Refuses a paper without number or seal, or that bears another date than the act. */
export function checkDocument({ number, issuedOn, seal }: WrittenDocument, at: Date): void {
  const missing = [number.trim() === '' && 'number', seal.trim() === '' && 'seal', issuedOn !== dayOf(at) && 'date'].find(Boolean)
  if (missing) throw new Refusal('licence.document_incomplete', 'invalid', { missing })
}

export type Approver = 'organ_head' | 'government_head'

export interface Extension {
  approvedBy: Approver
  approvedAt: Date
  /** Told to the applicant, under this number. */
  reasons: string
  notice: string
}

/** The clock of the decision. `joint`: several departments decide together or in one place (26, 42(2)). */
export interface DecisionClock {
  countsFrom: Date
  joint: boolean
  extension: Extension | null
  excluded: readonly Interval[]
}

/** C3, C4, C6. */
export function decisionDue(
  { countsFrom, joint, extension, excluded }: DecisionClock,
  terms: LicenceTerms,
  calendar: Calendar,
): Due {
  const base = joint ? terms.jointDecision : terms.decision
  const more = joint ? terms.jointExtension : terms.extension
  const value = base.value + (extension ? more.value : 0)
  return dueOf({ from: countsFrom, limit: { value, unit: base.unit }, excluded, calendar })
}

/** Once, by the head whom the law names, before the limit ends, with reasons that are told. */
export function extend(clock: DecisionClock, extension: Extension, terms: LicenceTerms, calendar: Calendar): DecisionClock {
  if (clock.extension) throw new Refusal('licence.extended_already', 'conflict', { notice: clock.extension.notice })
  const approver: Approver = clock.joint ? 'government_head' : 'organ_head'
  if (extension.approvedBy !== approver) throw new Refusal('licence.extension_approver', 'forbidden', { approver })
  const missing = [extension.reasons.trim() === '' && 'reasons', extension.notice.trim() === '' && 'notice'].find(Boolean)
  if (missing) throw new Refusal('licence.extension_not_told', 'invalid', { missing })
  const due = decisionDue(clock, terms, calendar)
  if (due.state === 'running' && extension.approvedAt > due.dueAt) {
    throw new Refusal('licence.extension_late', 'conflict', { dueOn: due.dueOn })
  }
  return { ...clock, extension }
}

/** C6: stops the clock for what article 45 names, and only once the applicant was told in writing. */
export function exclude(
  clock: DecisionClock,
  { type, notice, from, to }: Omit<Interval, 'basis'>,
  terms: LicenceTerms,
): DecisionClock {
  const basis = terms.exclusions.get(type)
  if (!basis) throw new Refusal('licence.exclusion_unknown', 'invalid', { type, possible: [...terms.exclusions.keys()] })
  if (notice.trim() === '') throw new Refusal('licence.exclusion_not_told', 'invalid', { type })
  return { ...clock, excluded: [...clock.excluded, { type, basis, notice, from, to }] }
}

/** C5: by when the lower office has reviewed and sends everything up. */
export const lowerReviewDue = (acceptedAt: Date, terms: LicenceTerms, calendar: Calendar): Running =>
  dueOf({ from: acceptedAt, limit: terms.lowerReview, calendar })

/** C7: by when the certificate is issued and delivered. */
export const certificateDue = (decidedAt: Date, terms: LicenceTerms, calendar: Calendar): Running =>
  dueOf({ from: decidedAt, limit: terms.certificate, calendar })

export interface Remedy {
  kind: 'reconsideration' | 'litigation'
  limit: BasedLimit
  basis: ClockBasis
  /** Last day on which it may be asked for, counted from the day on which the refusal was served. */
  until: Day
  provisional: boolean
}

export interface LicenceRefused {
  officer: string
  reasons: string
  document: WrittenDocument
  remedies: readonly Remedy[]
}

/**
 * C8: a refusal names the officer who decided, the reasons, and how to contest it until when. The remedies are counted
 * here, so that no refusal can leave them out.
 */
export function refuseLicence(
  refusal: { officer: string; reasons: string; document: WrittenDocument; decidedAt: Date; servedAt: Date },
  terms: LicenceTerms,
  calendar: Calendar,
): LicenceRefused {
  const { officer, reasons, document, decidedAt, servedAt } = refusal
  if (officer.trim() === '') throw new Refusal('licence.officer_missing', 'invalid')
  if (reasons.trim() === '') throw new Refusal('licence.reasons_missing', 'invalid')
  checkDocument(document, decidedAt)
  if (servedAt < decidedAt) throw new Refusal('licence.served_before_decided', 'invalid')
  const remedy = (kind: Remedy['kind'], limit: BasedLimit): Remedy => {
    const { dueOn: until, provisional } = dueOf({ from: servedAt, limit, calendar })
    return { kind, limit, basis: limit.basis, until, provisional }
  }
  return {
    officer,
    reasons,
    document,
    remedies: [remedy('reconsideration', terms.reconsideration), remedy('litigation', terms.litigation)],
  }
}
