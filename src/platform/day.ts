/**
 * Arithmetic on business days (`YYYY-MM-DD`). Written on the text itself: a rule runs it for millions of persons, a work
 * list shows hundreds of clocks, and Temporal objects cost several times as much as the comparison they serve. What
 * depends on the time zone is in `time.ts`.
 */
import type { Day } from './time.ts'

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Digits read by code: slices through Number() took a third of a rule's time. */
const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528
const yearOf = (day: Day): number => two(day, 0) * 100 + two(day, 2)
const monthOf = (day: Day): number => two(day, 5)
const dateOf = (day: Day): number => two(day, 8)
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const lengthOf = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]!)
const padded = (value: number, width: number): string => String(value).padStart(width, '0')
const dayFrom = (year: number, month: number, date: number): Day => `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`

/** Whether a text is a day that exists. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const month = monthOf(text)
  const date = dateOf(text)
  return yearOf(text) >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= lengthOf(yearOf(text), month)
}

/**
 * Full months from one day to another, negative when `to` is earlier; the one function behind every age and period.
 *
 * A month is full on the day of the same number. Where the month has no such day (born on 29 February, a period from
 * the 31st), 民法典 202 makes the month's last day the *last day of the period*: it is full when that day is over, so
 * on the 1st of the next month. Somebody born on 29 February therefore turns an age on 1 March of a common year.
 * 28 February was considered: on it the person has not yet lived the whole year, and the register counts the same way.
 */
export function fullMonths(from: Day, to: Day): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
  return dateOf(to) < dateOf(from) ? months - 1 : months
}

/** Age in full years (周岁) on a day: reached on the birthday itself (民法典 17–20, 200). Negative before birth. */
export const ageYears = (bornOn: Day, on: Day): number => Math.floor(fullMonths(bornOn, on) / 12)

/**
 * The day of the same number `months` later, or the last day of that month where it has none (民法典 202).
 * Undefined outside the years 1 to 9999.
 */
export function monthsAfter(day: Day, months: number): Day | undefined {
  const count = yearOf(day) * 12 + monthOf(day) - 1 + months
  const year = Math.floor(count / 12)
  if (!(year >= 1 && year <= 9999)) return undefined
  const month = count - year * 12 + 1
  return dayFrom(year, month, Math.min(dateOf(day), lengthOf(year, month)))
}

/** Days since 1 March of year 0, so that a leap day ends its year and needs no case of its own. */
function countOf(day: Day): number {
  const month = monthOf(day)
  const year = yearOf(day) - (month <= 2 ? 1 : 0)
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dateOf(day) - 1
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear
}

/** `days` calendar days later. Undefined outside the years 1 to 9999. */
export const daysAfter = (day: Day, days: number): Day | undefined => dayAt(countOf(day) + days)

function dayAt(number: number): Day | undefined {
  // 306 is 1 January of year 1; 3652364 is 31 December 9999.
  if (!(number >= 306 && number <= 3_652_364)) return undefined
  const era = Math.floor(number / 146_097)
  const ofEra = number - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const date = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  return dayFrom(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date)
}

/** Calendar days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => countOf(to) - countOf(from)

const within = (day: Day | undefined): Day => {
  if (day === undefined) throw new RangeError('a day outside the years 1 to 9999')
  return day
}

/** As `daysAfter`, for who reckons with days of this time. @throws RangeError outside the years 1 to 9999 */
export const addDays = (day: Day, days: number): Day => within(daysAfter(day, days))

/** As `monthsAfter`. @throws RangeError outside the years 1 to 9999 */
export const addMonths = (day: Day, months: number): Day => within(monthsAfter(day, months))

/** 1 January 1970, from which the world counts. */
const EPOCH = countOf('1970-01-01')

/** Days since 1970-01-01. @throws RangeError for what is no day */
export function numberOf(day: Day): number {
  if (!isDay(day)) throw new RangeError(`"${day}" is no day; write YYYY-MM-DD`)
  return countOf(day) - EPOCH
}

export const dayOfNumber = (number: number): Day => within(dayAt(number + EPOCH))

/** Whether a day is a Monday to Friday. */
export const isWeekday = (day: Day): boolean => (numberOf(day) + 3) % 7 < 5
