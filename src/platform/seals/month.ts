/** Months as partitions are cut: by the calendar of the place. Pure. */
import { startOf } from '../time.ts'

/** `YYYYMM` of the month behind this one. */
export const monthAfter = (month: string): string => {
  const [year, of] = [Number(month.slice(0, 4)), Number(month.slice(4))]
  return of === 12 ? `${year + 1}01` : `${year}${String(of + 1).padStart(2, '0')}`
}

/** Its first instant. */
export const startOfMonth = (month: string): Date => startOf(`${month.slice(0, 4)}-${month.slice(4)}-01`)

/** Whole months from the first instant of `month` to `at`; negative when it is still to come. */
export function monthsBetween(month: string, at: Date): number {
  if (at < startOfMonth(month)) return -1
  let months = 0
  for (let next = monthAfter(month); startOfMonth(next) <= at; next = monthAfter(next)) months++
  return months
}
