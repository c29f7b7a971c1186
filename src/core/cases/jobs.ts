/** Sweeps. A job only wakes: what is due is found here, so a lost job loses nothing. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { dayOf } from '../../platform/time.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import { openCase, settle } from './act.ts'
import { promiseDue } from './due.ts'
import { getCaseForUpdate } from './store.ts'

const AT_ONCE = 200

/** Notices whose last day has passed come down, whoever is on holiday. The step itself waits for an officer. */
export const takeDownNotices = job({
  operation: 'cases.take-down-notices',
  permission: null,
  output: Type.Object({ takenDown: Type.Integer() }),
  async run(work) {
    const due = await work.tx.rows(sql<{ id: string; case_id: string }>`select n.id, n.case_id from cases.notice n where n.taken_down_at is null and n.ends_on < ${dayOf(work.now)} order by n.ends_on limit ${AT_ONCE}`)
    for (const notice of due) {
      await work.tx.run(sql`update cases.notice set taken_down_at = ${work.now} where id = ${notice.id}`)
      const found = await getCaseForUpdate(work.tx, notice.case_id)
      await settle(await openCase(work, found), { facts: [{ fact: 'notice_taken_down', noticeId: notice.id }] })
    }
    return { takenDown: due.length }
  },
})

/** Dates past the published calendar are recomputed when it arrives; a date already told is never made worse. */
export const recomputeProvisional = job({
  operation: 'cases.recompute-provisional',
  permission: null,
  output: Type.Object({ recomputed: Type.Integer() }),
  async run(work) {
    const horizon = work.call.platform.services.packs.inForce().calendar.horizon
    const rows = await work.tx.rows(sql<{ id: string }>`select id from cases.case where due_provisional and open and due_at < ${`${horizon}T16:00:00Z`}::timestamptz limit ${AT_ONCE}`)
    let recomputed = 0
    for (const { id } of rows) recomputed += await recompute(work, id)
    return { recomputed }
  },
})

async function recompute(work: Work, caseId: string): Promise<number> {
  const open = await openCase(work, await getCaseForUpdate(work.tx, caseId))
  const { state, originArea } = open.found
  if (!state.acceptedOn) return 0
  const due = promiseDue({ pack: open.newest, matter: open.matter, area: originArea, from: state.acceptedOn, pauses: state.pauses, extraDays: state.extension?.approvedOn ? state.extension.days : 0 })
  const told = state.toldDueAt
  const later = told !== null && due.dueAt !== null && new Date(due.dueAt) > told
  await settle(open, { facts: [{ fact: 'due_recomputed', dueAt: later ? told.toISOString() : due.dueAt, dueProvisional: due.dueProvisional }] })
  return 1
}
