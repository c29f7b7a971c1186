import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import type { Day } from '../../../platform/time.ts'

export interface WatchGroup {
  id: string
  area: string
  name: string
  about: string
}
export interface ListedGroup extends WatchGroup {
  members: number
  /** Patrols of the next seven days that are short of somebody. */
  short: number
  lastTraining: Day | null
}
export interface Patrol {
  id: string
  from: Date
  to: Date
  place: string
  needed: number
  taken: number
}
export interface Member {
  personId: string
  name: string
  agreedAt: Date
  how: 'herself' | 'paper'
}
export interface Training {
  id: string
  heldOn: Day
  content: string
  tookPart: number
}

const columns = sql`g.id, g.area, g.name, g.about`
const taken = sql`(select count(*) from safety.patrol_place t where t.patrol_id = p.id)::int`
const patrol = sql`p.id, p.starts_at as "from", p.ends_at as "to", p.place, p.needed`

export const listGroups = (tx: Tx, own: RawBuilder<boolean>, now: Date): Promise<ListedGroup[]> =>
  tx.rows(sql<ListedGroup>`select ${columns}, (select count(*) from safety.watch_member m where m.group_id = g.id and m.left_at is null)::int as members,
      (select count(*) from safety.patrol p where p.group_id = g.id and p.cancelled_at is null and p.ends_at > ${now} and p.starts_at < ${now}::timestamptz + interval '7 days' and ${taken} < p.needed)::int as short,
      (select max(t.held_on) from safety.training t where t.group_id = g.id) as "lastTraining"
    from safety.watch_group g where ${own} order by g.area, g.name, g.id limit 200`)

export const findGroup = (tx: Tx, id: string): Promise<WatchGroup | undefined> =>
  tx.maybe(sql<WatchGroup>`select ${columns} from safety.watch_group g where g.id = ${id}`)

export const insertGroup = (tx: Tx, g: WatchGroup, by: string, now: Date): Promise<number> =>
  tx.run(
    sql`insert into safety.watch_group (id, area, name, about, recorded_at, recorded_by) values (${g.id}, ${g.area}, ${g.name}, ${g.about}, ${now}, ${by})`,
  )

export const memberIds = async (tx: Tx, groupId: string): Promise<string[]> =>
  (
    await tx.rows(
      sql<{
        id: string
      }>`select person_id as id from safety.watch_member where group_id = ${groupId} and left_at is null order by agreed_at, id limit 500`,
    )
  ).map(({ id }) => id)

export const listMembers = (tx: Tx, groupId: string): Promise<Member[]> =>
  tx.rows(sql<Member>`select m.person_id as "personId", p.name, m.agreed_at as "agreedAt", m.how from safety.watch_member m join people.person p on p.id = m.person_id
    where m.group_id = ${groupId} and m.left_at is null order by m.agreed_at, m.id limit 500`)

export const listPatrols = (tx: Tx, groupId: string, now: Date): Promise<Patrol[]> =>
  tx.rows(
    sql<Patrol>`select ${patrol}, ${taken} as taken from safety.patrol p where p.group_id = ${groupId} and p.cancelled_at is null and p.ends_at > ${now} order by p.starts_at, p.id limit 100`,
  )

export const listTrainings = (tx: Tx, groupId: string): Promise<Training[]> =>
  tx.rows(
    sql<Training>`select id, held_on as "heldOn", content, took_part as "tookPart" from safety.training where group_id = ${groupId} order by held_on desc, id desc limit 100`,
  )

/** False: she is in it already. */
export const insertMember = async (
  tx: Tx,
  m: { id: string; groupId: string; personId: string; how: 'herself' | 'paper'; by: string | null },
  now: Date,
): Promise<boolean> => {
  const columns = sql`id, group_id, person_id, agreed_at, how`
  const values = sql`${m.id}, ${m.groupId}, ${m.personId}, ${now}, ${m.how}`
  const once = sql`on conflict (group_id, person_id) where left_at is null do nothing`
  const n = m.by
    ? await tx.run(sql`insert into safety.watch_member (${columns}, recorded_by) values (${values}, ${m.by}) ${once}`)
    : await tx.run(sql`insert into safety.watch_member (${columns}) values (${values}) ${once}`)
  return n === 1
}

export const insertPatrol = (tx: Tx, p: Omit<Patrol, 'taken'>, groupId: string, by: string, now: Date): Promise<number> =>
  tx.run(
    sql`insert into safety.patrol (id, group_id, starts_at, ends_at, place, needed, recorded_at, recorded_by) values (${p.id}, ${groupId}, ${p.from}, ${p.to}, ${p.place}, ${p.needed}, ${now}, ${by})`,
  )

export const cancelPatrolRow = (tx: Tx, groupId: string, id: string, by: string, now: Date): Promise<number> =>
  tx.run(
    sql`update safety.patrol set cancelled_at = ${now}, cancelled_by = ${by} where id = ${id} and group_id = ${groupId} and cancelled_at is null`,
  )

export const insertTraining = (tx: Tx, t: Training, groupId: string, by: string, now: Date): Promise<number> =>
  tx.run(
    sql`insert into safety.training (id, group_id, held_on, content, took_part, recorded_at, recorded_by) values (${t.id}, ${groupId}, ${t.heldOn}, ${t.content}, ${t.tookPart}, ${now}, ${by})`,
  )

export interface OwnGroup extends WatchGroup {
  member: boolean
  patrols: (Patrol & { mine: boolean })[]
}
/** Groups where she lives; of her own ones the patrols to come. */
export async function listOwnGroups(tx: Tx, now: Date): Promise<OwnGroup[]> {
  const groups = await tx.rows(sql<WatchGroup & { member: boolean }>`select ${columns},
      exists (select from safety.watch_member m where m.group_id = g.id and m.left_at is null) as member
    from safety.watch_group g order by g.name, g.id limit 50`)
  const patrols = await tx.rows(sql<
    Patrol & { mine: boolean; groupId: string }
  >`select ${patrol}, p.group_id as "groupId", safety.places_taken(p.id) as taken,
      exists (select from safety.patrol_place t where t.patrol_id = p.id) as mine
    from safety.patrol p where p.cancelled_at is null and p.ends_at > ${now} order by p.starts_at, p.id limit 100`)
  return groups.map((group) => ({ ...group, patrols: patrols.filter(({ groupId }) => groupId === group.id) }))
}

export const leaveGroup = (tx: Tx, groupId: string, now: Date): Promise<number> =>
  tx.run(sql`update safety.watch_member set left_at = ${now} where group_id = ${groupId} and left_at is null`)
export const giveUpPatrols = (tx: Tx, groupId: string, now: Date): Promise<number> =>
  tx.run(
    sql`delete from safety.patrol_place t where exists (select from safety.patrol p where p.id = t.patrol_id and p.group_id = ${groupId} and p.starts_at > ${now})`,
  )

/** False: there is no such patrol of a group of hers. Taken twice is taken. */
export const takePlace = async (tx: Tx, patrolId: string, personId: string, now: Date): Promise<boolean> =>
  (await tx.maybe(sql`select from safety.patrol where id = ${patrolId} and cancelled_at is null and ends_at > ${now}`)) !==
    undefined &&
  (await tx.run(
    sql`insert into safety.patrol_place (patrol_id, person_id, taken_at) values (${patrolId}, ${personId}, ${now}) on conflict do nothing`,
  )) >= 0
/** While it is not over: who went stays on record. */
export const giveUpPlace = (tx: Tx, patrolId: string, now: Date): Promise<number> =>
  tx.run(
    sql`delete from safety.patrol_place t where t.patrol_id = ${patrolId} and exists (select from safety.patrol p where p.id = t.patrol_id and p.ends_at > ${now})`,
  )
