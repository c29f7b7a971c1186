/**
 * Numbers, rules and the texts they rest on: what may not contradict itself.
 */
import type { Day } from '../../../platform/time.ts'
import { COUNTRY } from '../../rules/area.ts'
import type { ParameterRow } from '../../rules/parameter.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Table } from '../../tables/table.ts'
import { valid } from './check-names.ts'
import type { Findings, Place } from './finding.ts'
import { lapseOf } from './lapse.ts'
import type { Parsed } from './parse.ts'
import { PROMISE } from './schema.ts'
import type { Located } from './source.ts'

/** A rule with its place, as the rules' own checker takes it; a part that is missing has the place of what should hold it. */
export interface LocatedRule {
  rule: unknown
  file: string
  line: number
  at(path: readonly (string | number)[], offset?: number): { line: number; column: number }
}

/** What the pack knows and an expression may name. */
export interface KnownNames {
  area: string
  documents: ReadonlySet<string>
  matters: ReadonlySet<string>
  answers: ReadonlyMap<string, string>
}

/** What the rules' own checker finds. Its `code` is a key of the word lists. */
export interface RuleFinding extends Place {
  code: string
  params: Readonly<Record<string, string | number>>
}

/** Checks expressions and runs the worked examples: `checkRules` of the rules, handed in so that neither knows the other. */
export type RulesCheck = (
  rules: readonly LocatedRule[],
  parameters: readonly ParameterRow[],
  known: KnownNames,
) => readonly RuleFinding[]

/** The words of the whole house in the language of the check. */
export type Say = (code: string, params: Readonly<Record<string, string | number>>) => string

/** What the rules' own checker finds in the rows of numbers: days without a number, a correction of nothing. */
export type ParametersCheck = (rows: readonly { row: unknown; file: string; line: number }[]) => readonly RuleFinding[]

/** Checks tables and runs their worked examples: `checkTables` of the tables, handed in likewise. */
export type TablesCheck = (
  tables: readonly { table: Table; at: (...path: (string | number)[]) => Place }[],
  around: {
    area: string
    rules: readonly Rule[]
    parameters: readonly ParameterRow[]
    documents: ReadonlySet<string>
    matters: ReadonlySet<string>
  },
) => readonly RuleFinding[]

export function checkLaw(parsed: Parsed, on: Day | undefined, findings: Findings): void {
  const bases = valid(parsed.bases)
  for (const { value, at } of bases) {
    if (value.valid_to && value.valid_to < value.valid_from) {
      findings.error('dates-reversed', at('valid_to'), { from: value.valid_from, to: value.valid_to })
    }
    if (on === undefined) continue
    // Only the last text of a chain: that is the line where a successor is to be written.
    const { since } = lapseOf(value, on)
    if (since) findings.warn('document-lapsed', at('valid_to'), { name: value.code, since })
  }
  const read = new Map(bases.map((each) => [each.value.code, each.value.verified]))
  checkParameters(parsed, read, findings)
  checkRules(parsed, read, findings)
}

/** Run last: where a line is already refused, what the rules say of the same line would only repeat it. */
export function checkExpressions(
  parsed: Parsed,
  { check, parameters, tables, say }: { check: RulesCheck; parameters: ParametersCheck; tables?: TablesCheck; say: Say },
  findings: Findings,
): void {
  const told = (found: readonly RuleFinding[], as: 'rule-refused' | 'file-refused' | 'table-refused' = 'rule-refused') => {
    for (const { code, file, line, column, params } of found) {
      if (findings.refused(file, line)) continue
      findings.told(as, { file, line, ...(column && { column }) }, say(code, params))
    }
  }
  told(
    parameters(valid(parsed.parameters).map(({ value, at }) => ({ row: value, file: at().file, line: at().line }))),
    'file-refused',
  )
  const names = <T>(items: readonly Located<T>[], key: keyof T): Set<string> =>
    new Set(items.map((each) => each.value?.[key]).filter((name) => typeof name === 'string'))
  const rules = parsed.rules.map(({ value, at, inside }): LocatedRule => {
    const placed = ({ line, column }: Place) => ({ line, column: column ?? 1 })
    return {
      rule: value,
      file: at().file,
      line: at().line,
      at: (path, offset) => placed(offset === undefined ? at(...path) : inside(path, offset)),
    }
  })
  const found = check(
    rules,
    valid(parsed.parameters).map((each) => each.value),
    {
      area: parsed.pack?.value?.area ?? '',
      documents: names(parsed.bases, 'code'),
      matters: names(parsed.matters, 'code'),
      answers: new Map(
        [...valid(parsed.matters), ...valid(parsed.tables)].flatMap(({ value }) =>
          value.questions.map((question) => [question.code, question.kind] as const),
        ),
      ),
    },
  )
  told(found)
  // A table adds up rules: of a broken one its lines would only say the same again.
  if (!tables || found.length > 0) return
  told(
    tables(
      valid(parsed.tables).map(({ value, at }) => ({ table: value, at })),
      {
        area: parsed.pack?.value?.area ?? '',
        rules: valid(parsed.rules).map((each) => each.value),
        parameters: valid(parsed.parameters).map((each) => each.value),
        documents: names(parsed.bases, 'code'),
        matters: new Set(valid(parsed.matters).map((each) => each.value.code)),
      },
    ),
    'table-refused',
  )
}

function checkParameters(parsed: Parsed, read: ReadonlyMap<string, boolean>, findings: Findings): void {
  const rows = valid(parsed.parameters)
  for (const [index, row] of rows.entries()) {
    const { value, at } = row
    if (value.valid_to && value.valid_to < value.valid_from) {
      findings.error('dates-reversed', at(), { from: value.valid_from, to: value.valid_to })
    }
    if (value.value !== null && (typeof value.value === 'string') !== (value.unit === 'text')) {
      findings.error('value-not-number', at(), { name: value.id, value: value.value, unit: value.unit })
    }
    if (value.unit === 'hour_of_day' && !(typeof value.value === 'number' && value.value >= 0 && value.value <= 23)) {
      findings.error('hour-of-day', at(), { name: value.id, value: value.value })
    }
    if (value.value === null && value.verified) findings.error('verified-empty', at(), { name: value.id })
    if (value.demo && !value.verified) findings.warn('sample-row', at(), { name: value.id })
    if (value.demo && value.verified) findings.error('demo-verified', at(), { name: value.id })
    const ours = value.basis.clause === PROMISE
    if (value.verified && !ours && read.get(value.basis.document) === false) {
      findings.error('verified-unread', at(), { name: value.id, document: value.basis.document })
    }
    const area = parsed.pack?.valid ? parsed.pack.value.area : undefined
    const around = value.jurisdiction === COUNTRY || area?.startsWith(value.jurisdiction)
    if (area && !around && !value.jurisdiction.startsWith(area)) {
      findings.error('jurisdiction-foreign', at(), { name: value.id, jurisdiction: value.jurisdiction, area })
    }
    // The nearest jurisdiction wins; two rows of the same one on the same day would be a coin toss.
    const rival = rows.slice(0, index).find((each) => isTie(each, row))
    if (rival) findings.error('parameter-tie', at(), { name: value.id, first: `${rival.at().file}:${rival.at().line}` })
    const other = rows.find((each) => each.value.id === value.id)!
    if (other.value.unit !== value.unit) {
      findings.error('parameter-units', at(), { name: value.id, unit: value.unit, other: other.value.unit })
    }
  }
  checkQuietHours(rows, findings)
}

const QUIET = ['messages.quiet_from', 'messages.quiet_until'] as const

/** A night has two ends. Who names one has forgotten the other, and people would be woken. */
function checkQuietHours(rows: readonly Located<ParameterRow>[], findings: Findings): void {
  for (const [at, id] of QUIET.entries()) {
    const other = QUIET[1 - at]!
    const row = rows.find((each) => each.value.id === id)
    if (!row) continue
    if (row.value.unit !== 'hour_of_day') findings.error('quiet-not-hour', row.at(), { name: id, unit: row.value.unit })
    if (!rows.some((each) => each.value.id === other)) findings.error('quiet-half', row.at(), { name: id, other })
  }
}

function isTie({ value: a }: Located<ParameterRow>, { value: b }: Located<ParameterRow>): boolean {
  if (a.id !== b.id || a.jurisdiction !== b.jurisdiction) return false
  // A correction is recorded later and names what it corrects: the later one is meant.
  if (b.supersedes === a.id && b.recorded_at > a.recorded_at) return false
  return (!a.valid_to || b.valid_from <= a.valid_to) && (!b.valid_to || a.valid_from <= b.valid_to)
}

function checkRules(parsed: Parsed, read: ReadonlyMap<string, boolean>, findings: Findings): void {
  for (const { value, at } of valid(parsed.rules)) {
    if (value.verified && read.get(value.basis.document) === false) {
      findings.error('verified-unread', at('verified'), { name: value.id, document: value.basis.document })
    }
    if (value.returns === 'bool') {
      for (const answer of ['met', 'not_met', 'unknown'] as const) {
        if (!value[answer]) findings.error('rule-words-missing', at(), { name: value.id, answer })
      }
    }
    value.examples.forEach((example, index) => {
      const fits = example.expect === 'unknown' || typeof example.expect === (value.returns === 'bool' ? 'boolean' : 'number')
      if (!fits) findings.error('example-type', at('examples', index, 'expect'), { name: value.id, returns: value.returns })
    })
  }

  const returns = new Map(valid(parsed.rules).map((each) => [each.value.id, each.value.returns]))
  for (const { value, at } of valid(parsed.matters)) {
    value.conditions.forEach((name, index) => {
      if (returns.get(name) === 'int') findings.error('condition-not-bool', at('conditions', index), { name })
    })
    if (value.amount && returns.get(value.amount) === 'bool') {
      findings.error('amount-not-int', at('amount'), { name: value.amount })
    }
  }
}
