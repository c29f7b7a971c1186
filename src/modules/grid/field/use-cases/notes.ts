/** What workers wrote down on their rounds, with both clocks. It is for work: no figure counts it. */
import Type from 'typebox'
import { covers, postOf } from '../../../../core/access/index.ts'
import { sql } from '../../../../platform/database/tx.ts'
import { Id } from '../../../../platform/id.ts'
import { query } from '../../../../platform/use-case/use-case.ts'
import { FIELD_CONTEXT } from './sync.ts'

export interface FieldNote {
  id: string
  kind: string
  area: string
  incidentId: string | null
  words: string
  /** By the phone's clock; `receivedAt` is ours. */
  seenAt: Date
  receivedAt: Date
  /** Recovered by supervision from somebody's phone. */
  recovered: boolean
}
const MOST = 50

export const listFieldNotes = query({
  operation: 'grid.list-field-notes',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ incidentId: Type.Optional(Id) }),
  output: Type.Unsafe<{ rows: FieldNote[] }>({}),
  async run({ tx, actor, call }, { incidentId }) {
    const post = postOf(actor)
    const rows = await tx.rows(
      sql<
        Omit<FieldNote, 'words'> & { sealed: Buffer }
      >`select id, kind, area, incident_id as "incidentId", sealed, seen_at as "seenAt", received_at as "receivedAt", of_post is not null as recovered
        from grid.field_record where sealed is not null and (${incidentId ?? null}::uuid is null or incident_id = ${incidentId ?? null}::uuid) order by received_at desc, id limit ${MOST}`,
    )
    return {
      rows: rows
        .filter(({ area }) => covers(post, area))
        .map(({ sealed, ...row }) => ({
          ...row,
          words: (JSON.parse(call.platform.services.crypto.open(sealed, FIELD_CONTEXT)) as { words: string }).words,
        })),
    }
  },
})
