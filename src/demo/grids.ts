/**
 * The invented ground of the demo: two grids a community in a lattice, crossings at its corners, objects with a code, and
 * every home in one grid. Boundaries are nobody's; each row says so.
 */
import type pg from 'pg'
import { startOf } from '../platform/time.ts'
import type { DemoFile } from './demo-file.ts'
import type { DemoStreet } from './demo-street.ts'
import { type Chance, chanceOf, idOf } from './random.ts'

type Position = readonly [lon: number, lat: number]
export interface DemoGrid {
  id: string
  code: string
  area: string
  corners: readonly [Position, Position, Position, Position]
}
export interface DemoFacility {
  id: string
  token: string
  code: string
  classCode: string
  name: string
  grid: DemoGrid
  at: Position
}
export interface DemoGround {
  grids: DemoGrid[]
  crossings: { id: string; name: string; at: Position }[]
  facilities: DemoFacility[]
}

/** Objects with a code: what they are, what their numbers begin with, and what they are called. */
const OBJECTS = [
  { classCode: 'street-lamp', code: 'L', name: '路灯' },
  { classCode: 'manhole-cover', code: 'M', name: '井盖' },
  { classCode: 'litter', code: 'B', name: '垃圾投放点' },
] as const
const EACH = 6

export function groundOf(file: DemoFile, street: DemoStreet): DemoGround {
  const chance = chanceOf(Number(file.street) + 2)
  const newId = () => idOf(chance, startOf(street.asOf))
  const grids = latticeOf(file, newId, chance)
  return { grids, crossings: crossingsOf(file, grids, newId), facilities: facilitiesOf(file, grids, newId, chance) }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Rows have straight borders and columns slanting ones; neighbours share their corners, so that no gap is between them. */
function latticeOf(file: DemoFile, newId: () => string, chance: Chance): DemoGrid[] {
  const [west, south, east, north] = file.grids.box
  const communities = file.communities.filter(({ area }) => area.startsWith(file.street)).map(({ area }) => area)
  const high = (north - south) / file.grids.columns.length
  const grids: DemoGrid[] = []
  for (const [row, columns] of file.grids.columns.entries()) {
    const own = communities.splice(0, columns)
    const [top, bottom] = [round(north - row * high), round(north - (row + 1) * high)]
    const broad = (east - west) / (own.length * 2)
    const borders = Array.from({ length: own.length * 2 + 1 }, (_, at) => {
      const middle = west + at * broad
      const slant = at === 0 || at === own.length * 2 ? 0 : ((chance.next() - 0.5) * broad) / 2
      return { top: round(middle + slant), bottom: round(middle - slant) }
    })
    for (const [at, area] of own.entries())
      for (const half of [0, 1]) {
        const [left, right] = [borders[2 * at + half]!, borders[2 * at + half + 1]!]
        grids.push({
          id: newId(),
          code: `${area}${String(half + 1).padStart(3, '0')}`,
          area,
          corners: [
            [left.bottom, bottom],
            [right.bottom, bottom],
            [right.top, top],
            [left.top, top],
          ],
        })
      }
  }
  return grids
}

/** At the upper corners of grids, named by two lanes of the file. */
function crossingsOf({ lanes }: DemoFile, grids: readonly DemoGrid[], newId: () => string): DemoGround['crossings'] {
  const pairs = lanes.flatMap((one, at) => lanes.slice(at + 1).map((other) => `${one}、${other}路口`))
  return grids.slice(0, pairs.length).map(({ corners }, at) => ({ id: newId(), name: pairs[at]!, at: corners[3] }))
}

function facilitiesOf(file: DemoFile, grids: readonly DemoGrid[], newId: () => string, chance: Chance): DemoFacility[] {
  return OBJECTS.flatMap(({ classCode, code, name }) =>
    Array.from({ length: EACH }, (_, at) => {
      const grid = grids[(at * 5 + code.charCodeAt(0)) % grids.length]!
      const number = String(at + 1).padStart(3, '0')
      const id = newId()
      return {
        id,
        token: newId(),
        code: `${code}${number}`,
        classCode,
        name: `${chance.pick(file.lanes)}${name} ${code}${number}`,
        grid,
        at: insideOf(grid, chance),
      }
    }),
  )
}

/** A point well inside a grid. */
export function insideOf({ corners }: DemoGrid, chance: Chance): Position {
  const [a, b, c, d] = corners
  const [x, y] = [0.2 + chance.next() * 0.6, 0.2 + chance.next() * 0.6]
  const mix = (from: number, to: number, part: number) => from + (to - from) * part
  return [round(mix(mix(a[0], b[0], x), mix(d[0], c[0], x), y)), round(mix(a[1], d[1], y))]
}

/** Every grid has somebody, so far as the posts of the file reach. */
function assignmentsOf({ grids: { workers, assigned_by } }: DemoFile, { officers }: DemoStreet, { grids }: DemoGround) {
  const posts = new Map(officers.flatMap((one) => one.posts).map((post) => [post.code, post]))
  const named = (code: string) => {
    const post = posts.get(code)
    if (!post) throw new Error(`demo.yaml: grids name post ${code}, which is not there`)
    return post
  }
  const by = named(assigned_by).id
  const own = workers.map(named)
  return grids.flatMap(({ code, area }, at) => {
    const here = own.filter(({ areas }) => areas.includes(area))
    return here.length === 0 ? [] : [{ grid_code: code, area, post_id: here[at % here.length]!.id, recorded_by: by }]
  })
}

/** Written by the owner of the database: drawing grids in the name of an officer is the room's own matter. */
export async function writeGround(
  owner: pg.Client,
  { file, street, ground, now }: { file: DemoFile; street: DemoStreet; ground: DemoGround; now: Date },
): Promise<void> {
  const { source } = file.grids
  const chance = chanceOf(Number(file.street) + 5)
  const shortOf = (area: string) => file.communities.find((one) => one.area === area)?.short ?? area
  const write = (table: string, columns: string, rows: readonly object[]) => {
    const names = columns.split(', ').map((column) => column.split(' ')[0])
    return owner.query(
      `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as given (${columns})`,
      [JSON.stringify(rows)],
    )
  }
  const bounds = (corners: DemoGrid['corners']) => {
    const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)]
    return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) }
  }
  const recorded_at = now.toISOString()
  await write(
    'grid.grid',
    'id uuid, code text, name text, area text, boundary jsonb, crs text, west float8, south float8, east float8, north float8, valid_from date, source text, demo boolean, recorded_at timestamptz',
    ground.grids.map(({ id, code, area, corners }) => ({
      id,
      code,
      name: `${shortOf(area)}第 ${Number(code.slice(-3))} 网格`,
      area,
      boundary: { type: 'Polygon', coordinates: [[...corners, corners[0]]] },
      crs: 'CGCS2000',
      ...bounds(corners),
      valid_from: street.asOf,
      source,
      demo: true,
      recorded_at,
    })),
  )
  // Neighbours share their corners, so that the outer corners of its two grids are the border of the invented community.
  await write(
    'grid.outline',
    'id uuid, area text, boundary jsonb, crs text, valid_from date, source text, demo boolean, recorded_at timestamptz',
    [...Map.groupBy(ground.grids, ({ area }) => area)].map(([area, [left, right]]) => {
      const [a, , , d] = left!.corners
      const [, b, c] = right!.corners
      return {
        ...{ id: idOf(chance, now), area, crs: 'CGCS2000', valid_from: street.asOf, source, demo: true, recorded_at },
        boundary: { type: 'Polygon', coordinates: [[a, left!.corners[1], b, c, left!.corners[2], d, a]] },
      }
    }),
  )
  await write(
    'grid.crossing',
    'id uuid, name text, street text, lon float8, lat float8, source text, demo boolean',
    ground.crossings.map(({ id, name, at: [lon, lat] }) => ({ id, name, street: street.street, lon, lat, source, demo: true })),
  )
  await write(
    'grid.facility',
    'id uuid, token uuid, code text, class_code text, name text, area text, grid_id uuid, lon float8, lat float8, crs text, source text, demo boolean, recorded_at timestamptz',
    ground.facilities.map(({ id, token, code, classCode, name, grid, at: [lon, lat] }) => ({
      ...{ id, token, code, class_code: classCode, name, area: grid.area, grid_id: grid.id, lon, lat },
      ...{ crs: 'CGCS2000', source, demo: true, recorded_at },
    })),
  )
  await write(
    'grid.assignment',
    'id uuid, grid_code text, area text, post_id uuid, recorded_at timestamptz, recorded_by uuid, demo boolean',
    assignmentsOf(file, street, ground).map((one) => ({ id: idOf(chance, now), ...one, recorded_at, demo: true })),
  )
  const gridsOf = Map.groupBy(ground.grids, ({ area }) => area)
  const homes = street.dwellings.flatMap(({ id, area }, at) => {
    const own = gridsOf.get(area)
    return own ? [{ id, area, grid: own[at % own.length]! }] : []
  })
  await write(
    'grid.dwelling_grid',
    'dwelling_id uuid, grid_id uuid, area text, recorded_at timestamptz',
    homes.map(({ id, area, grid }) => ({ dwelling_id: id, grid_id: grid.id, area, recorded_at })),
  )
  await write(
    'grid.dwelling_point',
    'dwelling_id uuid, area text, lon float8, lat float8, crs text, source text, demo boolean, recorded_at timestamptz',
    homes.map(({ id, area, grid }) => {
      const [lon, lat] = insideOf(grid, chance)
      return { dwelling_id: id, area, lon, lat, crs: 'CGCS2000', source, demo: true, recorded_at }
    }),
  )
}
