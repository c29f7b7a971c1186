/** How much of each kind of work is where: numbers, for who answers for a place. */
import Type from 'typebox'
import { covers, postOf } from '../../core/access/index.ts'
import { isAreaCode } from '../../core/areas/index.ts'
import { sql, together } from '../../platform/database/tx.ts'
import { query } from '../../platform/use-case/use-case.ts'
import { sumBelow, type Table, withheldBelow } from './withheld.ts'

/** The columns of each kind, in their order. Outcomes are of the last 30 days, each apart: only the first two are solved. */
export const kinds = {
  incidents: ['open', 'late', 'confirmed', 'checked', 'unconfirmed', 'not_solved'],
  whistles: ['open', 'late', 'deciding'],
  hazards: ['open', 'late', 'serious'],
  events: ['open'],
} as const
export type Kind = keyof typeof kinds
const OUTCOMES_FROM = 2

/** A cell that is null is withheld. */
export interface WorkFigures {
  top: string
  kinds: Record<Kind, Table>
}
type Counted = { area: string } & Record<string, number>

/**
 * By the areas below, as `cases.read-figures` does. How incidents ended depends on single reporters: who may not read incidents sees
 * no cell of 1 to 9 of it.
 */
export const countWork = query({
  operation: 'appraisal.count-work',
  permission: 'figures.read',
  actors: ['staff'],
  input: Type.Object({ area: Type.Optional(Type.String({ pattern: '^[0-9]{4,12}$' })) }),
  output: Type.Unsafe<WorkFigures>({}),
  async run({ tx, now, actor }, { area }): Promise<WorkFigures> {
    const post = postOf(actor)
    const top = area && isAreaCode(area) && post.areas.some((own) => area.startsWith(own)) ? area : post.scope
    // All that is hers: what a part of it may show depends on what the rest shows.
    const of = (schema: 'grid' | 'coordination' | 'hazards' | 'safety') =>
      tx.rows(sql<Counted>`select * from ${sql.id(schema, 'figures_of')}(${post.scope}, ${now})`)
    const [incidents, whistles, hazards, events] = await together([of('grid'), of('coordination'), of('hazards'), of('safety')])
    const counts = (rows: readonly Counted[], names: readonly string[]) =>
      rows.filter((row) => covers(post, row.area)).map((row) => ({ area: row.area, cells: names.map((name) => row[name]!) }))
    const counted = (kind: Kind, rows: readonly Counted[]): Table => sumBelow(counts(rows, kinds[kind]), top, kinds[kind].length)
    const ended = counted('incidents', incidents)
    if (!post.permissions.includes('incident.read')) {
      const outcomes = kinds.incidents.slice(OUTCOMES_FROM)
      const shown = withheldBelow(counts(incidents, outcomes), post.scope, top, outcomes.length)
      for (const [at, row] of ended.areas.entries())
        row.cells.splice(OUTCOMES_FROM, Number.POSITIVE_INFINITY, ...shown.areas[at]!.cells)
      ended.total.splice(OUTCOMES_FROM, Number.POSITIVE_INFINITY, ...shown.total)
    }
    return {
      top,
      kinds: {
        incidents: ended,
        whistles: counted('whistles', whistles),
        hazards: counted('hazards', hazards),
        events: counted('events', events),
      },
    }
  },
})
