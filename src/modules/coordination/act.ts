/**
 * One act on one whistle: lock, check, decide purely, write state and timeline together. Every command of this room goes through
 * `act`, so that none can forget a part.
 */
import { postOf } from '../../core/access/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { type Of, obstacleOf } from './possible.ts'
import { type Found, getWhistle, record } from './store.ts'
import { type Action, apply, type Fact, permissionOf, type WhistleState } from './whistle.ts'

export interface Open {
  found: Found
  state: WhistleState
  pack: LoadedPack
  officerId: string
  /** Now, as facts have it. */
  at: string
}
export interface Done {
  id: string
  number: string
  status: string
}

const CONFLICTS: ReadonlySet<string> = new Set(['whistle.not_now', 'whistle.not_yet', 'whistle.rated_already'])
const INVALID: ReadonlySet<string> = new Set(['whistle.no_such_part', 'whistle.not_a_unit_of_it'])

/** @throws Refusal with the code of the obstacle */
export async function act(
  work: Work,
  id: string,
  action: Action,
  of: Of,
  decide: (open: Open) => Fact | Promise<Fact>,
): Promise<Done> {
  const post = postOf(work.actor)
  const found = await getWhistle(work, id, true)
  const { state } = found
  const obstacle = obstacleOf(action, state, post, of)
  if (obstacle)
    throw new Refusal(obstacle, CONFLICTS.has(obstacle) ? 'conflict' : INVALID.has(obstacle) ? 'invalid' : 'forbidden', {
      status: state.status,
      permission: permissionOf[action],
    })
  const pack = work.call.platform.services.packs.inForce()
  return settle(work, found, await decide({ found, state, pack, officerId: post.officerId, at: work.now.toISOString() }))
}

/** Writes what was decided; a sweep calls it with what the clock says. */
export function settle(work: Work, found: Found, fact: Fact): Done {
  const next = apply(found.state, fact)
  record(work, found.id, fact, next)
  found.state = next
  return { id: found.id, number: found.number, status: next.status }
}
