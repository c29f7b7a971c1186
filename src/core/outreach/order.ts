/**
 * Which half of an `and` or `or` is asked first. PostgreSQL orders conditions of a `where` by their price, but never the inside of an
 * expression, and both halves may come first: nothing in a compiled rule is an error. A day read off the row decides most people.
 */
import { type Judged, type Part, rootOf } from '../rules/index.ts'

/** A comparison of a number or a day is 1. */
const PRICES: Readonly<Record<string, number>> = { has: 1, arithmetic: 1, choice: 2, parameter: 4, member: 6, call: 8, macro: 50 }
const TEXT = 3

/** Depends on no person: neither on a fact nor on a macro's variable. */
export const isFixed = (part: Part): boolean =>
  part.kind !== 'local' && part.kind !== 'has' && !(part.kind === 'fact' && part.name !== 'on') && part.parts.every(isFixed)

function priceOf(part: Part): number {
  if (isFixed(part)) return 0
  const parts = part.parts.reduce((sum, each) => sum + priceOf(each), 0)
  if (part.kind === 'compare') return isOfOneFact(part) ? 1 : parts + (part.parts[0]!.type === 'string' ? TEXT : 1)
  if (part.kind === 'call' && part.name === 'inArea') return parts + TEXT
  return parts + (PRICES[part.kind] ?? 0)
}

/** One call on a fact against what is fixed: told as a fixed day (threshold.ts). */
function isOfOneFact({ parts }: Part): boolean {
  const [call] = parts.filter((each) => !isFixed(each))
  return parts.some(isFixed) && call?.kind === 'call' && call.parts[0]!.kind === 'fact' && call.parts.slice(1).every(isFixed)
}

/** The parts of a chain of one operator, cheapest first, else as they are written. */
export function chainOf(part: Part): Part[] {
  const flat = (each: Part): Part[] => (each.kind === part.kind ? each.parts.flatMap(flat) : [each])
  return sorted(flat(part), (each) => each)
}

/** Rules that must all be met. Throws `RuleError` for one that does not compile. */
export const cheapestFirst = (rules: readonly Judged[]): Judged[] => sorted(rules, rootOf)

const sorted = <T>(list: readonly T[], partOf: (each: T) => Part): T[] =>
  list
    .map((each) => ({ each, price: priceOf(partOf(each)) }))
    .sort((a, b) => a.price - b.price)
    .map(({ each }) => each)
