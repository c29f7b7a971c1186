/**
 * A node of a compiled expression: what it is, what it reads, and how it runs on three values.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Day } from '../../platform/time.ts'
import type { Facts, FactType } from './facts.ts'
import type { ParameterReading } from './parameter.ts'
import { UNKNOWN, type Value } from './three.ts'

/** Something an expression may not say. `start` and `end` are offsets in it. */
export interface Problem {
  code: string
  start: number
  end: number
  params: Record<string, string | number>
}

/** What an expression runs in. `faults` collects what had no answer: an overflow, a day outside the calendar. */
export interface Scope {
  facts: Facts
  on: Day
  /** On the day that is judged, or on the one given. */
  parameter: (id: string, on?: Day) => ParameterReading
  /** Variables of the macros around, outermost first. */
  locals: Value[]
  faults: { start: number; end: number }[]
}

export type PartKind =
  | 'literal'
  | 'fact'
  | 'has'
  | 'parameter'
  | 'local'
  | 'not'
  | 'and'
  | 'or'
  | 'choice'
  | 'compare'
  | 'member'
  | 'arithmetic'
  | 'call'
  | 'list'
  | 'macro'

export interface Part {
  kind: PartKind
  start: number
  end: number
  type: string
  parts: readonly Part[]
  /** Of a fact, parameter, variable or function; of a comparison or of arithmetic the operator. */
  name: string
  /** Of a macro: what its body calls each element. */
  variable?: string
  depth: number
  run: (scope: Scope) => Value
}

/** Facts and parameters that a part names, each once, in reading order. */
export interface Reads {
  facts: readonly string[]
  parameters: readonly string[]
  types: Readonly<Record<string, FactType>>
  /** The parts that read the parameters, each way of reading once. */
  readings: readonly Part[]
}

const found = new WeakMap<Part, Reads>()

export function readsOf(part: Part): Reads {
  const held = found.get(part)
  if (held) return held
  const inner = part.parts.map(readsOf)
  const facts = inner.flatMap((each) => each.facts)
  const parameters = inner.flatMap((each) => each.parameters)
  if (part.kind === 'fact') facts.unshift(part.name)
  if (part.kind === 'parameter') parameters.unshift(part.name)
  const types: Record<string, FactType> = Object.assign({}, ...inner.map((each) => each.types))
  if (part.kind === 'fact') types[part.name] = part.type as FactType
  const readings = [...(part.kind === 'parameter' ? [part] : []), ...inner.flatMap((each) => each.readings)]
  const reads = {
    facts: [...new Set(facts)],
    parameters: [...new Set(parameters)],
    types,
    readings: [...new Map(readings.map((each) => [each.parts[0] ? each : each.name, each])).values()],
  }
  found.set(part, reads)
  return reads
}

/** The row that a part reads: on the day judged, or on that of its second argument. */
export function readingOf(part: Part, scope: Scope): ParameterReading {
  const day = part.parts[0]
  if (!day) return scope.parameter(part.name)
  const on = day.run(scope)
  return on === UNKNOWN ? { known: false, reason: 'no_day', rows: [] } : scope.parameter(part.name, on as Day)
}

/** The type that the checker wrote on a node. Not in the library's public types; `compile.test.ts` fails when it goes. */
export const typeOf = (node: ASTNode): string | undefined => (node as { checkedType?: { name: string } }).checkedType?.name

export const part = (node: ASTNode, kind: PartKind, parts: readonly Part[], run: Part['run'], name = ''): Part => ({
  kind,
  start: node.start,
  end: node.end,
  type: typeOf(node) ?? 'bool',
  parts,
  name,
  depth: 1 + parts.reduce((deepest, each) => Math.max(deepest, each.depth), 0),
  run,
})

/** Entries of a list of a person that are reckoned with: more than any page or example may hand in. */
export const MOST_ENTRIES = 50

/** How many parts run at the most when a part runs once: a macro runs its body for each entry. */
export function stepsOf({ kind, parts }: Part): number {
  const [list] = parts
  const each = parts.map(stepsOf)
  const sum = each.reduce((all, steps) => all + steps, 1)
  if (kind === 'member') return sum + entriesOf(parts[1]!)
  return kind === 'macro' ? 1 + each[0]! + entriesOf(list!) * (sum - each[0]!) : sum
}

function entriesOf({ kind, parts }: Part): number {
  if (kind === 'list') return parts.length
  if (kind === 'macro') return entriesOf(parts[0]!)
  return kind === 'choice' ? Math.max(entriesOf(parts[1]!), entriesOf(parts[2]!)) : MOST_ENTRIES
}

export const ARITHMETIC = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  // Through the remainder, because a / b alone rounds near 2^53.
  '/': (a: number, b: number) => (a - (a % b)) / b,
  '%': (a: number, b: number) => a % b,
}

/** Integers only, and only those that are exact. The sum with 0 makes -0 into 0. */
export function whole(node: ASTNode, scope: Scope, a: Value, b: Value, compute: (a: number, b: number) => number): Value {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN
  const answer = compute(a as number, b as number) + 0
  return Number.isSafeInteger(answer) ? answer : fault(node, scope)
}

/** No answer is unknown, with its place: a machine that cannot compute must not refuse. */
export function fault(node: ASTNode, scope: Scope): Value {
  scope.faults.push({ start: node.start, end: node.end })
  return UNKNOWN
}
