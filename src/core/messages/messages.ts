/** The inbox: its texts are in the catalogue, and beside each stands what became of it outside the house. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { command, query } from '../../platform/use-case/use-case.ts'
import type { Channel } from './demo-outbox.ts'

/** How a message left the house, as far as anybody told us. */
export interface Outgone {
  channel: Channel
  /** `sent`: the provider took it. `unclear`: it may have arrived. `undelivered`: it did not, and stands here all the same. */
  state: 'sent' | 'delivered' | 'undelivered' | 'unclear'
}

export interface Message {
  id: string
  kind: string
  params: Record<string, unknown>
  caseId: string | null
  madeAt: Date
  readAt: Date | null
  outgone: Outgone[]
}

export const listMessages = query({
  operation: 'messages.list-messages',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<Message[]>({}),
  run: ({ tx }) =>
    tx.rows(sql<Message>`select m.id, m.kind, m.params, m.case_id as "caseId", m.made_at as "madeAt", m.read_at as "readAt",
        (select coalesce(jsonb_agg(jsonb_build_object('channel', d.channel, 'state', case
            when d.delivered_at is not null then 'delivered' when d.undelivered_at is not null or d.state = 'failed' then 'undelivered'
            else d.state end) order by d.channel desc), '[]')
          from messages.dispatch d where d.message_id = m.id and d.state in ('sent', 'failed', 'unclear')) as outgone
      from messages.message m order by m.made_at desc limit 100`),
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
