/** One's own password is changed by who knows it; a forgotten one, or a lost factor, is replaced behind a link. */
import { randomUUID } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { MAX_PASSWORD } from './account.ts'
import * as factors from './factor-store.ts'
import { startPending } from './factors.ts'
import type { Inside } from './inside.ts'
import { digestOf } from './session-cookie.ts'
import * as store from './store.ts'

/** Whom the link of a reset is for. */
export interface OpenReset {
  name: string
  username: string
  /** The password was forgotten too: a new one is set. */
  withPassword: boolean
}

export interface PasswordChange {
  /** What was typed; `words` are those around its owner, which it must not be made of. */
  old: string
  next: string
  words: readonly string[]
}

export interface Passwords {
  /**
   * Ends every other session of the account. Refusals: account.old_password_wrong · account.password_same · account.locked {minutes} ·
   * account.password_short {min} · account.password_long {max} · account.password_guessable · rate.too_many
   */
  changePassword(
    session: { sessionId: string; accountId: string },
    change: PasswordChange,
    now: Date,
    address?: string,
  ): Promise<void>
  /** For the browser's password store. */
  usernameOf(accountId: string): Promise<string>
  /** Null when the link is unknown, used, too old or replaced by a newer one. */
  resetOf(token: string, now: Date): Promise<OpenReset | null>
  /**
   * With the link of a reset and the password, or a new one where that was forgotten: on to the first factor. The link is used up
   * when that is set. Refusals: account.reset_gone · account.stopped · account.sign_in_failed · account.locked {minutes} and those of a new password
   */
  startByLink(
    token: string,
    typed: { password: string; words: readonly string[] },
    now: Date,
    address?: string,
  ): Promise<{ accountId: string; pending: string }>
}

const CHANGE = 'auth.password_change'
export const USERNAME = 'auth.username'

/** Counts the try first. Refusals: account.sign_in_failed · account.locked {minutes} */
export type ProvePassword = (username: string, password: string, now: Date) => Promise<{ accountId: string }>

export function createProof({ pool, crypto, limits, passwords }: Inside): ProvePassword {
  let decoyHash: Promise<string> | undefined
  return async (username, password, now) => {
    const usernameHash = crypto.blind(username, USERNAME)
    const found = await store.findCredential(pool, username)
    const { passwordTries, lockSeconds } = limits
    const counted = await store.countSignInTry(pool, usernameHash, now, passwordTries, lockSeconds, 'password', found?.id ?? null)
    const failed = () => store.countFailure(pool, found ? 'password' : 'unknown', now)
    if (counted && counted.tries > limits.passwordTries) {
      await failed()
      throw new Refusal('account.locked', 'conflict', { minutes: Math.max(1, Math.ceil(counted.wait / 60)) })
    }
    // An unknown name costs the same scrypt as a known one; otherwise a stopwatch tells who works here.
    decoyHash ??= passwords.hash(randomUUID())
    const decoy = await decoyHash
    const right = await passwords.verify(found?.hash ?? decoy, password.length > MAX_PASSWORD ? '' : password)
    if (!found?.hash || !right) {
      await failed()
      throw new Refusal('account.sign_in_failed', 'invalid')
    }
    await store.forgetSignInTries(pool, usernameHash)
    return { accountId: found.id }
  }
}

export function createPasswords(inside: Inside, provePassword: ProvePassword): Passwords {
  const { pool, crypto, limits, passwords } = inside
  return {
    async changePassword({ sessionId, accountId }, { old, next, words }, now, address) {
      await inside.limitAddress('password-try', address, limits.triesPerAddress, now)
      const tries = crypto.blind(accountId, CHANGE)
      const counted = await store.countSignInTry(pool, tries, now, limits.passwordTries, limits.lockSeconds, 'change', accountId)
      if (counted && counted.tries > limits.passwordTries)
        throw new Refusal('account.locked', 'conflict', { minutes: Math.max(1, Math.ceil(counted.wait / 60)) })
      const held = await store.findPassword(pool, accountId)
      if (!held?.hash || !(await passwords.verify(held.hash, old.length > MAX_PASSWORD ? '' : old)))
        throw new Refusal('account.old_password_wrong', 'invalid')
      await store.forgetSignInTries(pool, tries)
      if (next === old) throw new Refusal('account.password_same', 'invalid')
      inside.checkNew(next, [held.username, held.name, ...words])
      const hash = { earlier: held.hash, next: await passwords.hash(next) }
      if (!(await store.replacePassword(pool, accountId, hash, sessionId, now)))
        throw new Refusal('account.old_password_wrong', 'invalid')
    },

    async usernameOf(accountId) {
      return (await store.findPassword(pool, accountId))?.username ?? ''
    },

    async resetOf(token, now) {
      const found = await factors.findReset(pool, digestOf(token), now)
      return found ? { name: found.name, username: found.username, withPassword: found.withPassword } : null
    },

    async startByLink(token, { password, words }, now, address) {
      await inside.limitAddress('password-try', address, limits.triesPerAddress, now)
      const digest = digestOf(token)
      const found = await factors.findReset(pool, digest, now)
      if (!found) throw new Refusal('account.reset_gone', 'conflict')
      const { accountId, username, name } = found
      if ((await store.findBars(pool, accountId))?.stopped) throw new Refusal('account.stopped', 'conflict')
      if (found.withPassword) {
        inside.checkNew(password, [username, name, ...words])
        const earlier = (await store.findPassword(pool, accountId))?.hash ?? null
        const hash = { earlier, next: await passwords.hash(password) }
        if (!(await store.replacePassword(pool, accountId, hash, null, now))) throw new Refusal('account.reset_gone', 'conflict')
      } else await provePassword(username, password, now)
      return { accountId, pending: await startPending(inside, accountId, now, digest) }
    },
  }
}
