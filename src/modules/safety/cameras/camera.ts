/** 公共视频: what stands in the register, and what becomes of a request for footage. Pure. */
import { withhold } from '../../../core/outreach/index.ts'
import { addDays } from '../../../platform/day.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import type { System } from '../../grid/index.ts'

export interface Camera {
  id: string
  area: string
  place: string
  purpose: string
  keeper: string
  contact: string
  retentionDays: number
  sign: boolean
  basis: string
  recordedAt: Date
  /** In degrees as delivered, all three or none: what was registered without a point has none. */
  lon: number | null
  lat: number | null
  crs: System | null
}

export const requestStatuses = ['waiting', 'approved', 'refused', 'withdrawn'] as const
export type RequestStatus = (typeof requestStatuses)[number]
export const askers = ['self', 'organ'] as const
export type Asker = (typeof askers)[number]
export const hows = ['viewed', 'copy'] as const

/** More than a day of one camera is nobody's own. */
export const LONGEST_HOURS = 24
const HOUR = 3_600_000

/** Why this stretch of time is none; null when it is. */
export function stretchFault(
  from: Date,
  to: Date,
  now: Date,
): 'footage.turned_round' | 'footage.too_long' | 'footage.not_yet' | null {
  if (to <= from) return 'footage.turned_round'
  if (to.getTime() - from.getTime() > LONGEST_HOURS * HOUR) return 'footage.too_long'
  return to > now ? 'footage.not_yet' : null
}

/** The day on which it is overwritten, if nobody keeps it. */
export const overwrittenOn = (to: Date, retentionDays: number): Day => addDays(dayOf(to), retentionDays)

/** Of one year. Cells of 1 to 9 are withheld, and with them what would give them away. */
export interface CountedYear {
  year: number
  /** By asker, then by status; null is withheld. */
  cells: (number | null)[][]
  total: number | null
}

export function countedYears(rows: readonly { year: number; asker: Asker; status: RequestStatus; n: number }[]): CountedYear[] {
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => b - a)
  return years.map((year) => {
    const of = (asker: Asker, status: RequestStatus) =>
      rows.find((row) => row.year === year && row.asker === asker && row.status === status)?.n ?? 0
    const { cells, total } = withhold(askers.map((asker) => requestStatuses.map((status) => of(asker, status))))
    return { year, cells, total }
  })
}
