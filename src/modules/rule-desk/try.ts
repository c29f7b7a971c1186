/** A rule tried on somebody who does not exist: the facts that an author makes up for her. */
import {
  evaluate,
  type Facts,
  FactTypeError,
  MOST_ENTRIES,
  type ParameterRow,
  type Part,
  type Rule,
  readsOf,
  rootOf,
  type Verdict,
} from '../../core/rules/index.ts'
import { isDay } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'

export interface AskedFact {
  name: string
  type: string
}

/** Facts that either version reads, in their order; the day is that of today. */
export function askedFacts(versions: readonly Rule[]): AskedFact[] {
  const types = new Map<string, string>()
  for (const rule of versions) {
    const root: Part = rootOf(rule)
    const reads = readsOf(root)
    for (const name of reads.facts) if (name !== 'on') types.set(name, reads.types[name] ?? 'string')
  }
  return [...types].map(([name, type]) => ({ name, type }))
}

/** Characters of a code. */
const MOST_SIGNS = 60

const READ: Readonly<Record<string, (text: string) => unknown>> = {
  Day: (text) => (isDay(text) ? text : undefined),
  int: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  bool: (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
  string: (text) => (text.length > MOST_SIGNS ? undefined : text),
  'list<string>': (text) => {
    const entries = text.split(/[\s,，、]+/u).filter(Boolean)
    return entries.length > MOST_ENTRIES || entries.some((entry) => entry.length > MOST_SIGNS) ? undefined : entries
  },
}

/** What was typed as facts; `wrong` names those that cannot be read. A fact left empty is not on record. */
export function factsTyped(
  asked: readonly AskedFact[],
  typed: Readonly<Record<string, string>>,
  on: Day,
  area: string,
): { facts: Facts; wrong: AskedFact[] } {
  const wrong: AskedFact[] = []
  const facts: Record<string, unknown> = { on, area }
  for (const fact of asked) {
    const text = (typed[fact.name] ?? '').normalize('NFKC').trim()
    if (text === '') continue
    const value = READ[fact.type]!(text)
    const dot = fact.name.indexOf('.')
    const [scope, key] = [fact.name.slice(0, dot), fact.name.slice(dot + 1)]
    if (value === undefined) wrong.push(fact)
    else facts[scope] = { ...(facts[scope] as object | undefined), [key]: value }
  }
  return { facts: facts as unknown as Facts, wrong }
}

/** Unknown, too, where a fact is of a type that the other version reads otherwise. */
export function verdictOf(rule: Rule, facts: Facts, parameters: readonly ParameterRow[]): Verdict {
  try {
    return evaluate(rule, facts, parameters)
  } catch (error) {
    if (error instanceof FactTypeError) return 'unknown'
    throw error
  }
}
