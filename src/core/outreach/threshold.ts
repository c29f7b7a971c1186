/**
 * `ageYears(person.born_on, on) >= 70` says the same as `person.born_on <= 1956-11-25`, and only the second is served by an index, or
 * read off a row without computing a calendar for each of a million persons. Found by halving with the very functions that the
 * rule itself calls, so that a leap day cannot be told in two ways.
 */
import { dayOfNumber, numberOf } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { FUNCTIONS, type Part, type Value } from '../rules/index.ts'
import type { Term } from './sql.ts'

/** Days of a snapshot lie between these, by its constraints. */
export const FIRST_DAY = '1600-01-01'
export const LAST_DAY = '2400-12-31'

/** Whether a function grows with its first argument. All of them do one or the other, in steps. */
const GROWS: Readonly<Record<string, boolean>> = { ageYears: false, fullMonths: false, addMonths: true, addDays: true }
/** Further away a day of the snapshot could leave the calendar, and the answer would be unknown. */
const FAR = 36_525

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' }

/** SQL of the comparison with a fixed day, or undefined where it cannot be told so. */
export function thresholdOf(
  comparison: Part,
  left: Term,
  right: Term,
  termOf: (part: Part) => Term,
  fixedOf: (part: Part) => Value | undefined,
): string | undefined {
  const turned = left.value !== undefined
  const [call, bound] = turned ? [comparison.parts[1]!, left.value] : [comparison.parts[0]!, right.value]
  const [first, second] = call.parts
  if (call.kind !== 'call' || GROWS[call.name] === undefined || first?.kind !== 'fact' || !second) return undefined
  const by = fixedOf(second)
  if (!isOne(bound) || !isOne(by)) return undefined
  if (typeof by === 'number' && Math.abs(by) > FAR) return undefined
  const run = FUNCTIONS[call.name]!.run as (day: Day, by: number | string) => number | Day
  const grows = GROWS[call.name]!
  const sign = grows ? 1 : -1
  const numberFor = (value: number | Day): number => (typeof value === 'number' ? value : numberOf(value))
  const height = (day: number): number => sign * numberFor(run(dayOfNumber(day), by))
  const wanted = sign * numberFor(bound)
  const plain = turned ? FLIPPED[comparison.name]! : comparison.name
  const op = grows ? plain : FLIPPED[plain]!
  const column = termOf(first).text
  // `from(n)`: the first day at which it is at least n high; one after the last when it never is.
  const from = (n: number): string => `date '${dayOfNumber(firstAt(height, n))}'`
  switch (op) {
    case '>=':
      return `(${column} >= ${from(wanted)})`
    case '>':
      return `(${column} >= ${from(wanted + 1)})`
    case '<':
      return `(${column} < ${from(wanted)})`
    case '<=':
      return `(${column} < ${from(wanted + 1)})`
    case '==':
      return `(${column} >= ${from(wanted)} and ${column} < ${from(wanted + 1)})`
    default:
      return `(${column} < ${from(wanted)} or ${column} >= ${from(wanted + 1)})`
  }
}

/** A known number or day. */
const isOne = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string'

function firstAt(height: (day: number) => number, wanted: number): number {
  let low = numberOf(FIRST_DAY)
  let high = numberOf(LAST_DAY) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (height(middle) >= wanted) high = middle
    else low = middle + 1
  }
  return low
}
