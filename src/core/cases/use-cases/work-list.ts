/** The work list: what a post can take on now, what waits for others, and what it only watches. No identified person. */

import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { firstDayPast } from '../../clocks/index.ts'
import { answersTo, awaitsOfficer } from '../possible.ts'

/**
 * `todo` is what the post can take on now; `overdue`, `today` and `soon` are parts of it, and `mine` those of it that wait
 * for this very officer. `correcting` and `paused` wait for others, with her to take them up again. `watching` is the rest of
 * what lies in her areas, and `all` everything there: a search by number looks in all.
 */
export const lists = ['todo', 'mine', 'overdue', 'today', 'soon', 'correcting', 'paused', 'watching', 'all'] as const
export type List = (typeof lists)[number]

export interface WorkListRow {
  id: string
  number: string
  matterCode: string
  surname: string
  originName: string
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
  counts: Record<List, number>
  more: boolean
}

const PAGE = 25
/** Working days ahead that are “soon”. */
export const SOON = 3

/** The exact areas of a post as ranges that an index can use; a post of one area needs no more than its scope. */
function within(column: RawBuilder<unknown>, post: Pick<Post, 'areas'>): RawBuilder<unknown> {
  const ranges = post.areas.map((own) => sql`(${column} >= ${own} and ${column} < ${`${own}~`})`)
  return sql`(${sql.join(ranges, sql` or `)})`
}

/** On the post's own level, and one of its acts is what the case waits for; or a neighbour's objection waits for an answer. */
function inHands(post: Post): RawBuilder<unknown> {
  const acts = sql`c.awaits && ${answersTo(post)}::text[]`
  const objected = sql`c.id = any(array(select o.case_id from cases.objection o where o.answered_at is null))`
  const doing = post.permissions.includes('case.hear-objection') ? sql`(${acts} or ${objected})` : acts
  return sql`(length(c.handling_area) = ${post.areas[0]!.length} and ${doing})`
}

/** Open cases in the post's areas, by due date. A row is matter, date, number and surname: no identified person. */
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
    // The page's ids come from the index alone; only its rows are fetched.
    const listed =
      tx.rows(sql<WorkListRow>`select c.id, c.number, c.matter_code as "matterCode", c.surname, a.name as "originName", c.status, c.step, c.channel, c.due_at as "dueAt", c.due_provisional as "dueProvisional",
        c.correction->>'answerBy' as "answerBy", shown.doing as handling
      from (select c.id, ${doing} as doing from cases.case c
      where ${inAreas} and ${parts[list]} and (${matter ?? null}::text is null or c.matter_code = ${matter ?? null}) and (${number ?? null}::text is null or strpos(c.number, ${number ?? null}) > 0)
        and (${area ?? null}::text is null or starts_with(c.origin_area, ${area ?? null}))
      order by c.due_at nulls last, c.id limit ${PAGE + 1} offset ${(page - 1) * PAGE}) shown
      join cases.case c on c.id = shown.id join areas.area a on a.code = c.origin_area order by c.due_at nulls last, c.id`)
    const sums = lists.map((name) => sql`(count(*) filter (where ${parts[name]}))::int as ${sql.id(name)}`)
    const counted = tx.one(sql<Record<List, number>>`select ${sql.join(sums)} from cases.case c where ${inAreas}`)
    const [rows, counts] = await Promise.all([listed, counted])
    return { rows: rows.slice(0, PAGE), counts, more: rows.length > PAGE }
  },
})
