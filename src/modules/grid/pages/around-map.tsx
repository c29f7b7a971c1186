/** 在地图上看: grids, crossings and numbered incidents as one drawing. No base map, no script; the list says the same in words. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { View } from '../../../ui/index.ts'
import type { Ground } from '../use-cases/around.ts'
import type { ListedIncident } from '../use-cases/public.ts'
import { areaLabel } from './report-where.tsx'

const WIDTH = 640
const MARGIN = 24
const MOST_HIGH = 900

type Position = readonly [lon: number, lat: number]

const ringsOf = ({ boundary }: Ground['grids'][number]): number[][][] =>
  boundary.type === 'Polygon' ? boundary.coordinates : boundary.coordinates.flat()

interface Sheet {
  height: number
  at(position: Position): readonly [x: number, y: number]
}

/** Degrees to the paper, as broad as the ground; a degree of longitude is shorter than one of latitude. */
function sheetOf(positions: readonly Position[]): Sheet | null {
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

interface MapProps {
  view: View
  pack: LoadedPack
  ground: Ground
  rows: readonly ListedIncident[]
}

export function AroundMap({ view, pack, ground, rows }: MapProps) {
  const { t } = view
  const pins = pinsOf(rows)
  const sheet = sheetOf(positionsOf(ground, pins))
  if (!sheet) return null
  const path = (rings: readonly number[][][]) =>
    rings.map((ring) => `M${ring.map((one) => sheet.at(one as unknown as Position).join(' ')).join('L')}Z`).join('')
  return (
    <figure class="k-ground">
      <svg viewBox={`0 0 ${WIDTH} ${sheet.height}`} role="img" aria-label={t('around.map_label', { n: rows.length })}>
        {ground.grids.map((grid) => (
          <path key={grid.code} class="k-ground__grid" d={path(ringsOf(grid))} />
        ))}
        {ground.crossings.map((one) => {
          const [x, y] = sheet.at([one.lon, one.lat])
          return <circle key={one.name} class="k-ground__crossing" cx={x} cy={y} r="3" />
        })}
        {namesOf(ground).map(({ area, position }) => {
          const [x, y] = sheet.at(position)
          return (
            <text key={area} class="k-ground__name" x={x} y={y} text-anchor="middle">
              {areaLabel(view, pack, area)}
            </text>
          )
        })}
        {pins.map(({ position, numbers }) => {
          const [x, y] = sheet.at(position)
          const text = numbers.length > 3 ? `${numbers.slice(0, 2).join('·')}…` : numbers.join('·')
          const half = 12 + 5 * (text.length - 1)
          return (
            <g key={text} class="k-ground__pin">
              <rect x={x - half} y={y - 13} width={2 * half} height="26" rx="13" />
              <text x={x} y={y + 6} text-anchor="middle">
                {text}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption class="k-quiet">
        {t('around.map_note')}
        {ground.grids.some(({ demo }) => demo) && ` ${t('around.map_demo')}`}
      </figcaption>
    </figure>
  )
}

/** Every place that has to fit on the map. */
export const positionsOf = (ground: Ground, pins: readonly Pin[]): Position[] => [
  ...ground.grids.flatMap((grid) => ringsOf(grid).flat() as unknown as Position[]),
  ...pins.map(({ position }) => position),
]

interface Pin {
  position: Position
  /** In the list, from 1. */
  numbers: number[]
}

/** Several at one crossing share a pin: their numbers in the list. */
export function pinsOf(rows: readonly ListedIncident[]): Pin[] {
  const at = new Map<string, Pin>()
  for (const [index, { lon, lat }] of rows.entries()) {
    if (lon === null || lat === null) continue
    const pin = at.get(`${lon} ${lat}`) ?? { position: [lon, lat] as const, numbers: [] }
    pin.numbers.push(index + 1)
    at.set(`${lon} ${lat}`, pin)
  }
  return [...at.values()]
}

/** Each community once, in the middle of its grids. */
function namesOf({ grids }: Ground): { area: string; position: Position }[] {
  const areas = Map.groupBy(grids, ({ area }) => area)
  return [...areas].map(([area, own]) => {
    const points = own.flatMap((grid) => ringsOf(grid).flat()) as unknown as Position[]
    const middle = (of: number[]) => (Math.min(...of) + Math.max(...of)) / 2
    return { area, position: [middle(points.map(([lon]) => lon)), middle(points.map(([, lat]) => lat))] }
  })
}
