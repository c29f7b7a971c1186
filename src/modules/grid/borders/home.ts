/** In which grid a home lies, and in which it should, by where it stands. Pure. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { CsvError, type CsvRow, readCsv } from '../../../platform/csv.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Bounds, checkedPoint, inWgs84, type Point, type System } from '../place.ts'
import type { Named } from './border.ts'

/**
 * `none`: in no grid. `elsewhere`: in another than where it stands. `several`: it stands where grids overlap. `bare`: it stands where no
 * grid is. `unplaced`: nobody has said where it stands. `right`: in the one grid that it stands in.
 */
export const homeStandings = ['none', 'elsewhere', 'several', 'bare', 'unplaced', 'right'] as const
export type HomeStanding = (typeof homeStandings)[number]

export interface Home {
  id: string
  address: string
  /** A running grid; of one that ended it is in none. */
  gridId: string | null
  lon: number | null
  lat: number | null
  crs: System | null
}
export interface PlacedHome extends Home {
  standing: HomeStanding
  /** The one grid that holds the point; null where there is none, several, or no point. */
  proposed: string | null
}

export function placed(home: Home, grids: readonly Named[]): PlacedHome {
  const point = home.lon === null ? null : inWgs84({ lon: home.lon, lat: home.lat!, crs: home.crs! })
  const holding = point ? grids.filter(({ shape }) => booleanPointInPolygon([point.lon, point.lat], shape)) : []
  const proposed = holding.length === 1 ? holding[0]!.id : null
  return {
    ...home,
    proposed,
    standing: standingOf(
      home.gridId,
      point !== null,
      holding.map(({ id }) => id),
    ),
  }
}

function standingOf(gridId: string | null, known: boolean, holding: readonly string[]): HomeStanding {
  if (gridId === null) return 'none'
  if (!known) return 'unplaced'
  if (holding.length === 0) return 'bare'
  if (holding.length > 1) return 'several'
  return holding[0] === gridId ? 'right' : 'elsewhere'
}

export interface PointLine {
  line: number
  address: string
  lon: number
  lat: number
}
const MOST_LINES = 2_000
const NAMED = 8

/**
 * A table (CSV) of address, longitude and latitude in this order, under a head that may call them anything.
 * @throws Refusal at the field `points`: `home.no_lines`, `home.too_many_lines`, `home.lines_wrong`, `home.lines_outside`
 */
export function readPoints(text: string, crs: System, bounds: Bounds): PointLine[] {
  const rows = rowsOf(text)
  if (rows.length > MOST_LINES) throw wrong('home.too_many_lines', { n: MOST_LINES })
  const lines = rows.map(({ line, row }) => {
    const [address = '', lon = '', lat = ''] = Object.values(row).map((cell) => cell.trim())
    return { line, address, lon: Number(lon || Number.NaN), lat: Number(lat || Number.NaN) }
  })
  const unread = lines.filter(({ address, lon, lat }) => address === '' || !Number.isFinite(lon) || !Number.isFinite(lat))
  if (unread.length > 0) throw wrong('home.lines_wrong', { lines: linesOf(unread) })
  const outside = lines.filter(({ lon, lat }) => !isInside({ lon, lat, crs }, bounds))
  if (outside.length > 0) throw wrong('home.lines_outside', { lines: linesOf(outside) })
  return lines
}

const wrong = (code: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal('input.invalid', 'invalid', { fields: [{ path: '/points', code, params }] })
/** As many as a sentence can name. */
export const linesOf = (lines: readonly { line: number }[]): string[] => lines.slice(0, NAMED).map(({ line }) => String(line))

function rowsOf(text: string): CsvRow[] {
  if (text.trim() === '') throw wrong('home.no_lines')
  try {
    const rows = readCsv(text.trim(), '')
    const [, second = ''] = Object.keys(rows[0]?.row ?? {})
    // Without a head the first home would be taken for one.
    if (second === '' || Number.isFinite(Number(second))) throw wrong('home.no_lines')
    return rows
  } catch (error) {
    if (error instanceof CsvError) throw wrong('home.lines_wrong', { lines: linesOf([error]) })
    throw error
  }
}

function isInside(point: Point, bounds: Bounds): boolean {
  try {
    checkedPoint(point, bounds)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
