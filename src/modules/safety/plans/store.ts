import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import type { Day } from '../../../platform/time.ts'
import type { Duty, Stretch } from './roster.ts'

export const listDuties = (tx: Tx, area: string, { from, to }: Stretch): Promise<Duty[]> =>
  tx.rows(sql<Duty>`select id, role, name, contact, starts_at as "from", ends_at as "to" from safety.duty
    where area = ${area} and cancelled_at is null and starts_at < ${to} and ends_at > ${from} order by starts_at, role, id limit 500`)

export const insertDuty = (tx: Tx, duty: Duty, area: string, by: string, now: Date): Promise<number> =>
  tx.run(sql`insert into safety.duty (id, area, role, name, contact, starts_at, ends_at, recorded_at, recorded_by)
    values (${duty.id}, ${area}, ${duty.role}, ${duty.name}, ${duty.contact}, ${duty.from}, ${duty.to}, ${now}, ${by})`)

export const areaOfDuty = (tx: Tx, id: string): Promise<{ area: string } | undefined> =>
  tx.maybe(sql<{ area: string }>`select area from safety.duty where id = ${id} and cancelled_at is null`)

export const cancelDutyRow = (tx: Tx, id: string, by: string, now: Date): Promise<number> =>
  tx.run(sql`update safety.duty set cancelled_at = ${now}, cancelled_by = ${by} where id = ${id} and cancelled_at is null`)

export interface Plan {
  id: string
  area: string
  kind: string
  title: string
  version: number
  body: string
  validFrom: Day
  replaces: string | null
  replacedBy: string | null
  lastDrill: Day | null
  /** Follow-ups that are not done. */
  open: number
}
const plan = sql`p.id, p.area, p.kind, p.title, p.version, p.body, p.valid_from as "validFrom", p.replaces, n.id as "replacedBy",
  (select max(d.held_on) from safety.drill d where d.plan_id = p.id) as "lastDrill",
  (select count(*) from safety.drill d where d.plan_id = p.id and d.follow_up is not null and d.done_at is null)::int as open
  from safety.plan p left join safety.plan n on n.replaces = p.id`

/** The newest versions; earlier ones are reached from them. */
export const listPlansOf = (tx: Tx, own: RawBuilder<boolean>): Promise<Plan[]> =>
  tx.rows(sql<Plan>`select ${plan} where n.id is null and ${own} order by p.area, p.title, p.id limit 200`)
export const findPlan = (tx: Tx, id: string): Promise<Plan | undefined> => tx.maybe(sql<Plan>`select ${plan} where p.id = ${id}`)

/** False: another version has taken its place meanwhile. */
export const insertPlan = async (
  tx: Tx,
  p: Omit<Plan, 'replacedBy' | 'lastDrill' | 'open'>,
  by: string,
  now: Date,
): Promise<boolean> =>
  (await tx.run(sql`insert into safety.plan (id, area, kind, title, version, body, valid_from, replaces, recorded_at, recorded_by)
    values (${p.id}, ${p.area}, ${p.kind}, ${p.title}, ${p.version}, ${p.body}, ${p.validFrom}, ${p.replaces}, ${now}, ${by}) on conflict (replaces) do nothing`)) ===
  1

export interface Drill {
  id: string
  heldOn: Day
  tookPart: number
  findings: string
  followUp: string | null
  followUpBy: Day | null
  doneAt: Date | null
  doneNote: string | null
}
export const listDrills = (tx: Tx, planId: string): Promise<Drill[]> =>
  tx.rows(sql<Drill>`select id, held_on as "heldOn", took_part as "tookPart", findings, follow_up as "followUp", follow_up_by as "followUpBy", done_at as "doneAt", done_note as "doneNote"
    from safety.drill where plan_id = ${planId} order by held_on desc, id desc limit 200`)

export const insertDrill = (
  tx: Tx,
  d: Omit<Drill, 'doneAt' | 'doneNote'>,
  planId: string,
  by: string,
  now: Date,
): Promise<number> =>
  tx.run(sql`insert into safety.drill (id, plan_id, held_on, took_part, findings, follow_up, follow_up_by, recorded_at, recorded_by)
    values (${d.id}, ${planId}, ${d.heldOn}, ${d.tookPart}, ${d.findings}, ${d.followUp}, ${d.followUpBy}, ${now}, ${by})`)

export const markDone = (tx: Tx, planId: string, drillId: string, note: string, by: string, now: Date): Promise<number> =>
  tx.run(sql`update safety.drill set done_at = ${now}, done_by = ${by}, done_note = ${note}
    where id = ${drillId} and plan_id = ${planId} and follow_up is not null and done_at is null`)
