/** Officers look: the list of what is to do, and objects with a code. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { type Outcome, permissionOf, type Status } from '../incident.ts'
import { type WhistleOf, whistleStands } from './whistles.ts'

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
