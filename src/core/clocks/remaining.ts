/**
 * What a due cell shows: 剩 3 个工作日 · 今天 17:30 · 超期 1 天 · 暂停计时，剩 5 个工作日.
 */

import { numberOf } from '../../platform/day.ts'
import { dayOf } from '../../platform/time.ts'
import { type Calendar, workingDaysBetween } from './calendar.ts'
import { type Due, pieces, type Running } from './due.ts'
import { type Span, spanOf } from './span.ts'

export interface Remaining extends Span {
  overdue: boolean
}

/**
 * Left in the unit of the limit, months and years in days. Overdue is said in calendar days, as people count lateness,
 * and on the day itself in hours or minutes: never “overdue by 0 days”. A paused clock shows what is left; `due.state`
 * says that it stands still.
 */
export function remaining(
  now: Date,
  due: Pick<Running, 'state' | 'dueAt' | 'dueOn' | 'unit'> | Due,
  calendar: Calendar,
): Remaining {
  if (due.state === 'paused') return { ...due.left, overdue: false }
  const today = dayOf(now)
  const { dueAt, dueOn, unit } = due
  if (now > dueAt) {
    const days = numberOf(today) - numberOf(dueOn)
    return {
      ...(days > 0 ? { unit: 'calendar_day', value: days } : spanOf(now.getTime() - dueAt.getTime(), false)),
      overdue: true,
    }
  }
  if (unit === 'hour' || unit === 'clock_hour' || unit === 'minute')
    return { ...spanOf(dueAt.getTime() - now.getTime(), false), overdue: false }
  if (unit === 'working_hour') return { ...spanOf(workingTime(now, dueAt, calendar), true), overdue: false }
  if (dueOn === today) return { unit: 'today', value: 0, overdue: false }
  const days = unit === 'working_day' ? workingDaysBetween(today, dueOn, calendar) : 0
  // A date told before the calendar came may lie on a day off; then only calendar days separate it from today.
  if (days > 0) return { unit: 'working_day', value: days, overdue: false }
  return { unit: 'calendar_day', value: numberOf(dueOn) - numberOf(today), overdue: false }
}

/** Office time between two instants, in ms. */
function workingTime(from: Date, to: Date, calendar: Calendar): number {
  const end = to.getTime()
  let sum = 0
  for (const piece of pieces(from.getTime(), true, calendar)) {
    if (piece.from >= end) break
    sum += Math.min(piece.to, end) - piece.from
  }
  return sum
}
