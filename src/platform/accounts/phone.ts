/**
 * Phone numbers as people type them.
 */
import { Refusal } from '../refusal.ts'

/** Spaces, dashes of every kind, dots, brackets and marks that no one sees: what people put between digits. */
const BETWEEN = /[\s\p{Pd}\p{Cf}().,·]/gu

/** What is left after full-width signs, separators and the country code are gone. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(BETWEEN, '')

/**
 * The number in one form, so that one phone has one hash. `allowed` is the pack's pattern for a whole national number.
 * Throws Refusal `account.phone_shape` when the pattern does not fit.
 */
export function normalisePhone(typed: string, allowed: RegExp): string {
  // No real number needs more room; what is longer is not read at all.
  const digits = typed.length <= 40 ? digitsOf(typed) : ''
  const national = digits.replace(/^(\+|00)86(?=\d)|^86(?=\d{11}$)/, '')
  const match = allowed.exec(national)
  if (match?.[0] !== national || !/^\d+$/.test(national)) throw new Refusal('account.phone_shape', 'invalid')
  return national
}

/** A 6-digit code as typed, or Refusal `account.code_shape`. */
export function normaliseCode(typed: string): string {
  const digits = typed.length <= 40 ? digitsOf(typed) : ''
  if (!/^\d{6}$/.test(digits)) throw new Refusal('account.code_shape', 'invalid')
  return digits
}
