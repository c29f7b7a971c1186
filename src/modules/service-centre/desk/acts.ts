/** The one table of what an officer can do with a case: the command, what it asks for, how it looks. Pages are drawn from it. */

import type { StaffAction } from '../../../core/cases/index.ts'
import * as cases from '../../../core/cases/index.ts'
import type { UseCase } from '../../../platform/use-case/use-case.ts'

/**
 * One field, named as the command names it. Its label is `desk.field.<label or name>`, and `hint` a key beside it.
 * `words` and `note` are long texts (a note may stay empty), `short` one line, `tri` yes, no or not known; `materials` and
 * `questions` are the matter's own, `colleague` who could have come along, `without` the reasons for what is missing.
 */
export interface ActField {
  name: string
  kind:
    | 'words'
    | 'note'
    | 'short'
    | 'day'
    | 'number'
    | 'money'
    | 'choice'
    | 'tri'
    | 'materials'
    | 'questions'
    | 'colleague'
    | 'without'
  /** The command's own name for it, where several fields make one list. */
  as?: string
  label?: string
  hint?: string
  options?: readonly string[]
  /** The option that reaches only an applicant who signs in. */
  online?: string
  min?: number
  max?: number
}

export interface Act {
  useCase: UseCase
  tone: 'primary' | 'plain' | 'danger'
  /** The letter that presses it. */
  key: string
  fields: readonly ActField[]
  /** Shows what it will do before it does it, although it asks for nothing. */
  ask?: boolean
  /** Decisive: shows what goes out and which clock starts, and is confirmed once on that page. */
  sure?: boolean
  /** Shows the conditions, the amount and the remedies beside its form. */
  decides?: boolean
}

const note: ActField = { name: 'note', kind: 'note' }
const reason: ActField = { name: 'reason', kind: 'words' }
const act = (
  useCase: unknown,
  tone: Act['tone'],
  key: string,
  fields: readonly ActField[] = [],
  more: Pick<Act, 'ask' | 'sure' | 'decides'> = {},
): Act => ({ useCase: useCase as UseCase, tone, key, fields, ...more })

/** What an officer does on these pages; what somebody answers at the window has a page there. */
export type DeskAction = Exclude<StaffAction, 'answer_correction'>

/** In the order in which the page offers them: the step's own act before what departs from it. */
export const acts: Readonly<Record<DeskAction, Act>> = {
  accept: act(cases.acceptCase, 'primary', 'A', [], { sure: true }),
  register: act(cases.registerCase, 'primary', 'A', [{ name: 'without', kind: 'without' }, { name: 'reasons', kind: 'note', label: 'register_reasons', hint: 'register_reasons_hint' }], { decides: true }),
  confirm: act(cases.confirmCase, 'primary', 'A', [note]),
  review: act(cases.reviewCase, 'primary', 'A', [note]),
  confirm_survey: act(cases.confirmSurvey, 'primary', 'A', [{ name: 'presence', kind: 'choice', options: ['there', 'not_there'] }, note]),
  survey: act(cases.recordSurvey, 'primary', 'A', [
    { name: 'visitedOn', kind: 'day' },
    { name: 'secondOfficer', kind: 'colleague', hint: 'secondOfficer_hint', max: 40 },
    { name: 'note', kind: 'words', label: 'survey_note' },
  ]),
  check_data: act(cases.recordDataCheck, 'primary', 'A', [{ name: 'monthlyIncomeFen', kind: 'money', hint: 'monthlyIncomeFen_hint' }, { name: 'propertyOk', kind: 'tri' }, note]),
  record_authorisation: act(cases.completeAuthorisation, 'primary', 'A', [note]),
  publish_notice: act(cases.publishNotice, 'primary', 'A', [], { sure: true }),
  end_notice: act(cases.endNotice, 'primary', 'A', [note]),
  record_basis: act(cases.recordBasis, 'primary', 'Y', [{ name: 'basis', kind: 'words', label: 'decision_basis', hint: 'decision_basis_hint' }]),
  decide: act(cases.decideCase, 'primary', 'A', [
    { name: 'outcome', kind: 'choice', options: ['granted', 'refused'] },
    { name: 'reasons', kind: 'note', label: 'reasons', hint: 'reasons_hint' },
    { name: 'amountFen', kind: 'money', hint: 'amountFen_hint' },
  ], { decides: true, sure: true }),
  issue: act(cases.issueDecision, 'primary', 'A', [], { sure: true }),
  deliver: act(cases.deliverDecision, 'primary', 'A', [{ name: 'how', kind: 'choice', options: ['online', 'window', 'post', 'visit'], online: 'online' }, { name: 'to', kind: 'short', hint: 'to_hint' }]),
  close: act(cases.closeCase, 'primary', 'A', [], { sure: true }),
  resume: act(cases.resumeCase, 'primary', 'A'),
  approve_extension: act(cases.approveExtension, 'primary', 'A', [], { ask: true }),
  request_correction: act(cases.requestCorrection, 'plain', 'C', [{ name: 'missing', kind: 'materials', hint: 'missing_hint' }, { name: 'missingQuestions', as: 'missing', kind: 'questions', hint: 'missing_question' }, { name: 'text', kind: 'words', label: 'correction_text', hint: 'correction_text_hint' }], { sure: true }),
  correct_basis: act(cases.correctBasis, 'plain', 'Y', [{ name: 'basis', kind: 'words', label: 'correct_basis' }, { name: 'reason', kind: 'words', label: 'correct_reason' }]),
  send_back: act(cases.sendBackCase, 'plain', 'B', [reason]),
  pause: act(cases.pauseCase, 'plain', 'H', [
    { name: 'type', kind: 'short', label: 'pause_type', hint: 'pause_type_hint' },
    { name: 'basis', kind: 'short', label: 'pause_basis', hint: 'pause_basis_hint' },
    reason,
    { name: 'expectedOn', kind: 'day' },
  ]),
  request_extension: act(cases.requestExtension, 'plain', 'E', [{ name: 'days', kind: 'number', min: 1, max: 30, hint: 'days_hint' }, reason]),
  refuse_competence: act(cases.refuseCompetence, 'danger', 'R', [{ name: 'organ', kind: 'short', hint: 'organ_hint' }, reason], { sure: true }),
} // biome-ignore format: one act a line

export const isAct = (action: string): action is DeskAction => Object.hasOwn(acts, action)

/** Done by one press: nothing to fill in and nothing to think over once more. */
export const isDirect = ({ fields, ask, sure }: Act): boolean => fields.length === 0 && !ask && !sure

/** Refusals that mean: the case is in other hands now. */
export const MOVED_ON: ReadonlySet<string> = new Set(['case.handled_elsewhere', 'access.not_your_level', 'access.not_your_area'])
