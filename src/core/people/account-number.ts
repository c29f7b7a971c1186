/**
 * Numbers of bank cards: 16 to 19 digits, the last of which is a check digit (ISO/IEC 7812-1, Luhn).
 */
import { Refusal } from '../../platform/refusal.ts'

const SHORTEST = 16
const LONGEST = 19

export interface AccountNumber {
  /** Digits only. */
  number: string
  lastFour: string
}

/** Whether the last digit fits the others. */
export function fitsLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/**
 * Reads a number as typed, in groups or not. Refusal `account_number.wrong` {what, digits, missing, extra}: `what` is
 * `digit` (something else than digits) · `short` · `long` · `check` (a digit is wrong, or two were swapped).
 */
export function readAccountNumber(typed: string): AccountNumber {
  const number = typed
    .slice(0, 80)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  const digits = number.length
  const refuse = (what: 'digit' | 'short' | 'long' | 'check'): never => {
    const [missing, extra] = [Math.max(0, SHORTEST - digits), Math.max(0, digits - LONGEST)]
    throw new Refusal('account_number.wrong', 'invalid', { what, digits, missing, extra })
  }
  if (!/^[0-9]*$/.test(number)) refuse('digit')
  if (digits < SHORTEST) refuse('short')
  if (digits > LONGEST) refuse('long')
  if (!fitsLuhn(number)) refuse('check')
  return { number, lastFour: number.slice(-4) }
}
