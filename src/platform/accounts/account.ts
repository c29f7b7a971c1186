/**
 * What an account is and what a try to sign in means. Pure.
 */
import { Refusal } from '../refusal.ts'

export type AccountKind = 'resident' | 'staff'

export interface SessionLife {
  /** Ends when not used for so long. */
  idleSeconds: number
  /** Ends after so long, used or not. */
  lifeSeconds: number
  /** The cookie goes with the browser window. */
  endsWithBrowser: boolean
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const SESSION_LIFE: Readonly<Record<AccountKind, SessionLife>> = {
  staff: { idleSeconds: 30 * MINUTE, lifeSeconds: 12 * HOUR, endsWithBrowser: true },
  resident: { idleSeconds: 30 * DAY, lifeSeconds: 30 * DAY, endsWithBrowser: false },
}

/** At most `times` within `seconds`. */
export interface Limit {
  times: number
  seconds: number
}

export interface SignInLimits {
  /** Codes sent to one phone. */
  codesPerPhone: readonly Limit[]
  /** Codes asked for from one address: many people can stand behind one. */
  codesPerAddress: readonly Limit[]
  /** Codes and passwords tried from one address. */
  triesPerAddress: readonly Limit[]
  codeSeconds: number
  codeTries: number
  passwordTries: number
  /** How long a username rests after the last of its tries. */
  lockSeconds: number
  /** A phone that nobody signed in with for so long may have been given to somebody else. */
  silentMonths: number
}

export const SIGN_IN_LIMITS: Readonly<SignInLimits> = {
  codesPerPhone: [
    { times: 1, seconds: MINUTE },
    { times: 5, seconds: HOUR },
    { times: 10, seconds: DAY },
  ],
  codesPerAddress: [
    { times: 30, seconds: MINUTE },
    { times: 300, seconds: HOUR },
  ],
  triesPerAddress: [
    { times: 60, seconds: MINUTE },
    { times: 600, seconds: HOUR },
  ],
  codeSeconds: 10 * MINUTE,
  codeTries: 5,
  passwordTries: 10,
  lockSeconds: 15 * MINUTE,
  silentMonths: 12,
}

/** How long a second factor counts: A2. */
export const FACTOR_COUNTS_MS = 10 * MINUTE * 1000

/** How the row of a phone's code looks right after a try was counted on it. */
export interface CodeTry {
  /** This try took the code. At most one ever does. */
  won: boolean
  used: boolean
  right: boolean
  /** It is the code of an earlier message. */
  replaced: boolean
  expired: boolean
  tries: number
}

/**
 * Returns when the try won, refuses otherwise. No code at all is answered like a first wrong one. Who tries on can
 * tell from `left` that none was asked for at this phone, but not whether the phone has an account.
 */
export function judgeCodeTry(seen: CodeTry | undefined, allowed: number): void {
  if (!seen) throw new Refusal('account.code_wrong', 'invalid', { left: allowed - 1 })
  if (seen.won) return
  if (seen.tries > allowed) throw new Refusal('account.too_many_tries', 'conflict')
  if (seen.used && seen.right) throw new Refusal('account.code_used', 'conflict')
  if (seen.replaced || seen.expired) throw new Refusal('account.code_old', 'conflict')
  if (seen.tries === allowed) throw new Refusal('account.too_many_tries', 'conflict')
  throw new Refusal('account.code_wrong', 'invalid', { left: allowed - seen.tries })
}

/** Longer passwords are refused when set, and never hashed when tried. */
export const MAX_PASSWORD = 128
export const MIN_PASSWORD = 12

/** The one form of a username. */
export const normaliseUsername = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

export function checkUsername(username: string): void {
  if (!/^[a-z][a-z0-9_.]{2,29}$/.test(username)) throw new Refusal('account.username_shape', 'invalid')
}

export function checkPassword(password: string, min: number): void {
  if (password.length < min) throw new Refusal('account.password_short', 'invalid', { min })
  if (password.length > MAX_PASSWORD) throw new Refusal('account.password_long', 'invalid', { max: MAX_PASSWORD })
}
