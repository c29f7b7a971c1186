/** How far “within n working days” reaches: the same count as the words of a due cell, so that filter and words agree. */

import { dayOfNumber, numberOf } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { type Calendar, isWorkingDay } from './calendar.ts'

/**
 * The first day that lies more than `days` working days after `from`: what is due before it has at most so many left. Days
 * off before it belong to it, since a date that was told before the calendar came may lie on one.
 */
export function firstDayPast(from: Day, days: number, calendar: Calendar): Day {
  let number = numberOf(from)
  for (let left = days + 1; left > 0; ) {
    number += 1
    if (isWorkingDay(dayOfNumber(number), calendar)) left -= 1
  }
  return dayOfNumber(number)
}
