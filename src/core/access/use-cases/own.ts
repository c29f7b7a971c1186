/** What is one's own of an account: who looked (谁看过我的资料), how pages look, and the phone. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf, TIME_ZONE } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { tell } from '../../messages/index.ts'
import { tellEarlier } from '../bind.ts'

/** The looks of one officer on one day for one reason. The officer is named: officers act in their own name. */
export interface OwnRead {
  /** Of the newest look. */
  id: string
  /** Business day. */
  on: Day
  /** `case`, or a named duty. */
  purpose: string
  /** Of one's own case; null for a case of somebody else, or for a duty. */
  caseId: string | null
  caseNumber: string | null
  matterCode: string | null
  officerName: string | null
  /** Of a proxy's looks: her name. */
  proxyName: string | null
  officerNumber: string | null
  organisationName: string | null
  role: string | null
  /** How often on that day. */
  count: number
  /** Each look, newest first; `operation` delivered the data, such as `cases.read-case`. The last hundred of the day. */
  looks: { at: Date; operation: string }[]
}
export interface OwnReads {
  reads: OwnRead[]
  /** All looks that were ever made, also those beyond this page. */
  total: number
  /** There are older ones. */
  more: boolean
}

/** Officer, day and reason. */
const PAGE = 25
const MOST_LOOKS = 100

/** By officer, day and reason, newest first. Only of oneself: no proxy opens this page (architecture §6). */
export const listOwnReads = query({
  operation: 'access.list-own-reads',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })) }),
  output: Type.Unsafe<OwnReads>({}),
  async run({ tx, actor }, { page = 1 }) {
    const personId = actor.kind === 'resident' ? actor.personId : null
    // An officer who opens a case five times in a morning looked at it on one day: five rows of the same words hide the others.
    const reads = await tx.rows(
      sql<
        Omit<OwnRead, 'looks'> & { looks: { at: string; operation: string }[] }
      >`select g.*, c.id as "caseId", c.number as "caseNumber", c.matter_code as "matterCode",
        o.officer_name as "officerName", o.officer_number as "officerNumber", o.organisation_name as "organisationName", o.role,
        case when g.by_proxy is not null then access.proxy_of_account(g.by_proxy) end as "proxyName"
      from (
        select (array_agg(r.id order by r.at desc, r.id desc))[1] as id, (r.at at time zone ${TIME_ZONE})::date::text as on, r.post_id, r.case_id, r.purpose,
          case when r.post_id is null then r.account_id end as by_proxy,
          max(r.at) as newest, count(*)::int as count,
          to_jsonb((array_agg(jsonb_build_object('at', r.at, 'operation', r.operation) order by r.at desc, r.id desc))[1:${MOST_LOOKS}::int]) as looks
        from access.read_entry r where r.person_id = ${personId}
        group by 2, r.post_id, r.case_id, r.purpose, by_proxy
        order by newest desc, id desc limit ${PAGE + 1} offset ${(page - 1) * PAGE}) g
      left join access.officer_of_post o on o.post_id = g.post_id left join cases.case c on c.id = g.case_id
      order by g.newest desc, g.id desc`,
    )
    const { total } = await tx.one(
      sql<{ total: number }>`select count(*)::int as total from access.read_entry where person_id = ${personId}`,
    )
    return {
      reads: reads
        .slice(0, PAGE)
        .map((read) => ({ ...read, looks: read.looks.map(({ at, operation }) => ({ at: new Date(at), operation })) })),
      total,
      more: reads.length > PAGE,
    }
  },
})

/** The elder version and high contrast, kept with the account: whoever needs them needs them on the next phone too. */
export interface Display {
  mode?: 'standard' | 'elder' | undefined
  theme?: 'light' | 'contrast' | undefined
}

const Shape = Type.Object({
  mode: Type.Optional(Type.Enum(['standard', 'elder'])),
  theme: Type.Optional(Type.Enum(['light', 'contrast'])),
})

/** What is left out stays as it was. */
export const chooseDisplay = command({
  operation: 'access.choose-display',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Shape,
  output: Type.Object({}),
  async run({ tx, actor, now }, { mode = null, theme = null }) {
    if (actor.kind !== 'resident') throw new Refusal('access.not_for_you', 'forbidden')
    await tx.run(sql`insert into access.display as d (account_id, mode, theme, chosen_at) values (${actor.accountId}, ${mode}, ${theme}, ${now})
      on conflict (account_id) do update set mode = coalesce(excluded.mode, d.mode), theme = coalesce(excluded.theme, d.theme), chosen_at = excluded.chosen_at`)
    return {}
  },
})

/** Empty for who never chose. */
export const readDisplay = query({
  operation: 'access.read-display',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<Display>({}),
  async run({ tx }): Promise<Display> {
    const row = await tx.maybe(
      sql<{ mode: Display['mode'] | null; theme: Display['theme'] | null }>`select mode, theme from access.display`,
    )
    return { ...(row?.mode ? { mode: row.mode } : {}), ...(row?.theme ? { theme: row.theme } : {}) }
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
    tell(work, { personId: actor.personId, caseId: null, kind: 'phone_changed', params: { on: dayOf(now) } })
    const { undoToken, oldPhone } = await call.platform.services.accounts.changePhone(actor.accountId, phone, code, now)
    await tellEarlier(work, oldPhone, 'sms.phone_changed', `/undo/phone/${undoToken}`)
    return {}
  },
})
