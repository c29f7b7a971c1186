/** A resident reports a hazard, and sees what came of it. Who she is stays with her report alone. */
import Type from 'typebox'
import type { Actor } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { applied } from '../act.ts'
import { opening, type Status } from '../hazard.ts'
import type { Stands } from '../possible.ts'
import { REPORT_CONTEXT } from '../store.ts'
import { KindCode, lineOf, ShortWords, Words, words } from './shapes.ts'

/** Reports of one account in a day: more than anybody sees, fewer than a machine writes. */
const MOST_A_DAY = 20

const accountOf = ({ actor }: { actor: Actor }): string => (actor as { accountId: string }).accountId

/** A phone is enough (A0). */
export const reportHazard = command({
  operation: 'hazards.report',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({ area: Type.String({ pattern: '^[0-9]{12}$' }), kind: KindCode, place: ShortWords, text: Words }),
  output: Type.Object({ id: Id, number: Type.String() }),
  async run(work, { area, kind, place, text }) {
    const { packs, crypto, rate } = work.call.platform.services
    const pack = packs.inForce()
    if (!pack.areaName(area))
      throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/area', code: 'hazard.no_such_community' }] })
    await rate.hit(`hazard-report:${accountOf(work)}`, MOST_A_DAY, 86_400, work.now)
    const line = lineOf(pack, kind)
    const said = { place: words('place', place), text: words('text', text) }
    const reported = { fact: 'reported', kind, line, place: said.place, handlingArea: area.slice(0, 9) } as const
    const [{ fact, state }] = applied(pack, opening(), [reported], dayOf(work.now)) as [ReturnType<typeof applied>[number]]
    const { fact: _, ...payload } = fact
    const id = newId(work.now)
    const { number } = await work.tx.one(sql<{
      number: string | null
    }>`select hazards.report_it(${id}, ${area}, ${kind}, ${line}, ${said.place}, ${crypto.seal(said.text, REPORT_CONTEXT)}, ${JSON.stringify(state.clock)}::jsonb,
      ${state.dueAt}, ${state.dueProvisional}, ${JSON.stringify(payload)}::jsonb, ${work.now}) as number`)
    if (!number) throw new Refusal('account.sign_in_first', 'forbidden')
    return { id, number }
  },
})

/** One's own report, and where it stands; of one that was known already, where that one stands. */
export interface OwnReport extends Stands {
  id: string
  number: string
  area: string
  kind: string
  place: string
  reportedAt: Date
  /** Of the organ that has it: its area, by length a street or a district. */
  handlingArea: string
  domain: string
  dueAt: Date | null
  dueProvisional: boolean
  /** Why it is none. */
  answer: string | null
  /** The number under which it was known already. */
  sameAs: string | null
  endedAt: Date | null
}

/** Of `h` and what it was called the same as, to the end. */
const chain = sql`with recursive chain (id, same_as) as (select h.id, h.same_as
  union select n.id, n.same_as from chain c join hazards.hazard n on n.id = c.same_as)`

const own = sql`select h.id, h.number, h.area, h.kind, h.place, r.made_at as "reportedAt", h.status, s.handling_area as "handlingArea", s.domain, s.due_at as "dueAt",
    s.due_provisional as "dueProvisional", h.answer, case when s.id <> h.id then s.number end as "sameAs", s.ended_at as "endedAt", s.status as "courseStatus", s.transferred, s.taken_on as "takenOn", s.ordered
  from hazards.report r join hazards.hazard h on h.id = r.hazard_id join hazards.hazard s on s.id = (${chain} select c.id from chain c where c.same_as is null)`

type OwnRow = OwnReport & { courseStatus: Status }
/** What was known already stands where the other one does. */
const shown = ({ courseStatus, ...row }: OwnRow): OwnReport => ({ ...row, status: row.sameAs ? courseStatus : row.status })

const MOST_LISTED = 100

export const listOwnReports = query({
  operation: 'hazards.list-own',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<OwnReport[]>({}),
  run: async ({ tx, actor }) =>
    (
      await tx.rows(sql<OwnRow>`${own} where r.account_id = ${accountOf({ actor })} order by r.made_at desc limit ${MOST_LISTED}`)
    ).map(shown),
})

export interface OwnReportPage extends OwnReport {
  /** Her own words. */
  words: string
  course: { fact: string; at: Date }[]
}

export const readOwnReport = query({
  operation: 'hazards.read-own',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<OwnReportPage>({}),
  async run({ tx, actor, call }: Work, { id }) {
    const account = accountOf({ actor })
    const row = await tx.maybe(sql<OwnRow>`${own} where r.account_id = ${account} and r.hazard_id = ${id}`)
    if (!row) throw new Refusal('hazard.not_found', 'missing')
    const { words_sealed } = await tx.one(
      sql<{ words_sealed: Buffer }>`select words_sealed from hazards.report where hazard_id = ${id}`,
    )
    const course = await tx.rows(sql<{ fact: string; at: Date }>`select t.fact, t.recorded_at as at from hazards.timeline t
      where t.hazard_id in (select unnest(array(${chain} select c.id from chain c)) from hazards.hazard h where h.id = ${id}) and t.fact <> 'due_recomputed'
      order by t.recorded_at, t.seq`)
    return { ...shown(row), words: call.platform.services.crypto.open(words_sealed, REPORT_CONTEXT), course }
  },
})
