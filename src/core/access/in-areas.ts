/**
 * The exact areas of a post as a condition for the `where` of a list. Row security fences a post by what its areas have in common;
 * a list that drops the rest after its limit loses rows behind rows that it does not show.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Post } from '../../platform/actor.ts'

/**
 * @param column qualified by the table, such as `g.area`; its collation is "C"
 * @param above also what an area around one of the post's owns
 */
export function inAreas(
  { areas }: Pick<Post, 'areas'>,
  column: string,
  { above = false }: { above?: boolean } = {},
): RawBuilder<boolean> {
  const area = sql.ref(column)
  const each = areas.map((own) => {
    const within = sql`(${area} >= ${own} and ${area} < ${`${own}~`})`
    return above ? sql`${within} or starts_with(${own}::text, ${area})` : within
  })
  return sql<boolean>`(${each.length > 0 ? sql.join(each, sql` or `) : sql`false`})`
}
