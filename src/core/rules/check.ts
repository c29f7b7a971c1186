/**
 * What `pack check` refuses in rules, each finding with its place. A rule that passes compiles, returns what it says, rests on a
 * basis, has its texts, and its worked examples come out.
 */
import { compile } from './compile.ts'
import { evaluate, type Verdict } from './evaluate.ts'
import { type Facts, factNamed } from './facts.ts'
import type { CheckError, Place } from './finding.ts'
import { byParameterId, type ParameterRow, type Parameters } from './parameter.ts'
import { type Part, readsOf } from './part.ts'
import { type Example, Rule } from './rule.ts'
import { shapeFindings } from './shape.ts'

/** A rule as it was read, with its line. `at` gives the place of a part of it, and of an offset inside a text. */
export interface LocatedRule {
  rule: unknown
  file: string
  line: number
  at?: (path: readonly (string | number)[], offset?: number) => Place | undefined
}

/** What else a pack knows. A list that is not handed in is not checked. */
export interface KnownNames {
  /** The pack's own area: whose numbers the examples use. */
  area: string
  documents?: ReadonlySet<string>
  /** Codes of matters, for `'…' in person.receives`: a misspelt one would make everybody fit. */
  matters?: ReadonlySet<string>
  /** The questions that rules may read as `answers.…`, and of what kind they are. */
  answers?: ReadonlyMap<string, string>
}

export interface ExampleResult {
  index: number
  expected: Verdict
  got: Verdict
  passed: boolean
}

export const factsOf = ({ expect: _, area, ...facts }: Example, packArea: string): Facts => ({ ...facts, area: area ?? packArea })

/** Runs the worked examples of a rule that compiles. */
export function runExamples(rule: Rule, parameters: Parameters, packArea: string): ExampleResult[] {
  return rule.examples.map((example, index) => {
    const got = evaluate(rule, factsOf(example, packArea), parameters)
    return { index, expected: example.expect, got, passed: got === example.expect }
  })
}

export function checkRules(rules: readonly LocatedRule[], parameters: readonly ParameterRow[], known: KnownNames): CheckError[] {
  const byId = byParameterId(parameters)
  const first = new Map<string, LocatedRule>()
  return rules.flatMap((located) => {
    const check = new RuleCheck(located)
    if (!check.shape()) return check.errors
    const { id } = located.rule as Rule
    const before = first.get(id)
    if (before) check.say('rule.twice', ['id'], { first: `${before.file}:${before.line}` })
    else first.set(id, located)
    check.texts()
    check.basis(known)
    const root = check.expression(byId, known)
    if (root) check.changeable(root)
    if (check.errors.length === 0) check.examples(byId, known)
    return check.errors
  })
}

class RuleCheck {
  readonly errors: CheckError[] = []
  readonly #located: LocatedRule

  constructor(located: LocatedRule) {
    this.#located = located
  }

  get #rule(): Rule {
    return this.#located.rule as Rule
  }

  say(code: string, path: readonly (string | number)[], params: CheckError['params'] = {}, offset?: number): void {
    const { rule, file, line, at } = this.#located
    const id = String((rule as { id?: unknown } | null)?.id ?? '')
    const place = at?.(path, offset) ?? { line, column: 1 }
    this.errors.push({ code, file, ...place, id, params: { id, ...params } })
  }

  shape(): boolean {
    const rule = this.#located.rule as { basis?: unknown } | null
    const noBasis = typeof rule === 'object' && rule !== null && rule.basis === undefined
    if (noBasis) this.say('rule.basis_missing', [])
    for (const { path, stray, detail } of shapeFindings(Rule, rule)) {
      if (noBasis && path.length === 0 && detail.includes('basis')) continue
      const field = path.join('.') || 'rule'
      if (stray) this.say('rule.unknown_field', path, { field })
      else this.say('rule.shape', path, { field, detail })
    }
    return this.errors.length === 0
  }

  texts(): void {
    const rule = this.#rule
    if (rule.returns === 'bool') {
      for (const name of ['met', 'not_met', 'unknown'] as const) if (!rule[name]) this.say('rule.text_missing', [], { name })
    } else {
      for (const name of ['met', 'not_met'] as const) if (rule[name]) this.say('rule.text_unused', [name], { name })
    }
  }

  basis({ documents }: KnownNames): void {
    const { document } = this.#rule.basis
    if (documents && !documents.has(document)) this.say('rule.unknown_document', ['basis', 'document'], { document })
  }

  expression(parameters: ReadonlyMap<string, readonly ParameterRow[]>, known: KnownNames): Part | undefined {
    const { expression, returns } = this.#rule
    const { root, type, problems } = compile(expression)
    for (const { code, start, params } of problems) this.say(code, ['expression'], params, start)
    if (!root) return undefined
    this.#names(root, parameters, known)
    if (type === returns) return root
    this.say('rule.returns', ['expression'], { returns, type: type ?? '' })
    return undefined
  }

  #names(part: Part, parameters: ReadonlyMap<string, readonly ParameterRow[]>, known: KnownNames): void {
    const { name, start } = part
    const say = (code: string, params: CheckError['params']) => this.say(code, ['expression'], params, start)
    if (part.kind === 'parameter') {
      const rows = parameters.get(name)
      const wanted = part.type === 'string' ? 'text' : 'number'
      if (!rows) say('rule.unknown_parameter', { name })
      else if ((rows[0]!.unit === 'text') !== (wanted === 'text'))
        say('rule.parameter_type', { name, wanted, unit: rows[0]!.unit })
    }
    if (part.kind === 'fact' && name.startsWith('answers.') && known.answers) {
      const kind = known.answers.get(name.slice('answers.'.length))
      if (kind === undefined) say('rule.unknown_answer', { name })
      else if ((ANSWERED[kind] ?? 'string') !== part.type) say('rule.answer_type', { name, kind })
    }
    const [value, list] = part.parts
    if (part.kind === 'member' && list?.name === 'person.receives' && value?.kind === 'literal' && known.matters) {
      const code = String(value.run(EMPTY))
      if (!known.matters.has(code)) say('rule.unknown_matter', { code })
    }
    for (const each of part.parts) this.#names(each, parameters, known)
  }

  changeable(root: Part): void {
    const { changeable, sealed } = this.#rule
    if (!changeable) return
    if (sealed) this.say('rule.sealed_changeable', ['changeable'])
    else if (readsOf(root).facts.every((name) => factNamed(name)!.change === 'never'))
      this.say('rule.nothing_changeable', ['changeable'])
  }

  examples(parameters: Parameters, { area }: KnownNames): void {
    for (const { index, expected, got, passed } of runExamples(this.#rule, parameters, area)) {
      if (!passed)
        this.say('rule.example', ['examples', index], { number: index + 1, expected: String(expected), got: String(got) })
    }
  }
}

/** What an answer to a question of a kind is; all others are texts or codes. */
const ANSWERED: Readonly<Record<string, string>> = { number: 'int', money: 'int', yes_no: 'bool', date: 'Day' }

/** Literals read nothing of it. */
const EMPTY = {
  facts: { on: '', area: '' },
  on: '',
  parameter: () => ({ known: false, reason: 'missing', rows: [] }) as const,
  locals: [],
  faults: [],
}
