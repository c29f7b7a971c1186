/** Sweeps. A job only wakes: what is due is found here, so a lost job loses nothing. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { dayOf } from '../../platform/time.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import { openCase, settle } from './act.ts'
import { acceptanceDue, promiseDue } from './due.ts'
import { getCaseForUpdate } from './store.ts'

const AT_ONCE = 200

/** Notices whose last day has passed come down, whoever is on holiday. The step itself waits for an officer. */
export const takeDownNotices = job({
  operation: 'cases.take-down-notices',
  permission: null,
  output: Type.Object({ takenDown: Type.Integer() }),
  async run(work) {
    let takenDown = 0
    // One of a case at a time: what is settled is written with the commit, and a second notice would not see it.
    const due = await work.tx.rows(
      sql<{
        id: string
        case_id: string
      }>`select distinct on (n.case_id) n.id, n.case_id from cases.notice n where n.taken_down_at is null and n.ends_on < ${dayOf(work.now)} order by n.case_id, n.ends_on limit ${AT_ONCE}`,
    )
    for (const notice of due) {
      // The case first, as every act does: two who lock in another order wait for each other.
      const found = await getCaseForUpdate(work, notice.case_id)
      const down = await work.tx.run(
        sql`update cases.notice set taken_down_at = ${work.now} where id = ${notice.id} and taken_down_at is null`,
      )
      if (down === 0) continue
      takenDown++
      await settle(await openCase(work, found), { facts: [{ fact: 'notice_taken_down', noticeId: notice.id }] })
    }
    return { takenDown }
  },
})

/** Dates past the published calendar are recomputed when it arrives; a date already told is never made worse. */
export const recomputeProvisional = job({
  operation: 'cases.recompute-provisional',
  permission: null,
  output: Type.Object({ recomputed: Type.Integer() }),
  async run(work) {
    const horizon = work.call.platform.services.packs.inForce().calendar.horizon
    const rows = await work.tx.rows(
      sql<{
        id: string
      }>`select id from cases.case where due_provisional and open and due_at < ${`${horizon}T16:00:00Z`}::timestamptz limit ${AT_ONCE}`,
    )
    let recomputed = 0
    for (const { id } of rows) recomputed += await recompute(work, id)
    return { recomputed }
  },
})

async function recompute(work: Work, caseId: string): Promise<number> {
  const open = await openCase(work, await getCaseForUpdate(work, caseId))
  const { state, originArea, receivedAt } = open.found
  const due = state.acceptedOn
    ? promiseDue({
        pack: open.newest,
        matter: open.matter,
        area: originArea,
        from: state.acceptedOn,
        pauses: state.pauses,
        extraDays: state.extension?.approvedOn ? state.extension.days : 0,
      })
    : acceptanceDue({ pack: open.newest, area: originArea, from: state.correction?.answeredOn ?? dayOf(receivedAt) })
  const told = state.toldDueAt
  const later = told !== null && due.dueAt !== null && new Date(due.dueAt) > told
  // A date that was told and would become worse stays, and is then as certain as it gets: it is not asked for again every hour.
  await settle(open, {
    facts: [
      {
        fact: 'due_recomputed',
        dueAt: later ? told.toISOString() : due.dueAt,
        dueProvisional: later ? false : due.dueProvisional,
      },
    ],
  })
  return 1
}
