/**
 * A resident asks for her account to be deleted, and may keep it for seven days. Stopped at once: a session of hers opens nothing
 * but the way to keep it. That she showed a factor is the route's to see to; who has none proves her phone once more, here.
 */
import type pg from 'pg'
import { Refusal } from '../refusal.ts'
import type { Inside } from './inside.ts'
import { normaliseCode } from './phone.ts'
import { type PhoneChange, UNDO_DAYS } from './phone-change.ts'
import * as store from './store.ts'

export interface Deletion {
  /** Null while nobody asked. */
  deletionAskedAt(accountId: string): Promise<Date | null>
  /** Refusals: those of `takeCode` · account.phone_missing */
  proveOwnPhone(accountId: string, code: string, now: Date, address?: string): Promise<void>
  /**
   * Ends every session but this one. @returns false when it was asked for before: then nothing changed
   */
  askDeletion(session: { accountId: string; sessionId: string }, now: Date): Promise<boolean>
  /** Refusal: account.nothing_to_keep */
  keepAccount(accountId: string): Promise<void>
}

type TakeCode = (phone: string, code: string, now: Date, address?: string) => Promise<void>

export function createDeletion(
  { pool }: Pick<Inside, 'pool'>,
  { phoneOf }: Pick<PhoneChange, 'phoneOf'>,
  takeCode: TakeCode,
): Deletion {
  return {
    deletionAskedAt: (accountId) => askedAt(pool, accountId),

    async proveOwnPhone(accountId, code, now, address) {
      const phone = await phoneOf(accountId)
      if (phone === null) throw new Refusal('account.phone_missing', 'conflict')
      await takeCode(phone, normaliseCode(code), now, address)
    },

    askDeletion: async ({ accountId, sessionId }, now) =>
      (await store.askDeletion(pool, accountId, sessionId, now)) !== undefined,

    async keepAccount(accountId) {
      if (!(await store.keepAccount(pool, accountId))) throw new Refusal('account.nothing_to_keep', 'conflict')
    },
  }
}

const askedAt = async (pool: pg.Pool, accountId: string): Promise<Date | null> =>
  (await store.findDeletion(pool, accountId))?.at ?? null

/** When an account goes that was asked for at that instant, unless it is kept. */
export const deletedOn = (askedAt: Date): Date => new Date(askedAt.getTime() + UNDO_DAYS * 86_400_000)
