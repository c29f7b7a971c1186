/**
 * One act on one hazard: lock, check, decide purely, write state and timeline together, tell the keeper.
 * Every command of this room goes through `act`, so that none can forget a part.
 */
import { postOf } from '../../core/access/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { tell } from '../../core/messages/index.ts'
import type { Post } from '../../platform/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { dueAfter } from './due.ts'
import { type Action, apply, type Fact, type HazardState } from './hazard.ts'
import { mayOf, obstacleOf, postObstacle } from './possible.ts'
import { type Found, findKeeper, getHazardForUpdate, record } from './store.ts'

export interface Open {
  work: Work
  found: Found
  pack: LoadedPack
  post: Post
  today: Day
}

export interface Outcome {
  facts: Fact[]
  /** Kind of the message to the keeper, where she is a person known. */
  message?: { kind: 'hazard_told' | 'hazard_ordered'; params: Record<string, unknown> }
}

export interface Done {
  id: string
  number: string
  status: string
}

/** The facts one after another, the last with the date of the stage that they lead to. */
export function applied(
  pack: LoadedPack,
  before: HazardState,
  facts: readonly Fact[],
  today: Day,
): { fact: Fact; state: HazardState }[] {
  let state = before
  const written = facts.map((fact) => {
    state = apply(state, fact)
    return { fact, state }
  })
  const last = written.at(-1)!
  const due = dueAfter(pack, before, last.state, today)
  if (!due) return written
  const fact = { ...last.fact, due }
  return [...written.slice(0, -1), { fact, state: apply(written.at(-2)?.state ?? before, fact) }]
}

/** @throws Refusal `hazard.not_now` (conflict, names what is possible), or the obstacle's own code */
export async function act(
  work: Work,
  id: string,
  action: Action,
  decide: (open: Open) => Outcome | Promise<Outcome>,
): Promise<Done> {
  const post = postOf(work.actor)
  const found = await getHazardForUpdate(work, id)
  const pack = work.call.platform.services.packs.inForce()
  const today = dayOf(work.now)
  const obstacle = obstacleOf(action, found.state, today)
  const who = postObstacle(action, post, found)
  if (who) throw new Refusal(who, 'forbidden')
  if (obstacle)
    throw new Refusal(obstacle, 'conflict', {
      status: found.state.status,
      day: found.state.lookFrom ?? '',
      possible: Object.entries(mayOf(pack, post, found, today)).flatMap(([name, may]) => (may === true ? [name] : [])),
    })
  const { facts, message } = await decide({ work, found, pack, post, today })
  const written = applied(pack, found.state, facts, today)
  const state = written.at(-1)!.state
  if (message) {
    const keeper = await findKeeper(work.tx, work.call.platform.services.crypto, id)
    if (keeper?.personId)
      tell(work, {
        personId: keeper.personId,
        caseId: null,
        kind: message.kind,
        params: { number: found.number, ...message.params },
      })
  }
  record(work, id, written)
  return { id, number: found.number, status: state.status }
}
