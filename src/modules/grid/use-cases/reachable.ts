/** Whom nobody could call or write to is told at once: it may be all there is to ask her by. Pure. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'

/** Seven digits at least: no number that is called here is shorter. */
const PHONE = /^(?=(?:\D*\d){7,15}\D*$)\+?[\d ()-]{7,24}$/
const EMAIL = /^\S+@\S+$/
const MISCOUNTED = [1, 2, 3, 4, 5, 6]

/**
 * As it was typed. What is a mobile number of the pack but for some digits too few or too many is refused, for it reaches nobody.
 * @throws Refusal incident.phone_wrong
 */
export function reachablePhone({ pack }: LoadedPack, given = ''): string {
  const said = typed(given)
  if (said === '') return said
  const digits = said.replace(/^(\+|00)86/, '').replace(/\D/g, '')
  const mobile = new RegExp(`^(?:${pack.phone_pattern})$`)
  const almost = MISCOUNTED.flatMap((n) => [digits + '0'.repeat(n), digits.slice(0, -n)])
  if (!PHONE.test(said) || (!mobile.test(digits) && almost.some((one) => mobile.test(one)))) throw wrong('phone')
  return said
}

/** @throws Refusal incident.email_wrong */
export function reachableEmail(given = ''): string {
  const said = typed(given)
  if (said !== '' && !EMAIL.test(said)) throw wrong('email')
  return said
}

/** A Chinese keyboard writes wide digits. */
const typed = (given: string): string => given.normalize('NFKC').trim()

const wrong = (name: 'phone' | 'email'): Refusal =>
  new Refusal(`incident.${name}_wrong`, 'invalid', { fields: [{ path: `/${name}` }] })
