/** Rows of searches. */
import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { Day } from '../../platform/time.ts'
import { lengthOf } from '../areas/index.ts'
import type { ParameterRow } from '../rules/index.ts'
import type { Search } from './search.ts'

export type RunStatus = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
export type Why = 'no_snapshot' | 'not_searched' | 'broken'

export interface Run {
  id: string
  matterCode: string
  area: string
  status: RunStatus
  packHash: string | null
  day: Day | null
  knownAt: Date | null
  reached: string
  requestedBy: string | null
}

/** What a run stands on, once it has begun. */
export interface Begun extends Run {
  packHash: string
  day: Day
  knownAt: Date
}

const run = sql`r.id, r.matter_code as "matterCode", r.area, r.status, r.pack_hash as "packHash", r.day, r.known_at as "knownAt", r.reached, r.requested_by as "requestedBy"`

export interface Snapshot {
  day: Day
  knownAt: Date
}
export const snapshotOf = (tx: Tx): Promise<Snapshot | undefined> =>
  tx.maybe(sql<Snapshot>`select day, known_at as "knownAt" from outreach.snapshot`)

/** Whatever is not at its end, the oldest first. */
export const runsToWorkOn = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows(
      sql<{ id: string }>`select id from outreach.run where status in ('waiting', 'running') order by requested_at, id`,
    )
  ).map(({ id }) => id)

/** Held until the end of the transaction: of two that go on with it each takes a part of its own. */
export const findRunForUpdate = (tx: Tx, id: string): Promise<Run | undefined> =>
  tx.maybe(sql<Run>`select ${run} from outreach.run r where r.id = ${id} for update`)

export const communitiesIn = async (tx: Tx, area: string): Promise<number> =>
  (
    await tx.one(
      sql<{
        n: number
      }>`select count(*)::int as n from areas.area where level = 'community' and valid_to is null and code >= ${area} and code < ${`${area}~`}`,
    )
  ).n

/**
 * What is searched by one statement: a street, or the community that is searched; and before all, who is on record of no street.
 * Where nobody is there is nothing to do.
 */
export interface SearchedPart {
  code: string
}
const STREET = lengthOf.street

export async function partAfter(tx: Tx, area: string, reached: string): Promise<SearchedPart | undefined> {
  if (reached === '' && area.length < STREET) return { code: area }
  return tx.maybe(
    sql<SearchedPart>`select a.code from areas.area a where a.code >= ${area} and a.code < ${`${area}~`} and a.code > ${reached}
      and length(a.code) = ${Math.max(STREET, area.length)} and exists (select from outreach.person p where p.area >= a.code and p.area < a.code || '~')
      order by a.code limit 1`,
  )
}

const inPart = ({ code }: SearchedPart): RawBuilder<unknown> =>
  code.length < STREET
    ? sql`p.area in (select a.code from areas.area a where a.code >= ${code} and a.code < ${`${code}~`} and length(a.code) < ${STREET}::int)`
    : sql`p.area >= ${code} and p.area < ${`${code}~`}`

/** Into which part somebody of an area falls. */
export const partOf = (area: RawBuilder<unknown>, searched: string): RawBuilder<unknown> =>
  sql`case when length(${area}) < ${STREET}::int then ${searched} else left(${area}, ${Math.max(STREET, searched.length)}::int) end`

const list = (texts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  texts.length === 0 ? sql`'{}'::text[]` : sql`array_remove(array[${sql.join(texts)}], null)`

/** Everybody of a part, judged: the texts come from the rules, and hold no word of a person. */
export function judged(search: Search, matterCode: string, part: SearchedPart, now: Date): RawBuilder<unknown> {
  const { conditions, among, amount } = search
  const all = conditions.length === 0 ? sql`true` : sql.raw(conditions.map(({ certain }) => `(${certain})`).join(' and '))
  const named = (only: (each: Search['conditions'][number]) => string | null) =>
    list(
      conditions.flatMap((each) => {
        const when = only(each)
        return when === null ? [] : [sql`case when ${sql.raw(when)} then ${sql.lit(each.rule)} end`]
      }),
    )
  return sql`select p.person_id, p.area, p.hidden, case ${all} when true then 'fits' when false then 'unfit' else 'confirm' end as list,
      ${named(({ certain }) => `(${certain}) is null`)} as missing,
      ${named(({ certain, presumed }) => presumed && `(${certain}) is null and (${presumed})`)} as presumed,
      ${amount === null ? sql`null::bigint` : sql`case when ${sql.raw(amount)} > 0 then ${sql.raw(amount)} end`} as amount_fen
    from outreach.person p
    where ${inPart(part)}${among === null ? sql`` : sql` and ${sql.raw(among)}`} and not (${matterCode} = any(p.applied)) and not (${matterCode} = any(coalesce(p.receives, '{}')))
      and not exists (select from outreach.opt_out o where o.person_id = p.person_id and o.matter_code = ${matterCode} and o.since <= ${now}
        and (o.ended_at is null or o.ended_at > ${now}))`
}

/** The rows of a part as its link of the hash has them. */
export const linkOf = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select string_agg(concat_ws('|', f.person_id, f.list, coalesce(f.amount_fen::text, ''), array_to_string(f.missing, ',')), E'\n' order by f.person_id) from ${rows} f)`

/** Judges a part and writes down whom it found, how many, and the next link of the hash: one statement. */
export const searchPart = (tx: Tx, begun: Begun, search: Search, part: SearchedPart, now: Date): Promise<number> =>
  tx.run(sql`with judged as materialized (${judged(search, begun.matterCode, part, now)}),
    named as (insert into outreach.found (run_id, person_id, area, hidden, list, missing, presumed, amount_fen)
      select ${begun.id}::uuid, person_id, area, hidden, list, missing, presumed, amount_fen from judged where list <> 'unfit'
      returning person_id, list, amount_fen, missing),
    counted as (insert into outreach.run_count (run_id, area, list, persons)
      select ${begun.id}::uuid, area, list, count(*) from judged where not hidden group by area, list returning list, persons),
    sums as (select coalesce(sum(persons) filter (where list = 'fits'), 0) as fits, coalesce(sum(persons) filter (where list = 'confirm'), 0) as confirm,
      coalesce(sum(persons) filter (where list = 'unfit'), 0) as unfit from counted),
    link as (select ${linkOf(sql`named`)} as text)
    update outreach.run r set reached = ${part.code}, done_communities = least(r.total_communities, (select count(*)::int from areas.area a where a.level = 'community' and a.valid_to is null
        and a.code >= r.area and a.code < ${part.code.length < STREET ? part.code : `${part.code}~`})),
      fits = r.fits + sums.fits, confirm = r.confirm + sums.confirm, unfit = r.unfit + sums.unfit,
      chain = case when link.text is null then r.chain else sha256(r.chain || convert_to(link.text, 'UTF8')) end
    from sums, link where r.id = ${begun.id}`)

/** Whatever was written of it, so that it begins anew. */
export async function forgetParts(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from outreach.found where run_id = ${id}`)
  await tx.run(sql`delete from outreach.run_count where run_id = ${id}`)
}

export const writeBegun = (
  tx: Tx,
  id: string,
  on: { packHash: string; snapshot: Snapshot; rules: readonly string[]; search: Search; head: string },
  now: Date,
): Promise<number> =>
  tx.run(sql`update outreach.run set status = 'running', pack_hash = ${on.packHash}, day = ${on.snapshot.day}, known_at = ${on.snapshot.knownAt},
      rules = ${[...on.rules]}::text[], asked = ${[...on.search.asked]}::text[], parameters = ${JSON.stringify(on.search.parameters satisfies readonly ParameterRow[])}::jsonb,
      chain = sha256(convert_to(${on.head}, 'UTF8')), reached = '', done_communities = 0, fits = 0, confirm = 0, unfit = 0,
      started_at = ${now} where id = ${id}`)

export const writeDone = (tx: Tx, id: string, expiresOn: Day, now: Date): Promise<number> =>
  tx.run(
    sql`update outreach.run set status = 'done', done_communities = total_communities, hash = encode(chain, 'hex'), finished_at = ${now}, expires_on = ${expiresOn} where id = ${id} and status = 'running'`,
  )

export const writeFailed = (tx: Tx, id: string, why: Why, now: Date): Promise<number> =>
  tx.run(
    sql`update outreach.run set status = 'failed', why = ${why}, finished_at = ${now} where id = ${id} and status in ('waiting', 'running')`,
  )
