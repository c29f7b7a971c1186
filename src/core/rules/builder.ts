/**
 * Reads a parsed tree into parts, and says what the language of rules does not have.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDay } from '../../platform/day.ts'
import { isRegionCode } from './area.ts'
import {
  ANSWER_TYPES,
  FUNCTIONS,
  isAnswerFunction,
  isLiteralFunction,
  type LiteralFunction,
  MAX_MACRO_DEPTH,
} from './environment.ts'
import { factNamed, rawFact, readFact, SEALED_FACTS } from './facts.ts'
import { ARITHMETIC, fault, type Part, type Problem, part, readingOf, type Scope, typeOf, whole } from './part.ts'
import * as three from './three.ts'
import { UNKNOWN, type Value } from './three.ts'

const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

export class Builder {
  readonly problems: Problem[] = []

  build(node: ASTNode, locals: readonly string[]): Part {
    switch (node.op) {
      case 'value':
        return this.#literal(node, node.args)
      case 'id':
        return this.#name(node, node.args, locals)
      case '.':
      case '[]':
        return this.#fact(node, locals)
      case '!_': {
        const inner = this.build(node.args, locals)
        return part(node, 'not', [inner], (scope) => three.not(inner.run(scope)))
      }
      case '-_': {
        const inner = this.build(node.args, locals)
        return part(node, 'arithmetic', [inner], (scope) => whole(node, scope, inner.run(scope), 0, (a) => -a))
      }
      case '&&':
      case '||': {
        const [left, right] = this.#both(node.args, locals)
        return node.op === '&&'
          ? part(node, 'and', [left, right], (scope) => three.and(left.run(scope), () => right.run(scope)))
          : part(node, 'or', [left, right], (scope) => three.or(left.run(scope), () => right.run(scope)))
      }
      case '?:': {
        const [condition, met, unmet] = node.args.map((each) => this.build(each, locals)) as [Part, Part, Part]
        return part(node, 'choice', [condition, met, unmet], (scope) =>
          three.choose(
            condition.run(scope),
            () => met.run(scope),
            () => unmet.run(scope),
          ),
        )
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#comparison(node, locals)
      case 'in': {
        const [value, list] = this.#both(node.args, locals)
        return part(node, 'member', [value, list], (scope) => three.contains(list.run(scope), value.run(scope)))
      }
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#arithmetic(node, locals)
      case 'list': {
        const parts = node.args.map((each) => this.build(each, locals))
        return part(node, 'list', parts, (scope) => parts.map((each) => each.run(scope)))
      }
      case 'call':
        return this.#call(node, node.args[0], node.args[1], locals)
      case 'rcall':
        return this.#method(node, node.args[0], node.args[1], node.args[2], locals)
      default:
        return this.#refuse(node, 'rule.not_in_language', { what: node.op })
    }
  }

  #both(args: readonly [ASTNode, ASTNode], locals: readonly string[]): [Part, Part] {
    return [this.build(args[0], locals), this.build(args[1], locals)]
  }

  /** Records the problem; the part that stands in never runs, because an expression with a problem has no root. */
  #refuse(node: ASTNode, code: string, params: Record<string, string | number> = {}): Part {
    this.problems.push({ code, start: node.start, end: node.end, params })
    return part(node, 'literal', [], () => UNKNOWN)
  }

  #literal(node: ASTNode, value: unknown): Part {
    if (typeof value === 'bigint') {
      const number = Number(value)
      if (!Number.isSafeInteger(number)) return this.#refuse(node, 'rule.number_too_large', { value: String(value) })
      return part(node, 'literal', [], () => number)
    }
    if (typeof value === 'number') return this.#refuse(node, 'rule.no_decimals', { value })
    // PostgreSQL has no such character, and a search would stop at it.
    if (typeof value === 'string' && value.includes('\u0000')) return this.#refuse(node, 'rule.zero_sign')
    if (typeof value === 'string' || typeof value === 'boolean') return part(node, 'literal', [], () => value)
    return this.#refuse(node, 'rule.not_in_language', { what: node.input.slice(node.start, node.end) })
  }

  #name(node: ASTNode, name: string, locals: readonly string[]): Part {
    const at = locals.lastIndexOf(name)
    if (at >= 0) return part(node, 'local', [], (scope) => scope.locals[at]!, name)
    if (name === 'on') return part(node, 'fact', [], (scope) => scope.on, name)
    // A whole scope has no value of its own: the person is never compared, listed or handed on.
    if (SCOPES.has(name)) return this.#refuse(node, 'rule.whole_scope', { name })
    return this.#refuse(node, 'rule.unknown_name', { name })
  }

  /** `person.born_on`, `answers['a-b']`. */
  #fact(node: ASTNode, locals: readonly string[]): Part {
    const name = pathOf(node, locals)
    if (name === undefined) return this.#refuse(node, 'rule.not_in_language', { what: node.input.slice(node.start, node.end) })
    if (name.includes('\u0000')) return this.#refuse(node, 'rule.zero_sign')
    if (SEALED_FACTS.has(name)) return this.#refuse(node, 'rule.sealed_fact', { name })
    const fact = factNamed(name)
    if (!fact) return this.#refuse(node, 'rule.unknown_name', { name })
    const { type } = fact
    return part(node, 'fact', [], (scope) => readFact(scope.facts, name, type), name)
  }

  #comparison(node: ASTNode & { args: [ASTNode, ASTNode] }, locals: readonly string[]): Part {
    const [left, right] = this.#both(node.args, locals)
    const { op } = node
    const compared = (run: Part['run']) => part(node, 'compare', [left, right], run, op)
    if (op === '==') return compared((scope) => three.equal(left.run(scope), right.run(scope)))
    if (op === '!=') return compared((scope) => three.not(three.equal(left.run(scope), right.run(scope))))
    const comparison = op as three.Comparison
    return compared((scope) => three.compare(comparison, left.run(scope), right.run(scope)))
  }

  #arithmetic(node: ASTNode & { args: [ASTNode, ASTNode] }, locals: readonly string[]): Part {
    const [left, right] = this.#both(node.args, locals)
    // Joined texts and lists can double at every step of a macro; nothing that a rule decides needs them.
    const type = typeOf(node)
    if (type !== undefined && type !== 'int') return this.#refuse(node, 'rule.arithmetic_type', { type })
    if (node.op === '/' || node.op === '%') {
      const divisor = node.args[1]
      // By something that turns out to be 0 there is no answer: unknown, with its place.
      if (divisor.op === 'value' && divisor.args === 0n) return this.#refuse(node, 'rule.divisor', {})
    }
    const compute = ARITHMETIC[node.op as keyof typeof ARITHMETIC]
    return part(
      node,
      'arithmetic',
      [left, right],
      (scope) => whole(node, scope, left.run(scope), right.run(scope), compute),
      node.op,
    )
  }

  #call(node: ASTNode, name: string, args: readonly ASTNode[], locals: readonly string[]): Part {
    if (name === 'has') return this.#has(node, args[0]!, locals)
    if (isLiteralFunction(name)) return this.#literalCall(node, name, args, locals)
    const parts = args.map((each) => this.build(each, locals))
    if (name === 'size') return this.#size(node, parts[0]!)
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
    if (!known) return this.#refuse(node, 'rule.function', { name })
    const area = args[1]
    if (name === 'inArea' && area?.op === 'value' && !isRegionCode(String(area.args))) {
      return this.#refuse(area, 'rule.area_code', { code: String(area.args) })
    }
    const run = known.run as (...values: Value[]) => Value | undefined
    return part(
      node,
      'call',
      parts,
      (scope) => {
        const values = parts.map((each) => each.run(scope))
        return values.includes(UNKNOWN) ? UNKNOWN : (run(...values) ?? fault(node, scope))
      },
      name,
    )
  }

  /** `param('id')`: literal only, so that what a rule rests on can be read off it, checked and compiled to SQL. */
  #literalCall(node: ASTNode, name: LiteralFunction, args: readonly ASTNode[], locals: readonly string[]): Part {
    const [literal] = args
    if (literal?.op !== 'value' || typeof literal.args !== 'string') return this.#refuse(node, 'rule.literal_needed', { name })
    const text = literal.args
    if (text.includes('\u0000')) return this.#refuse(literal, 'rule.zero_sign')
    if (name === 'day') {
      if (!isDay(text)) return this.#refuse(literal, 'rule.no_such_day', { text })
      return part(node, 'literal', [], () => text)
    }
    if (isAnswerFunction(name)) {
      const type = ANSWER_TYPES[name]
      return part(node, 'fact', [], (scope) => readFact(scope.facts, `answers.${text}`, type), `answers.${text}`)
    }
    const wanted = name === 'param' ? 'number' : 'string'
    const days = args.slice(1).map((each) => this.build(each, locals))
    const read: Part = part(
      node,
      'parameter',
      days,
      (scope) => {
        const reading = readingOf(read, scope)
        if (!reading.known) return UNKNOWN
        return typeof reading.value === wanted ? reading.value : fault(node, scope)
      },
      text,
    )
    return read
  }

  /** Unknown stays unknown: “not on record” is no answer to “is there one”. Only a fact known to be none gives false. */
  #has(node: ASTNode, arg: ASTNode, locals: readonly string[]): Part {
    const inner = this.build(arg, locals)
    if (inner.kind !== 'fact' || inner.name === 'on') {
      return this.problems.length > 0 ? inner : this.#refuse(node, 'rule.has_fact', {})
    }
    const { name } = inner
    return part(node, 'has', [inner], (scope) => {
      const raw = rawFact(scope.facts, name)
      return raw === undefined ? UNKNOWN : raw !== null
    })
  }

  #method(node: ASTNode, name: string, receiver: ASTNode, args: readonly ASTNode[], locals: readonly string[]): Part {
    if (MACROS.has(name) && args.length >= 2) return this.#macro(node, name, receiver, args, locals)
    if (name === 'size' && args.length === 0) return this.#size(node, this.build(receiver, locals))
    // `matches` above all: one pattern on 29 characters blocked for 11 s.
    return this.#refuse(node, name === 'matches' ? 'rule.matches' : 'rule.function', { name })
  }

  #size(node: ASTNode, of: Part): Part {
    const run = (scope: Scope): Value => {
      const value = of.run(scope)
      // A text is counted in characters, not in halves of one.
      return value === UNKNOWN ? UNKNOWN : typeof value === 'string' ? [...value].length : (value as readonly Value[]).length
    }
    return part(node, 'call', [of], run, 'size')
  }

  #macro(node: ASTNode, name: string, receiver: ASTNode, args: readonly ASTNode[], locals: readonly string[]): Part {
    const list = this.build(receiver, locals)
    const variable = args[0]!
    if (variable.op !== 'id') return this.#refuse(variable, 'rule.macro_variable', { name })
    const known = variable.args
    if (locals.includes(known) || known === 'on' || SCOPES.has(known))
      return this.#refuse(variable, 'rule.name_taken', { name: known })
    if (locals.length >= MAX_MACRO_DEPTH) return this.#refuse(node, 'rule.macro_too_deep', { limit: MAX_MACRO_DEPTH })
    const at = locals.length
    const bodies = args.slice(1).map((each) => this.build(each, [...locals, known]))
    const [first, second] = bodies as [Part, Part | undefined]
    const each =
      (scope: Scope, body: Part) =>
      (value: Value): Value => {
        scope.locals[at] = value
        return body.run(scope)
      }
    const yes = (): Value => true
    const same = (value: Value): Value => value
    const runs: Record<string, (scope: Scope) => Value> = {
      all: (scope) => three.all(list.run(scope), each(scope, first)),
      exists: (scope) => three.exists(list.run(scope), each(scope, first)),
      exists_one: (scope) => three.existsOne(list.run(scope), each(scope, first)),
      filter: (scope) => three.select(list.run(scope), each(scope, first), same),
      map: second
        ? (scope) => three.select(list.run(scope), each(scope, first), each(scope, second))
        : (scope) => three.select(list.run(scope), yes, each(scope, first)),
    }
    return { ...part(node, 'macro', [list, ...bodies], runs[name]!, name), variable: known }
  }
}

const SCOPES = new Set(['person', 'dwelling', 'hukou_household', 'unit', 'case', 'answers'])

/** `person.born_on` for a node that reads a fact; undefined for any other access. */
function pathOf(node: ASTNode, locals: readonly string[]): string | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined
  const [scope] = node.args
  if (scope.op !== 'id' || locals.includes(scope.args)) return undefined
  if (node.op === '.') return `${scope.args}.${node.args[1]}`
  const key = node.args[1]
  return scope.args === 'answers' && key.op === 'value' && typeof key.args === 'string' ? `answers.${key.args}` : undefined
}
