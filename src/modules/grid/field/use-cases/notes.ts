/** What workers wrote down on their rounds, with both clocks. It is for work: no figure counts it. */
import Type from 'typebox'
import { postOf } from '../../../../core/access/index.ts'
import { sql } from '../../../../platform/database/tx.ts'
import { Id } from '../../../../platform/id.ts'
import { query } from '../../../../platform/use-case/use-case.ts'
import type { Said } from './shapes.ts'
import { FIELD_CONTEXT } from './sync.ts'

export interface FieldNote {
  id: string
  kind: string
  area: string
  incidentId: string | null
  taskId: string | null
  /** Of that incident. */
  number: string | null
  words: string
  said: Said | null
  /** By the phone's clock; `receivedAt` is ours. */
  seenAt: Date
  receivedAt: Date
  /** Recovered by supervision from somebody's phone. */
  recovered: boolean
}
const PAGE = 25

/** Of the own areas, the newest first: all, or what was noted about one incident. */
export const listFieldNotes = query({
  operation: 'grid.list-field-notes',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ incidentId: Type.Optional(Id), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })) }),
  output: Type.Unsafe<{ rows: FieldNote[]; more: boolean }>({}),
  async run({ tx, actor, call }, { incidentId, page = 1 }) {
    const inAreas = sql.join(
      postOf(actor).areas.map((own) => sql`(r.area >= ${own} and r.area < ${`${own}~`})`),
      sql` or `,
    )
    const about = incidentId ? sql`and r.incident_id = ${incidentId}` : sql``
    const rows = await tx.rows(
      sql<
        Omit<FieldNote, 'words' | 'said'> & { sealed: Buffer }
      >`select r.id, r.kind, r.area, r.incident_id as "incidentId", r.task_id as "taskId", i.number, r.sealed, r.seen_at as "seenAt", r.received_at as "receivedAt", r.of_post is not null as recovered
        from grid.field_record r left join grid.incident i on i.id = r.incident_id
        where r.sealed is not null and (${inAreas}) ${about} order by r.received_at desc, r.id limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
    )
    const { crypto } = call.platform.services
    const opened = (sealed: Buffer) => {
      const { words, said = null } = JSON.parse(crypto.open(sealed, FIELD_CONTEXT)) as { words: string; said?: Said | null }
      return { words, said }
    }
    return {
      rows: rows.slice(0, PAGE).map(({ sealed, ...row }) => ({ ...row, ...opened(sealed) })),
      more: rows.length > PAGE,
    }
  },
})
