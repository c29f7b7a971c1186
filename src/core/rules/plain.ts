/**
 * An explanation as a tree of plain statements: every part of the expression with what was found, what is needed and what it
 * was read from. `plain-text.ts` says it in the words of a language; the tree is what the API answers.
 */
import type { Day } from '../../platform/time.ts'
import { type Known, rootOf, scopeOf } from './evaluate.ts'
import { type Change, type FactRead, type ParameterRead, parameterRead, Reader, type Shown, shown } from './explain.ts'
import { type Facts, type FactType, factNamed, type Sources } from './facts.ts'
import type { Parameters } from './parameter.ts'
import { type Part, readingOf, readsOf, type Scope } from './part.ts'
import type { Rule } from './rule.ts'
import { UNKNOWN } from './three.ts'
import { type Sign, type Working, workingOf } from './working.ts'

/** A value with what it counts, so that it can be said: 69 years, 1,200 yuan, 天河区. */
export type Term =
  | { kind: 'unknown' }
  | { kind: 'day'; day: Day }
  | { kind: 'truth'; truth: boolean }
  | { kind: 'number'; n: number; unit: 'one' | 'fen' | 'year' | 'month' | 'person' | 'grade' }
  /** The value of a text fact; which text is said for it depends on the fact. */
  | { kind: 'code'; fact: string; code: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; terms: readonly Term[] }

/** What was looked at. */
export type Found =
  | { kind: 'fact'; fact: string; term: Term; none: boolean }
  /** The person's age on a day; `ahead` is how many months it lies before the day that counts. */
  | { kind: 'age'; on: Term; ahead?: Term; term: Term }
  | { kind: 'span'; unit: 'year' | 'month'; from: Term; to: Term; term: Term }
  /** With what is not known by its name: 1,200 × number of people. */
  | { kind: 'sum'; working: readonly Token[]; term: Term }
  | { kind: 'number'; term: Term }
  | { kind: 'computed'; term: Term }

export type Token = Working | { kind: 'missing'; name: string }

export type Need =
  | { kind: '>=' | '<=' | '<' | '>' | '==' | '!='; of: 'number' | 'day' | 'age' | 'code' | 'other'; term: Term; found?: Found }
  | { kind: 'in-area' | 'not-in-area'; term: Term }
  | { kind: 'one-of' | 'none-of' | 'contains' | 'contains-not'; term: Term }
  | { kind: 'yes' | 'no'; fact: string }
  | { kind: 'there' | 'not-there' }

export type Saying =
  | { kind: 'condition'; found: Found; need: Need }
  | { kind: 'value'; found: Found }
  /** What its lines are to each other. */
  | { kind: 'all' | 'any' | 'choice' }
  /** Facts of other people: that they were used is said, and nothing of them. */
  | { kind: 'withheld' }

export interface PlainLine {
  /** Its place in the expression, `12-40`: the same for the same text of the rule. */
  key: string
  source: string
  /** `value`: it only chooses or computes. */
  state: 'met' | 'not_met' | 'unknown' | 'value'
  value: Shown
  wanted: boolean | null
  saying: Saying
  facts: readonly (FactRead & { withheld?: true })[]
  parameters: readonly ParameterRead[]
  changes: readonly Change[]
  lines: readonly PlainLine[]
}

export interface PlainOptions extends Known {
  sources?: Sources
  /** Facts that this reader is not shown; that they were used is said. */
  withheld?: (fact: string) => boolean
}

/** The whole rule as one line with lines in it; undefined of a sealed ground and of a rule that is listed as unsettled. */
export function plainOf(rule: Rule, facts: Facts, parameters: Parameters, options: PlainOptions = {}): PlainLine | undefined {
  if (rule.sealed || options.listed?.has(rule.id)) return undefined
  const scope = scopeOf(facts, parameters, options)
  const reader = new Reader(rule, scope, options.sources ?? {}, (on) => scopeOf({ ...facts, on }, parameters, options))
  return new Teller(scope, reader, options.withheld ?? (() => false)).line(rootOf(rule), rule.returns === 'bool' ? true : null)
}
const FLIPPED = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const
type Op = keyof typeof FLIPPED
/** The same comparison read from its other side. */
const TURNED = { '==': '==', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const

const PERSONS: ReadonlySet<string> = new Set(['dwelling.persons', 'hukou_household.persons', 'unit.size'])

class Teller {
  readonly #scope: Scope
  readonly #reader: Reader
  readonly #withheld: (fact: string) => boolean

  constructor(scope: Scope, reader: Reader, withheld: (fact: string) => boolean) {
    this.#scope = scope
    this.#reader = reader
    this.#withheld = withheld
  }

  /** @param wanted the value with which the rule is met; null where it only chooses or computes */
  line(part: Part, wanted: boolean | null): PlainLine {
    if (part.kind === 'not') return this.line(part.parts[0]!, wanted === null ? null : !wanted)
    const hidden = readsOf(part).facts.some(this.#withheld)
    const saying = this.#saying(part, wanted)
    const value = part.run(this.#scope)
    const reads = readsOf(part)
    // A group says what its lines are to each other, which betrays nothing; a line that reads what is withheld says only that.
    const grouped = saying.kind === 'all' || saying.kind === 'any' || saying.kind === 'choice'
    return {
      key: `${part.start}-${part.end}`,
      source: this.#reader.source(part),
      state: value === UNKNOWN ? 'unknown' : wanted === null ? 'value' : value === wanted ? 'met' : 'not_met',
      value: hidden && typeof value !== 'boolean' ? null : shown(value),
      wanted,
      saying: hidden && !grouped ? { kind: 'withheld' } : saying,
      facts: reads.facts.map((name) => {
        const read = this.#reader.fact(name, reads.types[name]!)
        return this.#withheld(name) ? { name, type: read.type, value: null, none: false, withheld: true } : read
      }),
      parameters: reads.readings.map((each) => parameterRead(this.#scope, each)),
      changes: grouped ? [] : this.#reader.changesOf(part, value, wanted),
      lines: this.#lines(part, wanted, hidden),
    }
  }

  #lines(part: Part, wanted: boolean | null, hidden: boolean): PlainLine[] {
    const { parts } = part
    switch (part.kind) {
      case 'and':
      case 'or':
        return this.#links(part, part.kind).map((each) => this.line(each, wanted))
      case 'choice': {
        const [condition, met, unmet] = parts as [Part, Part, Part]
        const chosen = condition.run(this.#scope)
        const branches = chosen === UNKNOWN ? [met, unmet] : [chosen ? met : unmet]
        return [this.line(condition, null), ...branches.map((each) => this.line(each, wanted))]
      }
      // What a macro's body is for one element cannot be run alone; what is withheld is withheld to the last part.
      case 'macro':
      case 'has':
        return []
      default:
        return hidden
          ? []
          : parts.filter((each) => each.kind !== 'literal' && each.kind !== 'local').map((each) => this.line(each, null))
    }
  }

  /** `a && b && c` is one list of three. */
  #links(part: Part, kind: 'and' | 'or'): Part[] {
    return part.parts.flatMap((each) => (each.kind === kind ? this.#links(each, kind) : [each]))
  }

  #saying(part: Part, wanted: boolean | null): Saying {
    const { kind } = part
    if (kind === 'and' || kind === 'or') return { kind: (kind === 'and') === (wanted ?? true) ? 'all' : 'any' }
    if (kind === 'choice') return { kind: 'choice' }
    if (part.type !== 'bool') return { kind: 'value', found: this.#found(part) }
    // Where nothing is wanted the line says how it is: not yet 100, already 80.
    const value = part.run(this.#scope)
    const asked = wanted ?? (value === UNKNOWN ? true : value === true)
    const told = this.#condition(part, asked)
    return told ? { kind: 'condition', ...told } : { kind: 'value', found: this.#found(part) }
  }

  #condition(part: Part, asked: boolean): { found: Found; need: Need } | undefined {
    const [left, right] = part.parts
    switch (part.kind) {
      case 'fact':
        return { found: this.#found(part), need: { kind: asked ? 'yes' : 'no', fact: part.name } }
      case 'has':
        return { found: this.#found(left!), need: { kind: asked ? 'there' : 'not-there' } }
      case 'compare':
        return this.#comparison(part, asked)
      case 'member': {
        // A written text in what is on record, or what is on record in a written list.
        if (right!.kind === 'fact')
          return {
            found: this.#found(right!),
            need: { kind: asked ? 'contains' : 'contains-not', term: this.#term(left!, right!.name) },
          }
        return {
          found: this.#found(left!),
          need: { kind: asked ? 'one-of' : 'none-of', term: this.#term(right!, left!.name) },
        }
      }
      case 'call':
        if (part.name !== 'inArea') return undefined
        return {
          found: this.#found(left!),
          need: { kind: asked ? 'in-area' : 'not-in-area', term: this.#term(right!, 'person.hukou_area') },
        }
      default:
        return undefined
    }
  }

  #comparison(part: Part, asked: boolean): { found: Found; need: Need } {
    const [a, b] = part.parts as [Part, Part]
    // What a person is comes first, what the law asks for second: `100 <= age` is read as `age >= 100`.
    const turned = rank(a) < rank(b)
    const [left, right] = turned ? [b, a] : [a, b]
    const op = turned ? TURNED[part.name as Op] : (part.name as Op)
    const found = this.#found(left)
    const kind = asked ? op : FLIPPED[op]
    const of =
      found.kind === 'age'
        ? 'age'
        : left.type === 'Day'
          ? 'day'
          : left.type === 'int'
            ? 'number'
            : left.type === 'string'
              ? 'code'
              : 'other'
    const term = this.#term(right, left.kind === 'fact' ? left.name : '', unitOf(left))
    // A bare number or text needs no more words than itself; a sum or an age is told with how it came out.
    const other = right.kind === 'literal' || right.kind === 'parameter' ? undefined : this.#found(right)
    return { found, need: { kind, of, term, ...(other ? { found: other } : {}) } }
  }

  #found(part: Part): Found {
    const term = this.#term(part)
    const [first, second] = part.parts
    if (part.kind === 'fact') {
      const { none } = this.#reader.fact(part.name, typeOf(part) as FactType)
      return { kind: 'fact', fact: part.name, term, none }
    }
    if (part.kind === 'parameter') return { kind: 'number', term }
    if (part.kind === 'call' && (part.name === 'ageYears' || part.name === 'fullMonths')) {
      if (part.name === 'ageYears' && first!.kind === 'fact' && first!.name === 'person.born_on')
        return { kind: 'age', on: this.#term(second!), ...ahead(second!, (months) => this.#term(months)), term }
      return {
        kind: 'span',
        unit: part.name === 'ageYears' ? 'year' : 'month',
        from: this.#term(first!),
        to: this.#term(second!),
        term,
      }
    }
    if (part.kind === 'arithmetic' && second) {
      const working = workingOf(part, this.#scope, (each) => parameterRead(this.#scope, each))
      const open = working.length > 0 ? working : this.#open(part)
      if (open) return { kind: 'sum', working: open, term }
    }
    return { kind: 'computed', term }
  }

  /** A sum of numbers and facts of which one is missing; undefined where it is no plain sum. */
  #open(part: Part): Token[] | undefined {
    if (part.kind === 'fact') {
      const value = part.run(this.#scope)
      return [
        value === UNKNOWN ? { kind: 'missing', name: part.name } : { kind: 'fact', name: part.name, value: value as number },
      ]
    }
    if (part.kind === 'parameter') {
      const read = parameterRead(this.#scope, part)
      return read.value === null ? undefined : [{ kind: 'parameter', read }]
    }
    const [left, right] = part.parts
    if (part.kind === 'literal') return [{ kind: 'number', value: part.run(this.#scope) as number }]
    if (part.kind !== 'arithmetic' || !left || !right) return undefined
    const [first, second] = [this.#open(left), this.#open(right)]
    const within = (side: Part, tokens: Token[]): Token[] =>
      side.kind === 'arithmetic' ? [{ kind: 'open' }, ...tokens, { kind: 'close' }] : tokens
    return first && second && [...within(left, first), { kind: 'sign', sign: part.name as Sign }, ...within(right, second)]
  }

  /** @param like the fact whose codes a written text is one of; @param unit what a bare number counts */
  #term(part: Part, like = '', unit: Unit = unitOf(part, this.#scope)): Term {
    return this.#termOf(part.run(this.#scope), typeOf(part), part.kind === 'fact' ? part.name : like, unit)
  }

  #termOf(value: ReturnType<Part['run']>, type: string, like: string, unit: Unit): Term {
    if (value === UNKNOWN) return { kind: 'unknown' }
    if (Array.isArray(value))
      return { kind: 'list', terms: value.map((each) => this.#termOf(each as never, type.slice('list<'.length, -1), like, unit)) }
    if (typeof value === 'boolean') return { kind: 'truth', truth: value }
    if (typeof value === 'number') return { kind: 'number', n: value, unit }
    if (type === 'Day') return { kind: 'day', day: value as Day }
    return like ? { kind: 'code', fact: like, code: value as string } : { kind: 'text', text: value as string }
  }
}

type Unit = Extract<Term, { kind: 'number' }>['unit']

/** What a number counts: of a sum, what any part of it does. */
function unitOf(part: Part, scope?: Scope): Unit {
  if (part.kind === 'fact') {
    if (part.name.endsWith('_fen')) return 'fen'
    return PERSONS.has(part.name) ? 'person' : part.name === 'person.disability_grade' ? 'grade' : 'one'
  }
  if (part.kind === 'parameter') {
    const reading = scope && readingOf(part, scope)
    const unit = reading?.known ? reading.row.unit : undefined
    return unit?.startsWith('fen') ? 'fen' : unit === 'year' || unit === 'month' ? unit : 'one'
  }
  if (part.kind === 'call' && part.name === 'ageYears') return 'year'
  if (part.kind === 'call' && part.name === 'fullMonths') return 'month'
  if (part.kind === 'arithmetic' || part.kind === 'choice' || part.kind === 'call') {
    const inner = part.parts.filter((each) => each.type === 'int').map((each) => unitOf(each, scope))
    return inner.includes('fen') ? 'fen' : 'one'
  }
  return 'one'
}

/** `addMonths(on, 3)`: three months before it counts. */
const ahead = (day: Part, term: (months: Part) => Term): { ahead?: Term } => {
  const [from, months] = day.parts
  return day.kind === 'call' && day.name === 'addMonths' && from!.kind === 'fact' && from!.name === 'on'
    ? { ahead: term(months!) }
    : {}
}

/** Inside `has()` the checker writes no type. */
const typeOf = (part: Part): string =>
  part.kind === 'fact' && !part.name.startsWith('answers.') ? (factNamed(part.name)?.type ?? part.type) : part.type

/** What comes first in a sentence: what is on record, then what is computed from it, then what the law names. */
function rank(part: Part): number {
  if (part.kind === 'literal') return 0
  if (part.kind === 'parameter') return 1
  const { facts } = readsOf(part)
  return facts.length === 0 ? 1 : part.kind === 'fact' ? 4 : part.kind === 'call' ? 3 : 2
}

/**
 * The tree as a list that a person reads: conditions, and in one that stands for several those, no deeper. What a line was
 * computed from is told in its own words.
 */
export function twoLevels(root: PlainLine): PlainLine[] {
  const isGroup = ({ saying }: PlainLine): boolean => saying.kind === 'all' || saying.kind === 'any' || saying.kind === 'choice'
  const leaf = (line: PlainLine): PlainLine => ({ ...line, lines: [] })
  /** What holds in a group; of a group in it its heading comes first. */
  const flat = (line: PlainLine): PlainLine[] => {
    if (!isGroup(line)) return [leaf(line)]
    const inner = line.lines.flatMap(flat)
    return line.saying.kind === 'choice' ? inner : [leaf(line), ...inner]
  }
  const top = isGroup(root) && root.saying.kind !== 'any' ? root.lines : [root]
  return top.flatMap((line) => {
    if (!isGroup(line)) return [leaf(line)]
    if (line.saying.kind === 'choice') return line.lines.flatMap(flat)
    return [{ ...line, lines: line.lines.flatMap(flat) }]
  })
}

/** One line of the tree by its key. */
export function lineOf(root: PlainLine, key: string): PlainLine | undefined {
  if (root.key === key) return root
  for (const each of root.lines) {
    const found = lineOf(each, key)
    if (found) return found
  }
  return undefined
}
