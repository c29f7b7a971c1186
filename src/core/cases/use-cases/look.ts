/** Reads: the case page (a read, entry first), one's own cases, counts. */

import Type from 'typebox'
import { sql, together } from '../../../platform/database/tx.ts'
import { isDay } from '../../../platform/day.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { personRead, query, type ReadEntry, type Work } from '../../../platform/use-case/use-case.ts'
import { bindingOf, postOf } from '../../access/index.ts'
import { firstDayPast } from '../../clocks/index.ts'
import { type DocumentRow, listDocuments, listMaterials, type MaterialRow, mayReadKind } from '../../documents/index.ts'
import type { Material, Matter } from '../../matters/index.ts'
import { maskedIdNumberOf, type PersonFacts, personFacts, withoutGrantOf } from '../../people/index.ts'
import { type Open, openCase } from '../act.ts'
import { type Answers, maskAnswers } from '../answer.ts'
import { listMembers, readGiven, type UnitMemberRow } from '../answer-store.ts'
import { answersAsked } from '../branch.ts'
import { type Checked, checkLoaded, sharesOfCase } from '../conditions.ts'
import { missingMaterials, type OwnWord, ownWordOf } from '../materials.ts'
import type { Months } from '../months.ts'
import { monthsOfCase } from '../months-store.ts'
import { forApplicant, withoutHousehold } from '../own-view.ts'
import { type May, mayOf, obstacleOf } from '../possible.ts'
import { type Found, getCase, isInView, listTimeline, type TimelineRow } from '../store.ts'
import { Day, OnCase } from './shapes.ts'
import { type Colleague, listColleagues } from './survey.ts'
import { SOON } from './work-list.ts'

export interface Objection {
  id: string
  text: string
  madeAt: Date
  answer: string | null
}

export interface CasePage {
  found: Found
  matter: Matter
  originName: string
  facts: PersonFacts
  idNumber: string | null
  /** She has bound a phone and signs in: what is sent online reaches her. */
  signsIn: boolean
  answers: Answers
  checked: Checked
  members: UnitMemberRow[]
  ownWord: OwnWord | null
  materials: MaterialRow[]
  /** Asked for on paper and not there. */
  missing: Material[]
  documents: DocumentRow[]
  timeline: TimelineRow[]
  /** Whom the first of two surveyors can name; empty unless she can. */
  colleagues: Colleague[]
  objections: Objection[]
  lapsed: { lapsed: boolean; since: string | null }
  /** Of a granted case that is paid by the month. */
  months: Months | null
  may: May
}

/** The case page: an identified person's data, so the entry is written first, with the case as its purpose. */
export const readCase = personRead({
  operation: 'cases.read-case',
  permission: 'case.read',
  actors: ['staff'],
  /** `ended`: what the months would come to if it had ended on that day. Nothing is kept of it. */
  input: Type.Object({ ...OnCase, ended: Type.Optional(Day) }),
  output: Type.Unsafe<CasePage>({}),
  about: caseEntry,
  run: async (work, { caseId, ended }) => (await loadCase(work, caseId, ended)).page,
})

/** The entry of a look at a case page. */
export async function caseEntry({ tx, actor }: Work, { caseId }: { caseId: string }): Promise<ReadEntry> {
  const [found, linked] = await together([
    getCase(tx, caseId),
    // The page names her household too: who of it is on record sees in her own list that it was read.
    tx.rows(
      sql<{
        id: string
      }>`select distinct person_id as id from cases.unit_member where case_id = ${caseId} and person_id is not null`,
    ),
  ])
  if (!isInView(actor, { originArea: found.originArea, handlingArea: found.state.handlingArea }))
    throw new Refusal('case.not_found', 'missing')
  return { personIds: [...new Set([found.applicantId, ...linked.map((m) => m.id)])], purpose: 'case', caseId }
}

/** Everything that the page of a case shows, and the case as an act would open it. */
export async function loadCase(work: Work, caseId: string, ended?: string): Promise<{ page: CasePage; open: Open }> {
  const found = await getCase(work.tx, caseId)
  const { crypto } = work.call.platform.services
  const { tx } = work
  // One packet: everything that hangs on the case is asked at once.
  const [open, area, facts, shares, idNumber, binding, answers, members, materials, documents, timeline, objections] =
    await together([
      openCase(work, found),
      tx.one(sql<{ name: string }>`select name from areas.area where code = ${found.originArea}`),
      personFacts(tx, found.applicantId, dayOf(work.now)),
      sharesOfCase(work, found),
      maskedIdNumberOf(tx, crypto, found.applicantId),
      bindingOf(tx, found.applicantId),
      readGiven(work, caseId),
      listMembers(tx, caseId),
      listMaterials(tx, caseId, crypto),
      listDocuments(tx, caseId),
      listTimeline(tx, caseId),
      tx.rows(
        sql<{
          id: string
          sealed: Buffer
          made_at: Date
          answer: string | null
        }>`select id, sealed, made_at, answer from cases.objection where case_id = ${caseId} order by made_at`,
      ),
    ])
  const may = mayOf(found.state, open.matter, open.standing, postOf(work.actor))
  const page: CasePage = {
    found,
    matter: open.matter,
    originName: area.name,
    facts,
    idNumber,
    signsIn: binding !== null,
    answers: maskAnswers(answersAsked(open.matter, answers)),
    checked: checkLoaded(work, found, open.newest, { facts, shares, answers, members, materials, timeline }),
    members,
    ownWord: ownWordOf(timeline),
    materials,
    documents: documents.filter(({ kind }) => mayReadKind(open.newest.pack.documents, kind, postOf(work.actor).permissions)),
    timeline,
    objections: objections.map((o) => ({
      id: o.id,
      text: crypto.open(o.sealed, 'cases.objection'),
      madeAt: o.made_at,
      answer: o.answer,
    })),
    lapsed: open.procedure.lapseOf(found.matterCode, open.today),
    months: await monthsOfCase(work, found, open.newest, facts, ended && isDay(ended) ? ended : undefined),
    may,
    missing: missingMaterials(open.matter, facts, { materials, members, answers, ownWord: ownWordOf(timeline) }),
    colleagues: may.survey === true ? await listColleagues(open) : [],
  }
  return { page, open }
}

export interface OwnCaseLine {
  id: string
  number: string
  matterCode: string
  status: string
  step: string | null
  dueAt: Date | null
  answerBy: string | null
  receivedAt: Date
}

export const listOwnCases = query({
  operation: 'cases.list-own',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<OwnCaseLine[]>({}),
  run: ({ tx }) =>
    tx.rows(sql<OwnCaseLine>`select id, number, matter_code as "matterCode", status, step, due_at as "dueAt", case when status = 'correcting' then correction->>'answerBy' end as "answerBy", received_at as "receivedAt"
      from cases.case order by received_at desc limit 100`),
})

export interface OwnCase {
  found: Found
  matter: Matter
  timeline: TimelineRow[]
  documents: DocumentRow[]
  materials: MaterialRow[]
  answers: Answers
  facts: PersonFacts
  /** Masked. */
  idNumber: string | null
  checked: Checked
  /** How the amount that was decided came out; empty where it follows no rule. */
  decidedWorking: Checked['working']
  lapsed: { lapsed: boolean; since: string | null }
  /** Adults whose word is still missing, by the names that the applicant wrote; nothing else of them. */
  unauthorised: string[]
  /** Of a granted case that is paid by the month. */
  months: Months | null
  may: { agree: boolean; withdraw: boolean; answerCorrection: boolean; rate: boolean }
}

/** One's own case, whole. Nobody else's: row security answers a foreign id like one that never existed. */
export const readOwnCase = query({
  operation: 'cases.read-own',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object(OnCase),
  output: Type.Unsafe<OwnCase>({}),
  async run(work, { caseId }): Promise<OwnCase> {
    const found = await getCase(work.tx, caseId)
    const { crypto } = work.call.platform.services
    const { tx } = work
    const [open, timeline, documents, materials, answers, members, facts, shares, idNumber] = await Promise.all([
      openCase(work, found),
      listTimeline(tx, caseId),
      listDocuments(tx, caseId),
      listMaterials(tx, caseId, crypto),
      readGiven(work, caseId),
      listMembers(tx, caseId),
      personFacts(tx, found.applicantId, dayOf(work.now)),
      sharesOfCase(work, found),
      maskedIdNumberOf(tx, crypto, found.applicantId),
    ])
    // What this case gave is no reason against it.
    const judged = found.state.decidedAt ? await withoutGrantOf(tx, facts, found, dayOf(work.now)) : facts
    const checked = checkLoaded(work, found, open.newest, { facts: judged, shares, answers, members, materials, timeline })
    const can = (action: 'agree' | 'withdraw' | 'answer_correction' | 'rate') =>
      obstacleOf(action, found.state, open.matter, open.standing) === null
    return {
      found,
      matter: open.matter,
      timeline: timeline.map(forApplicant),
      documents,
      materials,
      answers: maskAnswers(answersAsked(open.matter, answers)),
      facts,
      idNumber,
      // The sum rests on what the check found of each adult: it is told with the decision.
      checked: {
        ...withoutHousehold(checked),
        ...(members.length > 0 ? { amountFen: null, working: [] } : {}),
      },
      // Where an officer fixed another amount, the sum of the rule would explain a number that was not decided.
      decidedWorking: found.state.outcome === 'granted' && found.state.amountFen === checked.amountFen ? checked.working : [],
      lapsed: open.procedure.lapseOf(found.matterCode, open.today),
      months: await monthsOfCase(work, found, open.newest, facts),
      unauthorised: members.filter((m) => m.adult && m.authorisedAt === null).map((m) => m.name),
      may: { agree: can('agree'), withdraw: can('withdraw'), answerCorrection: can('answer_correction'), rate: can('rate') },
    }
  },
})

/** Counts of open cases. An area's code, or a matter's. */
export interface FigureRow {
  code: string
  name: string
  open: number
  due: number
  overdue: number
  excluded: number
}
export interface Figures {
  /** The area whose parts these are. */
  top: string
  areas: FigureRow[]
  matters: FigureRow[]
  total: Omit<FigureRow, 'code' | 'name'>
}

/** Length of the codes one level below: city, district, street, community. */
const CHILD_LENGTH: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12 }

/** 在办、到期、超期、不计入期限: counts of cases of the area and each area below, excluded ones visible as their own count. */
export const readFigures = query({
  operation: 'cases.read-figures',
  permission: 'figures.read',
  actors: ['staff'],
  input: Type.Object({ area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })) }),
  output: Type.Unsafe<Figures>({}),
  async run({ tx, now, actor, call }, { area }) {
    const post = postOf(actor)
    const top = area && post.areas.some((own) => area.startsWith(own)) ? area : post.scope
    const soon = startOf(firstDayPast(dayOf(now), SOON, call.platform.services.packs.inForce().calendar))
    const counts = sql`count(*)::int as open, (count(*) filter (where c.due_at >= ${now} and c.due_at < ${soon}))::int as due,
      (count(*) filter (where c.due_at < ${now}))::int as overdue, (count(*) filter (where c.status in ('paused', 'correcting')))::int as excluded`
    // Row security knows the common ancestor of a post's areas; the exact set is named here.
    const own = (code: ReturnType<typeof sql>) =>
      sql`exists (select from unnest(${[...post.areas]}::text[]) own where starts_with(${code}, own) or starts_with(own, ${code}))`
    const within = sql`exists (select from unnest(${[...post.areas]}::text[]) own where starts_with(c.origin_area, own))`
    // One pass over the open cases, grouped by the areas below: area by area PostgreSQL took the policy's whole range each time.
    const below = CHILD_LENGTH[top.length] ?? 12
    const areas =
      await tx.rows(sql<FigureRow>`with f as materialized (select left(c.origin_area, ${below}::int) as code, ${counts} from cases.case c
        where c.open and c.origin_area >= ${top} and c.origin_area < ${`${top}~`} and ${within} group by 1)
      select a.code, a.name, coalesce(f.open, 0) as open, coalesce(f.due, 0) as due, coalesce(f.overdue, 0) as overdue, coalesce(f.excluded, 0) as excluded
      from areas.area a left join f on f.code = a.code
      where (a.parent_code = ${top} or (a.code = ${top} and length(a.code) = 12)) and ${own(sql`a.code`)} order by a.code`)
    const matters = await tx.rows(sql<FigureRow>`select c.matter_code as code, c.matter_code as name, ${counts}
      from cases.case c where c.open and c.origin_area >= ${top} and c.origin_area < ${`${top}~`} and ${within} group by c.matter_code order by c.matter_code`)
    const sum = (key: 'open' | 'due' | 'overdue' | 'excluded') => areas.reduce((n, row) => n + row[key], 0)
    return {
      top,
      areas,
      matters,
      total: { open: sum('open'), due: sum('due'), overdue: sum('overdue'), excluded: sum('excluded') },
    }
  },
})

export const caseIdOfNumber = query({
  operation: 'cases.find-by-number',
  permission: 'case.read',
  actors: ['staff'],
  input: Type.Object({ number: Type.String({ minLength: 4, maxLength: 40 }) }),
  output: Type.Unsafe<{ caseId: string | null }>({}),
  async run({ tx, actor }, { number }) {
    const { areas } = postOf(actor)
    const row = await tx.maybe(sql<{ id: string }>`select id from cases.case c where number = ${number.trim()}
      and exists (select from unnest(${[...areas]}::text[]) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own)) order by received_at desc limit 1`)
    return { caseId: row?.id ?? null }
  },
})
