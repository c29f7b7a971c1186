/**
 * One act on one case: lock, check, decide purely, write state and timeline together, leave the document, tell the person.
 * Every command of this room goes through `act`, so that none can forget a part.
 */

import { sql, together } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { postOf, refuseNotSent } from '../access/index.ts'
import { ancestorAt } from '../areas/index.ts'
import { nextDocumentNumber } from '../documents/index.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { tell } from '../messages/index.ts'
import { getPerson } from '../people/index.ts'
import { isAdult } from './adult.ts'
import { type Action, apply, type Fact, permissionOf, possible, type StaffAction } from './case.ts'
import { issuePaper, type Paper } from './paper.ts'
import { mayOf, obstacleOf, postObstacle, type Standing, stepAfter, stepOf } from './possible.ts'
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
  /** What it changes besides the case, done when it is done: a preview asks only what would be. */
  effect?: () => Promise<unknown>
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
  /** Sent by somebody who acts for her, and no word of hers yet. */
  unsaid: boolean
  bornOn: Day | null
}

/** Objections without an answer, who has not authorised, and when the applicant was born: no sweep needs to know the last two. */
const countWaiting = ({ tx, actor }: Work, caseId: string): Promise<Waiting> =>
  tx.one(sql<Waiting>`select
    (select count(*) from cases.objection o where o.case_id = ${caseId} and o.answered_at is null)::int as objections,
    (select count(*) from cases.unit_member m where m.case_id = ${caseId} and m.adult and m.authorised_at is null)::int as adults,
    ${actor.kind === 'system' ? sql`false` : sql`exists (select from cases.timeline t where t.case_id = ${caseId} and t.seq = 1 and t.payload ? 'proxyId') and not exists (select from cases.timeline t where t.case_id = ${caseId} and t.fact = 'check_agreed')`} as unsaid,
    ${actor.kind === 'system' ? sql`null::text` : sql`(select p.born_on::text from cases.case c join people.person p on p.id = c.applicant_id where c.id = ${caseId})`} as "bornOn"`)

export const openCase = async (work: Work, found: Found): Promise<Open> => opened(work, found, await countWaiting(work, found.id))

async function opened(work: Work, found: Found, { objections, adults, unsaid, bornOn }: Waiting): Promise<Open> {
  const { packs } = work.call.platform.services
  const today = dayOf(work.now)
  const procedure = await packs.at(found.state.packHash)
  const matter = procedure.matter(found.matterCode)
  const newest = packs.inForce()
  const minor = bornOn !== null && !isAdult(newest, found.originArea, bornOn, today)
  const asked = minor ? { ...matter, steps: matter.steps.filter((step) => !step.not_for_minors) } : matter
  return {
    work,
    found,
    procedure,
    newest,
    matter: asked,
    standing: {
      today,
      lapsed: procedure.lapseOf(found.matterCode, today).lapsed,
      openObjections: objections,
      unauthorisedAdults: adults,
      ownWordOpen: unsaid && asked.steps.some(({ kind }) => kind === 'authorisation'),
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

/** The case, locked, when this actor may do this to it now. `unless`: obstacles that this very act takes away. */
export async function admit(work: Work, caseId: string, action: Action, unless: readonly string[] = []): Promise<Open> {
  await refuseNotSent(work, caseId)
  const [found, waiting] = await together([getCaseForUpdate(work, caseId), countWaiting(work, caseId)])
  const open = await opened(work, found, waiting)
  if (work.actor.kind === 'staff') {
    const who = postObstacle(action as StaffAction, work.actor.post, found.state)
    if (who) throw new Refusal(who, 'forbidden', { permission: permissionOf[action as StaffAction] })
  }
  const obstacle = obstacleOf(action, found.state, open.matter, open.standing)
  if (obstacle && !unless.includes(obstacle))
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
export async function settle(open: Open, { facts, effect, effectiveAt, document, message }: Outcome): Promise<Done> {
  const { work, found, matter } = open
  await effect?.()
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
  // The paper is of who acted, not of who has the case next. It, the message and the timeline are written while the case is
  // still in the sender's hands and where it stood.
  const before = state
  if (moves && step) add({ fact: 'handed_over', from: state.handlingArea, to: place, step: step.code })
  const documentId = document ? await leave(open, before, document) : null
  if (message)
    tell(work, {
      personId: found.applicantId,
      caseId: found.id,
      kind: message.kind,
      // Which step it was and which comes, so that the message can name them in the reader's language.
      params: { number: found.number, matter: found.matterCode, step: found.state.step, next: state.step, ...message.params },
    })
  record(work, found, matter, written, effectiveAt)
  return { caseId: found.id, number: found.number, status: state.status, documentId }
}

/** All that the paper needs is asked in one packet, its number last. */
async function leave({ work, found, newest }: Open, state: Found['state'], paper: Paper): Promise<string> {
  const [person, sequence] = await together([
    getPerson(work.tx, found.applicantId),
    nextDocumentNumber(work, found.id, newest.issuingOrgan(found.domain, state.handlingArea), paper.kind),
  ])
  return issuePaper(work, { ...found, state }, newest, paper, person, sequence)
}

/** The step that stands, done; the next one begins. Signed by who does it, unless others are named. */
export function stepDone(
  { work, found, matter }: Open,
  note: string,
  officers: string[] = [postOf(work.actor).officerName],
  result: Record<string, unknown> = {},
): Fact {
  const step = stepOf(matter, found.state.step)
  const next = stepAfter(matter, found.state.step ?? '')
  if (!step || !next) throw new Error(`${matter.code}: step ${found.state.step} has no next step`)
  return { fact: 'step_done', step: step.code, kind: step.kind, next: next.code, note, officers, result }
}
