/**
 * What may be done with a hazard now, by whom, and why not. Pure: the server refuses by it and the page draws its buttons from it.
 */
import { covers } from '../../core/access/index.ts'
import { type HazardOrder, hazardKind, hazardOrders, type LoadedPack, powersOver } from '../../core/matters/index.ts'
import type { Post } from '../../platform/actor.ts'
import type { Day } from '../../platform/time.ts'
import {
  type Action,
  type HazardState,
  isUnderWay,
  permissionOf,
  possible,
  type Status,
  statuses,
  waitsForHandOver,
} from './hazard.ts'

/** The place of a hazard and where it stands. */
export interface Placed {
  area: string
  state: HazardState
}

const WHILE_UNDER_WAY: readonly Action[] = ['acknowledge', 'return']
/** What a street may do with a serious one that it still has. */
const BEFORE_HAND_OVER: readonly Action[] = ['tell', 'transfer', 'order']

/** The status, and how far an organ has come that a hazard was handed over to. */
export const stages = [...statuses, 'transferred', 'taken_on', 'ordered'] as const
export type Stage = (typeof stages)[number]
export interface Stands {
  status: Status
  transferred: boolean
  takenOn: boolean
  ordered: boolean
}
const WITH_THE_KEEPER: ReadonlySet<Status> = new Set(['registered', 'told', 'rectifying'])

export function stageOf({ status, transferred, takenOn, ordered }: Stands): Stage {
  if (!WITH_THE_KEEPER.has(status)) return status
  if (transferred && !takenOn) return 'transferred'
  if (status === 'rectifying') return status
  if (ordered) return 'ordered'
  return takenOn && status === 'registered' ? 'taken_on' : status
}
export const standsOf = ({ status, transfer, standingOrder }: HazardState): Stands => ({
  status,
  transferred: transfer !== null,
  takenOn: transfer !== null && transfer.receipt !== null,
  ordered: standingOrder !== null,
})

/** Why `action` cannot be done now, as a refusal code; null when it can. Says nothing about who. */
export function obstacleOf(action: Action, state: HazardState, today: Day): string | null {
  if (!(possible[state.status] as readonly Action[]).includes(action)) return 'hazard.not_now'
  const underWay = isUnderWay(state)
  if (action === 'acknowledge') return underWay ? null : 'hazard.nothing_handed_over'
  // Who has ordered something has made it her own.
  if (action === 'return')
    return state.transfer && !state.standingOrder && state.status !== 'rectifying' ? null : 'hazard.nothing_handed_over'
  if (underWay && !WHILE_UNDER_WAY.includes(action)) return 'hazard.under_way'
  const street = state.handlingArea.length === 9
  if (action === 'transfer') return street ? null : 'hazard.with_the_organ'
  if (action === 'look_again' && state.lookFrom && today < state.lookFrom) return 'hazard.too_early'
  const meanwhile = state.status === 'registered' || state.status === 'told' || state.status === 'rectifying'
  if (meanwhile && waitsForHandOver(state) && !BEFORE_HAND_OVER.includes(action))
    return action === 'regrade' ? 'hazard.organ_lowers' : 'hazard.hand_over_first'
  return null
}

/** At a street its communities' inspectors work too; with the organ, the organ alone. */
export function postObstacle(action: Action, post: Post, { area, state }: Placed): string | null {
  if (!post.permissions.includes(permissionOf[action])) return 'access.not_permitted'
  const street = state.handlingArea.length === 9
  const reach = post.areas.filter((own) => (street ? own.length >= 9 : own.length < 9))
  if (!reach.some((own) => area.startsWith(own))) return covers(post, area) ? 'access.not_your_level' : 'access.not_your_area'
  if (action === 'recheck' && (state.registeredBy === post.officerId || state.saidDoneBy === post.officerId))
    return 'hazard.recheck_by_another'
  return null
}

/** What this post may order over it, by the pack's table: nothing without a row for its level and for the line that has the hazard. */
export function mayOrder(pack: LoadedPack, post: Post, { area, state }: Placed): HazardOrder[] {
  const level = state.handlingArea.length === 9 ? 'street' : 'district'
  if (postObstacle('order', post, { area, state })) return []
  return hazardOrders.filter((order) =>
    powersOver(pack, [state.domain], order).some((row) => row.level === level && post.domains.includes(row.line)),
  )
}

/** The lines that a hazard can be handed over to: those of its kind, of which an organ of the district can order something. */
export const linesFor = (pack: LoadedPack, { kind, domain }: Pick<HazardState, 'kind' | 'domain'>): string[] => [
  ...new Set([...(hazardKind(pack, kind)?.lines ?? []), domain]),
]

export type May = Partial<Record<Action, true | string>>

/** Every act that the status allows to this post: true, or the refusal code that says why not. */
export function mayOf(pack: LoadedPack, post: Post, placed: Placed, today: Day): May {
  const may: May = {}
  for (const action of possible[placed.state.status] as readonly Action[]) {
    const obstacle = obstacleOf(action, placed.state, today)
    if (obstacle === 'hazard.not_now' || obstacle === 'hazard.nothing_handed_over') continue
    const who = postObstacle(action, post, placed)
    if (who && who !== 'hazard.recheck_by_another') continue
    if (action === 'transfer' && obstacle) continue
    const powerless = action === 'order' && mayOrder(pack, post, placed).length === 0 ? 'hazard.no_power' : null
    may[action] = who ?? obstacle ?? powerless ?? true
  }
  return may
}

/** What this post answers to in `awaits`. */
export const answersTo = (post: Pick<Post, 'permissions'>): Action[] =>
  (Object.keys(permissionOf) as Action[]).filter((action) => post.permissions.includes(permissionOf[action]))
