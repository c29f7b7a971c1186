/**
 * A limit of the law or of a promise, and the stretches of time that do not count towards it.
 */
import { Refusal } from '../../platform/refusal.ts'

/**
 * `hour` and `clock_hour` run through nights and holidays alike; they are two words because the law says 小时 and the
 * standards say 紧急工作时. `working_hour` (工作时) runs in office hours only, `minute` like `hour` at any time.
 */
export const limitUnits = [
  'working_day',
  'calendar_day',
  'month',
  'year',
  'working_hour',
  'hour',
  'clock_hour',
  'minute',
] as const
export type LimitUnit = (typeof limitUnits)[number]

export interface Limit {
  value: number
  unit: LimitUnit
}

/** Where a limit or an exclusion is written: document and clause. */
export interface ClockBasis {
  document: string
  clause: string
}

/** A stretch that is not counted. It must have been told in writing: without a notice number it does not exist. */
export interface Interval {
  type: string
  basis: ClockBasis
  notice: string
  from: Date
  /** null while it lasts: the clock stands still. */
  to: Date | null
}

/** Disjoint stretches in order, in ms; `to` is Infinity while one is open. */
export interface Stretch {
  from: number
  to: number
}

export function checkLimit({ value, unit }: Limit): void {
  if (!limitUnits.includes(unit))
    throw new RangeError(`Unit "${unit}" measures no time; a limit needs one of ${limitUnits.join(', ')}`)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`A limit must be a whole number, not negative; this one is ${value} ${unit}`)
}

/** Overlapping exclusions count once. Refuses one without type, basis or notice, or that ends before it begins. */
export function stretchesOf(excluded: readonly Interval[]): Stretch[] {
  for (const { type, basis, notice, from, to } of excluded) {
    const missing = [
      !type.trim() && 'type',
      !(basis.document.trim() && basis.clause.trim()) && 'basis',
      !notice.trim() && 'notice',
    ].find(Boolean)
    if (missing) throw new Refusal('clock.exclusion_incomplete', 'invalid', { type, missing })
    if (to && to < from) throw new Refusal('clock.exclusion_backwards', 'invalid', { type, notice })
  }
  const sorted = excluded
    .map(({ from, to }) => ({ from: from.getTime(), to: to?.getTime() ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.from - b.from)
  const merged: Stretch[] = []
  for (const each of sorted) {
    const last = merged.at(-1)
    if (last && each.from <= last.to) last.to = Math.max(last.to, each.to)
    else merged.push(each)
  }
  return merged
}
