import type { Actor } from '../actor.ts'
import type { Tx } from '../database/tx.ts'
import { sql } from '../database/tx.ts'
import { newId } from '../id.ts'
import { Refusal } from '../refusal.ts'
import type { Call } from './use-case.ts'

/** What an act was about. A person's id stands beside her mark, which is what is sealed (platform/seals). */
export interface AuditObject {
  id: string
  person: boolean
}

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
    case 'proxy':
      // The rows of the database know her as the resident who she is; whose behalf it was is in what the act left behind.
      return { kind: 'resident', accountId: actor.accountId, postId: null, schedule: null }
    case 'resident':
    case 'officer':
      return { kind: actor.kind, accountId: actor.accountId, postId: null, schedule: null }
    case 'staff':
      return { kind: actor.kind, accountId: actor.accountId, postId: actor.post.id, schedule: null }
    case 'system':
      return { kind: actor.kind, accountId: null, postId: null, schedule: actor.schedule }
  }
}

/** An officer acts in the open; of a resident the mark is sealed, so that she can be erased. */
const isMarked = ({ kind, accountId }: { kind: Actor['kind']; accountId: string | null }): boolean =>
  kind === 'resident' && accountId !== null

/**
 * One audit row, which goes in with the commit. Unchained: a head row that every transaction waits for cut throughput to a
 * fifth when tried. The sealer chains them afterwards. `outcome` is `done` or the refusal's code.
 */
export function recordAudit(tx: Tx, call: Call, operation: string, outcome: string, object: AuditObject | null): void {
  const who = whoOf(call.actor)
  const { marks } = call.platform.services
  const accountMark = isMarked(who) ? marks.markOf('account', who.accountId!) : null
  const objectMark = object?.person ? marks.markOf('person', object.id) : null
  tx.atEnd(sql`insert into platform.audit (id, at, operation, outcome, actor_kind, account_id, account_mark, post_id, schedule, object_id, object_mark, request_id)
    values (${newId(call.now)}, ${call.now}, ${operation}, ${outcome}, ${who.kind}, ${who.accountId}, ${accountMark}, ${who.postId}, ${who.schedule},
      ${object?.id ?? null}, ${objectMark}, ${call.requestId})`)
}

/** Ways in and out, and what a person does to them. Outside any use case: no scope exists yet, or none may touch `auth`. */
export type DoorOperation =
  | 'account.password'
  | 'account.sign-in'
  | 'account.sign-out'
  | 'account.confirm'
  | 'account.add-factor'
  | 'account.remove-factor'
  | 'account.new-recovery-codes'
  | 'account.end-sessions'
  | 'account.link-identity'
  | 'account.unlink-identity'
  | 'account.change-password'
  | 'account.reset-link'
  | 'account.see-notices'
  | 'account.undo-phone'
  | 'account.undo-binding'
  | 'account.ask-deletion'
  | 'account.keep'
  | 'access.choose-post'

/** Through a door: before any scope exists, so written by the login role. No username and no phone. */
export async function recordDoor(
  call: Call,
  operation: DoorOperation,
  outcome: string,
  who: { kind: Actor['kind']; accountId: string | null },
): Promise<void> {
  const values = [newId(call.now), call.now, operation, outcome, who.kind, who.accountId, call.requestId]
  const marked = isMarked(who)
  await call.platform.db.pool.query(
    `insert into platform.audit (id, at, operation, outcome, actor_kind, account_id, request_id, account_mark)
     values ($1, $2, $3, $4, $5, $6, $7, ${marked ? 'platform.mark_subject($8::bytea[], $9, $10)' : 'null'})`,
    marked ? [...values, ...call.platform.services.marks.candidate('account', who.accountId!)] : values,
  )
}

/** Runs a way in and writes down how it went. */
export async function throughDoor<R extends { accountId: string }>(
  call: Call,
  operation: DoorOperation,
  kind: Actor['kind'],
  pass: () => Promise<R>,
): Promise<R> {
  try {
    const passed = await pass()
    await recordDoor(call, operation, 'done', { kind, accountId: passed.accountId })
    return passed
  } catch (error) {
    const who = whoOf(call.actor)
    if (error instanceof Refusal) await recordDoor(call, operation, error.code, { kind: who.kind, accountId: who.accountId })
    throw error
  }
}
