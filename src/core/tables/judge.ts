/**
 * What a table says for one person: each line with its value, what its cap took off, and why one is unknown. Nobody is refused
 * by a table, and an unknown line is never nothing: the sum is then “at least”.
 */
import type { Basis, Text } from '../matters/matter.ts'
import {
  type Explanation,
  evaluate,
  explain,
  type Facts,
  type ParameterRead,
  type Parameters,
  type Rule,
  readNumber,
  type Sources,
} from '../rules/index.ts'
import type { Table, TableLine } from './table.ts'

/**
 * `counted`; `unknown`; `lower` gives way to a higher line of its set; `not_chosen` gives way to the line that was chosen.
 */
export type LineState = 'counted' | 'unknown' | 'lower' | 'not_chosen'

export interface JudgedLine {
  /** Of its rule, or of the question that is the line itself. */
  id: string
  text: Text
  part: string
  set: string | undefined
  state: LineState
  /** As the rule has it; null is unknown. */
  value: number | null
  /** The most that counts; undefined where nothing limits it. */
  cap: ParameterRead | undefined
  /** What goes into the sum. */
  counted: number
  basis: Basis
  verified: boolean
  working: Explanation['working']
  missing: Explanation['missing']
  /** A number that it read is a labelled sample. */
  sample: boolean
}

export interface JudgedPart {
  code: string
  name: Text
  sign: 'add' | 'subtract'
  lines: readonly JudgedLine[]
  sum: number
  /** Some line of it is unknown. */
  open: boolean
}

/** `before_deductions`: what is taken off is unknown, so that even “at least” would promise too much. */
export type Certainty = 'exact' | 'at_least' | 'before_deductions'

export interface Judgement {
  parts: readonly JudgedPart[]
  total: { value: number; certainty: Certainty }
  gates: readonly { kind: 'needed' | 'first'; rule: Rule; explanation: Explanation }[]
  /** What the sum means; undefined where it is not exact or the table has no bands. */
  level: number | undefined
  /** What is left of the amount, never below 0; undefined where it is not exact. */
  rest: number | undefined
  /** Every rule and number that was read rests on official texts that two readers saw. */
  verified: boolean
  /** Some number that was read is a labelled sample and no rule. */
  sample: boolean
}

export interface Law {
  rules: (id: string) => Rule
  parameters: Parameters
  sources?: Sources
}

/** @param table a whole one: see `wholeTable` */
export function judgeTable(table: Table, facts: Facts, { rules, parameters, sources = {} }: Law): Judgement {
  const told = (id: string): Explanation => explain(rules(id), facts, parameters, { sources })
  const lines = settle(
    table,
    facts,
    table.lines.map((line) =>
      judgeLine(
        line,
        line.rule === undefined ? asked(table, line, facts) : ruled(rules(line.rule), told(line.rule)),
        facts,
        parameters,
      ),
    ),
  )
  const parts = table.parts.map((part): JudgedPart => {
    const own = lines.filter((line) => line.part === part.code)
    return {
      ...part,
      lines: own,
      sum: own.reduce((sum, line) => sum + line.counted, 0),
      open: own.some((line) => line.state === 'unknown'),
    }
  })
  const total = totalOf(table, parts)
  const exact = total.certainty === 'exact'
  const gates = table.gates.map(({ rule, kind }) => ({ kind, rule: rules(rule), explanation: told(rule) }))
  const of = table.rest && evaluate(rules(table.rest.of), facts, parameters)
  return {
    parts,
    total,
    gates,
    level: exact ? bandOf(table, total.value, facts, parameters) : undefined,
    rest: exact && typeof of === 'number' ? Math.max(0, of - total.value) : undefined,
    verified: table.verified && [...lines, ...gates.map((gate) => gate.explanation)].every(({ verified }) => verified),
    sample: lines.some((line) => line.sample) || gates.some((gate) => readsSample(gate.explanation)),
  }
}

const readsSample = ({ lines }: Pick<Explanation, 'lines'>): boolean =>
  lines.some((line) => line.parameters.some((read) => read.demo))

type Told = Pick<JudgedLine, 'id' | 'text' | 'value' | 'basis' | 'verified' | 'working' | 'missing' | 'sample'>

const ruled = ({ id, text }: Rule, { value, basis, verified, working, missing, lines }: Explanation): Told => ({
  id,
  text,
  value,
  basis,
  verified,
  working,
  missing,
  sample: readsSample({ lines }),
})

/** A line that is what was answered: an item of a score. */
function asked({ questions, basis, verified }: Table, { answer: code = '' }: TableLine, { answers }: Facts): Told {
  const answer = answers?.[code]
  const value = typeof answer === 'number' ? answer : null
  return {
    id: code,
    text: questions.find((question) => question.code === code)!.ask,
    value,
    basis,
    verified,
    working: [],
    sample: false,
    missing: value === null ? [{ kind: 'fact', name: `answers.${code}`, reason: 'not_on_record' }] : [],
  }
}

function judgeLine(line: TableLine, told: Told, facts: Facts, parameters: Parameters): JudgedLine {
  const { value } = told
  const cap = line.cap === undefined ? undefined : readNumber(line.cap, facts, parameters)
  const most = cap === undefined ? Number.POSITIVE_INFINITY : typeof cap.value === 'number' ? cap.value : null
  const known = value !== null && (most !== null || value === 0)
  return {
    ...told,
    part: line.part,
    set: line.set,
    state: known ? 'counted' : 'unknown',
    cap,
    counted: known ? Math.min(value, most ?? 0) : 0,
  }
}

/** Of each set one line counts. */
function settle(table: Table, facts: Facts, lines: readonly JudgedLine[]): readonly JudgedLine[] {
  const settled = [...lines]
  const out = (at: number, state: LineState) => {
    settled[at] = { ...settled[at]!, state, counted: 0 }
  }
  for (const set of table.sets) {
    const own = table.lines.flatMap((line, at) => (line.set === set.code ? [at] : []))
    if (set.counts === 'chosen') {
      const chosen = facts.answers?.[set.question ?? '']
      for (const at of own) {
        if (chosen === undefined || chosen === null) out(at, 'unknown')
        else if (table.lines[at]!.option !== chosen) out(at, 'not_chosen')
      }
      continue
    }
    const known = own.filter((at) => settled[at]!.state === 'counted')
    const best = known.toSorted((a, b) => settled[b]!.counted - settled[a]!.counted)[0]
    if (best === undefined) continue
    const most = settled[best]!.counted
    for (const at of own) {
      const { state, cap } = settled[at]!
      // What can be no more than the best one has is settled, whatever it turns out to be.
      const beaten = state === 'unknown' && typeof cap?.value === 'number' && cap.value <= most
      if ((at !== best && state === 'counted') || beaten) out(at, 'lower')
    }
  }
  return settled
}

function totalOf({ least }: Table, parts: readonly JudgedPart[]): Judgement['total'] {
  const sum = (sign: JudgedPart['sign']) => parts.filter((part) => part.sign === sign).reduce((all, part) => all + part.sum, 0)
  const open = (sign: JudgedPart['sign']) => parts.some((part) => part.sign === sign && part.open)
  const value = sum('add') - sum('subtract')
  return {
    value: least === undefined ? value : Math.max(least, value),
    certainty: open('subtract') ? 'before_deductions' : open('add') ? 'at_least' : 'exact',
  }
}

/** The band that a sum reaches; undefined where a threshold is not known. */
export function bandOf(table: Pick<Table, 'bands'>, sum: number, facts: Facts, parameters: Parameters): number | undefined {
  const bands = (table.bands ?? []).map(({ level, from }) => ({ level, from: readNumber(from, facts, parameters).value }))
  if (bands.some(({ from }) => typeof from !== 'number')) return undefined
  return bands.filter(({ from }) => (from as number) <= sum).toSorted((a, b) => (b.from as number) - (a.from as number))[0]?.level
}
