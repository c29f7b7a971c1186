/** Officers look: the list of what is to do, one incident, and, with a record of it, who reported. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { recordAudit } from '../../../platform/use-case/audit.ts'
import { personRead, query } from '../../../platform/use-case/use-case.ts'
import { type Outcome, permissionOf, type Status } from '../incident.ts'
import { type May, mayOf } from '../obstacle.ts'
import { type Alike, alike, type Found, getIncident, listTimeline, type TimelineRow, type Unit, unitsThatCan } from '../store.ts'
import { isPrivate } from './hide.ts'
import { REPORT_CONTEXT, type Said, saidAgainOf } from './report.ts'
import { type DeskPhoto, photosOfIncident } from './see-photos.ts'
import { type WhistleOf, whistleStands, whistlesOf } from './whistles.ts'

export const incidentLists = ['todo', 'overdue', 'open', 'ended'] as const
export interface IncidentRow {
  id: string
  number: string
  classCode: string
  condition: string | null
  level: string
  title: string | null
  area: string
  areaName: string
  shownPlace: string | null
  status: Status
  outcome: Outcome | null
  round: number
  unitName: string | null
  reports: number
  /** Where the whistle stands that was blown for it in this round. */
  whistle: WhistleOf['status'] | null
  reportedAt: Date
  stageDueAt: Date | null
  dueAt: Date | null
  wordBy: Date | null
  dueProvisional: boolean
  /** The code of why it is hung. */
  why: string | null
  /** It was hidden with this one from another area: whether it stays so is to be said. */
  hiddenWith: string | null
}
export interface IncidentList {
  rows: IncidentRow[]
  more: boolean
  /** Counted up to one more than `COUNTED`. */
  counts: Record<(typeof incidentLists)[number], number>
}
const PAGE = 25
/** What is more than this is not counted on: a street with so many has another question than how many. */
export const COUNTED = 1000
const FIRST_REPORTS = 50

/** Which statuses wait for a post, by what it is granted. */
const waitsFor = {
  'incident.verify': ['reported', 'verified'],
  'incident.dispatch': ['filed', 'hung'],
  'incident.check': ['handled'],
} as const

/** Incidents of the post's areas, the stage that is due first at the top; `todo` is what the post can take on now, the others are everybody's. Nobody is named. */
export const listIncidents = query({
  operation: 'grid.list',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...incidentLists])),
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<IncidentList>({}),
  async run({ tx, actor, now }, { list = 'todo', classCode, number, page = 1 }) {
    const post = postOf(actor)
    const inAreas = sql`(${sql.join(
      post.areas.map((own) => sql`(i.area >= ${own} and i.area < ${`${own}~`})`),
      sql` or `,
    )})`
    const mine = Object.entries(waitsFor).flatMap(([permission, statuses]) =>
      post.permissions.includes(permission) ? statuses : [],
    )
    const unit = post.permissions.includes('incident.handle')
      ? sql`or (i.unit_id = ${post.organisationId} and i.status in ('dispatched', 'handling'))`
      : sql``
    const hidden = post.permissions.includes(permissionOf.hide) ? sql`or i.hidden_with is not null` : sql``
    const todo = sql`(i.open and (i.status = any(${mine}::text[]) ${unit}) ${hidden})`
    const of = { todo, overdue: sql`i.open and i.stage_due_at < ${now}`, open: sql`i.open`, ended: sql`not i.open` }
    const order = {
      // What somebody should perhaps not see comes before every date.
      todo: sql`i.hidden_with is null, i.stage_due_at nulls last, i.id`,
      overdue: sql`i.stage_due_at nulls last, i.id`,
      open: sql`i.stage_due_at nulls last, i.id`,
      ended: sql`i.closed_at desc, i.id`,
    }
    const [rows, counts] = await together([
      tx.rows(sql<IncidentRow>`select i.id, i.number, i.class_code as "classCode", i.condition, i.level, i.title, i.area, a.name as "areaName", i.shown_place as "shownPlace", i.status, i.outcome, i.round,
        u.name as "unitName", (select count(*) from grid.report r where r.incident_id = i.id)::int as reports, ${whistleStands} as whistle,
        i.reported_at as "reportedAt", i.stage_due_at as "stageDueAt", i.due_at as "dueAt", i.word_by as "wordBy", i.due_provisional as "dueProvisional", case when i.status = 'hung' then i.pauses->-1->>'why' end as why, i.hidden_with as "hiddenWith"
      from grid.incident i join areas.area a on a.code = i.area left join grid.unit u on u.id = i.unit_id
      where ${inAreas} and ${of[list]} and (${classCode ?? null}::text is null or i.class_code = ${classCode ?? null}) and (${number ?? null}::text is null or strpos(i.number, ${number ?? null}) > 0)
      order by ${order[list]} limit ${PAGE + 1} offset ${(page - 1) * PAGE}`),
      tx.one(
        sql<IncidentList['counts']>`select ${sql.join(
          incidentLists.map(
            (one) =>
              sql`(select count(*) from (select from grid.incident i where ${inAreas} and ${of[one]} limit ${COUNTED + 1}) counted)::int as ${sql.ref(one)}`,
          ),
        )}`,
      ),
    ])
    return { rows: rows.slice(0, PAGE), more: rows.length > PAGE, counts }
  },
})

export interface IncidentPage {
  found: Found
  areaName: string
  unitName: string | null
  timeline: TimelineRow[]
  /** What reporters wrote, without who they are, and those of linked ones who say that it is not solved; the first of them: of a thousand nobody reads each here. */
  reports: {
    id: string
    channel: string
    words: string
    place: string
    attributes: Record<string, string>
    condition: string | null
    saidAgain: { at: string; words: string }[]
    /** Of a linked one, whose reporter says that it is not solved; null for those of this one. */
    linked: string | null
    seenAt: Date
    reportedAt: Date
  }[]
  moreReports: boolean
  photos: DeskPhoto[]
  children: { id: string; number: string; reportedAt: Date }[]
  parent: { id: string; number: string } | null
  alike: Alike[]
  units: Unit[]
  /** The newest first; `mayRead` where this post may open it. */
  whistles: (Pick<WhistleOf, 'id' | 'number' | 'status'> & { mayRead: boolean })[]
  may: May
}

/** As its own room says: who blows or rules sees all of her areas, a unit what it was called by. */
const seesWhistle = ({ permissions, organisationId }: Post, unitIds: readonly string[]): boolean =>
  permissions.includes('whistle.read') &&
  (permissions.includes('whistle.blow') || permissions.includes('whistle.decide') || unitIds.includes(organisationId))

export const readIncident = query({
  operation: 'grid.read',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<IncidentPage>({}),
  async run(work, { id }) {
    const { tx } = work
    const { crypto, packs } = work.call.platform.services
    const found = await getIncident(work, id)
    const { point, state } = found
    const post = postOf(work.actor)
    const may = mayOf(state, post)
    if (may.show === true && isPrivate(packs.inForce(), state.classCode)) may.show = 'incident.never_shown'
    const [timeline, names, sealed, children, parent, whistles] = await together([
      listTimeline(tx, id),
      tx.one(
        sql<{
          area: string
          unit: string | null
        }>`select a.name as area, (select name from grid.unit where id = ${state.unitId}::uuid) as unit from areas.area a where a.code = ${found.area}`,
      ),
      tx.rows(
        sql<{
          id: string
          channel: string
          sealed: Buffer
          again: Buffer | null
          linked: string | null
          seenAt: Date
          reportedAt: Date
        }>`select r.id, r.channel, r.sealed, r.said_again_sealed as "again", case when i.id <> ${id} then i.number end as linked, r.seen_at as "seenAt", r.reported_at as "reportedAt"
          from grid.report r join grid.incident i on i.id = r.incident_id where i.id = ${id} or (i.parent_id = ${id} and r.said_again_sealed is not null) order by r.reported_at, r.id limit ${FIRST_REPORTS + 1}`,
      ),
      tx.rows(
        sql<{
          id: string
          number: string
          reportedAt: Date
        }>`select id, number, reported_at as "reportedAt" from grid.incident where parent_id = ${id} order by number limit 1000`,
      ),
      tx.maybe(sql<{ id: string; number: string }>`select id, number from grid.incident where id = ${state.parentId}::uuid`),
      whistlesOf(work, id),
    ])
    const waits = state.status === 'reported' || state.status === 'verified' || state.status === 'filed'
    const near = point && waits ? await alike(work, packs.inForce(), { ...found, point, classCode: state.classCode }) : []
    const reports = sealed.slice(0, FIRST_REPORTS).map(({ sealed: bytes, again, ...row }) => {
      const { words, place, attributes, condition = null } = JSON.parse(crypto.open(bytes, REPORT_CONTEXT)) as Said
      return { ...row, words, place, attributes, condition, saidAgain: saidAgainOf(crypto, again) }
    })
    return {
      found,
      areaName: names.area,
      unitName: names.unit,
      timeline,
      reports,
      moreReports: sealed.length > FIRST_REPORTS,
      photos: await photosOfIncident(work, id),
      children,
      parent: parent ?? null,
      alike: near,
      units: may.dispatch === true ? await unitsThatCan(work, packs.inForce(), found.area, state.classCode) : [],
      whistles: whistles.map(({ id, number, status, unitIds }) => ({ id, number, status, mayRead: seesWhistle(post, unitIds) })),
      may,
    }
  },
})

export interface Reporter {
  reportId: string
  name: string
  phone: string
  email: string
  reportedAt: Date
}

/** Who reported and how to call her: for supervision alone, and on record for her if she is known here. */
export const readReporters = personRead({
  operation: 'grid.read-reporters',
  permission: 'incident.read-reporter',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<{ reporters: Reporter[] }>({}),
  async about(work, { id }) {
    await getIncident(work, id)
    // Also where nobody of it is known here: supervision opened names and phones.
    recordAudit(work.tx, work.call, 'grid.read-reporters', 'done', { id, person: false })
    const rows = await work.tx.rows(
      sql<{
        personId: string
      }>`select distinct r.person_id as "personId" from grid.report r where r.incident_id = ${id} and r.person_id is not null limit 1000`,
    )
    return { personIds: rows.map(({ personId }) => personId), purpose: 'incident', caseId: null }
  },
  async run(work, { id }) {
    const { crypto } = work.call.platform.services
    await getIncident(work, id)
    const rows = await work.tx.rows(
      sql<{
        id: string
        sealed: Buffer
        reportedAt: Date
      }>`select r.id, r.sealed, r.reported_at as "reportedAt" from grid.report r where r.incident_id = ${id} order by r.reported_at, r.id limit 1000`,
    )
    return {
      reporters: rows.map(({ id: reportId, sealed, reportedAt }) => {
        const { name, phone, email = '' } = JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) as Said
        return { reportId, name, phone, email, reportedAt }
      }),
    }
  },
})

export interface FacilityRow {
  token: string
  code: string
  name: string
  area: string
  classCode: string
}

/** Objects with a code in the post's areas, for printing the codes. */
export const listFacilities = query({
  operation: 'grid.list-facilities',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ rows: FacilityRow[] }>({}),
  async run({ tx, actor }) {
    const inAreas = sql.join(
      postOf(actor).areas.map((own) => sql`(area >= ${own} and area < ${`${own}~`})`),
      sql` or `,
    )
    return {
      rows: await tx.rows(
        sql<FacilityRow>`select token, code, name, area, class_code as "classCode" from grid.facility where ended_at is null and (${inAreas}) order by code limit 500`,
      ),
    }
  },
})
