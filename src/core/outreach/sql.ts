/**
 * A rule as one SQL expression over a row of facts: true, false, or null for unknown. SQL's own three values are Kleene's,
 * so most of it is told one to one; what is not is said where it is written. Its twin is `core/rules`, which judges one
 * person; a property test holds both together.
 *
 * Whatever depends on no person (the day, numbers of the law, arithmetic on both) is computed here, once. And a comparison of an
 * age or a period with a fixed number becomes one with a fixed day, which an index and a parallel scan can serve.
 */
import type { Day } from '../../platform/time.ts'
import type { Known, Parameters, Part, Rule, Value } from '../rules/index.ts'
import { readsOf, rootOf, rowsOf, scopeOf, UNKNOWN } from '../rules/index.ts'
import { chainOf, isFixed } from './order.ts'
import { clamped, type Range, rangeOf } from './range.ts'
import { thresholdOf } from './threshold.ts'

/** Where a fact stands in the row. A fact without a column is on record of nobody. */
export interface Column {
  /** SQL of the value; null when it is not on record, and when it is known to be none. */
  value: string
  /** SQL: whether it is on record; `has()` alone asks for it. */
  known: string
  /** Of a number: what a constraint of the table holds it to. */
  range?: Range
}

export interface Ground {
  on: Day
  parameters: Parameters
  known: Known
  /** The area that is searched. */
  area: string
  /** SQL of the area whose numbers apply to a person: the searched one, or within it. Never null. */
  areaOf: string
  columns: Readonly<Record<string, Column>>
}

/** Something that is judged for one person and not searched for. `pack check` tells it of a matter that is to be found. */
export class NotInSql extends Error {
  readonly code: 'outreach.list_of_lists' | 'outreach.text_order' | 'outreach.day_of_a_number'
  constructor(code: NotInSql['code']) {
    super(code)
    this.code = code
  }
}

/** A choice whose branches are longer is a call, so that choices in choices do not double the text each time. */
const SHORT = 600

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'bigint',
  Day: 'date',
  string: 'text',
  'list<bool>': 'boolean[]',
  'list<int>': 'bigint[]',
  'list<Day>': 'date[]',
  'list<string>': 'text[]',
}

export interface Term {
  text: string
  type: string
  /** Set when it is the same for everybody; `UNKNOWN` is one, too. */
  value?: Value
  range?: Range
}

/** Backslashes are plain signs in PostgreSQL's strings (`standard_conforming_strings`). */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

export function literal(value: Value, type: string): string {
  const sqlType = TYPES[type]
  if (!sqlType) throw new NotInSql('outreach.list_of_lists')
  if (value === UNKNOWN) return `null::${sqlType}`
  if (Array.isArray(value)) {
    const of = type.slice('list<'.length, -1)
    return `array[${value.map((each: Value) => literal(each, of)).join(', ')}]::${sqlType}`
  }
  if (type === 'int') return Number(value) < 0 ? `(${value})::bigint` : `${value}::bigint`
  return type === 'bool' ? String(value) : `${quoted(String(value))}::${sqlType}`
}

/**
 * @returns SQL of type boolean, or bigint for an amount
 * @throws NotInSql, and RuleError for a rule that does not compile
 */
export function toSql(rule: Pick<Rule, 'id' | 'expression' | 'returns'>, ground: Ground): string {
  const root = rootOf(rule)
  if (ground.known.listed?.has(rule.id)) return literal(UNKNOWN, rule.returns)
  return new Translator(ground).term(root, []).text
}

/** A variable of a macro around. */
interface Local {
  name: string
  text: string
  type: string
}

class Translator {
  readonly #ground: Ground
  #variables = 0

  constructor(ground: Ground) {
    this.#ground = ground
  }

  term(part: Part, locals: readonly Local[]): Term {
    const type = part.type.startsWith('list<') && !TYPES[part.type] ? emptyOr(part) : part.type
    const fixed = this.#fixed(part)
    if (fixed) {
      const range = typeof fixed.value === 'number' ? rangeOf(fixed.value, fixed.value) : undefined
      return { text: literal(fixed.value, type), type, value: fixed.value, ...(range && { range }) }
    }
    return this.#varying(part, type, locals)
  }

  /** Its value when it depends on no person: not on a fact, a macro's variable, or a number that differs between areas. */
  #fixed(part: Part): { value: Value } | undefined {
    if (!isFixed(part)) return undefined
    const { on, parameters, known, area } = this.#ground
    const { readings } = readsOf(part)
    if (readings.some((each) => (each.parts[0] ? this.#jurisdictions(each.name).length > 0 : this.#differs(each.name))))
      return undefined
    return { value: part.run(scopeOf({ on, area }, parameters, known)) }
  }

  /** Areas within the searched one that have rows of their own, nearest first. */
  #jurisdictions(id: string): string[] {
    const { parameters, area } = this.#ground
    const within = rowsOf(parameters, id)
      .map((row) => row.jurisdiction)
      .filter((code) => code.length > area.length && code.startsWith(area))
    return [...new Set(within)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  }

  /** Whether the number is another one somewhere within the searched area. */
  #differs(id: string): boolean {
    const { on, parameters, known, area } = this.#ground
    const at = (code: string): Value => {
      const reading = scopeOf({ on, area: code }, parameters, known).parameter(id)
      return reading.known ? reading.value : UNKNOWN
    }
    return this.#jurisdictions(id).some((code) => at(code) !== at(area))
  }

  #varying(part: Part, type: string, locals: readonly Local[]): Term {
    const of = (index: number) => this.term(part.parts[index]!, locals)
    switch (part.kind) {
      case 'fact':
        return this.#fact(part, type)
      case 'has': {
        const column = this.#ground.columns[part.parts[0]!.name]
        return {
          text: column ? `case when ${column.known} then (${column.value}) is not null end` : literal(UNKNOWN, 'bool'),
          type,
        }
      }
      case 'parameter':
        return this.#parameter(part, type)
      case 'local': {
        const local = locals.findLast(({ name }) => name === part.name)!
        return { text: local.text, type: local.type }
      }
      case 'not':
        return { text: `(not ${of(0).text})`, type }
      case 'and':
      case 'or':
        return {
          text: `(${chainOf(part)
            .map((each) => this.term(each, locals).text)
            .join(` ${part.kind} `)})`,
          type,
        }
      case 'choice':
        return choice(of(0), of(1), of(2))
      case 'compare':
        return this.#comparison(part, of(0), of(1))
      case 'member':
        return member(of(0), of(1))
      case 'arithmetic':
        return arithmetic(
          part,
          part.parts.map((_, index) => of(index)),
        )
      case 'list':
        return { text: `array[${part.parts.map((_, index) => of(index).text).join(', ')}]::${TYPES[type]}`, type }
      case 'call':
        return call(
          part,
          part.parts.map((_, index) => of(index)),
        )
      case 'macro':
        return this.#macro(part, type, locals)
      default:
        throw new Error(`a ${part.kind} depends on nobody`)
    }
  }

  #fact(part: Part, type: string): Term {
    const column = this.#ground.columns[part.name]
    if (!column) return { text: literal(UNKNOWN, type), type, value: UNKNOWN }
    return { text: column.value, type, ...(column.range && { range: column.range }) }
  }

  #parameter(part: Part, type: string): Term {
    // Each person's own day would be a table of days for each person.
    if (part.parts.some((day) => !isFixed(day))) throw new NotInSql('outreach.day_of_a_number')
    const { on, parameters, known, area, areaOf } = this.#ground
    const at = (code: string) => part.run(scopeOf({ on, area: code }, parameters, known))
    const codes = this.#jurisdictions(part.name)
    const values = [...codes, area].map(at)
    const whens = codes.map((code, index) => `when starts_with(${areaOf}, ${quoted(code)}) then ${literal(values[index]!, type)}`)
    const numbers = values.filter((value) => typeof value === 'number')
    const range = numbers.length > 0 ? rangeOf(Math.min(...numbers), Math.max(...numbers)) : undefined
    return { text: `case ${whens.join(' ')} else ${literal(values.at(-1)!, type)} end`, type, ...(range && { range }) }
  }

  #comparison(part: Part, left: Term, right: Term): Term {
    const type = 'bool'
    const op = part.name === '!=' ? '<>' : part.name === '==' ? '=' : part.name
    if (left.type.startsWith('list<')) {
      const same = sameList(left, right)
      return { text: op === '=' ? same : `(not ${same})`, type }
    }
    // PostgreSQL orders bytes and JavaScript halves of signs; no rule of the law puts texts in order.
    if (left.type === 'string' && op !== '=' && op !== '<>') throw new NotInSql('outreach.text_order')
    const threshold = thresholdOf(part, left, right, (each) => this.term(each, []), this.#fixedOf)
    if (threshold) return { text: threshold, type }
    return { text: `(${left.text} ${op} ${right.text})`, type }
  }

  readonly #fixedOf = (part: Part): Value | undefined => this.#fixed(part)?.value

  #macro(part: Part, type: string, locals: readonly Local[]): Term {
    const [list, first, second] = part.parts as [Part, Part, Part | undefined]
    const over = this.term(list, locals)
    this.#variables += 1
    const n = this.#variables
    const variable: Local = { name: part.variable!, text: `e${n}.x`, type: over.type.slice('list<'.length, -1) }
    const inner = (body: Part) => this.term(body, [...locals, variable]).text
    const select = part.name === 'filter' || part.name === 'map'
    const held = part.name === 'map' && !second ? 'true' : inner(first)
    const made = !select ? 'null' : part.name === 'filter' ? variable.text : inner(second ?? first)
    // Aggregated one level further out, because an aggregate over columns of the person alone would count persons.
    const rows = `from (select ${held} as held, ${made} as made, place from unnest(l${n}.l) with ordinality e${n}(x, place)) h${n}`
    const open = `coalesce(bool_or(h${n}.held is null), false)`
    const count = `count(*) filter (where h${n}.held)`
    const answers: Readonly<Record<string, string>> = {
      all: `coalesce(bool_and(h${n}.held), true) and case when ${open} then null else true end`,
      exists: `coalesce(bool_or(h${n}.held), false) or case when ${open} then null else false end`,
      exists_one: `case when ${count} > 1 then false when ${open} then null else ${count} = 1 end`,
    }
    const answer =
      answers[part.name] ??
      `case when ${open} then null else coalesce(array_agg(h${n}.made order by h${n}.place) filter (where h${n}.held), ${literal([], type)}) end`
    const text = `(select case when l${n}.l is null then null else (select ${answer} ${rows}) end from (select ${over.text} as l) l${n})`
    return { text, type }
  }
}

/** A bare `[]` has no type of elements; its texts are as good as any. */
function emptyOr(part: Part): string {
  if (part.kind === 'list' && part.parts.length === 0) return 'list<string>'
  throw new NotInSql('outreach.list_of_lists')
}

/** Like `exists`: even what is unknown is in no empty list. The cast tells a list that was selected from a selection. */
const member = (value: Term, list: Term): Term => ({
  text: `(${value.text} = any((${list.text})::${TYPES[list.type]}))`,
  type: 'bool',
})

function sameList(left: Term, right: Term): string {
  const isEmpty = ({ value }: Term) => Array.isArray(value) && value.length === 0
  if (isEmpty(right)) return `(cardinality(${left.text}) = 0)`
  if (isEmpty(left)) return `(cardinality(${right.text}) = 0)`
  return `outreach.same_list(${left.text}, ${right.text})`
}

function choice(condition: Term, met: Term, unmet: Term): Term {
  const type = met.type
  const low =
    met.range && unmet.range
      ? rangeOf(Math.min(met.range.low, unmet.range.low), Math.max(met.range.high, unmet.range.high))
      : undefined
  const range = low && { range: low }
  if (condition.value === true) return met
  if (condition.value === false) return unmet
  const same = met.type.startsWith('list<') ? sameList(met, unmet) : `${met.text} = ${unmet.text}`
  // Both fixed: known now whether they agree.
  if (met.value !== undefined && unmet.value !== undefined && !Array.isArray(met.value)) {
    const agree = met.value !== UNKNOWN && met.value === unmet.value
    const text = agree
      ? met.text
      : `case when ${condition.text} then ${met.text} when not ${condition.text} then ${unmet.text} end`
    return { text, type, ...range }
  }
  const short = condition.text.length + met.text.length + unmet.text.length < SHORT
  const chooser = met.type.startsWith('list<') ? 'choose_list' : 'choose'
  if (!short) return { text: `outreach.${chooser}(${condition.text}, ${met.text}, ${unmet.text})`, type, ...range }
  const text = `case when ${condition.text} then ${met.text} when not ${condition.text} then ${unmet.text} when ${same} then ${met.text} end`
  return { text, type, ...range }
}

function arithmetic(part: Part, [left, right]: Term[]): Term {
  const type = 'int'
  if (!right) return exact(`(- ${left!.text})`, rangeOf(-(left!.range ?? WHOLE).high, -(left!.range ?? WHOLE).low), [left!])
  const range = rangeBy[part.name as keyof typeof rangeBy](left!.range ?? WHOLE, right.range ?? WHOLE)
  // Both cut off towards 0, and the remainder has the sign of what is divided. By 0 there is no answer.
  if (part.name === '/' || part.name === '%') {
    const by = right.value === undefined ? `nullif(${right.text}, 0)` : right.text
    return { text: `(${left!.text} ${part.name} ${by})`, type, range: clamped(range) }
  }
  return exact(`(${left!.text} ${part.name} ${right.text})`, range, [left!, right], part.name)
}

const WHOLE: Range = rangeOf(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

const rangeBy = {
  '+': (a: Range, b: Range) => rangeOf(a.low + b.low, a.high + b.high),
  '-': (a: Range, b: Range) => rangeOf(a.low - b.high, a.high - b.low),
  '*': (a: Range, b: Range) => {
    const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return rangeOf(Math.min(...corners), Math.max(...corners))
  },
  '/': (a: Range, _: Range) => rangeOf(Math.min(a.low, -a.high), Math.max(a.high, -a.low)),
  '%': (a: Range, _: Range) => rangeOf(Math.min(a.low, -a.high), Math.max(a.high, -a.low)),
}

/** What may leave the exact numbers is computed as numeric, and is unknown when it does. */
function exact(plain: string, range: Range, sides: readonly Term[], op = '-'): Term {
  if (Number.isSafeInteger(range.low) && Number.isSafeInteger(range.high)) return { text: plain, type: 'int', range }
  const [left, right] = sides.map(({ text }) => `(${text})::numeric`)
  return { text: `outreach.exact(${right ? `${left} ${op} ${right}` : `- ${left}`})`, type: 'int', range: clamped(range) }
}

const extremeOf = (name: string, a: Range, b: Range): Range => {
  const of = name === 'least' ? Math.min : Math.max
  return rangeOf(of(a.low, b.low), of(a.high, b.high))
}

/** Two comparisons of bytes cost half of a call that looks for a beginning. The sign after 9 is a colon. */
function inArea({ parts }: Part, code: Term, area: Term): string {
  const fixed = String(area.value)
  if (parts[0]!.kind !== 'fact' || !/^[0-9]+$/.test(fixed)) return `starts_with(${code.text}, ${area.text})`
  const after = fixed.slice(0, -1) + String.fromCharCode(fixed.charCodeAt(fixed.length - 1) + 1)
  return `(${code.text} >= '${fixed}' collate "C" and ${code.text} < '${after}' collate "C")`
}

function call(part: Part, terms: readonly Term[]): Term {
  const [first, second] = terms as [Term, Term]
  switch (part.name) {
    case 'ageYears':
      return { text: `outreach.age_years(${first.text}, ${second.text})`, type: 'int', range: rangeOf(-10_000, 10_000) }
    case 'fullMonths':
      return { text: `outreach.full_months(${first.text}, ${second.text})`, type: 'int', range: rangeOf(-120_000, 120_000) }
    case 'addMonths':
      return { text: `outreach.months_after(${first.text}, ${second.text})`, type: 'Day' }
    case 'addDays':
      return { text: `outreach.days_after(${first.text}, ${second.text})`, type: 'Day' }
    case 'inArea':
      return { text: inArea(part, first, second), type: 'bool' }
    case 'least':
    case 'greatest':
      // SQL's own least passes over what is not known.
      return {
        text: `outreach.${part.name === 'least' ? 'smaller' : 'larger'}(${first.text}, ${second.text})`,
        type: 'int',
        range: extremeOf(part.name, first.range ?? WHOLE, second.range ?? WHOLE),
      }
    case 'size':
      return {
        text: first.type === 'string' ? `char_length(${first.text})::bigint` : `cardinality(${first.text})::bigint`,
        type: 'int',
        range: rangeOf(0, 1_000_000_000),
      }
    default:
      throw new Error(`${part.name} has no SQL`)
  }
}
