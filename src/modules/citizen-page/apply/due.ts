/** When one's own case is due, from its state and its pack: the words are the page parts’. */
import type { OwnCase } from '../../../core/cases/index.ts'
import { remaining, workingDaysBetween } from '../../../core/clocks/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import type { Due, Unit } from '../../../ui/index.ts'

const UNITS: Partial<Record<string, Unit>> = {
  working_day: 'working_day',
  calendar_day: 'calendar_day',
  hour: 'hour',
  clock_hour: 'hour',
  working_hour: 'working_hour',
}

export interface Running {
  due: Due
  /** Null where the promise is not counted in a unit that a line of days can show. */
  line: { total: number; used: number; unit: Unit } | null
}

/** The promise of an accepted case; null while nothing runs. */
export function promiseOf({ found, matter }: Pick<OwnCase, 'found' | 'matter'>, pack: LoadedPack, now: Date): Running | null {
  const { dueAt, dueProvisional, acceptedOn, status, extension } = found.state
  if (!dueAt || !acceptedOn || status !== 'accepted') return null
  const limit = pack.limit(matter.limits.promise, found.originArea, acceptedOn)
  const on = dayOf(dueAt)
  const unit = UNITS[limit.unit]
  const left = remaining(now, { state: 'running', dueAt, dueOn: on, unit: limit.unit }, pack.calendar)
  const span = UNITS[left.unit] ?? 'hour'
  const due: Due = left.overdue
    ? { kind: 'overdue', by: left.value, unit: span, on }
    : left.unit === 'today'
      ? { kind: 'today', on }
      : { kind: 'left', n: left.value, unit: span, on, provisional: dueProvisional }
  if (unit !== 'working_day') return { due, line: null }
  const total = limit.value + (extension?.approvedOn ? extension.days : 0)
  const used = left.overdue ? total + 1 : total - Math.max(0, workingDaysBetween(dayOf(now), on, pack.calendar))
  return { due, line: { total, used: Math.max(0, used), unit } }
}
