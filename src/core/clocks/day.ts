/**
 * Arithmetic on business days. A clock walks day by day and a work list shows hundreds of clocks, so days are counted
 * as whole numbers here: 0.5 µs a step where Temporal took 1.3. What depends on the time zone stays with Temporal.
 */
import { type Day, TIME_ZONE } from '../../platform/time.ts'

const msPerDay = 86_400_000

/** Days since 1970-01-01. */
export function numberOf(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(ms)) throw new RangeError(`"${day}" is no day; write YYYY-MM-DD`)
  return ms / msPerDay
}

export const dayOfNumber = (number: number): Day => new Date(number * msPerDay).toISOString().slice(0, 10)

/** True of a real date only: 2026-02-30 is none. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && dayOfNumber(numberOf(text)) === text

/** Whether a day is a Monday to Friday. */
export const isWeekday = (day: Day): boolean => (numberOf(day) + 3) % 7 < 5

/** The instant of a time `HH:MM` on a day; `24:00` is the end of the day. */
export function instantAt(day: Day, time: string): Date {
  const date = Temporal.PlainDate.from(day)
  const zoned =
    time === '24:00'
      ? date.add({ days: 1 }).toZonedDateTime(TIME_ZONE)
      : date.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time })
  return new Date(zoned.epochMilliseconds)
}

/** The day with the same number `months` later, or the last of that month where it has none (民法典 202). */
export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString()
