/** The work list: what a post can take on now, what waits for others, and what it only watches. No identified person. */

import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { levelOf } from '../../areas/index.ts'
import { firstDayPast } from '../../clocks/index.ts'
import { answersTo, awaitsOfficer } from '../possible.ts'

/**
 * `todo` is what the post can take on now; `overdue`, `today` and `soon` are parts of it, and `mine` those of it that wait
 * for this very officer. `correcting` and `paused` wait for others, with her to take them up again. `watching` is the rest of
 * what lies in her areas, and `all` everything there. A whole number looks in `all` for what is finished or handed on too.
 */
export const lists = ['todo', 'mine', 'overdue', 'today', 'soon', 'correcting', 'paused', 'watching', 'all'] as const
export type List = (typeof lists)[number]

export interface WorkListRow {
  id: string
  number: string
  matterCode: string
  surname: string
  originArea: string
  originName: string
  receivedAt: Date
  acceptedOn: string | null
  status: string
  step: string | null
  channel: string
  dueAt: Date | null
  dueProvisional: boolean
  answerBy: string | null
  /** This post can take it on. */
  handling: boolean
}
export interface WorkList {
  rows: WorkListRow[]
  /** Null for a whole city: counting took twenty times as long as listing, and the figures count. `all`: what was found. */
  counts: Record<List, number> | null
  more: boolean
}

const PAGE = 25
/** Lists in which a page is full after few dates: nearly everything that lies in a district is in them. */
const BY_DATE: ReadonlySet<List> = new Set(['watching', 'all'])
/** Working days ahead that are “soon”. */
export const SOON = 3

/** The exact areas of a post as ranges that an index can use; a post of one area needs no more than its scope. */
function within(column: RawBuilder<unknown>, post: Pick<Post, 'areas'>): RawBuilder<unknown> {
  const ranges = post.areas.map((own) => sql`(${column} >= ${own} and ${column} < ${`${own}~`})`)
  return sql`(${sql.join(ranges, sql` or `)})`
}

/** A number as it was given, from however it came: 20261124-0007, with or without its dash. Null for a part of one. */
function wholeNumber(typed: string): string | null {
  const [, day, nth] = /^(\d{8})-?(\d{4,})$/.exec(typed.replaceAll(/\p{Pd}/gu, '-').replaceAll(/\s/g, '')) ?? []
  return day ? `${day}-${nth}` : null
}

/** On the post's own level, and one of its acts is what the case waits for; or a neighbour's objection waits for an answer. */
function inHands(post: Post): RawBuilder<unknown> {
  const acts = sql`c.awaits && ${answersTo(post)}::text[]`
  const objected = sql`c.id = any(array(select o.case_id from cases.objection o where o.answered_at is null))`
  const doing = post.permissions.includes('case.hear-objection') ? sql`(${acts} or ${objected})` : acts
  return sql`(length(c.handling_area) = ${post.areas[0]!.length} and ${doing})`
}

/** Open cases in the post's areas, by due date; by its whole number also one that is finished. A row is matter, date, number and surname: no identified person. */
export const listWork = query({
  operation: 'cases.list-work',
  permission: 'work-list.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...lists])),
    matter: Type.Optional(Type.String({ maxLength: 60 })),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<WorkList>({}),
  async run({ tx, now, actor, call }, { list = 'todo', matter, number, area, page = 1 }) {
    const post = postOf(actor)
    const today = dayOf(now)
    const tomorrow = startOf(addDays(today, 1))
    const soon = startOf(firstDayPast(today, SOON, call.platform.services.packs.inForce().calendar))
    const doing = inHands(post)
    const todo = sql`(${doing} and c.status not in ('correcting', 'paused'))`
    const parts: Record<List, RawBuilder<unknown>> = {
      todo,
      mine: sql`${todo} and c.awaits @> ${[awaitsOfficer(post.officerId)]}::text[]`,
      overdue: sql`${todo} and c.due_at < ${now}`,
      today: sql`${todo} and c.due_at >= ${now} and c.due_at < ${tomorrow}`,
      soon: sql`${todo} and c.due_at >= ${tomorrow} and c.due_at < ${soon}`,
      correcting: sql`${doing} and c.status = 'correcting'`,
      paused: sql`${doing} and c.status = 'paused'`,
      watching: sql`not ${doing}`,
      all: sql`true`,
    }
    const inAreas = sql`c.open and ${within(sql.ref('c.handling_area'), post)}`
    // Whoever has the whole number finds whatever she may still open. It goes by the index of numbers, so that it may look wider.
    const whole = list === 'all' && number ? wholeNumber(number) : null
    const numbered = whole
      ? sql`c.number = ${whole}`
      : sql`(${number ?? null}::text is null or strpos(c.number, ${number ?? null}) > 0)`
    const asked = sql`${numbered} and (${matter ?? null}::text is null or c.matter_code = ${matter ?? null}) and (${area ?? null}::text is null or starts_with(c.origin_area, ${area ?? null}))`
    const looked = whole
      ? sql`(${within(sql.ref('c.handling_area'), post)} or ${within(sql.ref('c.origin_area'), post)}) and ${asked}`
      : sql`${inAreas} and ${asked}`
    const above = levelOf(post.scope)
    // What a post has to do lies on its own level: of a district or city that is a few cases, all of one area.
    const sameLevel = post.areas.every((own) => own.length === post.areas[0]!.length)
    const onLevel = sameLevel && !BY_DATE.has(list) ? sql`c.handling_area = any(${[...post.areas]}::text[])` : sql`true`
    // Above a street a list goes along the dates and stops after its page; in a street, or for what is rare, it takes all of the
    // areas and sorts. Which is shorter PostgreSQL cannot see behind the policy: the fence of `offset 0` and these settings, which
    // end with the transaction, say it. Left to itself it planned anew each time, and started workers for a page of 26 rows.
    const alongDates = ['city', 'district'].includes(above) && BY_DATE.has(list) && !matter && !number && !area
    const planned = tx.run(
      sql`select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('max_parallel_workers_per_gather', '0', true),
        set_config('enable_sort', ${alongDates ? 'off' : 'on'}, true)`,
    )
    // The page's ids come from the index alone; only its rows are fetched.
    const listed =
      tx.rows(sql<WorkListRow>`select c.id, c.number, c.matter_code as "matterCode", c.surname, c.origin_area as "originArea", c.received_at as "receivedAt", c.accepted_on as "acceptedOn", a.name as "originName", c.status, c.step, c.channel, c.due_at as "dueAt", c.due_provisional as "dueProvisional",
        c.correction->>'answerBy' as "answerBy", shown.doing as handling
      from (select c.id, c.due_at, c.doing from (select c.id, c.due_at, ${doing} as doing from cases.case c
      where ${looked} and ${onLevel} and ${parts[list]}${alongDates ? sql`` : sql` offset 0`}) c
      order by c.due_at nulls last, c.id limit ${PAGE + 1} offset ${(page - 1) * PAGE}) shown
      join cases.case c on c.id = shown.id join areas.area a on a.code = c.origin_area order by shown.due_at nulls last, shown.id`)
    // Asked for nothing, nothing is looked at: thousands of rows are counted for each page.
    const sifted = number || matter || area ? sql`(count(*) filter (where ${asked}))` : sql`(count(*))`
    const found = whole ? sql`(select count(*) from cases.case c where ${looked})` : sifted
    const sums = lists.map((name) =>
      name === 'all' ? sql`${found}::int as "all"` : sql`(count(*) filter (where ${parts[name]}))::int as ${sql.id(name)}`,
    )
    const counted =
      above !== 'city' && tx.one(sql<Record<List, number>>`select ${sql.join(sums)} from cases.case c where ${inAreas}`)
    const [, rows, counts] = await together([planned, listed, counted])
    return { rows: rows.slice(0, PAGE), counts: counts || null, more: rows.length > PAGE }
  },
})
