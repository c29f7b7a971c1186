/** Grids, incidents, facilities and cameras as features: public knowledge, in WGS84 degrees. */
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { anybody } from '../use-cases/public.ts'
import {
  type CameraRow,
  type FacilityRow,
  type Feature,
  featureOfCamera,
  featureOfFacility,
  featureOfGrid,
  featureOfIncident,
  type GridRow,
  type IncidentRow,
  meets,
  partsOf,
  widened,
} from './features.ts'

export const collections = ['grids', 'incidents', 'facilities', 'cameras'] as const
export type Collection = (typeof collections)[number]
export const MOST_FEATURES = 1000

const Instant = Type.String({ format: 'date-time' })
const Degrees = Type.Number({ minimum: -180, maximum: 180 })

/** Those in a box, of a time, of an area, of a class; one more than asked for says that there are more. */
export const listFeatures = query({
  operation: 'grid.list-features',
  permission: null,
  actors: anybody,
  input: Type.Object({
    collection: Type.Enum([...collections]),
    id: Type.Optional(Type.String({ maxLength: 60 })),
    box: Type.Optional(Type.Tuple([Degrees, Degrees, Degrees, Degrees])),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })),
    /** Of a camera what it is for. */
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
    limit: Type.Integer({ minimum: 1, maximum: MOST_FEATURES }),
    /** Those behind the one of this id: however far on, a page costs what the first one does. */
    after: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  /** `next`: behind which id it goes on; null at the end. A page may hold fewer than were asked for and yet go on. */
  output: Type.Unsafe<{ features: Feature[]; next: string | null }>({}),
  async run({ tx }, { collection, id, box, from, to, area, classCode, limit, after }) {
    const all = [
      ...(id ? [sql`${sql.id(IDS[collection])} = ${id}`] : []),
      ...(area ? [sql`area >= ${area} and area < ${`${area}~`}`] : []),
    ]
    const inBox = (place: ReturnType<typeof sql>) => {
      if (!box) return []
      const each = partsOf(box).map((part) => {
        const [west, south, east, north] = collection === 'incidents' ? part : widened(part)
        return sql`box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)) ${place}`
      })
      return [sql`(${sql.join(each, sql` or `)})`]
    }
    const page = sql`limit ${limit + 1}`
    const behind = after === undefined ? [] : [collection === 'incidents' ? await behindIncident(tx, after) : sql`${sql.id(IDS[collection])} > ${idAfter(collection, after)}`]
    const where = (...more: ReturnType<typeof sql>[]) =>
      all.length + more.length > 0 ? sql`where ${sql.join([...all, ...more], sql` and `)}` : sql``
    const ofClass = (column: string) => (classCode ? [sql`${sql.id(column)} = ${classCode}`] : [])
    const found = await {
      grids: () =>
        tx
          .rows(sql<GridRow>`select code, name, area, boundary, crs, valid_from as "validFrom", valid_to as "validTo", source, demo from grid.grid
            ${where(...behind, ...inBox(sql`&& box(point(west, south), point(east, north))`), ...(from || to ? [] : [sql`valid_to is null`]), ...(from ? [sql`(valid_to is null or valid_to >= ${from.slice(0, 10)}::date)`] : []), ...(to ? [sql`valid_from <= ${to.slice(0, 10)}::date`] : []))}
            order by code ${page}`)
          .then((rows) => rows.map(featureOfGrid)),
      incidents: () =>
        tx
          .rows(sql<IncidentRow>`with r as (select public_id, number, class_code, title, area, shown_place, lon, lat, status, outcome, open, reported_at, due_at, changed_at from grid.public_request
            ${where(...behind, ...ofClass('class_code'), ...inBox(sql`@> point(lon, lat)`), ...(from ? [sql`reported_at >= ${new Date(from)}`] : []), ...(to ? [sql`reported_at <= ${new Date(to)}`] : []))}
            order by reported_at desc, public_id ${page})
            select r.public_id as id, r.number, r.class_code as "classCode", r.title, r.area, r.shown_place as place, r.lon, r.lat, r.status, r.outcome, r.open, r.reported_at as "reportedAt", r.due_at as "dueAt", r.changed_at as "changedAt",
              coalesce(p.round, o.round) as round, coalesce(p.was_late, o.was_late) as "wasLate", case when o.parent_public_id is null then o.handled_at else p.handled_at end as "handledAt", o.parent_public_id as "linkedTo"
            from r join grid.public_incident o on o.public_id = r.public_id left join grid.public_incident p on p.public_id = o.parent_public_id order by r.reported_at desc, r.public_id`)
          .then((rows) => rows.map(featureOfIncident)),
      facilities: () =>
        tx
          .rows(sql<FacilityRow>`select code, class_code as "classCode", name, area, lon, lat, crs, source, demo, recorded_at as "recordedAt", ended_at as "endedAt" from grid.facility
            ${where(...behind, ...ofClass('class_code'), ...inBox(sql`@> point(lon, lat)`), ...(from || to ? [] : [sql`ended_at is null`]), ...(from ? [sql`(ended_at is null or ended_at >= ${new Date(from)})`] : []), ...(to ? [sql`recorded_at <= ${new Date(to)}`] : []))}
            order by code ${page}`)
          .then((rows) => rows.map(featureOfFacility)),
      cameras: () =>
        tx
          .rows(sql<CameraRow>`select id, area, place, purpose, keeper, contact, retention_days as "retentionDays", sign, basis, recorded_at as "recordedAt", lon, lat, crs from safety.public_camera
            ${where(...behind, ...ofClass('purpose'), ...inBox(sql`@> point(lon, lat)`), ...(to ? [sql`recorded_at <= ${new Date(to)}`] : []))}
            order by id ${page}`)
          .then((rows) => rows.map(featureOfCamera)),
    }[collection]()
    const features = found.slice(0, limit)
    return { features: box ? features.filter((one) => partsOf(box).some((part) => meets(one, part))) : features, next: found.length > limit ? features.at(-1)!.id : null }
  },
}) // biome-ignore format: statements

function idAfter(collection: Collection, after: string): string {
  if (collection === 'cameras' && !isId(after)) throw new Refusal('ogc.after_unknown', 'invalid')
  return after
}

/** The newest come first, of one instant by their id. */
async function behindIncident(tx: Tx, id: string) {
  const last = isId(id)
    ? await tx.maybe(sql<{ at: string }>`select reported_at::text as at from grid.requests_of(${[id]}::uuid[])`)
    : undefined
  if (!last) throw new Refusal('ogc.after_unknown', 'invalid')
  return sql`reported_at <= ${last.at}::timestamptz and (reported_at < ${last.at}::timestamptz or public_id > ${id}::uuid)`
}

/** What a feature is called by. The token of a facility is on its QR code and in no list. */
const IDS = { grids: 'code', incidents: 'public_id', facilities: 'code', cameras: 'id' } as const satisfies Record<
  Collection,
  string
>
