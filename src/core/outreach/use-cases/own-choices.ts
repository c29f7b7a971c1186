/** 不要找我, per benefit. It counts from the same moment, and keeps nobody from applying. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { MatterCode } from './own-found.ts'

const Choice = Type.Object({ matterCode: Type.String(), stopped: Type.Boolean() })

const selfOf = ({ actor }: Work): string => {
  if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
  return actor.personId
}

export const stopFinding = command({
  operation: 'outreach.stop-finding',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: MatterCode,
  output: Choice,
  async run(work, { matterCode }) {
    const { code } = work.call.platform.services.packs.inForce().matter(matterCode)
    await work.tx.run(sql`insert into outreach.opt_out (person_id, matter_code, since) values (${selfOf(work)}, ${code}, ${work.now})
      on conflict (person_id, matter_code) where ended_at is null do nothing`)
    return { matterCode: code, stopped: true }
  },
})

/** Also of a matter that has left the pack meanwhile. */
export const findAgain = command({
  operation: 'outreach.find-again',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: MatterCode,
  output: Choice,
  async run(work, { matterCode }) {
    await work.tx.run(
      sql`update outreach.opt_out set ended_at = ${work.now} where person_id = ${selfOf(work)} and matter_code = ${matterCode} and ended_at is null`,
    )
    return { matterCode, stopped: false }
  },
})
