/**
 * Codes that are good once: time steps of an authenticator app, and the recovery codes for whoever lost it. Pure, but for
 * the random signs.
 */
import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { Refusal } from '../refusal.ts'
import { digitsOf } from './phone.ts'

/** RFC 6238 as every app reads it: SHA-1, 6 digits, 30 s. */
const PERIOD = 30
/** Clocks of phones go a little wrong: one step before and one after. */
const WINDOW = 1

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What an app reads out of the QR code. */
export const totpUri = (secret: string, issuer: string, label: string): string =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: PERIOD }).toString()

/** The time step that `code` belongs to, or null when it is none of the three around now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), period: PERIOD, timestamp, window: WINDOW })
  return delta === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + delta
}

/** Without 0 O 1 I L U: people write them on paper and read them again. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
export const RECOVERY_CODES = 10

/** `7KQ2M-XT94C`: about 49 random bits, tried ten times in a quarter of an hour. */
export const newRecoveryCode = (): string => {
  const signs = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]!).join('')
  return `${signs.slice(0, 5)}-${signs.slice(5)}`
}

export type TypedCode = { kind: 'totp'; code: string } | { kind: 'recovery'; code: string }

/** Six digits of the app, and nothing else: there are no recovery codes before the first factor. Refusal `account.totp_code_shape` */
export function readTotpCode(typed: string): string {
  const signs = typed.length <= 40 ? digitsOf(typed) : ''
  if (!/^\d{6}$/.test(signs)) throw new Refusal('account.totp_code_shape', 'invalid')
  return signs
}

/** What was typed: six digits of the app, or a recovery code. Refusal `account.factor_code_shape` */
export function readFactorCode(typed: string): TypedCode {
  const signs = typed.length <= 40 ? digitsOf(typed).toUpperCase() : ''
  if (/^\d{6}$/.test(signs)) return { kind: 'totp', code: signs }
  if (signs.length === LENGTH && [...signs].every((sign) => SIGNS.includes(sign))) return { kind: 'recovery', code: signs }
  throw new Refusal('account.factor_code_shape', 'invalid')
}

/** The form in which a recovery code is hashed. */
export const plainRecovery = (code: string): string => code.replace('-', '')
