/** Whom a community officer looks up: each person on a page of the list is one look, written down before she is shown. */
import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { type Call, command, personRead, query } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../../access/index.ts'
import { Area } from './searches.ts'

/**
 * `fits`: nothing is missing. `likely`: what no register answers before she applies, or what is presumed of her family. `open`: something
 * is not on record of her. `done`: she has applied since, or does not want it.
 */
export const GROUPS = ['fits', 'likely', 'open', 'done'] as const
export type Group = (typeof GROUPS)[number]
/** That she has applied is no result that anybody notes: the list knows her case. */
export const RESULTS = ['told', 'not_home', 'not_wanted'] as const
export type Result = (typeof RESULTS)[number]
/** Why a result was wrong: it was somebody else, something else came of it, or nobody had gone there. */
export const MISTAKES = ['other_person', 'other_result', 'no_visit'] as const
export type Mistake = (typeof MISTAKES)[number]

export interface ToVisit {
  matterCode: string
  area: string
  runId: string
  /** On which day's facts. */
  day: Day
  expiresOn: Day
  packHash: string
  asked: string[]
  counts: Record<Group, number>
}

/** The newest search that covers an area, not longer ago than its list is kept. */
const newest = (area: RawBuilder<unknown>, today: Day) => sql`(select distinct on (r.matter_code) r.* from outreach.run r
  where r.status = 'done' and r.expires_on >= ${today} and starts_with(${area}, r.area) order by r.matter_code, r.finished_at desc, r.id desc)`

const applied = sql`exists (select from cases.case c where c.applicant_id = f.person_id and c.matter_code = r.matter_code and c.received_at >= r.known_at)`
const groupOf = sql`case when ${applied} or v.result = 'not_wanted' then 'done' when f.list = 'fits' then 'fits'
  when f.missing <@ (f.presumed || r.asked) then 'likely' else 'open' end`
const lastVisit = sql`left join lateral (select v.result, v.at from outreach.visit v where v.person_id = f.person_id and v.matter_code = r.matter_code
  and not exists (select from outreach.visit_taken_back b where b.visit_id = v.id)
  order by v.at desc, v.id desc limit 1) v on true`
const homeOf = (
  today: Day,
) => sql`left join lateral (select d.address from people.dwelling_occupancy o join people.dwelling d on d.id = o.dwelling_id
  where o.person_id = p.id and o.during @> ${today}::date limit 1) home on true`
const inside = (area: string | RawBuilder<unknown>) => sql`f.area >= ${area} and f.area < ${area} || '~'`

/** How many there are to be looked up, by matter and area of the post. */
export const listToVisit = query({
  operation: 'outreach.list-to-visit',
  permission: 'outreach.visit',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ rows: ToVisit[] }>({}),
  async run({ tx, now, actor }) {
    return { rows: await toVisit(tx, postOf(actor), dayOf(now)) }
  },
})

const toVisit = (tx: Tx, post: Pick<Post, 'areas'>, today: Day): Promise<ToVisit[]> =>
  tx.rows(sql<ToVisit>`select r.matter_code as "matterCode", own.area, r.id as "runId", r.day, r.expires_on as "expiresOn", r.pack_hash as "packHash", r.asked,
      (select jsonb_build_object(${sql.join(GROUPS.flatMap((name) => [sql`${sql.lit(name)}`, sql`count(*) filter (where g.name = ${sql.lit(name)})`]))})
        from (select ${groupOf} as name from outreach.found f ${lastVisit} where f.run_id = r.id and ${inside(sql`own.area`)}) g) as counts
    from unnest(${[...post.areas]}::text[]) own(area) cross join lateral ${newest(sql`own.area`, today)} r
    order by r.matter_code, own.area`)

export interface Visited {
  personId: string
  name: string
  bornOn: Day | null
  /** Where to go; withheld of whoever has a safety flag, null where none is on record. */
  address: string | null
  amountFen: number | null
  missing: string[]
  presumed: string[]
  /** What came of it, the newest first; `takenBack` says why it does not count. */
  tried: { id: string; result: Result; at: Date; takenBack: Mistake | null; mayTakeBack: boolean }[]
  applied: boolean
}
export interface VisitPage {
  of: ToVisit
  group: Group
  page: number
  people: Visited[]
}

const PAGE = 20
/** Noted by this officer, in this post or another of hers. */
const noted = (
  post: Post,
) => sql`exists (select from access.officer_of_post o join access.officer_of_post mine on mine.officer_number = o.officer_number
  where o.post_id = v.post_id and mine.post_id = ${post.id}::uuid)`
/** From which day on a mistake can be taken back; without a number for it, as long as the note is kept. */
function mistakesSince({ platform }: Call, area: string, today: Day): Day {
  const days = platform.services.packs.inForce().optionalNumber('outreach.take_back', area, today)
  return days === null ? '' : addDays(today, -days)
}
const Asked = Type.Object({
  matter: Type.String({ maxLength: 60 }),
  area: Area,
  group: Type.Optional(Type.Enum([...GROUPS])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})

/** Whose looks were written down for this call: the list may have moved on by the time that it is read. */
const written = new WeakMap<Call, { group: Group; ids: readonly string[] }>()

async function listOf(tx: Tx, post: Post, { matter, area }: { matter: string; area: string }, today: Day): Promise<ToVisit> {
  const of = covers(post, area)
    ? (await toVisit(tx, { areas: [area] }, today)).find((one) => one.matterCode === matter)
    : undefined
  if (!of) throw new Refusal('visit.no_list', 'missing')
  return of
}

const firstGroup = ({ counts }: ToVisit): Group => GROUPS.find((name) => counts[name] > 0) ?? 'fits'

export const readToVisit = personRead({
  operation: 'outreach.read-to-visit',
  permission: 'outreach.visit',
  actors: ['staff'],
  input: Asked,
  output: Type.Unsafe<VisitPage>({}),
  async about({ tx, now, actor, call }, asked) {
    const of = await listOf(tx, postOf(actor), asked, dayOf(now))
    const { group = firstGroup(of), page = 1 } = asked
    // Who waits longest for a first visit comes first; nobody is ranked. Of those, house by house: one walk goes through one house.
    const rows = await tx.rows(sql<{
      id: string
    }>`select f.person_id as id from outreach.found f join outreach.run r on r.id = f.run_id join people.person p on p.id = f.person_id ${lastVisit} ${homeOf(dayOf(now))}
      where f.run_id = ${of.runId} and ${inside(asked.area)} and ${groupOf} = ${group} order by v.at nulls first, case when p.safety_flag then null else home.address end nulls last, p.born_on, f.person_id limit ${PAGE} offset ${(page - 1) * PAGE}`)
    const personIds = rows.map(({ id }) => id)
    written.set(call, { group, ids: personIds })
    return { personIds, purpose: `outreach:${asked.matter}`, caseId: null }
  },
  async run({ tx, now, actor, call }, asked) {
    const of = await listOf(tx, postOf(actor), asked, dayOf(now))
    const { group, ids } = written.get(call)!
    const since = mistakesSince(call, asked.area, dayOf(now))
    const people =
      await tx.rows(sql<Visited>`select p.id as "personId", p.name, p.born_on as "bornOn", case when p.safety_flag then null else home.address end as address, f.amount_fen as "amountFen", f.missing, f.presumed, ${applied} as applied,
        coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'result', v.result, 'at', v.at, 'takenBack', b.why, 'mayTakeBack', b.why is null and ${noted(postOf(actor))}) order by v.at desc, v.id desc)
          from outreach.visit v left join outreach.visit_taken_back b on b.visit_id = v.id where v.person_id = f.person_id and v.matter_code = r.matter_code), '[]') as tried
      from outreach.found f join outreach.run r on r.id = f.run_id join people.person p on p.id = f.person_id ${homeOf(dayOf(now))}
      where f.run_id = ${of.runId} and f.person_id = any(${[...ids]}::uuid[]) order by array_position(${[...ids]}::uuid[], f.person_id)`)
    return {
      of,
      group,
      page: asked.page ?? 1,
      people: people.map((one) => ({
        ...one,
        tried: one.tried.map((visit) => {
          const at = new Date(visit.at)
          return { ...visit, at, mayTakeBack: visit.mayTakeBack && dayOf(at) >= since }
        }),
      })),
    }
  },
})

/** What came of it. Only of somebody who is on a list of the post's area. */
export const recordVisit = command({
  operation: 'outreach.record-visit',
  permission: 'outreach.visit',
  actors: ['staff'],
  input: Type.Object({ matter: Type.String({ maxLength: 60 }), area: Area, personId: Id, result: Type.Enum([...RESULTS]) }),
  output: Type.Object({ personId: Id }),
  async run({ tx, now, actor, call }, { matter: code, area, personId, result }) {
    const post = postOf(actor)
    const of = await listOf(tx, post, { matter: code, area }, dayOf(now))
    const matter = call.platform.services.packs.inForce().matter(code)
    const noted = await tx.run(sql`insert into outreach.visit (id, person_id, matter_code, domain, area, result, at, post_id)
      select ${newId(now)}::uuid, f.person_id, ${code}, ${matter.domain}, f.area, ${result}, ${now}, ${post.id}
      from outreach.found f where f.run_id = ${of.runId} and f.person_id = ${personId} and ${inside(area)}`)
    if (noted === 0) throw new Refusal('visit.not_listed', 'missing')
    return { personId }
  },
})

/**
 * What was noted by mistake, taken back by whoever noted it: nothing is erased, it counts no more, and who did not want it is on the list again.
 * What she said herself (不要找我) is her own and stays.
 * @throws Refusal visit.not_found · visit.not_yours · visit.too_late · visit.taken_back
 */
export const takeBackVisit = command({
  operation: 'outreach.take-back-visit',
  permission: 'outreach.visit',
  actors: ['staff'],
  input: Type.Object({ visitId: Id, why: Type.Enum([...MISTAKES]) }),
  output: Type.Object({ visitId: Id }),
  async run({ tx, now, actor, call }, { visitId, why }) {
    const post = postOf(actor)
    const visit = await tx.maybe(
      sql<{
        area: string
        at: Date
        own: boolean
      }>`select v.area, v.at, ${noted(post)} as own from outreach.visit v where v.id = ${visitId}`,
    )
    if (!visit || !covers(post, visit.area)) throw new Refusal('visit.not_found', 'missing')
    if (!visit.own) throw new Refusal('visit.not_yours', 'conflict')
    if (dayOf(visit.at) < mistakesSince(call, visit.area, dayOf(now))) throw new Refusal('visit.too_late', 'conflict')
    const taken = await tx.run(sql`insert into outreach.visit_taken_back (visit_id, why, at, post_id)
      values (${visitId}, ${why}, ${now}, ${post.id}) on conflict (visit_id) do nothing`)
    if (taken === 0) throw new Refusal('visit.taken_back', 'conflict')
    return { visitId }
  },
})
