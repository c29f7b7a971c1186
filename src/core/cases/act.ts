/**
 * One act on one case: lock, check, decide purely, write state and timeline together, leave the document, tell the person.
 * Every command of this room goes through `act`, so that none can forget a part.
 */

import { sql, together } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { postOf } from '../access/index.ts'
import { ancestorAt } from '../areas/index.ts'
import { nextDocumentNumber } from '../documents/index.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { tell } from '../messages/index.ts'
import { getPerson } from '../people/index.ts'
import { type Action, apply, type Fact, permissionOf, possible, type StaffAction } from './case.ts'
import { issuePaper, type Paper, placeNames } from './paper.ts'
import { mayOf, obstacleOf, postObstacle, type Standing, stepOf } from './possible.ts'
import { type Found, getCaseForUpdate, record } from './store.ts'

export interface Open {
  work: Work
  found: Found
  /** The pack that the case is pinned to: procedure. */
  procedure: LoadedPack
  /** The newest pack: substance, as each rule states. */
  newest: LoadedPack
  matter: Matter
  standing: Standing
  /** Today as a business day. */
  today: string
}

export interface Outcome {
  facts: Fact[]
  /** When it counts from, where that is not now. */
  effectiveAt?: Date
  document?: Paper
  /** Kind of the message to the applicant; its text is in the catalogue. */
  message?: { kind: string; params?: Record<string, unknown> }
}

export interface Done {
  caseId: string
  number: string
  status: string
  documentId: string | null
}

interface Waiting {
  objections: number
  adults: number
}

/** Objections without an answer and adults who have not authorised. */
const countWaiting = ({ tx }: Work, caseId: string): Promise<Waiting> =>
  tx.one(sql<Waiting>`select
    (select count(*) from cases.objection o where o.case_id = ${caseId} and o.answered_at is null)::int as objections,
    (select count(*) from cases.unit_member m where m.case_id = ${caseId} and m.adult and m.authorised_at is null)::int as adults`)

export const openCase = async (work: Work, found: Found): Promise<Open> => opened(work, found, await countWaiting(work, found.id))

async function opened(work: Work, found: Found, { objections, adults }: Waiting): Promise<Open> {
  const { packs } = work.call.platform.services
  const today = dayOf(work.now)
  const procedure = await packs.at(found.state.packHash)
  const matter = procedure.matter(found.matterCode)
  return {
    work,
    found,
    procedure,
    newest: packs.inForce(),
    matter,
    standing: {
      today,
      lapsed: procedure.lapseOf(found.matterCode, today).lapsed,
      openObjections: objections,
      unauthorisedAdults: adults,
    },
    today,
  }
}

/**
 * @throws Refusal `case.not_now` (conflict, names what is possible), or the obstacle's own code
 */
export async function act(
  work: Work,
  caseId: string,
  action: Action,
  decide: (open: Open) => Outcome | Promise<Outcome>,
): Promise<Done> {
  const open = await admit(work, caseId, action)
  return settle(open, await decide(open))
}

/** The case, locked, when this actor may do this to it now. `unless`: an obstacle that this very act takes away. */
export async function admit(work: Work, caseId: string, action: Action, unless?: string): Promise<Open> {
  const [found, waiting] = await together([getCaseForUpdate(work, caseId), countWaiting(work, caseId)])
  const open = await opened(work, found, waiting)
  if (work.actor.kind === 'staff') {
    const who = postObstacle(action as StaffAction, work.actor.post, found.state.handlingArea)
    if (who) throw new Refusal(who, 'forbidden', { permission: permissionOf[action as StaffAction] })
  }
  const obstacle = obstacleOf(action, found.state, open.matter, open.standing)
  if (obstacle && obstacle !== unless)
    throw new Refusal(obstacle, 'conflict', { status: found.state.status, possible: nowPossible(open) })
  return open
}

/** What is possible instead, for the refusal. */
function nowPossible({ work, found, matter, standing }: Open): string[] {
  if (work.actor.kind !== 'staff') return [...possible[found.state.status]]
  const may = mayOf(found.state, matter, standing, postOf(work.actor))
  return Object.keys(may).filter((action) => may[action as Action] === true)
}

/** Applies the facts, adds the hand-over when the next step belongs elsewhere, writes, leaves the document, tells. */
export async function settle(open: Open, { facts, effectiveAt, document, message }: Outcome): Promise<Done> {
  const { work, found, matter } = open
  let state = found.state
  const written: { fact: Fact; state: typeof state }[] = []
  const add = (fact: Fact) => {
    state = apply(state, fact)
    written.push({ fact, state })
  }
  for (const fact of facts) add(fact)
  const step = stepOf(matter, state.step)
  const place = step ? ancestorAt(found.originArea, step.level) : state.handlingArea
  const moves = place !== state.handlingArea
  // The paper is of who acted, not of who has the case next.
  const before = state
  if (moves && step) add({ fact: 'handed_over', from: state.handlingArea, to: place, step: step.code })
  const recorded = record(work, found, written, effectiveAt)
  const documentId = document ? await leave(open, before, document, recorded) : null
  await recorded
  if (message)
    tell(work, {
      personId: found.applicantId,
      caseId: found.id,
      kind: message.kind,
      params: { number: found.number, matter: found.matterCode, ...message.params },
    })
  return { caseId: found.id, number: found.number, status: state.status, documentId }
}

async function leave(
  { work, found, newest }: Open,
  state: Found['state'],
  paper: Paper,
  recorded: Promise<void>,
): Promise<string> {
  const [, names, person, sequence] = await together([
    recorded,
    placeNames(work, found.originArea),
    getPerson(work.tx, found.applicantId),
    nextDocumentNumber(work, found.street, paper.kind),
  ])
  return issuePaper(work, { ...found, state }, newest, paper, { names, person, sequence })
}
