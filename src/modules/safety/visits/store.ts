/** Whom a warning concerns most, by the facts at hand. Nobody is listed by a sealed category, and nobody whose whereabouts are hidden. */
import type { RawBuilder } from 'kysely'
import type { VisitReason } from '../../../core/matters/index.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { addMonths } from '../../../platform/day.ts'
import type { Day } from '../../../platform/time.ts'

/** `open`: nobody has been there. `again`: nobody was home. */
export const GROUPS = ['help', 'open', 'again', 'told'] as const
export type Group = (typeof GROUPS)[number]
/** `helped`: what was needed has come to her, or she to it. */
export const RESULTS = ['told', 'not_home', 'needs_help', 'helped'] as const
export const NEEDS = ['shelter', 'carrying', 'medicine', 'food', 'other'] as const
export type Result = (typeof RESULTS)[number]
export type Need = (typeof NEEDS)[number]

export interface Asked {
  broadcastId: string
  /** Within the post and within the warning. */
  areas: readonly string[]
  reasons: readonly VisitReason[]
  today: Day
}

export interface ToLookUp {
  personId: string
  name: string
  bornOn: Day | null
  address: string | null
  reasons: string[]
  tried: { result: Result; need: Need | null; at: Date }[]
}

const home = (
  today: Day,
) => sql`left join lateral (select o.dwelling_id, d.address from people.dwelling_occupancy o join people.dwelling d on d.id = o.dwelling_id
  where o.person_id = p.id and o.during @> ${today}::date limit 1) home on true`

const alone = (today: Day) => sql`home.dwelling_id is not null and not exists (select from people.dwelling_occupancy other
  where other.dwelling_id = home.dwelling_id and other.person_id <> p.id and other.during @> ${today}::date)`

/** A certificate without its kind has a sealed one: it puts nobody on a list. */
const certified = (grades: readonly number[], today: Day) => sql`exists (select from people.disability_certificate c
  where c.person_id = p.id and c.during @> ${today}::date and c.kind is not null and c.grade = any(${[...grades]}::int[]))`

function conditionOf({ from_age, to_age, alone: lives_alone, grades }: VisitReason, today: Day): RawBuilder<unknown> {
  const all = [
    ...(from_age === undefined ? [] : [sql`p.born_on <= ${addMonths(today, -12 * from_age)}::date`]),
    ...(to_age === undefined ? [] : [sql`p.born_on > ${addMonths(today, -12 * (to_age + 1))}::date`]),
    ...(lives_alone ? [alone(today)] : []),
    ...(grades ? [certified(grades, today)] : []),
  ]
  // What is unknown of her is no reason.
  return all.length === 0 ? sql`false` : sql`coalesce(${sql.join(all, sql` and `)}, false)`
}

const groupOf = sql`case v.result when 'told' then 'told' when 'helped' then 'told' when 'needs_help' then 'help' when 'not_home' then 'again' else 'open' end`

/** Everybody of the list, with the reasons; `rest` narrows it. */
const listed = ({ broadcastId, areas, reasons, today }: Asked, rest: RawBuilder<unknown>) => {
  const codes = reasons.map((reason) => sql`case when ${conditionOf(reason, today)} then ${reason.code}::text end`)
  return sql`(select p.id, p.name, p.born_on, p.living_area, home.address, array_remove(array[${sql.join(codes)}], null) as reasons, ${groupOf} as group_name, v.at as last_at
    from unnest(${[...areas]}::text[]) own(area) join people.person p on p.living_area >= own.area and p.living_area < own.area || '~' ${home(today)}
    left join lateral (select v.result, v.at from safety.visit v where v.broadcast_id = ${broadcastId} and v.person_id = p.id order by v.at desc, v.id desc limit 1) v on true
    where not p.safety_flag and (${sql.join(
      reasons.map((reason) => conditionOf(reason, today)),
      sql` or `,
    )}) and ${rest}) l`
}

export const countToLookUp = async (tx: Tx, asked: Asked): Promise<Record<Group, number>> => {
  const rows = await tx.rows(
    sql<{ name: Group; n: number }>`select l.group_name as name, count(*)::int as n from ${listed(asked, sql`true`)} group by 1`,
  )
  return Object.fromEntries(GROUPS.map((group) => [group, rows.find(({ name }) => name === group)?.n ?? 0])) as Record<
    Group,
    number
  >
}

/** What the last visit to each one found, in numbers: what is still needed by kind, and to how many it came. */
export async function countNeedsOf(
  tx: Tx,
  broadcastId: string,
): Promise<{ needs: Partial<Record<Need, number>>; helped: number }> {
  const rows = await tx.rows(
    sql<{
      result: Result
      need: Need | null
      n: number
    }>`select l.result, l.need, count(*)::int as n from (select distinct on (v.person_id) v.result, v.need
      from safety.visit v where v.broadcast_id = ${broadcastId} order by v.person_id, v.at desc, v.id desc) l where l.result in ('needs_help', 'helped') group by 1, 2`,
  )
  return {
    needs: Object.fromEntries(rows.flatMap(({ need, n }) => (need ? [[need, n]] : []))),
    helped: rows.find(({ result }) => result === 'helped')?.n ?? 0,
  }
}

/** Who waits longest comes first, then house by house: one walk goes through one house. */
export const idsToLookUp = async (tx: Tx, asked: Asked, group: Group, page: { most: number; skip: number }): Promise<string[]> =>
  (
    await tx.rows(
      sql<{ id: string }>`select l.id from ${listed(asked, sql`${groupOf} = ${group}`)}
        order by l.last_at nulls first, l.address nulls last, l.id limit ${page.most} offset ${page.skip}`,
    )
  ).map(({ id }) => id)

export const readPeople = (tx: Tx, asked: Asked, ids: readonly string[]): Promise<ToLookUp[]> =>
  tx.rows(sql<ToLookUp>`select l.id as "personId", l.name, l.born_on as "bornOn", l.address, l.reasons,
      coalesce((select jsonb_agg(jsonb_build_object('result', v.result, 'need', v.need, 'at', v.at) order by v.at desc, v.id desc)
        from safety.visit v where v.broadcast_id = ${asked.broadcastId} and v.person_id = l.id), '[]') as tried
    from ${listed(asked, sql`p.id = any(${[...ids]}::uuid[])`)} order by array_position(${[...ids]}::uuid[], l.id)`)

interface NewVisit {
  id: string
  personId: string
  result: Result
  need: Need | null
  postId: string
  at: Date
}
/** Only of somebody who is on the list. */
export const insertVisit = (tx: Tx, asked: Asked, visit: NewVisit): Promise<number> =>
  tx.run(sql`insert into safety.visit (id, broadcast_id, person_id, area, result, need, at, post_id)
    select ${visit.id}::uuid, ${asked.broadcastId}::uuid, l.id, l.living_area, ${visit.result}, ${visit.need}, ${visit.at}, ${visit.postId}::uuid
    from ${listed(asked, sql`p.id = ${visit.personId}::uuid`)}`)

export const forgetBefore = (tx: Tx, before: Date): Promise<number> => tx.run(sql`delete from safety.visit where at < ${before}`)
