/** The list of a post, one whistle, and how units answered. */
import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { addMonths } from '../../../platform/day.ts'
import { Id } from '../../../platform/id.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { mayOf } from '../possible.ts'
import { type Found, getWhistle, listTimeline, seesAll, type TimelineRow, type Unit, unitsFor } from '../store.ts'
import type { Part, Status } from '../whistle.ts'

/** `todo`: what waits for this post or its unit. */
export const lists = ['todo', 'open', 'ended'] as const
export type List = (typeof lists)[number]
export interface WhistleRow {
  id: string
  number: string
  kind: string
  what: string
  place: string
  area: string
  status: Status
  decisionWanted: boolean
  parts: Pick<Part, 'unitId' | 'unitName' | 'standing'>[]
  leadUnitId: string
  blownAt: Date
  dueAt: Date | null
  closedAt: Date | null
}
export interface WhistleList {
  rows: WhistleRow[]
  counts: Record<List, number>
  more: boolean
}
export const PAGE = 25

/** Whistles of the post's areas; of a unit those that it was called by. */
function inReach(post: Post): RawBuilder<unknown> {
  const areas = post.areas.map((own) => sql`(w.area >= ${own} and w.area < ${`${own}~`})`)
  const own = seesAll(post.permissions) ? sql`true` : sql`${post.organisationId}::uuid = any(w.unit_ids)`
  return sql`(${sql.join(areas, sql` or `)}) and ${own}`
}

function waiting({ permissions, organisationId }: Post): RawBuilder<unknown> {
  const waits = [
    ...(permissions.includes('whistle.blow') ? [sql`w.status = 'done'`, sql`w.rating_wanted`] : []),
    ...(permissions.includes('whistle.decide') ? [sql`w.decision_wanted`] : []),
    ...(permissions.includes('whistle.answer') ? [sql`${organisationId}::uuid = any(w.waiting_units)`] : []),
  ]
  return waits.length > 0 ? sql`(${sql.join(waits, sql` or `)})` : sql`false`
}

export const listWhistles = query({
  operation: 'coordination.list',
  permission: 'whistle.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...lists])),
    kind: Type.Optional(Type.String({ maxLength: 60 })),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<WhistleList>({}),
  async run({ tx, actor }, { list = 'todo', kind, number, page = 1 }) {
    const post = postOf(actor)
    const of: Record<List, RawBuilder<unknown>> = { todo: waiting(post), open: sql`w.open`, ended: sql`not w.open` }
    const asked = number?.normalize('NFKC').trim().toUpperCase()
    // Who looks for a number looks for it wherever it is.
    const where = asked ? sql`strpos(w.number, ${asked}) > 0` : of[list]
    // Who rules has a date of her own, whatever the units still have to do.
    const dueAt = post.permissions.includes('whistle.decide')
      ? sql`case when w.decision_wanted then w.decision_due_at else w.due_at end`
      : sql`w.due_at`
    const order = list === 'ended' ? sql`w.closed_at desc, w.id` : sql`${dueAt} nulls last, w.blown_at, w.id`
    const rows =
      await tx.rows(sql<WhistleRow>`select w.id, w.number, w.kind, w.what, w.place, w.area, w.status, w.decision_wanted as "decisionWanted", w.parts, w.lead_unit_id as "leadUnitId",
        w.blown_at as "blownAt", ${dueAt} as "dueAt", w.closed_at as "closedAt"
      from coordination.whistle w where ${inReach(post)} and ${where} and (${kind ?? null}::text is null or w.kind = ${kind ?? null})
      order by ${order} limit ${PAGE + 1} offset ${(page - 1) * PAGE}`)
    const counts = await tx.one(
      sql<Record<List, number>>`select ${sql.join(
        lists.map((name) => sql`(count(*) filter (where ${of[name]}))::int as ${sql.ref(name)}`),
      )} from coordination.whistle w where ${inReach(post)}`,
    )
    return {
      rows: rows.slice(0, PAGE).map((row) => ({
        ...row,
        parts: row.parts.map(({ unitId, unitName, standing }) => ({ unitId, unitName, standing })),
      })),
      counts,
      more: rows.length > PAGE,
    }
  },
})

export interface WhistlePage {
  found: Found
  areaName: string
  incident: { id: string; number: string } | null
  timeline: TimelineRow[]
  may: ReturnType<typeof mayOf>
  /** Whom a part can be given to, for who decides. */
  units: Unit[]
}

export const readWhistle = query({
  operation: 'coordination.read',
  permission: 'whistle.read',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<WhistlePage>({}),
  async run(work, { id }) {
    const post = postOf(work.actor)
    const found = await getWhistle(work, id)
    const may = mayOf(found.state, post)
    const incident = found.incidentId
      ? await work.tx.maybe(
          sql<{ id: string; number: string }>`select id, number from grid.incident where id = ${found.incidentId}`,
        )
      : null
    return {
      found,
      areaName: work.call.platform.services.packs.inForce().areaName(found.area),
      incident: incident ?? null,
      timeline: await listTimeline(work.tx, id),
      may,
      units: Object.values(may.parts).some(({ decide }) => decide === true) ? await unitsFor(work, found.area) : [],
    }
  },
})

/** How one unit answered and was rated. A part that was never its own counts for it in nothing but `notItsOwn`. */
export interface UnitFigures {
  unitId: string
  unitName: string
  called: number
  inTime: number
  late: number
  unanswered: number
  notItsOwn: number
  doneInTime: number
  doneLate: number
  rated: number
  /** Mean of its ratings; null where it has none. */
  stars: number | null
}

const MONTHS = 12

/** Of whistles of the last twelve months: street and district see every unit, a unit itself. */
export const readFigures = query({
  operation: 'coordination.read-figures',
  permission: 'whistle.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ since: Date; units: UnitFigures[] }>({}),
  async run({ tx, actor, now }) {
    const post = postOf(actor)
    const since = startOf(addMonths(dayOf(now), -MONTHS))
    const whom = seesAll(post.permissions) ? sql`true` : sql`p."unitId" = ${post.organisationId}::uuid`
    const units = await tx.rows(sql<UnitFigures>`
      with reached as (select w.parts, w.ratings from coordination.whistle w where ${inReach(post)} and w.blown_at >= ${since} and w.status <> 'withdrawn'),
      part as (
        select p.*, p.standing = 'passed' and p.dispute is not null as "wasNotIts" from reached,
          jsonb_to_recordset(parts) as p("unitId" uuid, "unitName" text, standing text, "answerBy" timestamptz, "answeredAt" timestamptz, "reportBy" timestamptz, "doneAt" timestamptz, dispute jsonb, backed boolean)
        where ${whom}),
      rating as (select r."unitId", count(*)::int as rated, round(avg(r.stars), 1)::float8 as stars from reached, jsonb_to_recordset(ratings) as r("unitId" uuid, stars int) group by r."unitId")
      select p."unitId", max(p."unitName") as "unitName", count(*)::int as called,
        (count(*) filter (where p."answeredAt" <= p."answerBy" and not p.backed))::int as "inTime",
        (count(*) filter (where p."answeredAt" > p."answerBy" and not p.backed))::int as late,
        (count(*) filter (where p."answeredAt" is null and p."answerBy" < ${now}))::int as unanswered,
        (count(*) filter (where p."wasNotIts"))::int as "notItsOwn",
        (count(*) filter (where p."doneAt" <= p."reportBy"))::int as "doneInTime",
        (count(*) filter (where p."doneAt" > p."reportBy"))::int as "doneLate",
        coalesce(max(r.rated), 0) as rated, max(r.stars) as stars
      from part p left join rating r on r."unitId" = p."unitId" group by p."unitId" order by max(p."unitName"), p."unitId" limit 500`)
    return { since, units }
  },
})
