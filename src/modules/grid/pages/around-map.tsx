/** 在地图上看: grids, crossings and numbered incidents as one drawing. No base map, no script; the list says the same in words. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { View } from '../../../ui/index.ts'
import type { Ground } from '../use-cases/around.ts'
import type { ListedIncident } from '../use-cases/public.ts'
import { areaLabel } from './report-where.tsx'
import { type Position, pathOf, ringsOf, sheetOf, WIDTH } from './sheet.ts'

interface MapProps {
  view: View
  pack: LoadedPack
  ground: Ground
  rows: readonly ListedIncident[]
}

export function AroundMap({ view, pack, ground, rows }: MapProps) {
  const { t } = view
  const pins = pinsOf(rows)
  const unplaced = rows.flatMap(({ lon, lat }, at) => (lon === null || lat === null ? [at + 1] : []))
  const sheet = sheetOf(positionsOf(ground, pins))
  if (!sheet) return null
  return (
    <figure class="k-ground">
      <svg viewBox={`0 0 ${WIDTH} ${sheet.height}`} role="img" aria-label={t('around.map_label', { n: rows.length })}>
        {ground.grids.map((grid) => (
          <path key={grid.code} class="k-ground__grid" d={pathOf(sheet, grid.boundary)} />
        ))}
        {ground.crossings.map((one) => {
          const [x, y] = sheet.at([one.lon, one.lat])
          return <circle key={one.name} class="k-ground__crossing" cx={x} cy={y} r="3" />
        })}
        {ground.facilities.map((one) => {
          const [x, y] = sheet.at([one.lon, one.lat])
          return <rect key={one.name} class="k-ground__facility" x={x - 3.5} y={y - 3.5} width="7" height="7" />
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
        {unplaced.length > 0 && ` ${t('around.map_unplaced', { numbers: unplaced.join(', ') })}`}
        {ground.grids.some(({ demo }) => demo) && ` ${t('around.map_demo')}`}
      </figcaption>
    </figure>
  )
}

/** Every place that has to fit on the map. */
export const positionsOf = (ground: Ground, pins: readonly Pin[]): Position[] => [
  ...ground.grids.flatMap((grid) => ringsOf(grid.boundary).flat() as unknown as Position[]),
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
    const points = own.flatMap((grid) => ringsOf(grid.boundary).flat()) as unknown as Position[]
    const middle = (of: number[]) => (Math.min(...of) + Math.max(...of)) / 2
    return { area, position: [middle(points.map(([lon]) => lon)), middle(points.map(([, lat]) => lat))] }
  })
}
