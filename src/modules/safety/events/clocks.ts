/** Within how long whom: the pack's clocks held against what was told. A late one stays late, whatever is written afterwards. Pure. */
import type { ReportClock } from '../../../core/matters/index.ts'
import { addDays } from '../../../platform/day.ts'
import { dayOf, instantAt } from '../../../platform/time.ts'
import type { Means } from './event.ts'

export interface Telling {
  step: 'first' | 'up' | 'aside'
  means: Means
  at: Date
}

export interface ClockStanding {
  clock: ReportClock
  /** Null while what it runs from has not happened. */
  dueAt: Date | null
  metAt: Date | null
  /** `runs`: a time in which changes are reported; it is not met, it ends. */
  standing: 'waits' | 'open' | 'kept' | 'late' | 'overdue' | 'runs' | 'over'
}

interface Times {
  happenedAt: Date | null
  learntAt: Date
}

const MINUTE = 60_000
const WRITTEN: readonly Means[] = ['written', 'system']

/** Day one is not counted; calendar days end with their day. */
function dueOf({ within, unit }: ReportClock, from: Date): Date {
  if (unit === 'calendar_days') return instantAt(addDays(dayOf(from), within), '24:00')
  return new Date(from.getTime() + within * MINUTE * (unit === 'hours' ? 60 : 1))
}

export function clocksOf(
  clocks: readonly ReportClock[],
  { happenedAt, learntAt }: Times,
  tellings: readonly Telling[],
  now: Date,
): ClockStanding[] {
  const first = (fits: (one: Telling) => boolean): Date | null =>
    tellings.filter(fits).reduce<Date | null>((least, { at }) => (least === null || at < least ? at : least), null)
  return clocks.map((clock) => {
    // When it happened is often not known at first: then the time runs from when it was learnt of.
    const starts = { happened: happenedAt ?? learntAt, learnt: learntAt, first_told: first((one) => one.step === 'first') }
    const from = starts[clock.from]
    if (from === null) return { clock, dueAt: null, metAt: null, standing: 'waits' }
    const dueAt = dueOf(clock, from)
    if (clock.step === 'figures') return { clock, dueAt, metAt: null, standing: now < dueAt ? 'runs' : 'over' }
    const metAt = first((one) => one.step === clock.step && (!clock.written || WRITTEN.includes(one.means)))
    if (metAt === null) return { clock, dueAt, metAt, standing: now <= dueAt ? 'open' : 'overdue' }
    return { clock, dueAt, metAt, standing: metAt <= dueAt ? 'kept' : 'late' }
  })
}

/** Until when changed figures are reported; null where the kind has no such time. */
export const figuresUntil = (clocks: readonly ReportClock[], times: Times): Date | null =>
  clocks
    .filter(({ step }) => step === 'figures')
    .map((clock) => dueOf(clock, times.happenedAt ?? times.learntAt))
    .at(0) ?? null

/** Written down so much later that it is said. */
const AT_ONCE = 15 * MINUTE
export const isWrittenLater = (at: Date, recordedAt: Date): boolean => recordedAt.getTime() - at.getTime() > AT_ONCE
