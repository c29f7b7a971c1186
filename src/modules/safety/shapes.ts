/** Shapes that every part of this room takes, and what is refused of them. Pure. */
import Type from 'typebox'
import { Refusal } from '../../platform/refusal.ts'

export const Plain = (most: number) => Type.String({ maxLength: most })
export const Instant = Type.String({ format: 'date-time', maxLength: 40 })

/** Clocks of two machines differ a little. */
const SKEW = 5 * 60_000
const LONGEST_AGO = 400 * 86_400_000

/** Something that has happened already. @throws Refusal event.in_future · event.too_long_ago, with the field */
export function instantOf({ now }: { now: Date }, typed: string, field: string): Date {
  const at = new Date(typed)
  const fields = [{ path: `/${field}` }]
  if (Number.isNaN(at.getTime()) || now.getTime() - at.getTime() > LONGEST_AGO)
    throw new Refusal('event.too_long_ago', 'invalid', { fields })
  if (at.getTime() - now.getTime() > SKEW) throw new Refusal('event.in_future', 'invalid', { fields })
  return at > now ? now : at
}

/** @throws Refusal event.say_something, with the field */
export function notBlank(text: string, field: string): string {
  const said = text.trim()
  if (said === '') throw new Refusal('event.say_something', 'invalid', { fields: [{ path: `/${field}` }] })
  return said
}
