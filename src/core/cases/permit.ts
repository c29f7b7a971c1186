/** 居住证签注: from which day the years of a residence permit count after an endorsement, and when it is reminded of. Pure. */
import type { Day } from '../../platform/time.ts'
import type { LoadedPack } from '../matters/index.ts'

/** Days before the last one on which a reminder goes out, the earliest first. */
const REMINDERS = ['permit.remind_first', 'permit.remind_second', 'permit.remind_last'] as const

export const reminderDays = (pack: LoadedPack, area: string, on: Day): number[] =>
  REMINDERS.map((id) => pack.number(id, area, on))

export interface Permit {
  since: Day
  until: Day
}

/** Pure. In time, or late without each reminder: the years go on. Late in spite of them: they count from the endorsement (居住证暂行条例 10). */
export const yearsFrom = (permit: Permit, appliedOn: Day, reminded: boolean, today: Day): Day =>
  appliedOn > permit.until && reminded ? today : permit.since
