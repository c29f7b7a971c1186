/**
 * Which days are worked, and when offices are open. Built from a pack's calendar.csv and calendar.yaml.
 */

import { dayOfNumber, isWeekday, numberOf } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { instantAt } from '../../platform/time.ts'

/** `HH:MM`, in the zone of the business day. */
export interface Session {
  from: string
  to: string
}

export interface OfficeHours {
  validFrom: Day
  sessions: readonly Session[]
}

export interface Calendar {
  /** Mondays to Fridays that are not worked. */
  off: ReadonlySet<Day>
  /** Saturdays and Sundays that are worked. */
  work: ReadonlySet<Day>
  /**
   * Last day that the published notices cover. Later days are called provisional: off are weekends and what the law itself
   * makes a holiday; which days are worked instead nobody knows yet.
   */
  horizon: Day
  /** In order of `validFrom`. */
  officeHours: readonly OfficeHours[]
}

export const isWorkingDay = (day: Day, { off, work }: Calendar): boolean => (isWeekday(day) ? !off.has(day) : work.has(day))

/** Whether a day lies past the published calendar. */
export const isProvisional = (day: Day, { horizon }: Calendar): boolean => day > horizon

/** The day itself if it is worked, else the next one that is. */
export function workingDayFrom(day: Day, calendar: Calendar): Day {
  let number = numberOf(day)
  while (!isWorkingDay(dayOfNumber(number), calendar)) number += 1
  return dayOfNumber(number)
}

/** Working days after `from`, up to and with `to`; negative when `to` lies before. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar) || 0
  let count = 0
  for (let number = numberOf(from) + 1; number <= numberOf(to); number += 1) {
    if (isWorkingDay(dayOfNumber(number), calendar)) count += 1
  }
  return count
}

/** The sessions of a working day; a table that does not reach so far back is an error of the pack, not a guess. */
export function sessionsOn(day: Day, { officeHours }: Calendar): readonly Session[] {
  const found = officeHours.findLast(({ validFrom }) => validFrom <= day)
  if (!found) throw new RangeError(`The pack's calendar.yaml has no office hours for ${day}; add an entry that is valid then`)
  return found.sessions
}

/** The instant at which a day is over for a clock: when offices close, or midnight on a day that is not worked. */
export const closeOf = (day: Day, calendar: Calendar): Date =>
  isWorkingDay(day, calendar) ? instantAt(day, sessionsOn(day, calendar).at(-1)!.to) : instantAt(day, '24:00')
