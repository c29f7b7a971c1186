/** An assessment of the ability of an elderly applicant, in one case: recorded by one, signed by another. */
import Type from 'typebox'
import { postOf } from '../../core/access/index.ts'
import { caseEntry, type Found, getCase, getCaseForUpdate, issuePaper } from '../../core/cases/index.ts'
import { type DocumentRow, listDocuments, nextDocumentNumber } from '../../core/documents/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { getPerson } from '../../core/people/index.ts'
import { whyNotAssessed } from '../../core/tables/index.ts'
import { together } from '../../platform/database/tx.ts'
import { Id, newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { command, personRead, query, type Work } from '../../platform/use-case/use-case.ts'
import {
  assessmentTable,
  refuseUnfit,
  type Scored,
  type Seen,
  type Standing,
  scoreOf,
  standingOf,
  type View,
} from './assessment.ts'
import { insertView, newestRound } from './store.ts'

const DayShape = Type.String({ format: 'date' })
const OnCase = { caseId: Id }
const SeenShape = Type.Object({
  assessedOn: DayShape,
  scores: Type.Record(Type.String({ maxLength: 60 }), Type.Integer({ minimum: 0, maximum: 10 }), { maxProperties: 60 }),
  coma: Type.Boolean(),
  mental: Type.Boolean(),
  events: Type.Integer({ minimum: 0, maximum: 999 }),
})
const Done = Type.Object({ caseId: Id, documentId: Type.Union([Type.String(), Type.Null()]) })
const PAPER = 'ability_assessment'

export interface AssessmentPage {
  caseId: string
  number: string
  matterCode: string
  originArea: string
  standing: Standing
  /** Who looks has written a view of this round already. */
  signed: boolean
  /** Every report of the case, the oldest first; of what a later one took the place, it says so. */
  reports: DocumentRow[]
  /** A view can be written: the case is open. */
  open: boolean
  /** Why nothing is assessed here at all; null where it is. */
  unfit: ReturnType<typeof whyNotAssessed>
  /** The first day that an assessment of this case can bear; the last one is today. */
  from: Day
}

const isOpen = (found: Found): boolean => ['received', 'correcting', 'accepted', 'paused'].includes(found.state.status)

export const readAssessment = personRead({
  operation: 'care.read-assessment',
  permission: 'care.assess',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Type.Unsafe<AssessmentPage>({}),
  about: caseEntry,
  async run(work, { caseId }): Promise<AssessmentPage> {
    const found = await getCase(work.tx, caseId)
    const [{ views }, documents] = await together([
      newestRound(work.tx, work.call.platform.services.crypto, caseId),
      listDocuments(work.tx, caseId),
    ])
    return {
      caseId,
      number: found.number,
      matterCode: found.matterCode,
      originArea: found.originArea,
      standing: standingOf(views),
      signed: isSignedBy(work, views),
      reports: documents.filter(({ kind }) => kind === PAPER),
      open: isOpen(found),
      unfit: await unfitOf(work, found, dayOf(work.now)),
      from: dayOf(found.receivedAt),
    }
  },
})

const isSignedBy = ({ actor }: Work, views: readonly View[]): boolean =>
  views.some((view) => view.officerId === postOf(actor).officerId)

/** How the assessment stands, for the page of its case: no view is opened. Out of reach is not there, as for the page itself. */
export const readStanding = query({
  operation: 'care.read-standing',
  permission: 'care.assess',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Type.Unsafe<{ status: Standing['status']; signed: boolean }>({}),
  async run(work, { caseId }) {
    // Row security knows the common ancestor of a post's areas; the exact set is checked as for a look.
    await caseEntry(work, { caseId })
    const { views } = await newestRound(work.tx, null, caseId)
    return { status: standingOf(views).status, signed: isSignedBy(work, views) }
  },
})

async function unfitOf(work: Work, found: Found, on: Day): Promise<AssessmentPage['unfit']> {
  const pack = work.call.platform.services.packs.inForce()
  const { assessment } = assessmentTable(pack)
  const { bornOn } = await getPerson(work.tx, found.applicantId)
  const fromAge = pack.optionalNumber(assessment.from_age, found.originArea, on)
  return whyNotAssessed(assessment, fromAge, { matterCode: found.matterCode, bornOn, on })
}

/**
 * The case in hand and its newest round, locked: two assessors who sign at once come one after the other.
 * @throws Refusal care.case_over · care.other_matter · care.age_unknown · care.too_young
 */
async function opened(work: Work, caseId: string) {
  const found = await getCaseForUpdate(work, caseId)
  if (!isOpen(found)) throw new Refusal('care.case_over', 'conflict')
  const unfit = await unfitOf(work, found, dayOf(work.now))
  if (unfit) throw new Refusal(`care.${unfit}`, 'conflict')
  const pack = work.call.platform.services.packs.inForce()
  const newest = await newestRound(work.tx, work.call.platform.services.crypto, caseId)
  return { found, pack, ...newest, standing: standingOf(newest.views) }
}

function checked(work: Work, found: Found, pack: LoadedPack, seen: Seen): Seen {
  const table = assessmentTable(pack)
  refuseUnfit(table, seen, { from: dayOf(found.receivedAt), to: dayOf(work.now) })
  // What is no item of the table is not kept.
  return { ...seen, scores: Object.fromEntries(table.questions.map(({ code }) => [code, seen.scores[code]!])) }
}

/** The first view, or that of a new round once one is settled. */
export const recordView = command({
  operation: 'care.record-view',
  permission: 'care.assess',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, seen: SeenShape }),
  output: Done,
  async run(work, { caseId, seen }) {
    const { found, pack, round, standing } = await opened(work, caseId)
    if (standing.status !== 'none' && standing.status !== 'settled') throw new Refusal('care.under_way', 'conflict')
    write(work, {
      caseId,
      round: round + 1,
      part: 'first',
      says: 'own',
      seen: checked(work, found, pack, seen),
      documentId: null,
    })
    return { caseId, documentId: null }
  },
})

/**
 * The word of another person. `same` signs what the first saw; `own` writes a view that differs, and a third person is needed,
 * who says whose she found as well (`first`, `second`).
 */
export const addView = command({
  operation: 'care.add-view',
  permission: 'care.assess',
  actors: ['staff'],
  input: Type.Object({
    ...OnCase,
    says: Type.Enum(['same', 'own', 'first', 'second']),
    seen: Type.Optional(SeenShape),
  }),
  output: Done,
  async run(work, { caseId, says, seen }) {
    const { found, pack, round, views, standing } = await opened(work, caseId)
    if (standing.status === 'none' || standing.status === 'settled') throw new Refusal('care.nothing_to_sign', 'conflict')
    if (isSignedBy(work, views)) throw new Refusal('care.same_person', 'conflict')
    const second = standing.status === 'waits_second'
    if (second !== (says === 'same' || says === 'own')) throw new Refusal('care.other_answer', 'conflict')
    if (says === 'own') {
      if (!seen) throw new Refusal('care.incomplete', 'invalid', { fields: [] })
      const own = checked(work, found, pack, seen)
      write(work, { caseId, round, part: 'second', says, seen: own, documentId: null })
      return { caseId, documentId: null }
    }
    const signed = says === 'second' && standing.status === 'differs' ? standing.second : standing.first
    const documentId = await paperOf(work, found, pack, signed)
    write(work, { caseId, round, part: second ? 'second' : 'third', says, seen: null, documentId })
    return { caseId, documentId }
  },
})

function write(work: Work, view: Omit<Parameters<typeof insertView>[2], 'id' | 'officerId' | 'postId'>): void {
  const { id: postId, officerId } = postOf(work.actor)
  insertView(work.tx, work.call.platform.services.crypto, { ...view, id: newId(work.now), postId, officerId }, work.now)
}

/** The paper with scores and level, by both who signed; none while the level cannot be said. */
async function paperOf(work: Work, found: Found, pack: LoadedPack, signed: View): Promise<string | null> {
  const seen = signed.seen!
  const scored = scoreOf(pack, seen, found.originArea)
  // A paper says a level or is none; what was signed is kept either way.
  if (scored.level === null) return null
  const person = await getPerson(work.tx, found.applicantId)
  const sequence = await nextDocumentNumber(work, found.id, pack.issuingOrgan(found.domain, found.state.handlingArea), PAPER)
  return issuePaper(
    work,
    found,
    pack,
    {
      kind: PAPER,
      fill: fillOf(pack, seen, scored, signed, postOf(work.actor).officerName),
      lists: { scores: linesOf(pack, seen) },
    },
    person,
    sequence,
  )
}

const fillOf = (pack: LoadedPack, seen: Seen, scored: Scored, signed: View, second: string) => ({
  assessed_on: seen.assessedOn,
  total: scored.total,
  level: assessmentTable(pack).bands?.find((band) => band.level === scored.level)?.name.zh,
  next_on: scored.nextOn ?? undefined,
  first: signed.officerName,
  second,
})

/** Scores alone: which illness changed the level is on no paper. */
const linesOf = (pack: LoadedPack, seen: Seen): string[] =>
  assessmentTable(pack).questions.map(({ code, ask }) => `${ask.zh}：${seen.scores[code]}`)
