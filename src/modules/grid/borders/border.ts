/** A border as GeoJSON, read and looked over, and how the borders of a community fit together. Pure. */
import { area } from '@turf/area'
import { kinks } from '@turf/kinks'
import { booleanOpWithPolyTree, ClipType, FillRule, type Paths64, type PolyPath64, PolyTree64 } from 'clipper2-ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Bounds, checkedPoint, type MultiPolygon, type Polygon, polygonInWgs84, type System } from '../place.ts'

export type Border = Polygon | MultiPolygon

export const LONGEST_BORDER = 100_000
const MOST_CORNERS = 2_000
/** Square metres. Nobody's grid: a slip of the hand. */
const SMALLEST = 100

const wrong = (code: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal('input.invalid', 'invalid', { fields: [{ path: '/boundary', code, params }] })

/**
 * One polygon, or several that are one grid, out of GeoJSON text; each position is kept as it was delivered, its height is not.
 * @throws Refusal at the field `boundary`: `border.missing`, `border.not_json`, `border.several`, `border.no_polygon`, `border.not_positions`,
 *   `border.not_closed`, `border.too_many`
 */
export function readBorder(text: string): Border {
  if (text.trim() === '') throw wrong('border.missing')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw wrong('border.not_json')
  }
  const geometry = geometryOf(json)
  const polygons =
    geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : null
  if (!Array.isArray(polygons) || polygons.length === 0) throw wrong('border.no_polygon')
  const read = (polygons as unknown[]).map(polygonOf)
  if (read.flat(2).length > MOST_CORNERS) throw wrong('border.too_many', { n: MOST_CORNERS })
  return read.length === 1 ? { type: 'Polygon', coordinates: read[0]! } : { type: 'MultiPolygon', coordinates: read }
}

type Loose = { type?: unknown; coordinates?: unknown; geometry?: unknown; features?: unknown } | null

function geometryOf(json: unknown): Loose {
  const given = json as Loose
  if (given === null || typeof given !== 'object') return null
  if (given.type === 'Feature') return geometryOf(given.geometry)
  if (given.type !== 'FeatureCollection') return given
  if (!Array.isArray(given.features) || given.features.length !== 1) throw wrong('border.several')
  return geometryOf(given.features[0])
}

function polygonOf(rings: unknown): number[][][] {
  if (!Array.isArray(rings) || rings.length === 0) throw wrong('border.not_positions')
  return rings.map((ring) => {
    if (!Array.isArray(ring)) throw wrong('border.not_positions')
    const positions = ring.map((position) => {
      const [lon, lat] = Array.isArray(position) ? position : []
      if (typeof lon !== 'number' || typeof lat !== 'number') throw wrong('border.not_positions')
      return [lon, lat]
    })
    const [first, last] = [positions[0], positions.at(-1)]
    if (positions.length < 4 || first![0] !== last![0] || first![1] !== last![1]) throw wrong('border.not_closed')
    return positions
  })
}

/**
 * The same border, when it encloses something of the place and does not cross itself.
 * @throws Refusal at the field `boundary`: what `checkedPoint` says of a corner, `border.crosses_itself`, `border.too_small`, `border.parts_overlap`
 */
export function checkedBorder(border: Border, crs: System, bounds: Bounds): Border {
  for (const [lon, lat] of corners(border))
    try {
      checkedPoint({ lon: lon!, lat: lat!, crs }, bounds)
    } catch (error) {
      if (error instanceof Refusal) throw wrong(error.code)
      throw error
    }
  const crossing = polygonsOf(border).flatMap((coordinates) => kinks({ type: 'Polygon', coordinates }).features)[0]
  if (crossing) {
    const [lon, lat] = crossing.geometry.coordinates
    throw wrong('border.crosses_itself', { place: `${lon!.toFixed(6)}, ${lat!.toFixed(6)}` })
  }
  const shape = polygonInWgs84(border, crs)
  const inside = squareMetres(shape)
  if (inside < SMALLEST) throw wrong('border.too_small', { n: SMALLEST })
  // What lies twice in its parts, or in a hole outside of them, is counted wrongly.
  const origin = corners(shape)[0]! as [number, number]
  const { squareMetres: covered } = piece(combined(ClipType.Union, pathsOf(shape, origin), null, origin))
  if (Math.abs(covered - inside) > Math.max(SMALLEST, inside / 1000)) throw wrong('border.parts_overlap')
  return border
}

export const polygonsOf = ({ type, coordinates }: Border): number[][][][] => (type === 'Polygon' ? [coordinates] : coordinates)
export const corners = (border: Border): number[][] => polygonsOf(border).flat(2)
export const squareMetres = (border: Border): number => Math.round(area(border as never))

/** A box around it. */
export function boxOf(border: Border): Bounds {
  const [lons, lats] = [corners(border).map(([lon]) => lon!), corners(border).map(([, lat]) => lat!)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** In degrees of WGS84. */
export interface Named {
  id: string
  code: string
  name: string
  shape: Border
}
export interface Piece {
  squareMetres: number
  shape: MultiPolygon
}
/** How the grids of one community lie: what two of them share, what none of them has, what lies outside of it. */
export interface Fit {
  overlaps: (Piece & { one: string; other: string })[]
  gaps: Piece[]
  outside: (Piece & { one: string })[]
  /** Without the community's own border only holes between grids are seen as gaps. */
  outlineKnown: boolean
}

/** Whole numbers of a centimetre, counted from a corner near by: exact, and small enough to be multiplied exactly. */
const UNITS = 1e7
type Origin = readonly [lon: number, lat: number]

const turned = (ring: number[][]): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    return sum + x! * nextY! - nextX! * y!
  }, 0)

/** Outer rings to the left, holes to the right, whichever way they were delivered. */
const pathsOf = (border: Border, [west, south]: Origin): Paths64 =>
  polygonsOf(border).flatMap((rings) =>
    rings.map((ring, hole) => {
      const flat = ring.slice(0, -1).map(([lon, lat]) => [Math.round((lon! - west) * UNITS), Math.round((lat! - south) * UNITS)])
      const points = flat.map(([x, y]) => ({ x: x!, y: y! }))
      return turned(flat) > 0 === (hole === 0) ? points : points.reverse()
    }),
  )

/** Each polygon of the answer with its holes. */
function combined(how: ClipType, subject: Paths64, clip: Paths64 | null, [west, south]: Origin): number[][][][] {
  const tree = new PolyTree64()
  booleanOpWithPolyTree(how, subject, clip, tree, FillRule.NonZero)
  const ringOf = ({ poly }: PolyPath64): number[][] => {
    const ring = (poly ?? []).map(({ x, y }) => [west + x / UNITS, south + y / UNITS])
    return [...ring, ring[0]!]
  }
  const childrenOf = (one: PolyPath64): PolyPath64[] => Array.from({ length: one.count }, (_, at) => one.child(at))
  const polygons = (parent: PolyPath64): number[][][][] =>
    childrenOf(parent).flatMap((outer) => {
      const holes = childrenOf(outer)
      return [[ringOf(outer), ...holes.map(ringOf)], ...holes.flatMap(polygons)]
    })
  return polygons(tree)
}

const piece = (coordinates: number[][][][]): Piece => {
  const shape: MultiPolygon = { type: 'MultiPolygon', coordinates }
  return { shape, squareMetres: coordinates.length === 0 ? 0 : squareMetres(shape) }
}
const apart = (a: Bounds, b: Bounds): boolean => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1]

/** @param sliver square metres below which two borders are the same line drawn twice */
export function fitOf(grids: readonly Named[], outline: Border | null, sliver: number): Fit {
  const counts = ({ squareMetres }: Piece): boolean => squareMetres >= sliver
  const [west = 0, south = 0] = corners(outline ?? grids[0]?.shape ?? { type: 'MultiPolygon', coordinates: [] })[0] ?? []
  const origin = [west, south] as const
  const boxes = grids.map(({ shape }) => boxOf(shape))
  const paths = grids.map(({ shape }) => pathsOf(shape, origin))
  const around = outline && pathsOf(outline, origin)
  const overlaps = grids.flatMap((one, at) =>
    grids.slice(at + 1).flatMap((other, after) => {
      const to = at + 1 + after
      if (apart(boxes[at]!, boxes[to]!)) return []
      const shared = piece(combined(ClipType.Intersection, paths[at]!, paths[to]!, origin))
      return counts(shared) ? [{ one: one.name, other: other.name, ...shared }] : []
    }),
  )
  const bare = around
    ? combined(ClipType.Difference, around, paths.flat(), origin)
    : combined(ClipType.Union, paths.flat(), null, origin).flatMap(([, ...holes]) => holes.map((ring) => [ring]))
  const beyond = around
    ? grids.map(({ name }, at) => ({ one: name, ...piece(combined(ClipType.Difference, paths[at]!, around, origin)) }))
    : []
  return {
    overlaps,
    gaps: bare.map((polygon) => piece([polygon])).filter(counts),
    outside: beyond.filter(counts),
    outlineKnown: outline !== null,
  }
}
