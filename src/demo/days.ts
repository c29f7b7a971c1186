import { addDays, type Day } from '../platform/time.ts'

/** Whole years of age on a day; who is born on 29 February ages on 1 March of other years. */
export function ageOn(bornOn: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** `day` moved back by whole years; 29 February becomes the 28th where the year has none. */
export const yearsBefore = (day: Day, years: number): Day => Temporal.PlainDate.from(day).subtract({ years }).toString()

/** The day on which somebody was born who has the birthday `days` from `today` and is then `age`. */
export const bornFor = (today: Day, age: number, days: number): Day => yearsBefore(addDays(today, days), age)

export const latest = (...days: Day[]): Day => days.toSorted().at(-1)!
