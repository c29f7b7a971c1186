/** Grids, incidents and facilities as features: public knowledge, in WGS84 degrees. */
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { isId } from '../open311/reading.ts'
import { inWgs84, type MultiPolygon, type Polygon, polygonInWgs84, type System } from '../place.ts'
import { anybody } from '../use-cases/public.ts'

export const collections = ['grids', 'incidents', 'facilities'] as const
export type Collection = (typeof collections)[number]
export const MOST_FEATURES = 1000

export interface Feature {
  id: string
  geometry: { type: 'Point'; coordinates: [lon: number, lat: number] } | Polygon | MultiPolygon | null
  properties: Record<string, string | number | boolean | null>
}

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
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
    limit: Type.Integer({ minimum: 1, maximum: MOST_FEATURES }),
    /** Those behind the one of this id: however far on, a page costs what the first one does. */
    after: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  output: Type.Unsafe<{ features: Feature[]; more: boolean }>({}),
  async run({ tx }, { collection, id, box, from, to, area, classCode, limit, after }) {
    const all = [
      ...(id ? [sql`${sql.id(IDS[collection])} = ${id}`] : []),
      ...(area ? [sql`area >= ${area} and area < ${`${area}~`}`] : []),
    ]
    const inBox = (place: ReturnType<typeof sql>) =>
      box ? [sql`box(point(${box[0]}::float8, ${box[1]}::float8), point(${box[2]}::float8, ${box[3]}::float8)) ${place}`] : []
    const page = sql`limit ${limit + 1}`
    const behind = after === undefined ? [] : [collection === 'incidents' ? await behindIncident(tx, after) : sql`code > ${after}`]
    const where = (...more: ReturnType<typeof sql>[]) =>
      all.length + more.length > 0 ? sql`where ${sql.join([...all, ...more], sql` and `)}` : sql``
    const ofClass = classCode ? [sql`class_code = ${classCode}`] : []
    const found = await {
      grids: () =>
        tx
          .rows(sql<GridRow>`select code, name, area, boundary, crs, valid_from as "validFrom", valid_to as "validTo", source, demo from grid.grid
            ${where(...behind, ...inBox(sql`&& box(point(west, south), point(east, north))`), ...(from || to ? [] : [sql`valid_to is null`]), ...(from ? [sql`(valid_to is null or valid_to >= ${from.slice(0, 10)}::date)`] : []), ...(to ? [sql`valid_from <= ${to.slice(0, 10)}::date`] : []))}
            order by code ${page}`)
          .then((rows) => rows.map(featureOfGrid)),
      incidents: () =>
        tx
          .rows(sql<IncidentRow>`select public_id as id, number, class_code as "classCode", title, area, shown_place as place, lon, lat, status, outcome, open, reported_at as "reportedAt", due_at as "dueAt", changed_at as "changedAt" from grid.public_request
            ${where(...behind, ...ofClass, ...inBox(sql`@> point(lon, lat)`), ...(from ? [sql`reported_at >= ${new Date(from)}`] : []), ...(to ? [sql`reported_at <= ${new Date(to)}`] : []))}
            order by reported_at desc, public_id ${page}`)
          .then((rows) => rows.map(featureOfIncident)),
      facilities: () =>
        tx
          .rows(sql<FacilityRow>`select code, class_code as "classCode", name, area, lon, lat, crs, source, demo, recorded_at as "recordedAt", ended_at as "endedAt" from grid.facility
            ${where(...behind, ...ofClass, ...inBox(sql`@> point(lon, lat)`), ...(from || to ? [] : [sql`ended_at is null`]), ...(from ? [sql`(ended_at is null or ended_at >= ${new Date(from)})`] : []), ...(to ? [sql`recorded_at <= ${new Date(to)}`] : []))}
            order by code ${page}`)
          .then((rows) => rows.map(featureOfFacility)),
    }[collection]()
    return { features: found.slice(0, limit), more: found.length > limit }
  },
}) // biome-ignore format: statements

/** The newest come first, of one instant by their id. */
async function behindIncident(tx: Tx, id: string) {
  const last = isId(id)
    ? await tx.maybe(sql<{ at: string }>`select reported_at::text as at from grid.requests_of(${[id]}::uuid[])`)
    : undefined
  if (!last) throw new Refusal('ogc.after_unknown', 'invalid')
  return sql`reported_at <= ${last.at}::timestamptz and (reported_at < ${last.at}::timestamptz or public_id > ${id}::uuid)`
}

/** What a feature is called by. The token of a facility is on its QR code and in no list. */
const IDS = { grids: 'code', incidents: 'public_id', facilities: 'code' } as const satisfies Record<Collection, string>

interface GridRow {
  code: string
  name: string
  area: string
  boundary: Polygon | MultiPolygon
  crs: System
  validFrom: string
  validTo: string | null
  source: string
  demo: boolean
}
/** `demo`: invented, not measured. `crs_delivered`: the system that it was delivered in; the geometry is in WGS84. */
const featureOfGrid = ({ code, name, area, boundary, crs, validFrom, validTo, source, demo }: GridRow): Feature => ({
  id: code,
  geometry: polygonInWgs84(boundary, crs),
  properties: { code, name, area, valid_from: validFrom, valid_to: validTo, source, crs_delivered: crs, demo },
})

interface IncidentRow {
  id: string
  number: string
  classCode: string
  title: string | null
  area: string
  place: string | null
  lon: number | null
  lat: number | null
  status: string
  outcome: string | null
  open: boolean
  reportedAt: Date
  dueAt: Date | null
  changedAt: Date
}
const pointAt = (lon: number | null, lat: number | null): Feature['geometry'] =>
  lon === null ? null : { type: 'Point', coordinates: [lon, lat!] }

const featureOfIncident = ({ id, number, classCode, title, area, place, lon, lat, ...standing }: IncidentRow): Feature => ({
  id,
  geometry: pointAt(lon, lat),
  properties: {
    number,
    class: classCode,
    title,
    area,
    place,
    status: standing.status,
    outcome: standing.outcome,
    open: standing.open,
    reported_at: standing.reportedAt.toISOString(),
    due_at: standing.dueAt?.toISOString() ?? null,
    changed_at: standing.changedAt.toISOString(),
    // A crossing or a public object, and never where somebody stood.
    crs_delivered: 'WGS84',
  },
})

interface FacilityRow {
  code: string
  classCode: string
  name: string
  area: string
  lon: number
  lat: number
  crs: System
  source: string
  demo: boolean
  recordedAt: Date
  endedAt: Date | null
}
function featureOfFacility({ code, classCode, name, area, lon, lat, crs, source, demo, recordedAt, endedAt }: FacilityRow): Feature {
  const at = inWgs84({ lon, lat, crs })
  const [recorded_at, ended_at] = [recordedAt.toISOString(), endedAt?.toISOString() ?? null]
  return {
    id: code,
    geometry: pointAt(at.lon, at.lat),
    properties: { code, class: classCode, name, area, recorded_at, ended_at, source, crs_delivered: crs, demo },
  }
} // biome-ignore format: one row
