/** A leader or reviewer has somebody searched for in her own area, watches over it, and sees how many: never whom. */
import Type from 'typebox'
import { sql, type Tx, together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../../access/index.ts'
import { lengthOf, levelOf } from '../../areas/index.ts'
import { communitiesIn, type RunStatus, type Snapshot, snapshotOf, type Why } from '../store.ts'
import { withhold } from '../withheld.ts'
import { isSearched } from './run.ts'

export const Area = Type.String({ pattern: '^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' })
const One = Type.Object({ id: Id })

/** A search that runs already is the one that was asked for. */
export const startSearch = command({
  operation: 'outreach.start-search',
  permission: 'outreach.run',
  actors: ['staff'],
  input: Type.Object({ matter: Type.String({ maxLength: 60 }), area: Area }),
  output: One,
  async run({ tx, now, actor, call }, { matter: code, area }) {
    const post = postOf(actor)
    const { matters, areaName } = call.platform.services.packs.inForce()
    const matter = matters.find((one) => one.code === code && isSearched(one))
    if (!matter) throw new Refusal('search.not_searched', 'invalid', { fields: [{ path: '/matter' }] })
    if (!post.domains.includes(matter.domain)) throw new Refusal('access.not_your_line', 'forbidden')
    if (!covers(post, area) || areaName(area) === '') throw new Refusal('access.not_your_area', 'forbidden')
    if (!(await snapshotOf(tx))) throw new Refusal('search.no_snapshot', 'conflict')
    const id = newId(now)
    const begun =
      await tx.run(sql`insert into outreach.run (id, matter_code, domain, area, total_communities, requested_by, requested_at)
      values (${id}, ${code}, ${matter.domain}, ${area}, ${await communitiesIn(tx, area)}, ${post.id}, ${now}) on conflict do nothing`)
    if (begun === 1) return { id }
    return tx.one(
      sql<{
        id: string
      }>`select id from outreach.run where matter_code = ${code} and area = ${area} and status in ('waiting', 'running')`,
    )
  },
})

export interface SearchRow {
  id: string
  matterCode: string
  area: string
  status: RunStatus
  why: Why | null
  day: Day | null
  done: number
  total: number
  /** The night's, which nobody asked for. */
  nightly: boolean
  requestedAt: Date
  finishedAt: Date | null
  expiresOn: Day | null
}

const row = sql`r.id, r.matter_code as "matterCode", r.area, r.status, r.why, r.day, r.done_communities as done, r.total_communities as total,
  r.requested_by is null as nightly, r.requested_at as "requestedAt", r.finished_at as "finishedAt", r.expires_on as "expiresOn"`

/** In the post's areas, or over all of them. */
async function getSearch({ tx, actor }: Work, id: string): Promise<SearchRow> {
  const post = postOf(actor)
  const found = await tx.maybe(sql<SearchRow>`select ${row} from outreach.run r where r.id = ${id}`)
  if (!found || !(covers(post, found.area) || post.areas.some((own) => own.startsWith(found.area))))
    throw new Refusal('search.not_found', 'missing')
  return found
}

/** What is stopped leaves nothing behind that anybody could read. */
export const cancelSearch = command({
  operation: 'outreach.cancel-search',
  permission: 'outreach.cancel',
  actors: ['staff'],
  input: One,
  output: One,
  async run(work, { id }) {
    const post = postOf(work.actor)
    const { area } = await getSearch(work, id)
    if (!covers(post, area)) throw new Refusal('search.not_found', 'missing')
    const stopped =
      await work.tx.run(sql`update outreach.run set status = 'cancelled', cancelled_by = ${post.id}, finished_at = ${work.now}
      where id = ${id} and status in ('waiting', 'running')`)
    if (stopped === 0) throw new Refusal('search.over', 'conflict')
    return { id }
  },
})

export interface Searches {
  /** Null before the first night. */
  snapshot: Snapshot | null
  rows: SearchRow[]
}

const MOST = 30

export const listSearches = query({
  operation: 'outreach.list-searches',
  permission: 'outreach.run',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Searches>({}),
  async run({ tx, actor }) {
    const { areas } = postOf(actor)
    const [snapshot, rows] = await together([
      snapshotOf(tx),
      tx.rows(sql<SearchRow>`select ${row} from outreach.run r where exists (select from unnest(${[...areas]}::text[]) own where starts_with(r.area, own) or starts_with(own, r.area))
        order by r.requested_at desc, r.id desc limit ${MOST}`),
    ])
    return { snapshot: snapshot ?? null, rows }
  },
})

export const COUNTED = ['fits', 'confirm', 'unfit'] as const
export interface CountRow {
  code: string
  /** As `COUNTED`, then who has applied since; null is withheld. */
  counts: (number | null)[]
}
export interface SearchPage {
  search: SearchRow
  /** What of the searched area is the post's own: that of its counts. */
  areas: readonly string[]
  /** It leaves out some of the post's area: its counts are for the officers of the area that it is over. */
  isOfPart: boolean
  /** By the areas below; null while it is not done, and of a part. */
  counts: { rows: CountRow[]; total: (number | null)[] } | null
}

/**
 * How many of each list, by area, without names. One table a post, over all of its area: the totals of a search over a part would tell
 * what is withheld in it.
 */
export const readSearch = query({
  operation: 'outreach.read-search',
  permission: 'outreach.run',
  actors: ['staff'],
  input: One,
  output: Type.Unsafe<SearchPage>({}),
  async run(work, { id }) {
    const search = await getSearch(work, id)
    const post = postOf(work.actor)
    const isOfPart = !post.areas.every((own) => own.startsWith(search.area))
    const areas = covers(post, search.area) ? [search.area] : post.areas.filter((own) => own.startsWith(search.area))
    return { search, areas, isOfPart, counts: search.status === 'done' && !isOfPart ? await countsOf(work, search) : null }
  },
})

const CHILD = { city: lengthOf.district, district: lengthOf.street, street: lengthOf.community, community: lengthOf.community }

async function countsOf({ tx, actor }: Work, search: SearchRow): Promise<SearchPage['counts']> {
  const post = postOf(actor)
  const top = post.scope
  const length = CHILD[levelOf(top)]
  const [areas, counted, applied] = await together([
    areasBelow(tx, top, length),
    tx.rows(sql<{
      code: string
      list: string
      n: number
    }>`select left(area, ${length}::int) as code, list, sum(persons)::int as n from outreach.run_count
      where run_id = ${search.id} and area >= ${top} and area < ${`${top}~`} group by 1, 2`),
    tx.rows(sql<{
      code: string
      n: number
    }>`select left(f.area, ${length}::int) as code, count(*)::int as n from outreach.found f join outreach.run r on r.id = f.run_id
      where f.run_id = ${search.id} and f.area >= ${top} and f.area < ${`${top}~`}
      and exists (select from cases.case c where c.applicant_id = f.person_id and c.matter_code = r.matter_code and c.received_at >= r.known_at) group by 1`),
  ])
  const own = areas.filter((code) => covers(post, code))
  const of = (code: string, list: string) => counted.find((one) => one.code === code && one.list === list)?.n ?? 0
  const shown = withhold(own.map((code) => COUNTED.map((list) => of(code, list))))
  const since = withhold(own.map((code) => [applied.find((one) => one.code === code)?.n ?? 0]))
  return {
    rows: own.map((code, at) => ({ code, counts: [...shown.cells[at]!, since.cells[at]![0]!] })),
    total: [...shown.columns, since.columns[0] ?? null],
  }
}

const areasBelow = async (tx: Tx, top: string, length: number): Promise<string[]> =>
  (
    await tx.rows(
      sql<{
        code: string
      }>`select code from areas.area where code >= ${top} and code < ${`${top}~`} and length(code) = ${length} order by code`,
    )
  ).map(({ code }) => code)
