/**
 * Numbers that nobody has: right in form, so that every check of the platform holds, and given to no one.
 */
import { checkCharacter, fitsLuhn, type Sex } from '../core/people/index.ts'
import type { Day } from '../platform/time.ts'
import type { Chance } from './random.ts'

export interface NumberPrefixes {
  id_region: string
  phone_prefix: string
  account_prefix: string
  account_length: number
}

export interface Numbers {
  /** Of a person of this sex, born on this day. */
  idNumber(bornOn: Day, sex: Sex): string
  phone(): string
  account(): string
}

/** No number comes twice. `taken` are phones that the story has given away. */
export function numbersOf(prefixes: NumberPrefixes, chance: Chance, taken: readonly string[]): Numbers {
  const given = new Set(taken)
  const once = (draw: () => string): string => {
    for (let tries = 0; tries < 10_000; tries++) {
      const number = draw()
      if (given.has(number)) continue
      given.add(number)
      return number
    }
    throw new Error('the numbers of this kind are used up; make a smaller street')
  }
  return {
    idNumber: (bornOn, sex) =>
      once(() => {
        const sequence = chance.int(0, 499) * 2 + (sex === 'male' ? 1 : 0)
        const digits = `${prefixes.id_region}${bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
        return digits + checkCharacter(digits)
      }),
    phone: () => once(() => prefixes.phone_prefix + chance.digits(11 - prefixes.phone_prefix.length)),
    account: () =>
      once(() => {
        const digits = prefixes.account_prefix + chance.digits(prefixes.account_length - prefixes.account_prefix.length - 1)
        return [...'0123456789'].map((last) => digits + last).find(fitsLuhn)!
      }),
  }
}
