/** The sweep of this room. A job only wakes: what is due is found here. */
import Type from 'typebox'
import { hazardLimit } from '../../core/matters/index.ts'
import { sql } from '../../platform/database/tx.ts'
import { addMonths } from '../../platform/day.ts'
import { dayOf, startOf } from '../../platform/time.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import { clocked } from './due.ts'
import { apply, type Fact } from './hazard.ts'
import { getHazardForUpdate, record } from './store.ts'

const AT_ONCE = 200

/**
 * Dates past the published calendar are computed again when it arrives, and one that was told is never made worse. Who answered for
 * a place, and what a reporter wrote, go some months after the end.
 */
export const tendHazards = job({
  operation: 'hazards.tend',
  permission: null,
  output: Type.Object({ recomputed: Type.Integer(), forgotten: Type.Integer() }),
  async run(work) {
    return { recomputed: await recompute(work), forgotten: await forget(work) }
  },
})

async function recompute(work: Work): Promise<number> {
  const pack = work.call.platform.services.packs.inForce()
  const rows = await work.tx.rows(
    sql<{
      id: string
    }>`select id from hazards.hazard where due_provisional and open and due_at < ${`${pack.calendar.horizon}T16:00:00Z`}::timestamptz limit ${AT_ONCE}`,
  )
  for (const { id } of rows) {
    const { state } = await getHazardForUpdate(work, id)
    if (!state.clock) continue
    const due = clocked(pack, state.clock)
    const told = state.toldDueAt
    const later = told !== null && due.dueAt !== null && new Date(due.dueAt) > told
    const kept = later ? { ...due, dueAt: told.toISOString(), dueProvisional: false } : due
    const fact: Fact = { fact: 'due_recomputed', due: kept }
    record(work, id, [{ fact, state: apply(state, fact) }])
  }
  return rows.length
}

async function forget({ tx, call, now }: Work): Promise<number> {
  const pack = call.platform.services.packs.inForce()
  if (!pack.pack.hazards) return 0
  const { value } = hazardLimit(pack, 'keep_people')
  const before = startOf(addMonths(dayOf(now), -value))
  let forgotten = 0
  for (const table of ['keeper', 'report'] as const)
    forgotten += await tx.run(sql`delete from ${sql.table(`hazards.${table}`)} where hazard_id in (
      select h.id from hazards.hazard h where not h.open and h.ended_at < ${before}) `)
  return forgotten
}
