/** Where something is: a point as it was delivered, read, bounded and found in a grid. Pure. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import commonGcoord from 'gcoord'
import { Refusal } from '../../platform/refusal.ts'

// Its types say `default` twice of what Node hands over once.
const { GCJ02, transform, WGS84 } = commonGcoord as unknown as typeof commonGcoord.default

/** Systems of coordinates. CGCS2000 and WGS84 differ by centimetres; GCJ02, of the country's web maps, by hundreds of metres. */
export const systems = ['CGCS2000', 'WGS84', 'GCJ02'] as const
export type System = (typeof systems)[number]

/** GeoJSON shapes of a grid. */
export interface Polygon {
  type: 'Polygon'
  coordinates: number[][][]
}
export interface MultiPolygon {
  type: 'MultiPolygon'
  coordinates: number[][][][]
}

/** Degrees, as delivered. */
export interface Point {
  lon: number
  lat: number
  crs: System
}

export type Bounds = readonly [west: number, south: number, east: number, north: number]

const isWithin = ([west, south, east, north]: Bounds, lon: number, lat: number): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north

/**
 * A point that lies in the place.
 * @throws Refusal incident.place_not_a_point · incident.place_zero · incident.place_swapped · incident.place_outside
 */
export function checkedPoint(point: Point, bounds: Bounds): Point {
  const { lon, lat } = point
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 || Math.abs(lat) > 180)
    throw new Refusal('incident.place_not_a_point', 'invalid')
  if (lon === 0 && lat === 0) throw new Refusal('incident.place_zero', 'invalid')
  const { lon: east, lat: north } = inWgs84(point)
  if (isWithin(bounds, east, north)) return point
  // Never put right by itself: a machine that guesses sends somebody to the wrong street.
  throw new Refusal(isWithin(bounds, lat, lon) ? 'incident.place_swapped' : 'incident.place_outside', 'invalid')
}

/** In degrees of WGS84, which is what GeoJSON and outsiders use. */
export function inWgs84({ lon, lat, crs }: Point): { lon: number; lat: number } {
  if (crs !== 'GCJ02') return { lon, lat }
  const [east, north] = transform([lon, lat], GCJ02, WGS84)
  return { lon: east, lat: north }
}

/** Of the grids whose boxes hold the point, the one that does; on a border the first by code. */
export const gridHolding = <G extends { boundary: Polygon | MultiPolygon; crs: System; code: string }>(
  grids: readonly G[],
  point: Point,
): G | undefined =>
  grids
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .find(({ boundary, crs }) => {
      // A boundary of the same system is compared as both were delivered: nothing is lost by turning to and fro.
      const { lon, lat } = crs === point.crs ? point : inWgs84(point)
      const shape = crs === point.crs ? boundary : polygonInWgs84(boundary, crs)
      return booleanPointInPolygon([lon, lat], shape)
    })

export function polygonInWgs84<P extends Polygon | MultiPolygon>(shape: P, crs: System): P {
  if (crs !== 'GCJ02') return shape
  // Its types know a position of two or three numbers, GeoJSON's own any.
  return transform(structuredClone(shape) as never, GCJ02, WGS84) as unknown as P
}

/** From one system into another, for a map that has its own. */
export const polygonBetween = <P extends Polygon | MultiPolygon>(shape: P, from: System, to: System): P => {
  const plain = polygonInWgs84(shape, from === to ? 'WGS84' : from)
  return to === 'GCJ02' && from !== to ? (transform(structuredClone(plain) as never, WGS84, GCJ02) as unknown as P) : plain
}

export function pointBetween({ lon, lat, crs }: Point, to: System): { lon: number; lat: number } {
  const plain = inWgs84({ lon, lat, crs: crs === to ? 'WGS84' : crs })
  if (to !== 'GCJ02' || crs === to) return plain
  const [east, north] = transform([plain.lon, plain.lat], WGS84, GCJ02)
  return { lon: east, lat: north }
}

/** Metres between two points that are near each other. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const north = (a.lat - b.lat) * METRES_A_DEGREE
  const east = (a.lon - b.lon) * METRES_A_DEGREE * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  return Math.hypot(north, east)
}
/** Along a meridian; good to half a percent. */
const METRES_A_DEGREE = 111_320

/** A box that holds every point within so many metres. */
export function boxAround({ lon, lat }: { lon: number; lat: number }, metres: number): Bounds {
  const north = metres / METRES_A_DEGREE
  const east = north / Math.cos((lat * Math.PI) / 180)
  return [lon - east, lat - north, lon + east, lat + north]
}
