/** What the public pages ask besides the list: one incident, the feed, the ground of a map, and what may be the same thing. */
import Type from 'typebox'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { boxAround, inWgs84, type MultiPolygon, type Polygon, polygonInWgs84, type System } from '../place.ts'
import { facilityOf } from '../store.ts'
import { anybody, inList, type ListedIncident, type ListedRow, listed, publicLists, standingAsParents } from './public.ts'
import { PlaceShape, placeOf } from './report.ts'
import { type Photo, photosOfPublicId } from './see-photos.ts'

const Area = Type.String({ pattern: '^[0-9]{4,12}$' })
const inside = (area: string) => sql`area >= ${area} and area < ${`${area}~`}`

export interface PublicStep {
  seq: number
  fact: string
  how: string | null
  unit: string | null
  recordedAt: Date
}
export interface PublicIncidentPage {
  found: ListedIncident
  course: PublicStep[]
  /** Those that an officer has cleared. */
  photos: Photo[]
}

/** One incident that an officer has cleared to be shown, and its steps. */
export const readPublicIncident = query({
  operation: 'grid.read-public',
  permission: null,
  actors: anybody,
  input: Type.Object({ publicId: Id }),
  output: Type.Unsafe<PublicIncidentPage>({}),
  async run({ tx }, { publicId }) {
    const [found, course, photos] = await together([
      tx.maybe(sql<ListedRow>`select ${listed} from grid.public_incident where public_id = ${publicId}`),
      tx.rows(
        sql<PublicStep>`select seq, fact, how, unit, recorded_at as "recordedAt" from grid.course_of_public_id(${publicId})`,
      ),
      photosOfPublicId(tx, publicId),
    ])
    if (!found) throw new Refusal('incident.not_found', 'missing')
    const [stands] = await standingAsParents(tx, [found])
    return { found: stands!, course, photos }
  },
})

export interface FeedEntry extends ListedIncident {
  changedAt: Date
}
const FEED_DAYS = 30
const FEED_MOST = 50

/** What was reported or ended lately, the newest first. */
export const listFeed = query({
  operation: 'grid.list-feed',
  permission: null,
  actors: anybody,
  input: Type.Object({
    area: Area,
    list: Type.Optional(Type.Enum([...publicLists])),
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  output: Type.Unsafe<{ entries: FeedEntry[] }>({}),
  async run({ tx, now }, { area, list = 'all', classCode }) {
    const since = new Date(now.getTime() - FEED_DAYS * 86_400_000)
    const rows = await tx.rows(sql<
      ListedRow & { changedAt: Date }
    >`select ${listed}, changed_at as "changedAt" from grid.public_incident
        where ${inside(area)} and ${inList(list, now)} and (${classCode ?? null}::text is null or class_code = ${classCode ?? null}) and (reported_at >= ${since} or closed_at >= ${since}) order by coalesce(closed_at, reported_at) desc, public_id limit ${FEED_MOST}`)
    return { entries: await standingAsParents(tx, rows) }
  },
})

export interface Ground {
  grids: { code: string; name: string; area: string; boundary: Polygon | MultiPolygon; demo: boolean }[]
  crossings: { name: string; lon: number; lat: number }[]
  facilities: { name: string; classCode: string; lon: number; lat: number }[]
}
const MOST_POINTS = 2000

/** Boundaries of grids and public points, in degrees of WGS84. */
export const readGround = query({
  operation: 'grid.read-ground',
  permission: null,
  actors: anybody,
  input: Type.Object({ area: Area }),
  output: Type.Unsafe<Ground>({}),
  async run({ tx }, { area }) {
    const [grids, crossings, facilities] = await together([
      tx.rows(
        sql<
          Ground['grids'][number] & { crs: System }
        >`select code, name, area, boundary, crs, demo from grid.grid where valid_to is null and ${inside(area)} order by code limit ${MOST_POINTS}`,
      ),
      tx.rows(
        sql<
          Ground['crossings'][number]
        >`select name, lon, lat from grid.crossing where street >= ${area.slice(0, 9)} and street < ${`${area.slice(0, 9)}~`} order by name limit ${MOST_POINTS}`,
      ),
      tx.rows(
        sql<
          Ground['facilities'][number] & { crs: System }
        >`select name, class_code as "classCode", lon, lat, crs from grid.facility where ended_at is null and ${inside(area)} order by code limit ${MOST_POINTS}`,
      ),
    ])
    return {
      grids: grids.map(({ crs, ...grid }) => ({ ...grid, boundary: polygonInWgs84(grid.boundary, crs) })),
      crossings,
      facilities: facilities.map(({ crs, lon, lat, ...one }) => ({ ...one, ...inWgs84({ lon, lat, crs }) })),
    }
  },
})

/** Communities that have grids: where a report finds somebody. */
export const listServed = query({
  operation: 'grid.list-served',
  permission: null,
  actors: anybody,
  input: Type.Object({}),
  output: Type.Unsafe<{ areas: string[] }>({}),
  async run({ tx }) {
    const rows = await tx.rows(
      sql<{ area: string }>`select distinct area from grid.grid where valid_to is null order by area limit 5000`,
    )
    return { areas: rows.map(({ area }) => area) }
  },
})

/** The object of a QR code: what it is and where. */
export const readFacility = query({
  operation: 'grid.read-facility',
  permission: null,
  actors: anybody,
  input: Type.Object({ token: Id }),
  output: Type.Object({ name: Type.String(), classCode: Type.String(), area: Type.String() }),
  async run({ tx }, { token }) {
    const found = await facilityOf(tx, token)
    if (!found) throw new Refusal('incident.facility_unknown', 'missing')
    const { name, classCode, area } = found
    return { name, classCode, area }
  },
})

/** How far off an open incident may be and still be asked about: public points are crossings, some way from the place itself. */
const ASKED_METRES = 300
const ASKED_MOST = 5

export interface Settled {
  area: string
  /** The public point that outsiders will see; null where there is none near. */
  shownPlace: string | null
  /** Open ones of the same class near by: “is it one of these?”. */
  alike: ListedIncident[]
}

/**
 * Where a report would lie, and what is open there already.
 * @throws Refusal as `grid.report` does of a place
 */
export const settlePlace = query({
  operation: 'grid.settle-place',
  permission: null,
  actors: ['public', 'resident'],
  input: Type.Object({ classCode: Type.String({ maxLength: 60 }), place: PlaceShape }),
  output: Type.Unsafe<Settled>({}),
  async run(work, { classCode, place }) {
    const pack = work.call.platform.services.packs.inForce()
    const { code, private: between } = pack.incidentClass(classCode)
    const { area, point, shown } = await placeOf(work, pack, place)
    if (between) return { area: area!, shownPlace: null, alike: [] }
    const degrees = point && inWgs84(point)
    const [west, south, east, north] = degrees ? boxAround(degrees, ASKED_METRES) : [0, 0, 0, 0]
    const near = sql`box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)) @> point(shown_lon, shown_lat)`
    return {
      area: area!,
      shownPlace: shown?.name ?? null,
      alike: await standingAsParents(
        work.tx,
        await work.tx.rows(sql<ListedRow>`select ${listed} from grid.public_incident where open and class_code = ${code} and (area = ${area} or ${near})
          order by ${near} desc nulls last, reported_at desc, public_id limit ${ASKED_MOST}`),
      ),
    }
  },
})
