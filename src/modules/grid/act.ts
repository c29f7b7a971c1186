/**
 * One act on one incident: lock, check, decide purely, write state and timeline together, tell who reported it.
 * Every command of staff goes through `act`, so that none can forget a part.
 */
import { postOf } from '../../core/access/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { type Action, apply, type Fact, type IncidentState, permissionOf } from './incident.ts'
import { mayOf, obstacleOf } from './obstacle.ts'
import { type Found, getIncident, record, tellReporters } from './store.ts'

export interface Open {
  work: Work
  found: Found
  state: IncidentState
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

/** Which acts the reporters hear of; the message is `incident_<fact>`. Extensions asked for and refused are the house's own. */
const TOLD = new Set<Fact['fact']>([
  'verified', 'filed', 'not_filed', 'voided', 'dispatched', 'recalled', 'taken_on', 'returned', 'extension_approved', 'hung', 'resumed', 'handed_in', 'check_passed', 'check_failed', 'closed_unsolved', 'linked', 'unlinked', 'unconfirmed',
]) // biome-ignore format: a list

/** @throws Refusal `incident.not_now` (conflict, names what is possible), or the obstacle's own code */
export async function act(work: Work, id: string, action: Action, decide: (open: Open) => Fact | Promise<Fact>): Promise<Done> {
  const post = postOf(work.actor)
  const found = await getIncident(work, id, true)
  const obstacle = obstacleOf(action, found.state, post)
  if (obstacle === 'access.not_permitted') throw new Refusal(obstacle, 'forbidden', { permission: permissionOf[action] })
  if (obstacle) {
    const may = mayOf(found.state, post)
    const now = Object.keys(may).filter((one) => may[one as Action] === true)
    throw new Refusal(obstacle, obstacle === 'incident.not_now' ? 'conflict' : 'forbidden', {
      status: found.state.status,
      possible: now,
    })
  }
  const { packs } = work.call.platform.services
  const open = { work, found, state: found.state, pack: packs.inForce(), officerId: post.officerId, at: work.now.toISOString() }
  return settle(open, await decide(open))
}

/** Writes what was decided; a sweep calls it with what the clock decided. */
export function settle({ work, found, state }: Pick<Open, 'work' | 'found' | 'state'>, fact: Fact): Done {
  const next = apply(state, fact)
  record(work, found.id, fact, next)
  if (TOLD.has(fact.fact))
    tellReporters(work, found.id, {
      number: found.number,
      fact: fact.fact,
      class: next.classCode,
      how: 'how' in fact ? fact.how : undefined,
      reason: 'reason' in fact ? fact.reason : undefined,
      until: 'until' in fact ? fact.until : undefined,
    })
  return { id: found.id, number: found.number, status: next.status }
}
