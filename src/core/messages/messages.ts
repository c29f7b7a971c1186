/** The inbox. A message is written in the transaction of what it tells of; its text is in the catalogue, neutral. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { command, query, type Work } from '../../platform/use-case/use-case.ts'

export interface Telling {
  personId: string
  /** Null for news of the account itself. */
  caseId: string | null
  /** Key `message.<kind>` of the catalogue. */
  kind: string
  params: Record<string, unknown>
}

/** Goes in with the commit. */
export function tell(work: Work, { personId, caseId, kind, params }: Telling): void {
  work.tx.atEnd(sql`insert into messages.message (id, person_id, kind, params, case_id, made_at)
    values (${newId(work.now)}, ${personId}, ${kind}, ${JSON.stringify(params)}::jsonb, ${caseId}, ${work.now})`)
}

export interface Message {
  id: string
  kind: string
  params: Record<string, unknown>
  caseId: string | null
  madeAt: Date
  readAt: Date | null
}

export const listMessages = query({
  operation: 'messages.list-messages',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<Message[]>({}),
  run: ({ tx }) =>
    tx.rows(
      sql<Message>`select id, kind, params, case_id as "caseId", made_at as "madeAt", read_at as "readAt" from messages.message order by made_at desc limit 100`,
    ),
})

export const markMessagesRead = command({
  operation: 'messages.mark-read',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Object({ read: Type.Integer() }),
  run: async ({ tx, now }) => ({ read: await tx.run(sql`update messages.message set read_at = ${now} where read_at is null`) }),
})
