/** When a case is due, as the desk says it. */
import type { Found, Status } from '../../../core/cases/index.ts'
import { type Limit, remaining } from '../../../core/clocks/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { type Due, formatShortDay, formatTime, type Unit, type View } from '../../../ui/index.ts'

export interface Dated {
  status: string
  matterCode: string
  originArea: string
  receivedAt: Date
  acceptedOn: string | null
  dueAt: Date | null
  dueProvisional: boolean
  answerBy: string | null
  pauseType?: string | null
}

const UI_UNIT: Readonly<Record<string, Unit>> = {
  working_minute: 'working_hour',
  minute: 'hour',
  working_day: 'working_day',
  calendar_day: 'calendar_day',
  working_hour: 'working_hour',
  hour: 'hour',
}

/** Nothing runs any more: the status says why. */
const DONE: ReadonlySet<string> = new Set<Status>(['decided', 'closed', 'not_accepted', 'withdrawn'])

/** What runs: the promise from acceptance on, before it the days in which we look at what came. Null for a matter that the pack has not. */
function limitOf(pack: LoadedPack, { matterCode, originArea, receivedAt, acceptedOn }: Dated): Limit | null {
  const matter = pack.matters.find((one) => one.code === matterCode)
  if (!matter) return null
  return pack.limit(acceptedOn ? matter.limits.promise : 'acceptance.promise', originArea, acceptedOn ?? dayOf(receivedAt))
}

/** Counted in the unit of the limit that runs: fifteen days of the calendar are not eleven of the office. */
export function dueOfCase(view: View, pack: LoadedPack, now: Date, of: Dated): Due {
  const { t, today } = view
  if (of.status === 'correcting')
    return { kind: 'excluded', note: of.answerBy ? t('desk.due.answer_by', { day: formatShortDay(of.answerBy, today) }) : '' }
  if (of.status === 'paused') return { kind: 'paused', note: of.pauseType ?? '' }
  if (!of.dueAt) return DONE.has(of.status) ? { kind: 'none', note: t(`case.status.${of.status}`) } : { kind: 'none' }
  return dueWithin(pack, now, { dueAt: of.dueAt, provisional: of.dueProvisional, unit: limitOf(pack, of)?.unit ?? 'working_day' })
}

/** What is left of a limit in its own unit, or how late it is. */
function dueWithin(
  pack: LoadedPack,
  now: Date,
  { dueAt, provisional, unit }: { dueAt: Date; provisional: boolean; unit: Limit['unit'] },
): Due {
  const on = dayOf(dueAt)
  const left = remaining(now, { state: 'running', dueAt, dueOn: on, unit }, pack.calendar)
  // Whole hours alone are counted, late or left: minutes are less than one of them.
  const n = left.unit.endsWith('minute') ? 0 : left.value
  const at = unit.endsWith('day') || unit === 'month' || unit === 'year' ? {} : { time: formatTime(dueAt) }
  if (left.overdue) return { kind: 'overdue', by: n, unit: UI_UNIT[left.unit] ?? 'hour', on, ...at }
  if (left.unit === 'today') return { kind: 'today', on, time: formatTime(dueAt) }
  return { kind: 'left', n, unit: UI_UNIT[left.unit] ?? 'working_day', on, ...at, ...(provisional ? { provisional: true } : {}) }
}

export const datedOf = (found: Found): Dated => ({
  status: found.state.status,
  matterCode: found.matterCode,
  originArea: found.originArea,
  receivedAt: found.receivedAt,
  acceptedOn: found.state.acceptedOn,
  dueAt: found.state.dueAt,
  dueProvisional: found.state.dueProvisional,
  answerBy: found.state.status === 'correcting' ? (found.state.correction?.answerBy ?? null) : null,
  pauseType: found.state.pauses.find((p) => p.to === null)?.type ?? null,
})

/** How much of the limit that runs is used. Null while nothing runs, and past a date that was moved by hand. */
export function usedOf(due: Due, found: Found, pack: LoadedPack): { total: number; used: number; unit: Unit } | null {
  const { state } = found
  if (due.kind !== 'left' && due.kind !== 'today' && due.kind !== 'overdue') return null
  const running: Status[] = ['received', 'accepted']
  if (!running.includes(state.status)) return null
  const limit = limitOf(pack, datedOf(found))
  if (limit?.unit !== 'working_day' && limit?.unit !== 'calendar_day') return null
  const total = limit.value + (state.extension?.approvedOn ? state.extension.days : 0)
  if (due.kind === 'overdue') return { total, used: total + 1, unit: limit.unit }
  if (due.kind === 'left' && due.unit !== limit.unit) return null
  const used = due.kind === 'today' ? total : total - due.n
  // On the first day, which is not counted, nothing is used yet.
  return used < 1 ? null : { total, used, unit: limit.unit }
}
