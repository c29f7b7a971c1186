/** “What if”: which facts and answers a matter's rules read, and what would come out if they were others. Nothing is kept. Pure. */
import { isDay } from '../../platform/day.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type Facts, type FactType, factNamed, type Part, readsOf, rootOf, UNKNOWN } from '../rules/index.ts'
import type { Ground } from './ground.ts'

/** Stands for every text that no rule names: another place, another kind. As an area it lies in none that is worked in. */
export const ANOTHER = '00'

export interface Input {
  /** `person.born_on`, `answers.purpose`. */
  fact: string
  type: FactType
  /** Of a text, or of a list of texts: those that the rules or the question name. */
  options: readonly string[]
  /** A rule asks whether there is one at all: that there is none can be supposed too, as null. */
  absent: boolean
}

export type Supposed = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

/** Numbers people can mean; years that a calendar of people has. */
const MOST = 1_000_000_000_00
const FIRST = '1850-01-01'
const LAST = '2200-12-31'

/** What the conditions and the amount read, each once, in reading order; the day itself last. */
export function inputsOf(pack: LoadedPack, matter: Matter): Input[] {
  const rules = [...matter.conditions, ...(matter.amount ? [matter.amount] : [])]
    .flatMap((id) => [pack.rule(id), ...(pack.rule(id).ahead_of ? [pack.rule(pack.rule(id).ahead_of!)] : [])])
    .filter((rule) => !rule.sealed)
  const inputs = new Map<string, Input>()
  const named = new Map<string, Set<string>>()
  const whether = new Set<string>()
  for (const root of rules.map(rootOf)) {
    const { facts, types } = readsOf(root)
    for (const fact of facts) inputs.set(fact, { fact, type: typeOf(fact, types), options: [], absent: false })
    textsNamed(root, named)
    askedWhether(root, whether)
  }
  const day = inputs.get('on')
  inputs.delete('on')
  return [...inputs.values(), ...(day ? [day] : [])].map((input) => ({
    ...input,
    options: optionsOf(matter, input, named),
    absent: whether.has(input.fact),
  }))
}

/** Inside `has()` the language gives a fact the type of the question; what it is stays what it is. */
const typeOf = (fact: string, types: Readonly<Record<string, FactType>>): FactType =>
  fact.startsWith('answers.') ? types[fact]! : (factNamed(fact)?.type ?? types[fact]!)

function askedWhether(part: Part, whether: Set<string>): void {
  for (const each of part.parts) {
    if (part.kind === 'has') whether.add(each.name)
    askedWhether(each, whether)
  }
}

function optionsOf(matter: Matter, { fact, type }: Input, named: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  if (type !== 'string' && type !== 'list<string>') return []
  const question = matter.questions.find(({ code }) => fact === `answers.${code}`)
  if (question?.options) return question.options.map((option) => option.value)
  return [...(named.get(fact) ?? []), ...(type === 'string' ? [ANOTHER] : [])]
}

/** The written texts that a fact is compared with. */
function textsNamed(part: Part, named: Map<string, Set<string>>): void {
  const facts = part.parts.filter((each) => each.kind === 'fact')
  if (part.kind === 'compare' || part.kind === 'member' || (part.kind === 'call' && part.name === 'inArea'))
    for (const { name } of facts)
      for (const text of part.parts.flatMap(literalTexts)) named.set(name, (named.get(name) ?? new Set()).add(text))
  for (const each of part.parts) textsNamed(each, named)
}

const NOTHING = { facts: { on: '2000-01-01', area: '' }, on: '2000-01-01', locals: [], faults: [] }

function literalTexts(part: Part): string[] {
  if (part.kind === 'list') return part.parts.flatMap(literalTexts)
  if (part.kind !== 'literal' || part.type !== 'string') return []
  const value = part.run({ ...NOTHING, parameter: () => ({ known: false, reason: 'missing', rows: [] }) })
  return value === UNKNOWN ? [] : [value as string]
}

const FITS: Record<FactType, (value: unknown, options: readonly string[]) => boolean> = {
  Day: (value) => isDay(value) && value >= FIRST && value <= LAST,
  int: (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST,
  bool: (value) => typeof value === 'boolean',
  string: (value, options) => typeof value === 'string' && options.includes(value),
  'list<string>': (value, options) => Array.isArray(value) && value.every((each) => options.includes(each)),
}

/** @throws Refusal `why.not_readable` with each field that makes no sense, `why.not_asked` for what no rule of the matter reads */
export function refuseNonsense(inputs: readonly Input[], supposed: Supposed): void {
  const fields = Object.entries(supposed).flatMap(([fact, value]) => {
    const input = inputs.find((each) => each.fact === fact)
    if (!input) throw new Refusal('why.not_asked', 'invalid')
    return (value === null ? input.absent : FITS[input.type](value, input.options))
      ? []
      : [{ path: `/${fact}`, code: 'why.not_readable' }]
  })
  if (fields.length > 0) throw new Refusal('why.not_readable', 'invalid', { fields })
}

/** The same ground with other facts; whatever was supposed says so where its source is told. */
export function suppose(ground: Ground, supposed: Supposed): Ground {
  const names = Object.keys(supposed)
  if (names.length === 0) return ground
  const day = supposed.on as Day | undefined
  return {
    on: (rule) => day ?? ground.on(rule),
    facts: (on) =>
      names.filter((name) => name !== 'on').reduce((facts, name) => changed(facts, name, supposed[name]), ground.facts(on)),
    sources: { ...ground.sources, ...Object.fromEntries(names.map((name) => [name, { source: 'supposed' }])) },
  }
}

function changed(facts: Facts, name: string, value: unknown): Facts {
  const at = name.indexOf('.')
  const scope = name.slice(0, at) as 'person'
  return { ...facts, [scope]: { ...facts[scope], [name.slice(at + 1)]: value } }
}
