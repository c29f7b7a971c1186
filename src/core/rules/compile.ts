/**
 * From an expression to something that runs on three values. The library's parser and type checker do the reading; its
 * evaluator is two-valued, so the tree is walked here, for the subset of CEL that rules may use. Everything else is a
 * problem with a place. Compiled expressions are kept: parsing costs a hundred times as much as running.
 */
import { ParseError } from '@marcbachmann/cel-js'
import { Builder } from './builder.ts'
import { MAX_DEPTH, MAX_LENGTH, MAX_STEPS, ruleEnvironment } from './environment.ts'
import { type Part, type Problem, stepsOf } from './part.ts'

export interface Compiled {
  expression: string
  /** CEL type of the whole; undefined when it has none. */
  type: string | undefined
  root: Part | undefined
  problems: readonly Problem[]
}

const environment = ruleEnvironment()
const kept = new Map<string, Compiled>()
/** Characters: every rule of a city several times over. A bound, so that expressions typed on a page cannot fill the memory. */
const MAX_KEPT = 500_000
let signs = 0

export function compile(expression: string): Compiled {
  const held = kept.get(expression)
  if (held) return held
  const compiled = read(expression)
  signs += expression.length
  if (signs > MAX_KEPT) {
    kept.clear()
    signs = expression.length
  }
  kept.set(expression, compiled)
  return compiled
}

function read(expression: string): Compiled {
  const refused = (problem: Problem): Compiled => ({ expression, type: undefined, root: undefined, problems: [problem] })
  const whole = { start: 0, end: expression.length }
  if (expression.length > MAX_LENGTH) {
    return refused({ code: 'rule.expression_too_long', ...whole, params: { length: expression.length, limit: MAX_LENGTH } })
  }
  try {
    const parsed = environment.parse(expression)
    // The check also writes each node's type on it, which the builder reads.
    const checked = parsed.check()
    const builder = new Builder()
    const root = builder.build(parsed.ast, [])
    const problems = builder.problems
    if (root.depth > MAX_DEPTH) {
      problems.push({ code: 'rule.expression_too_deep', ...whole, params: { depth: root.depth, limit: MAX_DEPTH } })
    }
    const steps = stepsOf(root)
    if (steps > MAX_STEPS) problems.push({ code: 'rule.too_many_steps', ...whole, params: { steps, limit: MAX_STEPS } })
    // Our own words for a name or function say more than the library's; its error is for what only types tell.
    if (problems.length === 0 && checked.error) problems.push(typeProblem(checked.error, expression))
    return { expression, type: checked.type, root: problems.length === 0 ? root : undefined, problems }
  } catch (error) {
    if (error instanceof RangeError) {
      return refused({ code: 'rule.expression_too_deep', ...whole, params: { depth: expression.length, limit: MAX_DEPTH } })
    }
    if (!(error instanceof ParseError)) throw error
    const code = error.code === 'limit_exceeded' ? 'rule.expression_too_large' : 'rule.syntax'
    return refused({ code, ...rangeOf(error, expression), params: { detail: error.summary } })
  }
}

function typeProblem(error: { summary: string; range?: { start: number; end: number } }, expression: string): Problem {
  return { code: 'rule.type', ...rangeOf(error, expression), params: { detail: error.summary } }
}

const rangeOf = (error: { range?: { start: number; end: number } }, expression: string): { start: number; end: number } =>
  error.range ? { start: error.range.start, end: error.range.end } : { start: 0, end: expression.length }

/**
 * The text of a node. The parser's ranges leave out parentheses at a node's edges (`!(a)` ends before its `)`), so the
 * range is widened until what it opens is closed.
 */
export function sourceOf(expression: string, start: number, end: number): string {
  let from = start
  let to = end
  const { opened, closed } = unbalanced(expression.slice(start, end))
  for (let left = opened; left > 0; left -= 1) to = expression.indexOf(')', to) + 1
  for (let left = closed; left > 0; left -= 1) from = expression.lastIndexOf('(', from - 1)
  return expression.slice(from, to).replace(/\s+/g, ' ')
}

function unbalanced(text: string): { opened: number; closed: number } {
  let opened = 0
  let closed = 0
  let quote = ''
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index]!
    if (quote !== '') {
      if (sign === '\\') index += 1
      else if (sign === quote) quote = ''
    } else if (sign === "'" || sign === '"') quote = sign
    else if (sign === '(') opened += 1
    else if (sign === ')') {
      if (opened > 0) opened -= 1
      else closed += 1
    }
  }
  return { opened, closed }
}
