import { addDays, addMonths } from '../platform/day.ts'
import type { Day } from '../platform/time.ts'

/** `day` moved back by whole years; 29 February becomes the 28th where the year has none. */
export const yearsBefore = (day: Day, years: number): Day => addMonths(day, -12 * years)

/** The day on which somebody was born who has the birthday `days` from `today` and is then `age`. */
export const bornFor = (today: Day, age: number, days: number): Day => yearsBefore(addDays(today, days), age)

export const latest = (...days: Day[]): Day => days.toSorted().at(-1)!
