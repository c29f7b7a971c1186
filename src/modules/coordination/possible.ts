/** Who may do what with a whistle now, and what it waits for. Pure. */
import type { Post } from '../../platform/actor.ts'
import {
  type Action,
  onPart,
  type Part,
  partOf,
  permissionOf,
  possible,
  possibleOfPart,
  unitsToRate,
  type WhistleState,
  wantsDecision,
} from './whistle.ts'

type Who = Pick<Post, 'permissions' | 'officerId' | 'organisationId'>
/** The part that an act is on, or the unit that is rated. */
export interface Of {
  part?: number
  unitId?: string
}

const isOnPart = (action: Action): boolean => (onPart as readonly Action[]).includes(action)

/** Why `action` cannot be done by this post now, as a refusal code; null when it can. */
export function obstacleOf(action: Action, state: WhistleState, who: Who, { part: n, unitId }: Of = {}): string | null {
  if (!who.permissions.includes(permissionOf[action])) return 'access.not_permitted'
  if (!(possible[state.status] as readonly Action[]).includes(action)) return 'whistle.not_now'
  if (isOnPart(action)) {
    const part = partOf(state, n ?? 0)
    return part ? obstacleOfPart(action, state, who, part) : 'whistle.no_such_part'
  }
  if (action !== 'rate') return null
  if (unitId === who.organisationId) return 'whistle.not_ones_own_unit'
  if (state.ratings.some((one) => one.unitId === unitId)) return 'whistle.rated_already'
  return unitsToRate(state).some((one) => one.unitId === unitId) ? null : 'whistle.not_a_unit_of_it'
}

function obstacleOfPart(action: Action, { blownBy }: WhistleState, who: Who, part: Part): string | null {
  if (permissionOf[action] === 'whistle.answer' && part.unitId !== who.organisationId) return 'whistle.not_your_unit'
  if (!(possibleOfPart[part.standing] as readonly Action[]).includes(action)) return 'whistle.not_now'
  if (action !== 'decide') return null
  if (part.standing === 'called' && part.escalatedAt === null) return 'whistle.not_yet'
  if (who.officerId === blownBy) return 'whistle.who_blew_never_decides'
  return who.organisationId === part.unitId ? 'whistle.not_ones_own_matter' : null
}

export type May = Partial<Record<Action, true | string>>
/** Every act that the post is granted and the status allows, on the whole and on each part: true, or the refusal code that says why not. */
export function mayOf(state: WhistleState, who: Who): { whole: May; parts: Readonly<Record<number, May>>; rate: string[] } {
  const tell = (actions: readonly Action[], of: Of): May => {
    const may: May = {}
    for (const action of actions) {
      const obstacle = obstacleOf(action, state, who, of)
      if (obstacle === null || TOLD.has(obstacle)) may[action] = obstacle ?? true
    }
    return may
  }
  return {
    whole: tell(
      possible[state.status].filter((action) => !isOnPart(action) && action !== 'rate'),
      {},
    ),
    parts: Object.fromEntries(state.parts.map(({ n, standing }) => [n, tell(possibleOfPart[standing], { part: n })])),
    rate: unitsToRate(state).flatMap(({ unitId }) => (obstacleOf('rate', state, who, { unitId }) === null ? [unitId] : [])),
  }
}
/** Obstacles that somebody who is granted the act is told about beforehand; the rest is simply not hers. */
const TOLD: ReadonlySet<string> = new Set(['whistle.who_blew_never_decides', 'whistle.not_ones_own_matter'])

/** Kept beside the state, so that lists and the sweep ask the database and not the parts. */
export interface Awaits {
  unitIds: string[]
  /** Units that have something to do. */
  waitingUnits: string[]
  decisionWanted: boolean
  /** The next ruling that should come. */
  decisionDueAt: string | null
  ratingWanted: boolean
  /** The next answer or report that should come. */
  dueAt: string | null
  /** The next answer that is not escalated yet. */
  answerDueAt: string | null
  deciders: string[]
}
export function awaitsOf(state: WhistleState): Awaits {
  const { parts } = state
  const open = state.status === 'open'
  const live = open ? parts.filter(({ standing }) => standing === 'called' || standing === 'coming') : []
  const called = live.filter(({ standing }) => standing === 'called')
  const asked = open ? parts.filter(wantsDecision) : []
  const soonest = (dates: readonly (string | null)[]): string | null => dates.filter((one) => one !== null).toSorted()[0] ?? null
  const once = (ids: readonly string[]): string[] => [...new Set(ids)]
  return {
    unitIds: once(parts.map(({ unitId }) => unitId)),
    waitingUnits: once(live.map(({ unitId }) => unitId)),
    decisionWanted: asked.length > 0,
    decisionDueAt: soonest(asked.map(({ decideBy }) => decideBy)),
    ratingWanted: state.status === 'closed' && unitsToRate(state).length > 0,
    dueAt: soonest(live.map(({ standing, answerBy, reportBy }) => (standing === 'called' ? answerBy : reportBy))),
    answerDueAt: soonest(called.filter(({ escalatedAt }) => escalatedAt === null).map(({ answerBy }) => answerBy)),
    deciders: once(parts.flatMap(({ decision }) => (decision ? [decision.by] : []))),
  }
}
