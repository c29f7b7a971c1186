import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql, type Tx, together } from '../../../platform/database/tx.ts'
import type { Day } from '../../../platform/time.ts'
import { polygonInWgs84, type System } from '../place.ts'
import { workersIn } from '../tasks/store.ts'
import { type Border, boxOf } from './border.ts'
import type { Home } from './home.ts'

/** A border as it was delivered, with when it held and why. */
export interface Drawn {
  id: string
  area: string
  boundary: Border
  crs: System
  validFrom: Day
  validTo: Day | null
  source: string
  demo: boolean
  why: string | null
}
export interface DrawnGrid extends Drawn {
  code: string
  name: string
  homes: number
}
/** One that ended, or the running one, with who drew it. */
export interface Course extends Pick<DrawnGrid, 'id' | 'code' | 'name' | 'validFrom' | 'validTo' | 'source' | 'why'> {
  by: string | null
  endedWhy: string | null
}

const drawn = sql`g.id, g.area, g.boundary, g.crs, g.valid_from as "validFrom", g.valid_to as "validTo", g.source, g.demo, g.why`
const within = (areas: readonly string[]) =>
  sql`(${sql.join(
    areas.map((own) => sql`(g.area >= ${own} and g.area < ${`${own}~`})`),
    sql` or `,
  )})`

const oneOf = (areas: readonly string[]) => sql`g.area = any(${areas}::text[])`

/** Communities that have grids, by code. */
export const listGridded = async (tx: Tx, areas: readonly string[], most: number, skip: number): Promise<string[]> => {
  const rows = await tx.rows(sql<{
    area: string
  }>`select distinct g.area from grid.grid g where g.valid_to is null and ${within(areas)}
    order by g.area limit ${most} offset ${skip}`)
  return rows.map(({ area }) => area)
}

/** Running ones of communities, with how many homes are in each. */
export const listGrids = (tx: Tx, communities: readonly string[]): Promise<DrawnGrid[]> =>
  tx.rows(sql<DrawnGrid>`select ${drawn}, g.code, g.name, (select count(*) from grid.dwelling_grid h where h.grid_id = g.id)::int as homes
    from grid.grid g where g.valid_to is null and ${oneOf(communities)} order by g.code limit 5000`)

export const listOutlines = (tx: Tx, communities: readonly string[]): Promise<Drawn[]> =>
  tx.rows(sql<Drawn>`select ${drawn} from grid.outline g where g.valid_to is null and ${oneOf(communities)} order by g.area`)

export const listCourse = (tx: Tx, area: string, code?: string): Promise<Course[]> =>
  tx.rows(sql<Course>`select g.id, g.code, g.name, g.valid_from as "validFrom", g.valid_to as "validTo", g.source, g.why, g.ended_why as "endedWhy", o.officer_name as by
    from grid.grid g left join access.officer_of_post o on o.post_id = g.recorded_by
    where g.area = ${area} and (${code ?? null}::text is null or g.code = ${code ?? null}) order by g.recorded_at desc, g.id desc limit 200`)

export const groundOf = async (tx: Tx, area: string): Promise<{ grids: DrawnGrid[]; outline: Drawn | null }> => {
  const [grids, outlines] = await together([listGrids(tx, [area]), listOutlines(tx, [area])])
  return { grids, outline: outlines[0] ?? null }
}

/** Of two who draw in one community at the same moment the second waits. */
export const holdCommunity = (tx: Tx, area: string): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('grid.borders'), hashtext(${area}))`)

export const endGridRow = (tx: Tx, id: string, on: Day, by: string, why: string | null): Promise<number> =>
  tx.run(sql`update grid.grid set valid_to = ${on}, ended_by = ${by}, ended_why = ${why} where id = ${id} and valid_to is null`)

export const endOutline = (tx: Tx, area: string, on: Day, by: string): Promise<number> =>
  tx.run(sql`update grid.outline set valid_to = ${on}, ended_by = ${by} where area = ${area} and valid_to is null`)

/** Codes are never used again, also not those of grids that ended. */
export const nextCode = async (tx: Tx, area: string): Promise<string> => {
  const { n } = await tx.one(
    sql<{
      n: number
    }>`select coalesce(max(right(code, 3)::int), 0) + 1 as n from grid.grid where area = ${area} and code ~ ('^' || ${area} || '[0-9]{3}$')`,
  )
  return `${area}${String(n).padStart(3, '0')}`
}

export interface NewBorder {
  id: string
  area: string
  boundary: Border
  crs: System
  on: Day
  source: string
  why: string
  by: string
  now: Date
}
export function insertGrid(tx: Tx, g: NewBorder & { code: string; name: string }): Promise<unknown> {
  const [west, south, east, north] = boxOf(polygonInWgs84(g.boundary, g.crs))
  return tx.run(sql`insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, why, recorded_at, recorded_by)
    values (${g.id}, ${g.code}, ${g.name}, ${g.area}, ${JSON.stringify(g.boundary)}::jsonb, ${g.crs}, ${west}, ${south}, ${east}, ${north}, ${g.on}, ${g.source}, ${g.why}, ${g.now}, ${g.by})`)
}
export const insertOutline = (tx: Tx, g: NewBorder): Promise<unknown> =>
  tx.run(sql`insert into grid.outline (id, area, boundary, crs, valid_from, source, why, recorded_at, recorded_by)
    values (${g.id}, ${g.area}, ${JSON.stringify(g.boundary)}::jsonb, ${g.crs}, ${g.on}, ${g.source}, ${g.why}, ${g.now}, ${g.by})`)

/** Homes go with the grid that takes the place of theirs; where they stand may say otherwise, which is shown. */
export const moveHomes = (tx: Tx, from: string, to: string, by: string, now: Date): Promise<number> =>
  tx.run(sql`update grid.dwelling_grid set grid_id = ${to}, recorded_at = ${now}, recorded_by = ${by} where grid_id = ${from}`)

/** Of one community; what lies in a grid that ended lies in none. */
export const listHomes = (tx: Tx, area: string): Promise<Home[]> =>
  tx.rows(sql<Home>`select d.id, d.address, g.id as "gridId", p.lon, p.lat, p.crs from people.dwelling d
    left join grid.dwelling_grid h on h.dwelling_id = d.id left join grid.grid g on g.id = h.grid_id and g.valid_to is null
    left join grid.dwelling_point p on p.dwelling_id = d.id
    where d.area = ${area} order by d.address collate "C", d.id limit 20000`)

/** A home is in one grid: whoever puts it into another takes it out of this one. */
export const putHomes = (
  tx: Tx,
  area: string,
  homes: readonly { id: string; gridId: string }[],
  by: string,
  now: Date,
): Promise<number> =>
  tx.run(sql`insert into grid.dwelling_grid (dwelling_id, grid_id, area, recorded_at, recorded_by)
    select g."id", g."gridId", ${area}, ${now}, ${by} from jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as g ("id" uuid, "gridId" uuid)
    on conflict (dwelling_id) do update set grid_id = excluded.grid_id, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`)

export interface PlacedPoint {
  id: string
  lon: number
  lat: number
}
export const placeHomesAt = (
  tx: Tx,
  area: string,
  points: readonly PlacedPoint[],
  { crs, source, by, now }: Pick<NewBorder, 'crs' | 'source' | 'by' | 'now'>,
): Promise<number> =>
  tx.run(sql`insert into grid.dwelling_point (dwelling_id, area, lon, lat, crs, source, recorded_at, recorded_by)
    select g."id", ${area}, g."lon", g."lat", ${crs}, ${source}, ${now}, ${by} from jsonb_to_recordset(${JSON.stringify(points)}::jsonb) as g ("id" uuid, "lon" float8, "lat" float8)
    on conflict (dwelling_id) do update set lon = excluded.lon, lat = excluded.lat, crs = excluded.crs, source = excluded.source, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`)

export interface Assigned {
  gridCode: string
  postId: string
  name: string
  demo: boolean
}
/** Of communities of an area, those who work there still; whoever left is not named, and the next word about the grid ends it. */
export const listAssigned = (
  tx: Tx,
  pack: LoadedPack,
  area: string,
  communities: readonly string[],
  on: Day,
): Promise<Assigned[]> =>
  tx.rows(sql<Assigned>`select a.grid_code as "gridCode", a.post_id as "postId", w.officer_name as name, a.demo
    from grid.assignment a join ${workersIn(pack, area, on)} w on w.post_id = a.post_id
    where a.area = any(${communities}::text[]) and a.ended_at is null order by w.officer_name, a.post_id limit 20000`)
