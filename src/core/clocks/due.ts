/**
 * When something is due. Legal ground: 民法典 201 (the first day is not counted; hours run from the moment),
 * 202 (months end on the day of the same number), 203 (a last day that is not worked moves to the next that is, and
 * ends when offices close), and the special law that excludes a stretch.
 */

import { addMonths, dayOfNumber, numberOf } from '../../platform/day.ts'
import { type Day, dayOf, instantAt } from '../../platform/time.ts'
import { type Calendar, closeOf, isProvisional, isWorkingDay, sessionsOn } from './calendar.ts'
import { checkLimit, type Interval, type Limit, type LimitUnit, type Stretch, stretchesOf } from './limit.ts'
import { type Span, spanOf } from './span.ts'

export interface Running {
  state: 'running'
  /**
   * For days, months and years: when offices close on `dueOn`. Whoever holds a resident to a limit in days compares
   * days (`dayOf(now) > dueOn`): what comes by the web in the evening of the last day is in time.
   */
  dueAt: Date
  dueOn: Day
  unit: LimitUnit
  /** Past the published calendar: say so, and compute again when the next calendar arrives. */
  provisional: boolean
}

/** The clock stands still since an exclusion began that is still open: nothing is due. */
export interface Paused {
  state: 'paused'
  since: Date
  /** What is left when it goes on. */
  left: Span
  provisional: boolean
}
export type Due = Running | Paused

export interface Clock {
  from: Date
  limit: Limit
  excluded?: readonly Interval[]
  calendar: Calendar
}

export function dueOf(clock: Clock & { excluded?: readonly [] }): Running
export function dueOf(clock: Clock): Due
export function dueOf({ from, limit, excluded = [], calendar }: Clock): Due {
  checkLimit(limit)
  const stretches = stretchesOf(excluded)
  const { value, unit } = limit
  switch (unit) {
    case 'working_day':
      return dueInDays({ from, days: value, unit, stretches, calendar })
    case 'calendar_day':
      return dueInDays({ from, days: value, unit, stretches, calendar })
    case 'month':
    case 'year': {
      const begins = dayOf(from)
      const ends = addMonths(begins, unit === 'year' ? value * 12 : value)
      return dueInDays({ from, days: numberOf(ends) - numberOf(begins), unit, stretches, calendar })
    }
    case 'working_hour':
    case 'hour':
    case 'clock_hour':
      return dueInHours({ from, hours: value, unit, stretches, calendar })
    case 'minute':
      return dueInHours({ from, hours: value / 60, unit, stretches, calendar })
  }
}

/**
 * A day counts when the clock runs at its close. So an exclusion that begins in the morning takes that day out, and the
 * day on which it ends counts again: two hours of expert review never cost a resident two days.
 */
function dueInDays(run: { from: Date; days: number; unit: LimitUnit; stretches: readonly Stretch[]; calendar: Calendar }): Due {
  const { from, unit, stretches, calendar } = run
  const working = unit === 'working_day'
  const excludedBy = (day: Day): Stretch | undefined => {
    if (stretches.length === 0) return undefined
    const close = closeOf(day, calendar).getTime()
    return stretches.find((stretch) => stretch.from < close && close <= stretch.to)
  }
  const paused = ({ from: since }: Stretch, left: number): Paused => ({
    state: 'paused',
    since: new Date(Math.max(since, from.getTime())),
    // A last day that waits to be moved on still takes the day on which the clock goes on.
    left: { unit: working ? 'working_day' : 'calendar_day', value: Math.max(left, 1) },
    provisional: isProvisional(dayOf(new Date(since)), calendar),
  })

  let number = numberOf(dayOf(from))
  for (let left = run.days; left > 0; ) {
    number += 1
    const day = dayOfNumber(number)
    if (working && !isWorkingDay(day, calendar)) continue
    const stretch = excludedBy(day)
    if (stretch?.to === Number.POSITIVE_INFINITY) return paused(stretch, left)
    if (!stretch) left -= 1
  }
  for (; ; number += 1) {
    const day = dayOfNumber(number)
    const stretch = excludedBy(day)
    if (stretch?.to === Number.POSITIVE_INFINITY) return paused(stretch, 0)
    if (stretch || !isWorkingDay(day, calendar)) continue
    const dueAt = closeOf(day, calendar)
    // Only a limit of no days can end before it began: what comes after hours is then due on the next working day.
    if (dueAt > from) return { state: 'running', dueAt, dueOn: day, unit, provisional: isProvisional(day, calendar) }
  }
}

function dueInHours(run: { from: Date; hours: number; unit: LimitUnit; stretches: readonly Stretch[]; calendar: Calendar }): Due {
  const { from, unit, stretches, calendar } = run
  const working = unit === 'working_hour'
  let left = run.hours * 3_600_000
  for (const piece of pieces(from.getTime(), working, calendar)) {
    let at = piece.from
    for (const stretch of stretches) {
      if (stretch.to <= at) continue
      if (stretch.from >= piece.to || left <= stretch.from - at) break
      left -= Math.max(0, stretch.from - at)
      at = stretch.to
      if (at === Number.POSITIVE_INFINITY) {
        const since = new Date(Math.max(stretch.from, from.getTime()))
        return {
          state: 'paused',
          since,
          left: spanOf(left, working),
          provisional: working && isProvisional(dayOf(since), calendar),
        }
      }
    }
    if (at > piece.to) continue
    if (left <= piece.to - at) {
      const dueAt = new Date(at + left)
      const dueOn = dayOf(dueAt)
      return { state: 'running', dueAt, dueOn, unit, provisional: working && isProvisional(dueOn, calendar) }
    }
    left -= piece.to - at
  }
  throw new Error('unreachable: days do not end')
}

/** The stretches in which hours run, from an instant on: office hours of working days, or day and night. */
export function* pieces(from: number, working: boolean, calendar: Calendar): Generator<Stretch> {
  for (let number = numberOf(dayOf(new Date(from))); ; number += 1) {
    const day = dayOfNumber(number)
    if (working && !isWorkingDay(day, calendar)) continue
    for (const session of working ? sessionsOn(day, calendar) : [{ from: '00:00', to: '24:00' }]) {
      const to = instantAt(day, session.to).getTime()
      if (to > from) yield { from: Math.max(from, instantAt(day, session.from).getTime()), to }
    }
  }
}

/**
 * A date that was told, computed again because the next calendar has arrived: never worse for the resident. A limit that
 * binds the office keeps the earlier date, one that binds the resident the later. It is not for a lawful exclusion or
 * extension: those move the date, and are told anew.
 */
export function neverWorse(told: Running, recomputed: Running, binds: 'office' | 'resident'): Running {
  const better = binds === 'office' ? recomputed.dueAt <= told.dueAt : recomputed.dueAt >= told.dueAt
  return better ? recomputed : { ...told, provisional: recomputed.provisional }
}
