/** Keeps the snapshot of everybody's facts at today. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { dayOf } from '../../platform/time.ts'
import { job } from '../../platform/use-case/use-case.ts'

/**
 * Brings the snapshot up to today: whoever changed since the last time, or everybody when there is none of before.
 * `made` is the number of rows that were made.
 */
export const refreshSnapshot = job({
  operation: 'outreach.refresh-snapshot',
  permission: null,
  output: Type.Object({ made: Type.Integer(), whole: Type.Boolean() }),
  async run({ tx, now }) {
    const today = dayOf(now)
    const { changed } = await tx.one(
      sql<{ changed: number | null }>`select outreach.refresh_snapshot(${today}::date, ${now}) as changed`,
    )
    if (changed !== null) return { made: changed, whole: false }
    const { made } = await tx.one(sql<{ made: number }>`select outreach.make_snapshot(${today}::date, ${now}) as made`)
    return { made, whole: true }
  },
})
