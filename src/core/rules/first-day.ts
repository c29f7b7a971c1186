/**
 * The next day on which something that depends on time holds.
 */

import { daysAfter, daysBetween, monthsAfter } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'

/** A page tells nobody what comes after a lifetime. */
const YEARS = 120
/** A window shorter than a month between two steps would be missed; later on, one shorter than a year. */
const MONTHLY_YEARS = 2

/**
 * Searches in steps, then halves the last step: the day found holds and the day before does not. Undefined if no step
 * within a lifetime holds. At most some 160 calls of `holds`.
 */
export function firstDay(from: Day, holds: (on: Day) => boolean): Day | undefined {
  let before = from
  for (let months = 1; months <= YEARS * 12; months += months < MONTHLY_YEARS * 12 ? 1 : 12) {
    const step = monthsAfter(from, months)
    if (step === undefined) return undefined
    if (holds(step)) return halve(before, step, holds)
    before = step
  }
  return undefined
}

function halve(before: Day, found: Day, holds: (on: Day) => boolean): Day {
  let low = before
  let high = found
  for (let gap = daysBetween(low, high); gap > 1; gap = daysBetween(low, high)) {
    const middle = daysAfter(low, Math.floor(gap / 2))!
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
