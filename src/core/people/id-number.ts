/**
 * Citizen identity numbers, GB 11643-1999: region (6) · day of birth (8) · sequence (3, odd for men) · check character
 * (ISO 7064 MOD 11-2). The region is not looked up: it is where the number was given, and such codes are long gone.
 */
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { Sex } from './person.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK = '10X98765432'
const LENGTH = 18
/** Nobody has lived longer; an older year is a slip of the pen. */
const OLDEST_YEARS = 150

export interface IdNumber {
  /** In its one form: 18 characters, capital X. */
  number: string
  bornOn: Day
  sex: Sex
}

/** The check character of the first 17 digits. */
export function checkCharacter(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i]! * Number(seventeen[i])
  return CHECK[sum % 11]!
}

/**
 * Reads a number as typed: spaces, dashes and full-width signs are let through. Refusal `person.id_number_wrong`
 * {what, digits, position}, where `what` is
 * `length` · `old` (15 digits, not valid since 2013, so not for new records) · `digit` (at `position`) · `date` · `check`.
 */
export function readIdNumber(typed: string, today: Day): IdNumber {
  const number = typed
    .slice(0, 60)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
  const refuse = (what: 'length' | 'old' | 'digit' | 'date' | 'check', position = 0): never => {
    throw new Refusal('person.id_number_wrong', 'invalid', { what, digits: [...number].length, position })
  }
  if (/^\d{15}$/.test(number)) refuse('old')
  if ([...number].length !== LENGTH) refuse('length')
  const wrongAt = [...number].findIndex((sign, at) => !(at < LENGTH - 1 ? /[0-9]/ : /[0-9X]/).test(sign))
  if (wrongAt >= 0) refuse('digit', wrongAt + 1)
  const bornOn = dayIn(number.slice(6, 14))
  if (!bornOn || bornOn > today || Number(bornOn.slice(0, 4)) < Number(today.slice(0, 4)) - OLDEST_YEARS) return refuse('date')
  if (checkCharacter(number) !== number[LENGTH - 1]) refuse('check')
  return { number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

function dayIn(digits: string): Day | null {
  try {
    return Temporal.PlainDate.from(
      { year: Number(digits.slice(0, 4)), month: Number(digits.slice(4, 6)), day: Number(digits.slice(6, 8)) },
      { overflow: 'reject' },
    ).toString()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
