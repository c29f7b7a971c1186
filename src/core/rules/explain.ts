/**
 * The answer of a rule line by line: what was compared, with which facts and numbers, from where, and what would change
 * it. “What would change it” is said only of rules that the pack marks changeable and of facts that people can change;
 * income, property and family ties are never among them.
 */
import type { Day } from '../../platform/time.ts'
import type { Text } from '../matters/matter.ts'
import { sourceOf } from './compile.ts'
import { type Known, rootOf, scopeOf } from './evaluate.ts'
import { type Facts, type FactType, factNamed, rawFact, type Sources } from './facts.ts'
import { firstDay } from './first-day.ts'
import type { ParameterReason, Parameters } from './parameter.ts'
import { type ParameterRead, readAs } from './parameter-read.ts'
import { type Part, readingOf, readsOf, type Scope } from './part.ts'
import type { Rule } from './rule.ts'
import { isWhollyKnown, UNKNOWN, type Value } from './three.ts'
import { type Working, workingOf } from './working.ts'

/** A value as a page shows it; null is unknown. */
export type Shown = boolean | number | string | null | readonly Shown[]

export type { ParameterRead } from './parameter-read.ts'

export interface FactRead {
  name: string
  type: FactType
  value: Shown
  /** Known to be none: no registration, question left empty. */
  none: boolean
  source?: string
  recordedAt?: string
}

/** What would make a line come out as wanted. `time`: it does by itself on that day, if nothing else changes. */
export type Change = { kind: 'time'; on: Day } | { kind: 'registration' | 'document' | 'answer'; fact: string }

export interface Line {
  source: string
  start: number
  end: number
  /** 0 for a condition; 1 and more for what it was computed from. */
  depth: number
  type: string
  value: Shown
  /** The value of a condition with which the rule is met; null where it only chooses or computes. */
  wanted: boolean | null
  facts: readonly FactRead[]
  parameters: readonly ParameterRead[]
  changes: readonly Change[]
}

/** Why the answer is unknown. `none`: a value was read that is known not to exist. `fault`: it could not be computed. */
export type Missing =
  | { kind: 'fact'; name: string; reason: 'not_on_record' | 'none' }
  | { kind: 'parameter'; id: string; reason: ParameterReason }
  | { kind: 'fault'; source: string }
  | { kind: 'rule'; reason: 'listed' }

export interface Explanation {
  ruleId: string
  result: 'met' | 'not_met' | 'unknown' | 'amount'
  /** Of a rule that returns int; null when unknown. */
  value: number | null
  /** Which of the rule's texts says it, and that text. An amount that is unknown may have none. */
  textKey: 'met' | 'not_met' | 'unknown' | 'text'
  text: Text | undefined
  basis: { document: string; clause: string }
  clause: string
  /** The rule and every number that it read rest on official texts that two readers saw. */
  verified: boolean
  sealed: boolean
  lines: readonly Line[]
  /** Of an amount that is known: the sum by which it came out. */
  working: readonly Working[]
  missing: readonly Missing[]
  /** First later day on which the whole rule is met, if nothing else changes; only of a changeable rule that is not met. */
  metFrom: Day | undefined
}

export interface ExplainOptions extends Known {
  sources?: Sources
}

export function explain(rule: Rule, facts: Facts, parameters: Parameters, options: ExplainOptions = {}): Explanation {
  const root = rootOf(rule)
  const scope = scopeOf(facts, parameters, options)
  const listed = options.listed?.has(rule.id) === true
  const value = listed ? UNKNOWN : root.run(scope)
  const faults = [...scope.faults]
  const result = value === UNKNOWN ? 'unknown' : rule.returns === 'int' ? 'amount' : value === true ? 'met' : 'not_met'
  const textKey = result === 'amount' ? 'text' : result
  const sealed = rule.sealed === true

  const reader = new Reader(rule, scope, options.sources ?? {}, (on) => scopeOf({ ...facts, on }, parameters, options))
  // Of a sealed ground nothing is shown but its clause: a line would say which facts it was looked for in.
  const lines = sealed ? [] : once(reader.lines(root, 0, rule.returns === 'bool' ? true : null))
  const missing: Missing[] =
    sealed || value !== UNKNOWN ? [] : listed ? [{ kind: 'rule', reason: 'listed' }] : reader.missing(root, faults)
  const read = readsOf(root).readings.map((part) => readingOf(part, scope))
  return {
    ruleId: rule.id,
    result,
    value: typeof value === 'number' ? value : null,
    textKey,
    text: rule[textKey],
    basis: rule.basis,
    clause: rule.basis.clause,
    verified: rule.verified && read.every((each) => each.known && each.row.verified),
    sealed,
    lines,
    working: rule.returns === 'int' && !sealed && !listed ? workingOf(root, scope, (part) => parameterRead(scope, part)) : [],
    missing,
    metFrom: rule.changeable && !sealed && result === 'not_met' ? reader.firstDay(root, true) : undefined,
  }
}

export const parameterRead = (scope: Scope, part: Part): ParameterRead => readAs(part.name, readingOf(part, scope))

export function factRead(facts: Facts, sources: Sources, name: string, type: FactType): FactRead {
  const raw = rawFact(facts, name)
  const value = raw === undefined || raw === null ? null : (raw as Shown)
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined
  return { name, type, value, none: raw === null, ...source }
}

/** Reads what a part rests on and what would change it. */
export class Reader {
  readonly #rule: Rule
  readonly #scope: Scope
  readonly #sources: Sources
  readonly #scopeOn: (on: Day) => Scope

  constructor(rule: Rule, scope: Scope, sources: Sources, scopeOn: (on: Day) => Scope) {
    this.#rule = rule
    this.#scope = scope
    this.#sources = sources
    this.#scopeOn = scopeOn
  }

  firstDay(part: Part, wanted: boolean): Day | undefined {
    if (!readsOf(part).facts.includes('on')) return undefined
    return firstDay(this.#scope.on, (on) => part.run(this.#scopeOn(on)) === wanted)
  }

  lines(part: Part, depth: number, wanted: boolean | null): Line[] {
    const { parts } = part
    switch (part.kind) {
      case 'and':
      case 'or':
        // A condition inside a computed value (a branch's choice) has no wanted value of its own.
        return parts.flatMap((each) => this.lines(each, depth, wanted))
      case 'not': {
        const inner = parts[0]!
        if (inner.kind === 'and' || inner.kind === 'or' || inner.kind === 'not') {
          return this.lines(inner, depth, wanted === null ? null : !wanted)
        }
        return [this.#line(part, depth, wanted), ...this.#computed(inner.parts, depth + 1)]
      }
      case 'choice': {
        const [condition, met, unmet] = parts as [Part, Part, Part]
        const chosen = condition.run(this.#scope)
        const branches = chosen === UNKNOWN ? [met, unmet] : [chosen ? met : unmet]
        return [...this.lines(condition, depth, null), ...branches.flatMap((each) => this.lines(each, depth, wanted))]
      }
      case 'literal':
      case 'local':
        return []
      default:
        return [this.#line(part, depth, wanted), ...(part.kind === 'macro' ? [] : this.#computed(parts, depth + 1))]
    }
  }

  /** What a line was computed from. A fact or number alone is in the line's reads already. */
  #computed(parts: readonly Part[], depth: number): Line[] {
    return parts.flatMap((each) => {
      switch (each.kind) {
        case 'call':
        case 'arithmetic':
        case 'macro':
        case 'compare':
        case 'member':
          return [this.#line(each, depth, null), ...(each.kind === 'macro' ? [] : this.#computed(each.parts, depth + 1))]
        case 'fact':
        case 'has':
        case 'parameter':
        case 'literal':
        case 'local':
          return []
        default:
          return this.#computed(each.parts, depth)
      }
    })
  }

  #line(part: Part, depth: number, wanted: boolean | null): Line {
    const value = part.run(this.#scope)
    const reads = readsOf(part)
    return {
      source: this.source(part),
      start: part.start,
      end: part.end,
      depth,
      type: part.type,
      value: shown(value),
      wanted,
      facts: reads.facts.map((name) => this.fact(name, reads.types[name]!)),
      parameters: reads.readings.map((each) => parameterRead(this.#scope, each)),
      changes: this.changesOf(part, value, wanted),
    }
  }

  source = (part: { start: number; end: number }): string => sourceOf(this.#rule.expression, part.start, part.end)

  fact(name: string, type: FactType): FactRead {
    return factRead(this.#scope.facts, this.#sources, name, type)
  }

  changesOf(part: Part, value: Value, wanted: boolean | null): Change[] {
    if (wanted === null || value === wanted || !this.#rule.changeable) return []
    const changes: Change[] = []
    for (const name of readsOf(part).facts) {
      const { change } = factNamed(name)!
      if (change === 'never') continue
      if (change === 'time') {
        const on = value === UNKNOWN ? undefined : this.firstDay(part, wanted)
        if (on !== undefined) changes.push({ kind: 'time', on })
        // Of an unknown answer only what is not there can help; what is known did its part.
      } else if (value !== UNKNOWN || (rawFact(this.#scope.facts, name) ?? null) === null)
        changes.push({ kind: change, fact: name })
    }
    return changes
  }

  missing(root: Part, faults: readonly { start: number; end: number }[]): Missing[] {
    const facts = new Set<string>()
    const parameters = new Set<Part>()
    this.#open(root, facts, parameters)
    const missing: Missing[] = []
    for (const name of facts) {
      missing.push({ kind: 'fact', name, reason: rawFact(this.#scope.facts, name) === null ? 'none' : 'not_on_record' })
    }
    for (const part of parameters) {
      const reading = readingOf(part, this.#scope)
      const told = missing.some((each) => each.kind === 'parameter' && each.id === part.name)
      // Which fact the day rests on is told already.
      if (!reading.known && !told && reading.reason !== 'no_day')
        missing.push({ kind: 'parameter', id: part.name, reason: reading.reason })
    }
    // A fault in a branch that something else settled is no reason; one is only when nothing is missing.
    if (missing.length > 0) return missing
    return [...new Set(faults.map((each) => this.source(each)))].map((source) => ({ kind: 'fault', source }))
  }

  /** Reads that leave this part open. A part that is known needs none of its own; a macro's body cannot run alone. */
  #open(part: Part, facts: Set<string>, parameters: Set<Part>, inMacro = false): void {
    if (part.kind === 'local' || part.kind === 'literal') return
    if (!inMacro && isWhollyKnown(part.run(this.#scope))) return
    if (part.kind === 'fact') {
      if ((rawFact(this.#scope.facts, part.name) ?? null) === null) facts.add(part.name)
    } else if (part.kind === 'parameter') parameters.add(part)
    part.parts.forEach((each, index) => {
      this.#open(each, facts, parameters, inMacro || (part.kind === 'macro' && index > 0))
    })
  }
}

/** What a line was computed from is said once: a graded amount asks for the same age in every grade. */
function once(lines: readonly Line[]): Line[] {
  const told = new Set<string>()
  return lines.filter((line) => {
    if (line.depth === 0) return true
    if (told.has(line.source)) return false
    told.add(line.source)
    return true
  })
}

export const shown = (value: Value): Shown =>
  Array.isArray(value) ? value.map((each: Value) => shown(each)) : value === UNKNOWN ? null : (value as Shown)
