/**
 * The e-mail address of a resident's account: proved by a code sent to it, as a phone is. It is where news goes and never a way
 * in, so two accounts may share one. That the person may change it is the use case's to see to.
 */
import { randomInt } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { judgeCodeTry } from './account.ts'
import { type CodeHashes, putCode, tryCode } from './codes.ts'
import { normaliseEmail } from './email-address.ts'
import type { CodeProvider, Inside } from './inside.ts'
import { normaliseCode } from './phone.ts'
import * as store from './store.ts'

export interface HeldEmail {
  email: string
  /** A mail server said that nobody has it. */
  bouncedAt: Date | null
}

export interface Emails {
  /** True when codes and news can be sent to an address. */
  readonly emailAvailable: boolean
  /** In clear: for its owner and for telling her. */
  emailOf(accountId: string): Promise<HeldEmail | null>
  /** Refusals: account.email_shape · account.no_mail_provider · account.email_code_not_sent · rate.too_many */
  requestEmailCode(accountId: string, email: string, now: Date, address?: string): Promise<void>
  /**
   * Takes the code; the address is the account's from then on.
   * @returns the one before it, if it was another
   * Refusals: account.email_shape · account.code_shape · account.email_code_wrong {left} · account.email_code_old ·
   * account.email_code_used · account.email_too_many_tries · rate.too_many
   */
  proveEmail(accountId: string, email: string, code: string, now: Date, address?: string): Promise<{ before: string | null }>
  /** @returns the one that is gone, or null when there was none */
  removeEmail(accountId: string): Promise<string | null>
  /** A mail server said for good that nobody has this address; of another one than the account's it says nothing. */
  noteBounced(accountId: string, email: string, now: Date): Promise<void>
  /** Tells an address a neutral sentence; says whether it went out. */
  tellEmail(email: string, text: string): Promise<boolean>
}

const EMAIL = 'auth.email'
const CODE = 'auth.email_code'

/** The sentence of a code names where it was sent. */
const OF_EMAIL: Readonly<Record<string, string>> = {
  'account.code_wrong': 'account.email_code_wrong',
  'account.code_old': 'account.email_code_old',
  'account.code_used': 'account.email_code_used',
  'account.too_many_tries': 'account.email_too_many_tries',
}

export function createEmails({ pool, crypto, limits, limit, limitAddress }: Inside, codes: CodeProvider): Emails {
  /** A code belongs to the account and the address together: whoever else proves the same address has another one. */
  const hashesOf = (accountId: string, email: string, code: string): CodeHashes => ({
    holder: crypto.blinds(`${accountId}:${email}`, CODE),
    code: crypto.blinds(`${accountId}:${email}:${code}`, CODE),
  })

  const emailOf = async (accountId: string): Promise<HeldEmail | null> => {
    const row = await store.findEmail(pool, accountId)
    return row ? { email: crypto.open(row.sealed, EMAIL), bouncedAt: row.bouncedAt } : null
  }
  return {
    emailAvailable: codes.available,
    emailOf,

    async requestEmailCode(accountId, typed, now, address) {
      const email = normaliseEmail(typed)
      if (!codes.available) throw new Refusal('account.no_mail_provider', 'conflict')
      await limitAddress('code-from', address, limits.codesPerAddress, now)
      // The address first: a refusal on somebody else's account must not use up her own tries.
      await limit('email-code-to', crypto.blind(email, EMAIL), limits.codesPerPhone, now)
      // Of the account too: nobody writes to strangers through us, one code at a time.
      await limit('email-code-of', crypto.blind(accountId, CODE), limits.codesPerPhone, now)
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const expiresAt = new Date(now.getTime() + limits.codeSeconds * 1000)
      await putCode(pool, hashesOf(accountId, email, code), now, expiresAt)
      try {
        await codes.send(email, code)
      } catch (cause) {
        throw Object.assign(new Refusal('account.email_code_not_sent', 'conflict'), { cause })
      }
    },

    async proveEmail(accountId, typed, typedCode, now, address) {
      const email = normaliseEmail(typed)
      const code = normaliseCode(typedCode)
      await limitAddress('code-try', address, limits.triesPerAddress, now)
      const tried = await tryCode(pool, hashesOf(accountId, email, code), now, limits.codeTries)
      try {
        judgeCodeTry(tried, limits.codeTries)
      } catch (error) {
        const code = error instanceof Refusal ? OF_EMAIL[error.code] : undefined
        throw error instanceof Refusal && code ? new Refusal(code, error.kind, error.params) : error
      }
      const held = await emailOf(accountId)
      await store.putEmail(pool, accountId, crypto.blind(email, EMAIL), crypto.seal(email, EMAIL), now)
      return { before: held && held.email !== email ? held.email : null }
    },

    async removeEmail(accountId) {
      const row = await store.removeEmail(pool, accountId)
      return row ? crypto.open(row.sealed, EMAIL) : null
    },

    async noteBounced(accountId, email, now) {
      await store.noteBounced(pool, accountId, crypto.blinds(email, EMAIL), now)
    },

    async tellEmail(email, text) {
      if (!codes.available) return false
      try {
        await codes.tell(email, text)
        return true
      } catch {
        // The change itself is done and told in the inbox; a mail server that fails must not undo it.
        return false
      }
    },
  }
}
