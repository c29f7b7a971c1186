/** The list of a post, and the page of one hazard. */
import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import { inAreas, postOf } from '../../../core/access/index.ts'
import type { Limit } from '../../../core/clocks/index.ts'
import { type HazardOrder, hazardOrders } from '../../../core/matters/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { personRead, query } from '../../../platform/use-case/use-case.ts'
import { longestOf } from '../due.ts'
import { type Action, type Grade, grades, type PlaceKind } from '../hazard.ts'
import { answersTo, linesFor, type May, mayOf, mayOrder, type Stands } from '../possible.ts'
import { type Found, findKeeper, findReport, getHazard, type HazardFact, listFacts } from '../store.ts'
import { organWithPower } from './power.ts'
import { KindCode, OnHazard } from './shapes.ts'

/** `todo`: what this post can take on now; `overdue` a part of it. `watching`: what others have in hand. `ended`: closed or none. */
export const lists = ['todo', 'overdue', 'watching', 'ended'] as const
export type List = (typeof lists)[number]

/** No keeper and no reporter; of a home not even the place. */
export interface HazardRow extends Stands {
  id: string
  number: string
  area: string
  kind: string
  grade: Grade | null
  placeKind: PlaceKind | null
  /** Null for a home. */
  place: string | null
  /** What takes it on from here, whoever may do it. */
  awaits: Action[]
  handlingArea: string
  domain: string
  dueAt: Date | null
  dueProvisional: boolean
  endedAt: Date | null
}
export interface HazardList {
  rows: HazardRow[]
  counts: Record<List, number>
  more: boolean
}

export const PAGE = 25

/** What this post can take on: at its own level, by its permissions, and no recheck of what she registered or called done. */
function ownWork(post: Post): RawBuilder<unknown> {
  const [street, above] = [post.areas.some((own) => own.length >= 9), post.areas.some((own) => own.length < 9)]
  const levels = [...(street ? [sql`length(h.handling_area) = 9`] : []), ...(above ? [sql`length(h.handling_area) = 6`] : [])]
  return sql`(h.open and (${sql.join(levels, sql` or `)}) and h.awaits && ${answersTo(post)}
    and not ('recheck' = any(h.awaits) and ${post.officerId}::uuid in (h.registered_by, h.said_done_by)))`
}

export const listHazards = query({
  operation: 'hazards.list',
  permission: 'hazard.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...lists])),
    kind: Type.Optional(KindCode),
    grade: Type.Optional(Type.Enum([...grades])),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<HazardList>({}),
  async run({ tx, actor, now }, { list = 'todo', kind, grade, number, page = 1 }) {
    const post = postOf(actor)
    const todo = ownWork(post)
    const of: Record<List, RawBuilder<unknown>> = {
      todo,
      overdue: sql`${todo} and h.due_at < ${now}`,
      watching: sql`h.open and not ${todo}`,
      ended: sql`not h.open`,
    }
    const inReach = sql`(${inAreas(post, 'h.area')} or ${inAreas(post, 'h.handling_area')})`
    const asked = number?.normalize('NFKC').trim().toUpperCase()
    const filters = sql`${kind ? sql`and h.kind = ${kind}` : sql``} ${grade ? sql`and h.grade = ${grade}` : sql``}
      ${asked ? sql`and strpos(h.number, ${asked}) > 0` : sql``}`
    // Who looks for a number looks for it wherever it is.
    const where = asked ? sql`true` : of[list]
    const order = list === 'ended' && !asked ? sql`h.ended_at desc, h.id` : sql`h.due_at nulls last, h.id`
    const rows =
      await tx.rows(sql<HazardRow>`select h.id, h.number, h.area, h.kind, h.grade, h.place_kind as "placeKind", case when h.place_kind = 'home' then null else h.place end as place,
        h.status, h.awaits, h.transferred, h.taken_on as "takenOn", h.ordered, h.handling_area as "handlingArea", h.domain, h.due_at as "dueAt", h.due_provisional as "dueProvisional", h.ended_at as "endedAt"
      from hazards.hazard h where ${inReach} and ${where} ${filters} order by ${order} limit ${PAGE + 1} offset ${(page - 1) * PAGE}`)
    const counts = await tx.one(
      sql<Record<List, number>>`select ${sql.join(
        lists.map((name) => sql`(count(*) filter (where ${of[name]}))::int as ${sql.ref(name)}`),
      )} from hazards.hazard h where ${inReach}`,
    )
    return { rows: rows.slice(0, PAGE), counts, more: rows.length > PAGE }
  },
})

export interface HazardPage {
  found: Found
  keeper: { name: string; known: boolean } | null
  /** What a resident wrote; never who. */
  reported: { words: string; madeAt: Date } | null
  /** Of one that was known already: its number. */
  sameAs: { id: string; number: string } | null
  timeline: HazardFact[]
  may: May
  /** For each order: true, or the organ that may give it. */
  orders: Record<HazardOrder, true | { organ: string; basis: string }>
  /** The last day that may be given to put it right, and within how many days that is. */
  longest: { day: Day; limit: Limit }
  /** Where it can be handed over to, the first one first. */
  lines: { line: string; organ: string }[]
}

/** A keeper who is a person known sees who looked. */
export const readHazard = personRead({
  operation: 'hazards.read',
  permission: 'hazard.read',
  actors: ['staff'],
  input: Type.Object(OnHazard),
  output: Type.Unsafe<HazardPage>({}),
  async about(work, { id }) {
    await getHazard(work, id)
    const keeper = await findKeeper(work.tx, work.call.platform.services.crypto, id)
    return { personIds: keeper?.personId ? [keeper.personId] : [], purpose: 'hazard', caseId: null }
  },
  async run(work, { id }): Promise<HazardPage> {
    const { packs, crypto } = work.call.platform.services
    const pack = packs.inForce()
    const post = postOf(work.actor)
    const found = await getHazard(work, id)
    const { state, area } = found
    const allowed = mayOrder(pack, post, found)
    const keeper = await findKeeper(work.tx, crypto, id)
    const other = state.sameAs ? await getHazard(work, state.sameAs).catch(() => null) : null
    return {
      found,
      keeper: keeper && { name: keeper.name, known: keeper.personId !== null },
      reported: await findReport(work.tx, crypto, id),
      sameAs: other && { id: other.id, number: other.number },
      timeline: await listFacts(work.tx, id),
      may: mayOf(pack, post, found, dayOf(work.now)),
      orders: Object.fromEntries(
        hazardOrders.map((order) => {
          if (allowed.includes(order)) return [order, true]
          const { name, basis } = organWithPower(pack, area, state, order)
          return [order, { organ: name, basis }]
        }),
      ) as HazardPage['orders'],
      longest: longestOf(pack, state, dayOf(work.now)),
      lines: linesFor(pack, state).map((line) => ({ line, organ: pack.issuingOrgan(line, area.slice(0, 6)).name })),
    }
  },
})
