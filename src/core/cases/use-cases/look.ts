/** Reads: the work list (no identified person), the case page (a read, entry first), one's own cases, counts. */

import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { personRead, query } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { type DocumentRow, listDocuments, listMaterials, type MaterialRow } from '../../documents/index.ts'
import type { Matter } from '../../matters/index.ts'
import { maskedIdNumberOf, type PersonFacts, personFacts } from '../../people/index.ts'
import { openCase } from '../act.ts'
import { type Answers, maskAnswers } from '../answer.ts'
import { listMembers, readAnswers, type UnitMemberRow } from '../answer-store.ts'
import { type Checked, checkLoaded } from '../conditions.ts'
import { forApplicant, withoutHousehold } from '../own-view.ts'
import { type May, mayOf, obstacleOf } from '../possible.ts'
import { type Found, getCase, isInView, listTimeline, type TimelineRow } from '../store.ts'
import { OnCase } from './shapes.ts'

export const lists = ['all', 'overdue', 'today', 'soon', 'correcting', 'paused', 'mine'] as const
export type List = (typeof lists)[number]

export interface WorkListRow {
  id: string
  number: string
  matterCode: string
  surname: string
  originName: string
  status: string
  step: string | null
  channel: string
  dueAt: Date | null
  dueProvisional: boolean
  answerBy: string | null
  handling: boolean
}
export interface WorkList {
  rows: WorkListRow[]
  counts: Record<List, number>
  more: boolean
}

const PAGE = 25

/** The exact areas of a post as ranges that an index can use; a post of one area needs no more than its scope. */
function within(column: RawBuilder<unknown>, post: Pick<Post, 'areas'>): RawBuilder<unknown> {
  const ranges = post.areas.map((own) => sql`(${column} >= ${own} and ${column} < ${`${own}~`})`)
  return sql`(${sql.join(ranges, sql` or `)})`
}

/** Open cases in the post's hands, by due date. A row is matter, date, number and surname: no identified person. */
export const listWork = query({
  operation: 'cases.list-work',
  permission: 'work-list.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...lists])),
    matter: Type.Optional(Type.String({ maxLength: 60 })),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<WorkList>({}),
  async run({ tx, now, actor }, { list = 'all', matter, number, area, page = 1 }) {
    const post = postOf(actor)
    const tomorrow = startOf(addDays(dayOf(now), 1))
    const soon = startOf(addDays(dayOf(now), 4))
    const where = {
      all: sql`true`,
      overdue: sql`c.due_at < ${now}`,
      today: sql`c.due_at >= ${now} and c.due_at < ${tomorrow}`,
      soon: sql`c.due_at >= ${tomorrow} and c.due_at < ${soon}`,
      correcting: sql`c.status = 'correcting'`,
      paused: sql`c.status = 'paused'`,
      mine: sql`length(c.handling_area) = ${post.areas[0]!.length}`,
    }[list]
    const inHands = sql`c.open and ${within(sql.ref('c.handling_area'), post)}`
    // The page's ids come from the index alone; only its rows are fetched.
    const listed =
      tx.rows(sql<WorkListRow>`select c.id, c.number, c.matter_code as "matterCode", c.surname, a.name as "originName", c.status, c.step, c.channel, c.due_at as "dueAt", c.due_provisional as "dueProvisional",
        c.correction->>'answerBy' as "answerBy", length(c.handling_area) = ${post.areas[0]!.length} as handling
      from (select c.id from cases.case c
      where ${inHands} and ${where} and (${matter ?? null}::text is null or c.matter_code = ${matter ?? null}) and (${number ?? null}::text is null or strpos(c.number, ${number ?? null}) > 0)
        and (${area ?? null}::text is null or starts_with(c.origin_area, ${area ?? null}))
      order by c.due_at nulls last, c.id limit ${PAGE + 1} offset ${(page - 1) * PAGE}) shown
      join cases.case c on c.id = shown.id join areas.area a on a.code = c.origin_area order by c.due_at nulls last, c.id`)
    const counted = tx.one(sql<
      Record<List, number>
    >`select count(*)::int as all, (count(*) filter (where c.due_at < ${now}))::int as overdue,
        (count(*) filter (where c.due_at >= ${now} and c.due_at < ${tomorrow}))::int as today, (count(*) filter (where c.due_at >= ${tomorrow} and c.due_at < ${soon}))::int as soon,
        (count(*) filter (where c.status = 'correcting'))::int as correcting, (count(*) filter (where c.status = 'paused'))::int as paused,
        (count(*) filter (where length(c.handling_area) = ${post.areas[0]!.length}))::int as mine
      from cases.case c where ${inHands}`)
    const [rows, counts] = await Promise.all([listed, counted])
    return { rows: rows.slice(0, PAGE), counts, more: rows.length > PAGE }
  },
})

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
  answers: Answers
  checked: Checked
  members: UnitMemberRow[]
  materials: MaterialRow[]
  documents: DocumentRow[]
  timeline: TimelineRow[]
  objections: Objection[]
  lapsed: { lapsed: boolean; since: string | null }
  may: May
}

/** The case page: an identified person's data, so the entry is written first, with the case as its purpose. */
export const readCase = personRead({
  operation: 'cases.read-case',
  permission: 'case.read',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Type.Unsafe<CasePage>({}),
  async about({ tx, actor }, { caseId }) {
    const found = await getCase(tx, caseId)
    if (!isInView(actor, { originArea: found.originArea, handlingArea: found.state.handlingArea }))
      throw new Refusal('case.not_found', 'missing')
    // The page names her household too: who of it is on record sees in her own list that it was read.
    const linked = await tx.rows(
      sql<{
        id: string
      }>`select distinct person_id as id from cases.unit_member where case_id = ${caseId} and person_id is not null`,
    )
    return { personIds: [...new Set([found.applicantId, ...linked.map((m) => m.id)])], purpose: 'case', caseId }
  },
  async run(work, { caseId }): Promise<CasePage> {
    const found = await getCase(work.tx, caseId)
    const { crypto } = work.call.platform.services
    const { tx } = work
    // One packet: everything that hangs on the case is asked at once.
    const [open, area, facts, idNumber, answers, members, materials, documents, timeline, objections] = await Promise.all([
      openCase(work, found),
      tx.one(sql<{ name: string }>`select name from areas.area where code = ${found.originArea}`),
      personFacts(tx, found.applicantId, dayOf(work.now)),
      maskedIdNumberOf(tx, crypto, found.applicantId),
      readAnswers(work, caseId),
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
    return {
      found,
      matter: open.matter,
      originName: area.name,
      facts,
      idNumber,
      answers: maskAnswers(answers),
      checked: checkLoaded(work, found, open.newest, { facts, answers, members, materials, timeline }),
      members,
      materials,
      documents,
      timeline,
      objections: objections.map((o) => ({
        id: o.id,
        text: crypto.open(o.sealed, 'cases.objection'),
        madeAt: o.made_at,
        answer: o.answer,
      })),
      lapsed: open.procedure.lapseOf(found.matterCode, open.today),
      may: mayOf(found.state, open.matter, open.standing, postOf(work.actor)),
    }
  },
})

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
  may: { withdraw: boolean; answerCorrection: boolean; rate: boolean }
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
    const [open, timeline, documents, materials, answers, members, facts, idNumber] = await Promise.all([
      openCase(work, found),
      listTimeline(tx, caseId),
      listDocuments(tx, caseId),
      listMaterials(tx, caseId, crypto),
      readAnswers(work, caseId),
      listMembers(tx, caseId),
      personFacts(tx, found.applicantId, dayOf(work.now)),
      maskedIdNumberOf(tx, crypto, found.applicantId),
    ])
    const checked = checkLoaded(work, found, open.newest, { facts, answers, members, materials, timeline })
    const can = (action: 'withdraw' | 'answer_correction' | 'rate') =>
      obstacleOf(action, found.state, open.matter, open.standing) === null
    return {
      found,
      matter: open.matter,
      timeline: timeline.map(forApplicant),
      documents,
      materials,
      answers: maskAnswers(answers),
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
      unauthorised: members.filter((m) => m.adult && m.authorisedAt === null).map((m) => m.name),
      may: { withdraw: can('withdraw'), answerCorrection: can('answer_correction'), rate: can('rate') },
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

/** 打开、到期、超期、不计时: counts of cases of the area and each area below, excluded ones visible as their own count. */
export const readFigures = query({
  operation: 'cases.read-figures',
  permission: 'figures.read',
  actors: ['staff'],
  input: Type.Object({ area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })) }),
  output: Type.Unsafe<Figures>({}),
  async run({ tx, now, actor }, { area }) {
    const post = postOf(actor)
    const top = area && post.areas.some((own) => area.startsWith(own)) ? area : post.scope
    const soon = startOf(addDays(dayOf(now), 4))
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
