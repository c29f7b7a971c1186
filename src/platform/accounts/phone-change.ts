/**
 * Changing the phone of an account: a code to the new phone proves it, the old phone is told, and its link undoes the change
 * for seven days. That the person showed a second factor first is the use case's to see to.
 */
import { randomUUID } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { Inside } from './inside.ts'
import { onePhone } from './one-phone.ts'
import { normaliseCode, normalisePhone } from './phone.ts'
import * as phones from './phone-store.ts'
import { digestOf, newToken } from './session-cookie.ts'
import type { Asked } from './store.ts'

export interface PhoneChanged {
  /** For the link that the old phone gets; the database keeps its digest. */
  undoToken: string
  oldPhone: string
}

export interface PhoneChange {
  /** The number of an account in clear: for its owner at A2, and for telling her. */
  phoneOf(accountId: string): Promise<string | null>
  /** Refusals: those of `takeCode` · account.phone_same · account.phone_in_use */
  changePhone(accountId: string, phone: string, code: string, now: Date, address?: string): Promise<PhoneChanged>
  canUndoPhone(token: string, now: Date): Promise<boolean>
  /**
   * Puts the old phone back, ends every session and takes away every factor made since, and all recovery codes.
   * Refusals: account.undo_gone · account.undo_phone_in_use
   */
  undoPhone(token: string, now: Date): Promise<{ accountId: string }>
  /** Tells a phone a neutral sentence; says whether it went out. */
  tellPhone(phone: string, text: string): Promise<boolean>
  /** True while the number may have another owner. */
  isDoubted(accountId: string): Promise<boolean>
  /** The window or a passkey confirmed that the number is still hers. */
  trustPhone(accountId: string, now: Date): Promise<void>
}

export const UNDO_DAYS = 7
const UNDO_MS = UNDO_DAYS * 86_400_000
const PHONE = 'auth.phone'
const UNIQUE_VIOLATION = '23505'

type TakeCode = (phone: string, code: string, now: Date, address?: string) => Promise<void>

export function createPhoneChange({ pool, crypto, codes, allowedPhone }: Inside, takeCode: TakeCode): PhoneChange {
  const since = (now: Date) => new Date(now.getTime() - UNDO_MS)
  /** Refuses with `code` where another account has the phone. */
  const alone = <R>(code: string, accountId: string, hashes: readonly Buffer[], write: (on: Asked) => Promise<R>): Promise<R> =>
    onePhone(pool, hashes, async (on, holder) => {
      if (holder && holder.id !== accountId) throw new Refusal(code, 'conflict')
      return write(on)
    }).catch((error: { code?: string }) => {
      if (error.code === UNIQUE_VIOLATION) throw new Refusal(code, 'conflict')
      throw error
    })
  const phoneOf = async (accountId: string): Promise<string | null> => {
    const row = await phones.findPhone(pool, accountId)
    return row ? crypto.open(row.sealed, PHONE) : null
  }
  return {
    phoneOf,

    async changePhone(accountId, typed, code, now, address) {
      const phone = normalisePhone(typed, allowedPhone)
      const oldPhone = await phoneOf(accountId)
      if (oldPhone === phone) throw new Refusal('account.phone_same', 'invalid')
      await takeCode(phone, normaliseCode(code), now, address)
      const undoToken = newToken()
      const hashes = crypto.blinds(phone, PHONE)
      const change = { id: randomUUID(), accountId, hash: hashes[0]!, sealed: crypto.seal(phone, PHONE) }
      const changed = await alone('account.phone_in_use', accountId, hashes, (on) =>
        phones.changePhone(on, { ...change, undoDigest: digestOf(undoToken), now }),
      )
      if (!changed || oldPhone === null) throw new Error(`account ${accountId} has no phone to change`)
      return { undoToken, oldPhone }
    },

    async canUndoPhone(token, now) {
      return (await phones.findUndo(pool, digestOf(token), since(now))) !== undefined
    },

    async undoPhone(token, now) {
      const digest = digestOf(token)
      const found = await phones.findUndo(pool, digest, since(now))
      if (!found) throw new Refusal('account.undo_gone', 'conflict')
      // Made anew: the blind key may have changed since.
      const hashes = crypto.blinds(crypto.open(found.sealed, PHONE), PHONE)
      const done = await alone('account.undo_phone_in_use', found.accountId, hashes, (on) =>
        phones.undoPhone(on, digest, since(now), now, hashes[0]!, UNDO_DAYS),
      )
      if (!done) throw new Refusal('account.undo_gone', 'conflict')
      return done
    },

    async tellPhone(phone, text) {
      if (!codes.available) return false
      try {
        await codes.tell(phone, text)
        return true
      } catch {
        // The change itself is done and told in the inbox; a gateway that fails must not undo it.
        return false
      }
    },

    isDoubted: async (accountId) => (await phones.findPhone(pool, accountId))?.doubted ?? false,
    trustPhone: async (accountId, now) => void (await phones.trustPhone(pool, accountId, now)),
  }
}
