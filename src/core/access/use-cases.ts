/** What a resident does with her own access: 谁看过我的资料, every look at oneself, by whom and what for; and her phone. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import { command, query } from '../../platform/use-case/use-case.ts'
import { tell } from '../messages/index.ts'
import { tellEarlier } from './bind.ts'

/** One look. The officer is named: officers act in their own name. */
export interface OwnRead {
  id: string
  at: Date
  /** The operation that delivered the data, such as `cases.read-case`. */
  operation: string
  /** `case`, or a named duty. */
  purpose: string
  /** Of one's own case; null for a case of somebody else, or for a duty. */
  caseId: string | null
  caseNumber: string | null
  matterCode: string | null
  officerName: string | null
  officerNumber: string | null
  organisationName: string | null
  role: string | null
}
export interface OwnReads {
  reads: OwnRead[]
  /** All that were ever made, also those beyond this page. */
  total: number
}

const PAGE = 25

/** Newest first. Only of oneself: no proxy opens this page (architecture §6). */
export const listOwnReads = query({
  operation: 'access.list-own-reads',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })) }),
  output: Type.Unsafe<OwnReads>({}),
  async run({ tx, actor }, { page = 1 }) {
    const personId = actor.kind === 'resident' ? actor.personId : null
    const reads =
      await tx.rows(sql<OwnRead>`select r.id, r.at, r.operation, r.purpose, c.id as "caseId", c.number as "caseNumber", c.matter_code as "matterCode",
        o.officer_name as "officerName", o.officer_number as "officerNumber", o.organisation_name as "organisationName", o.role
      from access.read_entry r left join access.officer_of_post o on o.post_id = r.post_id left join cases.case c on c.id = r.case_id
      where r.person_id = ${personId} order by r.at desc, r.id desc limit ${PAGE} offset ${(page - 1) * PAGE}`)
    const { total } = await tx.one(
      sql<{ total: number }>`select count(*)::int as total from access.read_entry where person_id = ${personId}`,
    )
    return { reads, total }
  },
})

/**
 * The phone that she signs in with. A code to the new one proves it; the old one is told, and its link undoes it for seven days.
 * A2: whoever holds the old phone alone must not move the account.
 */
export const changePhone = command({
  operation: 'access.change-phone',
  permission: null,
  actors: ['resident'],
  level: 'A2',
  input: Type.Object({ phone: Type.String({ maxLength: 40 }), code: Type.String({ maxLength: 40 }) }),
  output: Type.Object({}),
  async run(work, { phone, code }) {
    const { actor, now, call } = work
    if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
    await tell(work, { personId: actor.personId, caseId: null, kind: 'phone_changed', params: { on: dayOf(now) } })
    const { undoToken, oldPhone } = await call.platform.services.accounts.changePhone(actor.accountId, phone, code, now)
    await tellEarlier(work, oldPhone, 'sms.phone_changed', `/undo/phone/${undoToken}`)
    return {}
  },
})
