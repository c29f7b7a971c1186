/**
 * A rule as an author has typed it, judged before it goes anywhere: what is wrong and where in her own lines, what its examples come to,
 * and whose other examples her numbers would break.
 */
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { LoadedPack } from '../../core/matters/index.ts'
import {
  areaChain,
  byParameterId,
  type CheckError,
  checkRules,
  type ExampleResult,
  type ParameterRow,
  parameterOn,
  type Rule,
  readsOf,
  rootOf,
  runExamples,
} from '../../core/rules/index.ts'
import { isDay } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { joined, TEXTS, type TextName, type Written } from './rule-text.ts'

/** A value that she would put in place of one in force: a whole number as typed; empty leaves it as it is. */
export type TypedNumbers = Readonly<Record<string, string>>

export interface Typed extends Written {
  numbers: TypedNumbers
  /** First day of all the new numbers. */
  from: string
}

export type Field = 'expression' | 'examples' | 'from' | `${TextName}.${'zh' | 'en'}` | `number.${string}`

/** Something to mend: `code` and `params` are of the words. Line and column are in what she typed. */
export interface Fault {
  field: Field
  code: string
  params: Readonly<Record<string, string | number>>
  line: number
  column: number
}

export interface Proposal {
  rule: Rule
  /** Of the whole pack, with her numbers in place of those in force. */
  parameters: readonly ParameterRow[]
  numbers: readonly { row: ParameterRow; value: number }[]
  faults: readonly Fault[]
  examples: readonly ExampleResult[]
  /** Rules whose own examples no longer come out with her numbers. */
  broken: readonly { ruleId: string; examples: readonly ExampleResult[] }[]
}

/** Enough for the longest rule of the house five times over; more is no rule that anybody can read. */
const MOST_EXAMPLES = 60
const MOST_SIGNS = 20_000
const MOST_TEXT = 500
const LARGEST = 1_000_000_000_000

/** The rows in force on a day that a rule reads, in its order, of the pack's own area or around it. */
export function numbersOf(rule: Rule, pack: LoadedPack, on: Day): ParameterRow[] {
  const chain = areaChain(pack.pack.area)
  return readsOf(rootOf(rule)).parameters.flatMap((id) => {
    const found = parameterOn(pack.parameters, id, chain, on)
    return found.known && typeof found.value === 'number' ? [found.row] : []
  })
}

export function propose(rule: Rule, typed: Typed, pack: LoadedPack, on: Day): Proposal {
  const faults: Fault[] = []
  const say = (field: Field, code: string, params: Fault['params'] = {}, line = 1, column = 1) =>
    faults.push({ field, code, params, line, column })
  const texts = Object.fromEntries(
    Object.entries(typed.texts).map(([name, { zh, en }]) => [name, { zh: inOneLine(zh), en: inOneLine(en) }]),
  )
  for (const [name, text] of Object.entries(texts))
    for (const lang of ['zh', 'en'] as const) {
      const field = `${name as TextName}.${lang}` as const
      if (text[lang] === '') say(field, 'answer.missing')
      else if (text[lang].length > MOST_TEXT) say(field, 'rules.text_too_long', { most: MOST_TEXT })
    }
  const numbers = readNumbers(rule, typed, pack, on, say)
  const read = readExamples(typed.examples, say)
  const proposed = { ...rule, ...texts, expression: joined(typed.expression), examples: read.value as Rule['examples'] }
  const parameters = pack.pack.parameters.map((row) => {
    const change = numbers.find((one) => one.row === row)
    return change ? { ...row, value: change.value } : row
  })
  if (proposed.expression === '') say('expression', 'answer.missing')
  if (faults.length === 0)
    for (const found of checkTyped(proposed, typed.expression, read.at, parameters, pack)) faults.push(found)
  const sound = faults.every(({ code }) => code === 'rule.example')
  const byId = byParameterId(parameters)
  const changed = new Set(numbers.map(({ row }) => row.id))
  const broken = pack.pack.rules
    .filter(
      (other) => other.id !== rule.id && changed.size > 0 && readsOf(rootOf(other)).parameters.some((id) => changed.has(id)),
    )
    .map((other) => ({ ruleId: other.id, examples: runExamples(other, byId, pack.pack.area).filter((one) => !one.passed) }))
    .filter((other) => other.examples.length > 0)
  return {
    rule: proposed,
    parameters,
    numbers,
    faults,
    examples: sound ? runExamples(proposed, byId, pack.pack.area) : [],
    broken,
  }
}

/** A text for people is one line, also in the file. */
const inOneLine = (text: string): string => text.trim().replace(/\s*[\r\n\u0085\u2028\u2029]\s*/g, ' ')

type Say = (field: Field, code: string, params?: Fault['params'], line?: number, column?: number) => void

function readNumbers(rule: Rule, typed: Typed, pack: LoadedPack, on: Day, say: Say): { row: ParameterRow; value: number }[] {
  const rows = numbersOf(rule, pack, on)
  const changes = rows.flatMap((row) => {
    const text = (typed.numbers[row.id] ?? '').normalize('NFKC').trim()
    if (text === '' || text === String(row.value)) return []
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || Math.abs(value) > LARGEST) {
      say(`number.${row.id}`, 'rules.whole_number')
      return []
    }
    return [{ row, value }]
  })
  if (changes.length === 0) return changes
  const latest = changes
    .map(({ row }) => row.valid_from)
    .sort()
    .at(-1)!
  if (typed.from === '') say('from', 'rules.from_missing')
  else if (!isDay(typed.from)) say('from', 'answer.no_such_day')
  else if (typed.from <= latest) say('from', 'rules.from_too_early', { day: latest })
  return changes
}

interface Examples {
  value: unknown
  at: (path: readonly (string | number)[]) => { line: number; column: number } | undefined
}

function readExamples(text: string, say: Say): Examples {
  const nothing: Examples = { value: [], at: () => undefined }
  if (text.length > MOST_SIGNS) {
    say('examples', 'rules.examples_too_long', { most: MOST_SIGNS })
    return nothing
  }
  const lines = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
    const [broken] = [...document.errors, ...document.warnings]
    if (broken) {
      const { line, column } = place(broken.pos[0])
      say('examples', 'rule.file_unreadable', { detail: broken.message.split('\n')[0]! }, line, column)
      return nothing
    }
    const value = document.toJS({ maxAliasCount: 0 }) as unknown
    if (Array.isArray(value) && value.length > MOST_EXAMPLES) {
      say('examples', 'rules.too_many_examples', { most: MOST_EXAMPLES })
      return nothing
    }
    const at: Examples['at'] = (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const node = (length === 0 ? document.contents : document.getIn(path.slice(0, length), true)) as Node | undefined
        if ((isMap(node) || isScalar(node) || length === 0) && node?.range) return place(node.range[0])
      }
      return undefined
    }
    return { value, at }
  } catch (error) {
    // Lists in lists a thousand times over, or aliases of aliases.
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error
    say('examples', 'rule.file_unreadable', { detail: error.message.split('\n')[0]! })
    return nothing
  }
}

/** What `pack check` says of the rule, told at the place in the form. */
function checkTyped(
  rule: unknown,
  expression: string,
  examplesAt: Examples['at'],
  parameters: readonly ParameterRow[],
  { pack }: LoadedPack,
): Fault[] {
  const at = (path: readonly (string | number)[], offset?: number) => {
    const [field, ...rest] = path
    if (field === 'expression') return { field, ...placeIn(expression, offset ?? 0) }
    if (field === 'examples') return { field, ...(examplesAt(rest) ?? { line: 1, column: 1 }) }
    return { field: 'expression', line: 1, column: 1 }
  }
  const found = checkRules([{ rule, file: '', line: 1, at }], parameters, {
    area: pack.area,
    documents: new Set(pack.bases.map(({ code }) => code)),
    matters: new Set(pack.matters.map(({ code }) => code)),
    answers: new Map(
      [...pack.matters, ...(pack.tables ?? [])].flatMap(({ questions }) =>
        questions.map(({ code, kind }) => [code, kind] as const),
      ),
    ),
  })
  return found.map(({ code, params, line, column, ...more }: CheckError) => ({
    field: (more as { field?: Field }).field ?? 'expression',
    ...{ code, params, line, column },
  }))
}

/** Where a character of the joined expression stands in the lines that were typed. */
function placeIn(expression: string, offset: number): { line: number; column: number } {
  let left = offset
  for (const [at, line] of expression.split(/\r?\n/).entries()) {
    const { length } = line.trim()
    if (length === 0) continue
    const indent = line.length - line.trimStart().length
    if (left <= length) return { line: at + 1, column: indent + left + 1 }
    left -= length + 1
  }
  return { line: 1, column: 1 }
}

/** The texts that a rule has: an amount has no “met”. */
export const textsOf = (rule: Rule): TextName[] => TEXTS.filter((name) => rule[name] !== undefined)
