/**
 * One key, one act. The row is inserted first in the transaction, so that of two requests sent at the same moment the
 * second waits for the first and then gets its answer. Kept 90 days.
 */
import type { Tx } from '../database/tx.ts'
import { sql } from '../database/tx.ts'
import { Refusal } from '../refusal.ts'
import type { Call } from './use-case.ts'

/** @returns the earlier answer of the same key and body, or null when this call is the first */
export async function claimKey(tx: Tx, call: Call, operation: string, bodyHash: Buffer): Promise<unknown> {
  const earlier = await tx.one(
    sql<{ claimed: boolean; body_hash: Buffer; result: unknown }>`select claimed, body_hash, result
      from platform.claim_key(${operation}, ${call.key}, ${bodyHash}, ${call.now})`,
  )
  if (earlier.claimed) return null
  if (!earlier.body_hash.equals(bodyHash)) {
    // Strangers share one drawer: what another's key brought is not theirs to read.
    throw new Refusal('request.key_reused', 'conflict', call.actor.kind === 'public' ? {} : { result: earlier.result })
  }
  return earlier.result
}

/** Keeps the answer: ids, numbers and codes only. A command's output holds no personal data. */
export function settleKey(tx: Tx, call: Call, operation: string, output: unknown): void {
  tx.atEnd(sql`select platform.settle_key(${operation}, ${call.key}, ${JSON.stringify(output)}::jsonb)`)
}
