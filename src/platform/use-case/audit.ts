import type { Actor } from '../actor.ts'
import type { Tx } from '../database/tx.ts'
import { sql } from '../database/tx.ts'
import { newId } from '../id.ts'
import type { Call } from './use-case.ts'

/** Account, post and schedule of an actor, as they stand in audit and access rows. */
export function whoOf(actor: Actor): {
  kind: Actor['kind']
  accountId: string | null
  postId: string | null
  schedule: string | null
} {
  switch (actor.kind) {
    case 'public':
      return { kind: actor.kind, accountId: null, postId: null, schedule: null }
    case 'resident':
    case 'officer':
      return { kind: actor.kind, accountId: actor.accountId, postId: null, schedule: null }
    case 'staff':
      return { kind: actor.kind, accountId: actor.accountId, postId: actor.post.id, schedule: null }
    case 'system':
      return { kind: actor.kind, accountId: null, postId: null, schedule: actor.schedule }
  }
}

/**
 * One audit row, unchained: a head row that every transaction waits for cut throughput to a fifth when tried. Sealing
 * comes with a later step. `outcome` is `done` or the refusal's code.
 */
export async function recordAudit(
  tx: Tx,
  call: Call,
  operation: string,
  outcome: string,
  objectId: string | null,
): Promise<void> {
  const who = whoOf(call.actor)
  await tx.run(sql`insert into platform.audit (id, at, operation, outcome, actor_kind, account_id, post_id, schedule, object_id, request_id)
    values (${newId(call.now)}, ${call.now}, ${operation}, ${outcome}, ${who.kind}, ${who.accountId}, ${who.postId}, ${who.schedule}, ${objectId}, ${call.requestId})`)
}
