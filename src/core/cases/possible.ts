/**
 * What may be done with a case now, by whom, and why not. Pure: the server refuses by it and the page draws its buttons
 * from it, so that no screen guesses.
 */
import type { Post } from '../../platform/actor.ts'
import type { Day } from '../../platform/time.ts'
import { covers } from '../access/guard.ts'
import { levelOf } from '../areas/index.ts'
import type { Matter, Step } from '../matters/matter.ts'
import { type Action, actionOfStep, type CaseState, permissionOf, possible, type StaffAction, type Status } from './case.ts'

/** Facts about the case that some acts wait for. */
export interface Standing {
  today: Day
  lapsed: boolean
  openObjections: number
  unauthorisedAdults: number
  /** Somebody who acts for her sent it, and she has not agreed to the check that it has. */
  ownWordOpen: boolean
}

export const stepOf = (matter: Matter, code: string | null): Step | undefined => matter.steps.find((s) => s.code === code)

/** Whether the matter is about those who live together, and not one person alone. */
export const asksHousehold = ({ questions }: Pick<Matter, 'questions'>): boolean =>
  questions.some(({ kind }) => kind === 'members')

/** The step after `code`; undefined after the last. */
export const stepAfter = (matter: Matter, code: string): Step | undefined =>
  matter.steps[matter.steps.findIndex((s) => s.code === code) + 1]
const stepBefore = (matter: Matter, code: string): Step | undefined =>
  matter.steps[matter.steps.findIndex((s) => s.code === code) - 1]

/** The earlier step that a review may send back to, if it is not the acceptance itself. */
export const sendBackTo = (matter: Matter, code: string | null): Step | undefined => {
  const before = code ? stepBefore(matter, code) : undefined
  return before && before.kind !== 'accept' ? before : undefined
}

const STEP_ACTS = new Set<Action>(Object.values(actionOfStep))

/** Why `action` cannot be done now, as a refusal code; null when it can. Says nothing about who. */
export function obstacleOf(action: Action, state: CaseState, matter: Matter, standing: Standing): string | null {
  if (!(possible[state.status] as readonly Action[]).includes(action)) return 'case.not_now'
  const step = stepOf(matter, state.step)
  if (action === 'publish_notice') {
    if (step?.kind !== 'notice') return 'case.not_this_step'
    return state.notice ? 'case.notice_already_up' : null
  }
  if (action === 'send_back')
    return step && (step.kind === 'review' || step.kind === 'decide') && sendBackTo(matter, state.step)
      ? null
      : 'case.not_this_step'
  if (STEP_ACTS.has(action) && (!step || actionOfStep[step.kind] !== action)) return 'case.not_this_step'
  switch (action) {
    case 'request_correction':
      return state.correction ? 'case.correction_already_asked' : null
    case 'record_authorisation':
      if (standing.ownWordOpen) return 'case.applicant_not_agreed'
      return standing.unauthorisedAdults > 0 ? 'case.adult_not_authorised' : null
    case 'agree':
      return standing.ownWordOpen ? null : 'case.check_agreed_already'
    case 'end_notice':
      if (!state.notice) return 'case.notice_not_up'
      if (standing.today <= state.notice.endsOn) return 'case.notice_still_running'
      return standing.openObjections > 0 ? 'case.objection_unanswered' : null
    case 'confirm_survey':
      return step?.kind === 'survey' && state.survey && !state.survey.confirmedOn ? null : 'case.not_this_step'
    case 'correct_basis':
      return state.lapseBasis ? null : 'case.not_this_step'
    case 'request_extension':
      return state.extension ? 'case.extension_already_asked' : null
    case 'approve_extension':
      return state.extension && !state.extension.approvedOn ? null : 'case.extension_not_asked'
    case 'record_basis':
      if (!standing.lapsed) return 'case.basis_not_needed'
      return step?.kind !== 'decide' ? 'case.not_this_step' : state.lapseBasis ? 'case.basis_already_recorded' : null
    case 'decide':
    case 'register':
      return standing.lapsed && !state.lapseBasis ? 'case.basis_missing' : null
    case 'issue':
      return state.issuedAt ? 'case.already_issued' : null
    case 'deliver':
      return !state.issuedAt ? 'case.not_issued' : state.deliveredAt ? 'case.already_delivered' : null
    case 'close':
      return state.deliveredAt ? null : 'case.not_delivered'
    case 'rate':
      return state.rating ? 'case.already_rated' : null
    default:
      return null
  }
}

/** Acts after the decision are the deciding organ's; acceptance and its kind are the street's: the area says which. */
export function postObstacle(
  action: StaffAction,
  post: Post,
  { handlingArea, survey }: Pick<CaseState, 'handlingArea' | 'survey'>,
): string | null {
  if (!post.permissions.includes(permissionOf[action])) return 'access.not_permitted'
  const elsewhere = placeObstacle(post, handlingArea)
  // Nobody confirms for somebody else that she was there.
  return (
    elsewhere ?? (action === 'confirm_survey' && survey?.second.officerId !== post.officerId ? 'case.not_second_officer' : null)
  )
}

export function placeObstacle(post: Post, handlingArea: string): string | null {
  if (!covers(post, handlingArea)) return 'access.not_your_area'
  // A district sees what its streets do, and does not do it for them.
  return post.areas.some((own) => levelOf(own) === levelOf(handlingArea)) ? null : 'access.not_your_level'
}

export type May = Partial<Record<Action, true | string>>

/** Every act of staff that the status allows: true, or the refusal code that says why not. */
export function mayOf(state: CaseState, matter: Matter, standing: Standing, post: Post): May {
  const may: May = {}
  for (const action of possible[state.status as Status] as readonly Action[]) {
    if (!(action in permissionOf)) continue
    const obstacle = obstacleOf(action, state, matter, standing)
    if (obstacle === 'case.not_this_step' || obstacle === 'case.not_now') continue
    const who = postObstacle(action as StaffAction, post, state)
    if (who === 'access.not_permitted') continue
    may[action] = who ?? obstacle ?? true
  }
  return may
}

/** What one person is waited for by name. */
export const awaitsOfficer = (officerId: string): string => `confirm_survey:${officerId}`

/**
 * Acts that take the case on from here, whoever may do them: the work of the posts that hold them. What departs from its
 * course (a pause, an extension, a refusal) is possible beside them and makes no work by itself.
 */
export function awaits(state: CaseState, matter: Matter): string[] {
  const step = stepOf(matter, state.step)
  switch (state.status) {
    case 'received':
    case 'correcting':
      return step ? [actionOfStep[step.kind]] : []
    case 'accepted':
      return [...awaitsOfStep(state, step), ...(state.extension && !state.extension.approvedOn ? ['approve_extension'] : [])]
    case 'paused':
      return ['resume']
    case 'decided':
      return [!state.issuedAt ? 'issue' : !state.deliveredAt ? 'deliver' : 'close']
    default:
      return []
  }
}

function awaitsOfStep({ notice, survey }: CaseState, step: Step | undefined): string[] {
  if (!step) return []
  if (step.kind === 'notice') return !notice ? ['publish_notice'] : notice.takenDown ? ['end_notice'] : []
  if (step.kind === 'survey' && survey && !survey.confirmedOn) return [awaitsOfficer(survey.second.officerId)]
  return [actionOfStep[step.kind]]
}

/** What this post answers to in `awaits`. */
export const answersTo = (post: Pick<Post, 'permissions' | 'officerId'>): string[] => [
  ...Object.entries(permissionOf).flatMap(([action, permission]) => (post.permissions.includes(permission) ? [action] : [])),
  awaitsOfficer(post.officerId),
]
