/** Whether the holder of a residence permit had been reminded in time: her years then count anew. */
import { sql } from '../../platform/database/tx.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Open } from './act.ts'
import { type Permit, reminderDays, yearsFrom } from './permit.ts'

/** What counts is the day on which she applied, not how long the office took. */
export async function endorsedFrom({ work, found, newest, today }: Open, permit: Permit): Promise<Day> {
  const appliedOn = dayOf(found.receivedAt)
  if (appliedOn <= permit.until) return permit.since
  const days = reminderDays(newest, found.originArea, today)
  const { reminded } = await work.tx.one(
    sql<{
      reminded: boolean
    }>`select cases.was_reminded(${found.applicantId}, ${permit.until}::date, ${days}::int[]) as reminded`,
  )
  return yearsFrom(permit, appliedOn, reminded, today)
}
