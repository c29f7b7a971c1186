/** What the clock says about whistles. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { job } from '../../platform/use-case/use-case.ts'
import { settle } from './act.ts'
import { rulingDue } from './due.ts'
import { getWhistle } from './store.ts'

/** Of one sweep; the next one goes on. */
const AT_ONCE = 200

/** Nobody answered in time: it waits for the common superior from now on. What becomes of it, a named person decides. */
export const escalateUnanswered = job({
  operation: 'coordination.escalate',
  permission: null,
  output: Type.Object({ escalated: Type.Integer() }),
  async run(work) {
    const due = await work.tx.rows(
      sql<{
        id: string
      }>`select id from coordination.whistle where answer_due_at < ${work.now} order by answer_due_at, id limit ${AT_ONCE} for update skip locked`,
    )
    const at = work.now.toISOString()
    const pack = work.call.platform.services.packs.inForce()
    let escalated = 0
    for (const { id } of due) {
      const found = await getWhistle(work, id, true)
      const silent = found.state.parts.filter(
        ({ standing, escalatedAt, answerBy }) => standing === 'called' && escalatedAt === null && answerBy < at,
      )
      for (const { n } of silent)
        settle(work, found, { fact: 'escalated', part: n, at, ...rulingDue(pack, found.state.kind, work.now) })
      escalated += silent.length
    }
    return { escalated }
  },
})
