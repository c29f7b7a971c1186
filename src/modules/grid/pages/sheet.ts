/** Degrees onto paper: what drawings of the ground share. Pure. */
import type { MultiPolygon, Polygon } from '../place.ts'

export const WIDTH = 640
const MARGIN = 24
const MOST_HIGH = 900

export type Position = readonly [lon: number, lat: number]

export const ringsOf = (shape: Polygon | MultiPolygon): number[][][] =>
  shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()

export interface Sheet {
  height: number
  at(position: Position): readonly [x: number, y: number]
}

/** Degrees to the paper, as broad as the ground; a degree of longitude is shorter than one of latitude. */
export function sheetOf(positions: readonly Position[]): Sheet | null {
  if (positions.length < 2) return null
  const lons = positions.map(([lon]) => lon)
  const lats = positions.map(([, lat]) => lat)
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const [broad, high] = [(east - west) * shrink, north - south]
  if (broad === 0 && high === 0) return null
  const scale = Math.min((WIDTH - 2 * MARGIN) / (broad || high), (MOST_HIGH - 2 * MARGIN) / (high || broad))
  const left = (WIDTH - broad * scale) / 2
  const round = (n: number) => Math.round(n * 10) / 10
  return {
    height: Math.ceil(high * scale + 2 * MARGIN),
    at: ([lon, lat]) => [round(left + (lon - west) * shrink * scale), round(MARGIN + (north - lat) * scale)],
  }
}

export const pathOf = (sheet: Sheet, shape: Polygon | MultiPolygon): string =>
  ringsOf(shape)
    .map((ring) => `M${ring.map((one) => sheet.at(one as unknown as Position).join(' ')).join('L')}Z`)
    .join('')
