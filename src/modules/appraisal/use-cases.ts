/** How much of each kind of work is where: numbers, for who answers for a place. */
import Type from 'typebox'
import { covers, postOf } from '../../core/access/index.ts'
import { withhold } from '../../core/outreach/index.ts'
import { sql, together } from '../../platform/database/tx.ts'
import { query } from '../../platform/use-case/use-case.ts'

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
  kinds: Record<Kind, { areas: { code: string; cells: (number | null)[] }[]; total: (number | null)[] }>
}
type Counted = { area: string } & Record<string, number>
const BELOW: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12 }

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
    const top = area && post.areas.some((own) => area.startsWith(own)) ? area : post.scope
    const of = (schema: 'grid' | 'coordination' | 'hazards' | 'safety') =>
      tx.rows(sql<Counted>`select * from ${sql.id(schema, 'figures_of')}(${top}, ${now})`)
    const [incidents, whistles, hazards, events] = await together([of('grid'), of('coordination'), of('hazards'), of('safety')])
    const below = BELOW[top.length] ?? 12
    const counted = (kind: Kind, rows: readonly Counted[]) => {
      const own = rows.filter((row) => covers(post, row.area))
      // What lies on the whole street is a row of its own beside its communities.
      const codes = [...new Set(own.map((row) => row.area.slice(0, below)))].toSorted()
      const cells = codes.map((code) =>
        kinds[kind].map((name) =>
          own.filter((row) => row.area.slice(0, below) === code).reduce((sum, row) => sum + row[name]!, 0),
        ),
      )
      const total = kinds[kind].map((_, at) => cells.reduce((sum, row) => sum + row[at]!, 0))
      return {
        areas: codes.map((code, at) => ({ code, cells: cells[at]! as (number | null)[] })),
        total: total as (number | null)[],
      }
    }
    const ended = counted('incidents', incidents)
    if (!post.permissions.includes('incident.read') && ended.areas.length > 0) {
      const shown = withhold(ended.areas.map(({ cells }) => cells.slice(OUTCOMES_FROM) as number[]))
      for (const [at, row] of ended.areas.entries())
        row.cells.splice(OUTCOMES_FROM, Number.POSITIVE_INFINITY, ...shown.cells[at]!)
      ended.total.splice(OUTCOMES_FROM, Number.POSITIVE_INFINITY, ...shown.columns)
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
