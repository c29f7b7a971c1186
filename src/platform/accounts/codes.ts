/**
 * One-time codes while the blind key may be changing: a holder (a phone, an address of an account) and a code have a hash under each
 * key there is, the current one first, at the same places of both lists.
 */
import type pg from 'pg'
import type { CodeTry } from './account.ts'
import * as store from './store.ts'

export interface CodeHashes {
  holder: readonly Buffer[]
  code: readonly Buffer[]
}

/** Of a holder the last code counts, whichever key the one before was made with. */
export async function putCode(pool: pg.Pool, { holder, code }: CodeHashes, now: Date, expiresAt: Date): Promise<void> {
  const [current, ...earlier] = holder
  for (const hash of earlier) await store.forgetPhoneCode(pool, hash)
  await store.putPhoneCode(pool, current!, code[0]!, now, expiresAt)
}

/** A code that was sent before the key changed is good to its end. */
export async function tryCode(
  pool: pg.Pool,
  { holder, code }: CodeHashes,
  now: Date,
  allowed: number,
): Promise<CodeTry | undefined> {
  for (const [at, hash] of holder.entries()) {
    const tried = await store.tryPhoneCode(pool, hash, code[at]!, now, allowed)
    if (tried) return tried
  }
  return undefined
}
