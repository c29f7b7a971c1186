/**
 * The typed CEL environment: what a rule may name and call. The library parses and type-checks with it. Days are a type
 * of their own, so that a text in place of a day is refused before anybody is judged by it.
 */
import { Environment } from '@marcbachmann/cel-js'
import { ageYears, daysAfter, fullMonths, monthsAfter } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { inArea } from './area.ts'
import { FACTS } from './facts.ts'
import type { Value } from './three.ts'

/** A day inside the library, which tells types apart by their class. */
export class CelDay {
  readonly day: Day
  constructor(day: Day) {
    this.day = day
  }
}

/** Longer expressions are refused unread; the longest known condition of a matter is under 400 characters. */
export const MAX_LENGTH = 10_000
/** Nesting of the finished tree. A chain of `&&` nests once a link. */
export const MAX_DEPTH = 200
/** Macros in macros multiply: two levels over lists of 100 are 10,000 steps. */
export const MAX_MACRO_DEPTH = 2
/** Parts that run for one person at the most; the longest rule of the house runs a few hundred. */
export const MAX_STEPS = 50_000
const LIMITS = { maxAstNodes: 3000, maxDepth: 60, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 4 }

/** A function on known values; undefined where it has no answer (a day outside the calendar). */
export interface RuleFunction {
  signature: string
  run: (...args: never[]) => Value | undefined
}

export const FUNCTIONS: Readonly<Record<string, RuleFunction>> = {
  ageYears: { signature: 'ageYears(Day, Day): int', run: (bornOn: Day, on: Day) => ageYears(bornOn, on) },
  fullMonths: { signature: 'fullMonths(Day, Day): int', run: (from: Day, to: Day) => fullMonths(from, to) },
  addMonths: { signature: 'addMonths(Day, int): Day', run: (day: Day, months: number) => monthsAfter(day, months) },
  addDays: { signature: 'addDays(Day, int): Day', run: (day: Day, days: number) => daysAfter(day, days) },
  inArea: { signature: 'inArea(string, string): bool', run: (code: string, area: string) => inArea(code, area) },
  least: { signature: 'least(int, int): int', run: (a: number, b: number) => Math.min(a, b) },
  greatest: { signature: 'greatest(int, int): int', run: (a: number, b: number) => Math.max(a, b) },
}

/**
 * `param` reads a number, on the day of judging or on another one, `paramText` a row of unit text, `day` a literal; the others read an
 * answer that is no text. All take one literal and are compiled apart.
 */
const LITERAL_FUNCTIONS = {
  param: 'param(string): int',
  paramText: 'paramText(string): string',
  day: 'day(string): Day',
  answerNumber: 'answerNumber(string): int',
  answerYes: 'answerYes(string): bool',
  answerDay: 'answerDay(string): Day',
} as const
export type LiteralFunction = keyof typeof LITERAL_FUNCTIONS
const PARAM_ON = 'param(string, Day): int'

/** What reads an answer that is no text: by the kind of the question. */
export const ANSWER_TYPES = { answerNumber: 'int', answerYes: 'bool', answerDay: 'Day' } as const
type AnswerFunction = keyof typeof ANSWER_TYPES
export const isAnswerFunction = (name: string): name is AnswerFunction => Object.hasOwn(ANSWER_TYPES, name)
export const isLiteralFunction = (name: string): name is LiteralFunction => Object.hasOwn(LITERAL_FUNCTIONS, name)

/** Between our values and the library's: integers are bigint there, days objects. */
export function toLibrary(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((each) => toLibrary(each, type.slice('list<'.length, -1)))
  if (typeof value === 'number') return BigInt(value)
  return type === 'Day' && typeof value === 'string' ? new CelDay(value) : value
}

export function fromLibrary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => fromLibrary(each))
  if (typeof value === 'bigint') return Number(value)
  return value instanceof CelDay ? value.day : value
}

/**
 * The environment. Our evaluator does not run the library's; `param` is given by the test that compares the two.
 */
export function ruleEnvironment(
  param: (id: string) => number | string = notRun,
  answer: (code: string) => number | boolean | Day = notRun,
): Environment {
  const env = new Environment({ limits: LIMITS })
  env.registerType('Day', { ctor: CelDay, fields: {} })
  for (const [op, holds] of Object.entries({
    '<': (a: Day, b: Day) => a < b,
    '<=': (a: Day, b: Day) => a <= b,
    '>': (a: Day, b: Day) => a > b,
    '>=': (a: Day, b: Day) => a >= b,
    '==': (a: Day, b: Day) => a === b,
  })) {
    env.registerOperator(`Day ${op} Day`, (a: CelDay, b: CelDay) => holds(a.day, b.day))
  }

  const scopes: Record<string, Record<string, string>> = {}
  for (const [name, { type }] of Object.entries(FACTS)) {
    const [scope, key] = name.split('.') as [string, string?]
    if (key === undefined) env.registerVariable(scope, type)
    else scopes[scope] = { ...scopes[scope], [key]: type }
  }
  for (const [name, schema] of Object.entries(scopes)) env.registerVariable({ name, schema } as never)
  env.registerVariable('answers', 'map<string, string>')

  for (const { signature, run } of Object.values(FUNCTIONS)) {
    const returns = signature.slice(signature.lastIndexOf(' ') + 1)
    env.registerFunction(signature, (...args: unknown[]) => {
      const answer = run(...(args.map(fromLibrary) as never[]))
      if (answer === undefined) throw new RangeError(`${signature} has no answer for these values`)
      return toLibrary(answer, returns)
    })
  }
  env.registerFunction(LITERAL_FUNCTIONS.day, (text: string) => new CelDay(text))
  env.registerFunction(LITERAL_FUNCTIONS.param, (id: string) => BigInt(param(id)))
  env.registerFunction(PARAM_ON, (id: string) => BigInt(param(id)))
  for (const [name, type] of Object.entries(ANSWER_TYPES))
    env.registerFunction(LITERAL_FUNCTIONS[name as AnswerFunction], (code: string) => toLibrary(answer(code), type))
  env.registerFunction(LITERAL_FUNCTIONS.paramText, (id: string) => String(param(id)))
  return env
}

function notRun(): never {
  throw new Error('This environment reads no parameters: evaluate the rule with evaluate(), which knows unknown values')
}
