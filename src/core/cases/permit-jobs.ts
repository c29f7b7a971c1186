/** 居住证签注提醒: who holds a permit is reminded before its last day, once for each number of days that the pack names. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { addDays, addMonths } from '../../platform/day.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { job } from '../../platform/use-case/use-case.ts'
import { tell } from '../messages/index.ts'
import { reminderDays } from './permit.ts'

export const remindPermits = job({
  operation: 'cases.remind-permits',
  permission: null,
  output: Type.Object({ reminded: Type.Integer() }),
  async run(work) {
    const { tx, now, call } = work
    const pack = call.platform.services.packs.inForce()
    const { area } = pack.pack
    const today = dayOf(now)
    // Without a matter to apply for there is nothing to remind of.
    const matter = pack.matters.find((each) => each.effect === 'endorsement')
    if (!matter) return { reminded: 0 }
    const due = await tx.rows(sql<{ personId: string; until: Day }>`select person_id as "personId", permit_until::text as until
      from cases.remind_permits(${today}::date, ${reminderDays(pack, area, today)}::int[], ${matter.code}, ${area}, ${now})`)
    const window = pack.number('permit.endorse_window', area, today)
    for (const { personId, until } of due) {
      const opens = addMonths(addDays(until, 1), -window)
      tell(work, {
        personId,
        caseId: null,
        kind: 'permit_ending',
        params: { matter: matter.code, answerBy: until, opensOn: opens > today ? opens : 'none' },
      })
    }
    return { reminded: due.length }
  },
})
