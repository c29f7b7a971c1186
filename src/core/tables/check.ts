/**
 * What `pack check` refuses in tables, each finding with its place: names that are nowhere, lines that no sum can hold, answers
 * that nobody is asked for, worked examples that do not come out. Rules are checked on their own and first.
 */
import { type Parameters, type Part, type Rule, rootOf, rowsOf } from '../rules/index.ts'
import { tableFacts } from './answers.ts'
import { judgeTable } from './judge.ts'
import { rank } from './rank.ts'
import { type Table, wholeTable } from './table.ts'

export interface TablePlace {
  file: string
  line: number
  column?: number
}

export interface LocatedTable {
  table: Table
  at: (...path: (string | number)[]) => TablePlace
}

export interface TableFinding extends TablePlace {
  code: string
  params: Readonly<Record<string, string | number>>
}

export interface AroundTables {
  area: string
  rules: readonly Rule[]
  parameters: Parameters
  documents: ReadonlySet<string>
  matters: ReadonlySet<string>
}

export function checkTables(located: readonly LocatedTable[], around: AroundTables): TableFinding[] {
  const tables = located.map((each) => each.table)
  const checks = located.map((each) => new TableCheck(each, tables, around))
  for (const check of checks) check.names()
  // A table may stand on another one: what follows from a name that is nowhere would only be said twice.
  if (checks.every((check) => check.findings.length === 0))
    for (const check of checks) {
      check.asked()
      if (check.findings.length === 0) check.examples()
    }
  return checks.flatMap((check) => check.findings)
}

class TableCheck {
  readonly findings: TableFinding[] = []
  readonly #table: Table
  readonly #tables: readonly Table[]
  readonly #at: LocatedTable['at']
  readonly #around: AroundTables
  readonly #rules: ReadonlyMap<string, Rule>

  constructor({ table, at }: LocatedTable, tables: readonly Table[], around: AroundTables) {
    this.#table = table
    this.#tables = tables
    this.#at = at
    this.#around = around
    this.#rules = new Map(around.rules.map((rule) => [rule.id, rule]))
  }

  #say(code: string, path: (string | number)[], params: TableFinding['params'] = {}): void {
    this.findings.push({ code: `table.${code}`, ...this.#at(...path), params: { name: this.#table.code, ...params } })
  }

  names(): void {
    const { like, basis, parts, sets, lines, gates, bands, assessment, rest, ranking, questions } = this.#table
    const known = (list: readonly { code: string }[], code: string) => list.some((one) => one.code === code)
    if (!this.#around.documents.has(basis.document)) this.#say('unknown_document', ['basis', 'document'], { of: basis.document })
    if (like && !this.#tables.some((one) => one.code === like.table && one.like === undefined && one !== this.#table))
      this.#say('unknown_table', ['like', 'table'], { of: like.table })
    for (const [key, list] of Object.entries({ parts, sets, questions }))
      list.forEach(({ code }, at) => {
        if (list.findIndex((one) => one.code === code) < at) this.#say('twice', [key, at, 'code'], { of: code })
      })
    lines.forEach((line, at) => {
      const of = line.rule ?? line.answer
      if (of === undefined || (line.rule !== undefined && line.answer !== undefined)) this.#say('line_of', ['lines', at])
      else if (lines.findIndex((one) => (one.rule ?? one.answer) === of) < at) this.#say('twice', ['lines', at], { of })
      if (line.rule !== undefined) this.#rule(line.rule, 'int', ['lines', at, 'rule'])
      if (line.answer !== undefined) this.#numberAsked(line.answer, ['lines', at, 'answer'])
      if (!known(parts, line.part)) this.#say('unknown_part', ['lines', at, 'part'], { of: line.part })
      if (line.cap) this.#number(line.cap, ['lines', at, 'cap'])
      const set = sets.find((one) => one.code === line.set)
      if (line.set !== undefined && !set) this.#say('unknown_set', ['lines', at, 'set'], { of: line.set })
      if ((set?.counts === 'chosen') !== (line.option !== undefined)) this.#say('line_option', ['lines', at])
    })
    sets.forEach(({ question, counts }, at) => {
      const asked = questions.find((one) => one.code === question)
      if ((counts === 'chosen') !== (asked?.kind === 'choice')) this.#say('set_question', ['sets', at])
    })
    gates.forEach((gate, at) => {
      this.#rule(gate.rule, 'bool', ['gates', at, 'rule'])
    })
    bands?.forEach((band, at) => {
      this.#number(band.from, ['bands', at, 'from'])
    })
    if (assessment) {
      const { matters, ...numbers } = assessment
      for (const [key, id] of Object.entries(numbers)) this.#number(id, ['assessment', key])
      matters.forEach((code, at) => {
        if (!this.#around.matters.has(code)) this.#say('unknown_matter', ['assessment', 'matters', at], { of: code })
      })
    }
    if (rest) this.#rule(rest.of, 'int', ['rest', 'of'])
    if (ranking) {
      this.#number(ranking.quota, ['ranking', 'quota'])
      ranking.by.forEach((code, at) => {
        this.#numberAsked(code, ['ranking', 'by', at])
      })
    }
    questions.forEach(({ kind, options, fact }, at) => {
      const codes = options?.every((one) => typeof one.value === (kind === 'number' ? 'number' : 'string')) ?? true
      if (!codes || (kind === 'choice') !== (options !== undefined && kind !== 'number')) this.#say('options', ['questions', at])
      if (kind === 'permit' && fact !== undefined) this.#say('permit_fact', ['questions', at, 'fact'])
    })
  }

  #rule(id: string, returns: Rule['returns'], path: (string | number)[]): void {
    const rule = this.#rules.get(id)
    if (!rule) this.#say('unknown_rule', path, { of: id })
    else if (rule.returns !== returns) this.#say('rule_returns', path, { of: id, returns })
  }

  #numberAsked(code: string, path: (string | number)[]): void {
    if (!this.#table.questions.some((one) => one.code === code && one.kind === 'number'))
      this.#say('unknown_question', path, { of: code })
  }

  #number(id: string, path: (string | number)[]): void {
    const [row] = rowsOf(this.#around.parameters, id)
    if (!row || row.unit === 'text') this.#say('unknown_number', path, { of: id })
  }

  /** Every answer that a line reads is asked for, and everything that is asked is read. */
  asked(): void {
    const whole = wholeTable(this.#table, this.#tables)
    const read = new Set<string>()
    const facts = new Set<string>()
    const walk = (part: Part): void => {
      if (part.name.startsWith('answers.')) read.add(part.name.slice('answers.'.length))
      else if (part.kind === 'fact') facts.add(part.name)
      part.parts.forEach(walk)
    }
    const ids = [...whole.lines, ...whole.gates].flatMap((one) => one.rule ?? [])
    if (whole.rest) ids.push(whole.rest.of)
    for (const id of ids) walk(rootOf(this.#rules.get(id)!))
    const plain = [...whole.sets.map((set) => set.question), ...whole.lines.map((line) => line.answer)]
    for (const code of [...(whole.ranking?.by ?? []), ...plain]) if (code !== undefined) read.add(code)
    const codes = whole.questions.map((question) => question.code)
    for (const code of read) if (!codes.includes(code)) this.#say('not_asked', ['questions'], { of: code })
    this.#table.questions.forEach(({ code, kind, fact }, at) => {
      const used =
        kind === 'permit'
          ? facts.has('person.permit_since') || facts.has('person.permit_until')
          : fact === undefined
            ? read.has(code)
            : facts.has(fact)
      if (!used) this.#say('not_read', ['questions', at], { of: code })
    })
  }

  examples(): void {
    const whole = wholeTable(this.#table, this.#tables)
    const { parameters, area } = this.#around
    const law = { rules: (id: string) => this.#rules.get(id)!, parameters }
    this.#table.examples.forEach((example, at) => {
      const stray = Object.keys(example.answers).find((code) => !whole.questions.some((one) => one.code === code))
      if (stray !== undefined) {
        this.#say('unknown_question', ['examples', at], { of: stray })
        return
      }
      const { total, level, rest } = judgeTable(whole, tableFacts(whole, example.answers, { on: example.on, area }), law)
      const expected = said(example.total, example.at_least ? 'at_least' : 'exact', example.level, example.rest)
      const got = said(
        total.value,
        total.certainty,
        example.level === undefined ? undefined : level,
        example.rest === undefined ? undefined : rest,
      )
      if (expected !== got) this.#say('example', ['examples', at], { number: at + 1, expected, got })
    })
    this.#table.ranking?.examples.forEach(({ candidates, quota, order, tied }, at) => {
      const ranked = rank(candidates, quota)
      const names = (list: readonly { name: string }[]) => list.map((one) => one.name).join(' ')
      const got = `${names(ranked.order)} / ${names(ranked.tied)}`
      const expected = `${order.join(' ')} / ${tied.join(' ')}`
      if (got !== expected) this.#say('example', ['ranking', 'examples', at], { number: at + 1, expected, got })
    })
  }
}

const said = (total: number, certainty: string, level?: number, rest?: number): string =>
  [
    certainty === 'exact' ? `${total}` : `${certainty} ${total}`,
    ...(level === undefined ? [] : [`level ${level}`]),
    ...(rest === undefined ? [] : [`rest ${rest}`]),
  ].join(', ')
