/** A plain statement in the words of a language. How days, money and names are written is the page's; it hands that in. */
import { type Day, dayOf } from '../../platform/time.ts'
import type { T } from '../../platform/words.ts'
import type { FactRead, ParameterRead } from './explain.ts'
import type { Found, Need, PlainLine, Term, Token } from './plain.ts'
import { sumText } from './working.ts'

/** How this reader is spoken to, and how things are written for her. */
export interface Voice {
  t: T
  /** Whom the facts are about: the reader, or the applicant whom an officer reads about. */
  who: 'you' | 'applicant'
  today: Day
  day: (day: Day) => string
  /** With its unit: 1,200 yuan. */
  money: (fen: number) => string
  number: (n: number) => string
  /** What a fact is called; of an answer, what was asked. */
  fact: (name: string) => string
  /** What the value of a text fact is called: an area, a matter, the option of a question. */
  code: (fact: string, code: string) => string
  /** Whose word a fact is. */
  source: (source: string) => string
}

/** What was found, and what is needed; or what was computed. */
export function sayLine(voice: Voice, { saying, state }: Pick<PlainLine, 'saying' | 'state'>): string {
  const { t } = voice
  switch (saying.kind) {
    case 'value':
      return sayFound(voice, saying.found)
    case 'condition': {
      const found = sayFound(voice, saying.found)
      if (state === 'value') return t('plain.is', { found, need: sayNeed(voice, saying.need) })
      const positive = POSITIVE[saying.need.kind]
      return positive
        ? t('plain.needs_not', { found, need: sayNeed(voice, { ...saying.need, kind: positive } as Need) })
        : t('plain.needs', { found, need: sayNeed(voice, saying.need) })
    }
    case 'withheld':
      return t(state === 'unknown' ? 'plain.withheld_unknown' : 'plain.withheld')
    default:
      return t(`plain.${saying.kind}`)
  }
}

/** What must not be is said as what it must not be: “must not be in Guangzhou” and not “must be outside”. */
const POSITIVE: Readonly<Record<string, Need['kind'] | undefined>> = {
  'not-in-area': 'in-area',
  'none-of': 'one-of',
  'contains-not': 'contains',
  'not-there': 'there',
  '!=': '==',
}

/** A line that is the end of what was looked at: what comes out. */
export const sayResult = (voice: Voice, line: Pick<PlainLine, 'saying' | 'state'>): string =>
  line.saying.kind === 'value' && line.state === 'value'
    ? voice.t('plain.result', { value: sayLine(voice, line) })
    : sayLine(voice, line)

/** Where a fact is from; that it is not on record, or that the register has none, is said as well. */
export function saySource(voice: Voice, fact: FactRead & { withheld?: true }): string {
  const { t } = voice
  if (fact.withheld) return t('plain.source.withheld')
  if (fact.value === null && !fact.none) return t('plain.source.nowhere')
  if (fact.source === undefined) return t('plain.source.none')
  const from = voice.source(fact.source)
  return fact.recordedAt === undefined
    ? t('plain.source.from', { from })
    : t('plain.source.recorded', { from, day: voice.day(dayOf(new Date(fact.recordedAt))) })
}

/** A number of the law with the day from which it holds and how sure it is; or why there is none. */
export function sayNumber(voice: Voice, read: ParameterRead, of: 'age' | 'other' = 'other'): string {
  const { t } = voice
  if (read.value === null) return t(`missing.parameter.${read.reason ?? 'missing'}`)
  const sure = read.demo ? 'demo' : read.verified ? 'verified' : 'unverified'
  return t('plain.number', {
    value: of === 'age' && read.unit === 'year' ? t('plain.term.age', { n: Number(read.value) }) : sayValue(voice, read),
    from: voice.day(read.validFrom!),
    sure: t(`plain.sure.${sure}`),
  })
}

function sayValue({ t, money, number }: Voice, { value, unit = 'text' }: ParameterRead): string {
  if (typeof value !== 'number') return String(value)
  if (unit.startsWith('fen')) return money(value)
  return unit === 'year' || unit === 'month' ? t(`plain.term.${unit}`, { n: value }) : number(value)
}

function sayFound(voice: Voice, found: Found): string {
  const { t, who } = voice
  const value = () => sayTerm(voice, found.term)
  const unknown = found.term.kind === 'unknown'
  switch (found.kind) {
    case 'fact': {
      const fact = voice.fact(found.fact)
      if (found.none) return t('plain.found.none', { fact })
      if (unknown)
        return t('plain.found.unknown', {
          fact,
          kind: found.fact === 'unit.all_authorised' ? 'signed' : found.fact.split('.')[0]!,
        })
      if (found.term.kind === 'list' && found.term.terms.length === 0) return t('plain.found.empty', { fact })
      return t('plain.found.fact', {
        fact,
        value: found.term.kind === 'truth' ? sayTruth(voice, found.fact, found.term.truth) : value(),
      })
    }
    case 'age':
      if (unknown) return t('plain.found.age_unknown', { who })
      return t('plain.found.age', {
        who,
        n: count(found.term),
        at: found.ahead ? 'ahead' : found.on.kind === 'day' && found.on.day === voice.today ? 'now' : 'then',
        months: found.ahead ? count(found.ahead) : 0,
        day: sayTerm(voice, found.on),
      })
    case 'span':
      if (unknown) return t('plain.found.span_unknown')
      return t(`plain.found.span_${found.unit}`, {
        n: count(found.term),
        from: sayTerm(voice, found.from),
        to: sayTerm(voice, found.to),
      })
    case 'sum':
      return unknown ? saySum(voice, found.working) : t('plain.found.sum', { sum: saySum(voice, found.working), value: value() })
    case 'number':
      return unknown ? t('plain.found.number_unknown') : value()
    case 'computed':
      return unknown ? t('plain.found.computed_unknown') : t('plain.found.computed', { value: value() })
  }
}

function sayNeed(voice: Voice, need: Need): string {
  const { t } = voice
  if ('fact' in need) {
    const value = sayTruth(voice, need.fact, need.kind === 'yes')
    return t(need.fact.startsWith('answers.') ? 'plain.need.answer' : 'plain.need.truth', { value })
  }
  if (!('term' in need)) return t(`plain.need.${need.kind}`)
  if (!('of' in need)) return t(`plain.need.${need.kind}`, { value: sayTerm(voice, need.term) })
  const unknown = need.term.kind === 'unknown'
  const value =
    unknown && need.found?.kind !== 'sum'
      ? t('plain.need.unknown')
      : need.found
        ? sayFound(voice, need.found)
        : sayTerm(voice, need.term)
  return t(`plain.need.${NEED[need.kind]}`, { of: unknown ? 'number' : need.of, value, n: count(need.term) })
}

const NEED = { '>=': 'at_least', '<=': 'at_most', '<': 'less', '>': 'more', '==': 'equal', '!=': 'other' } as const

/** Each yes-or-no fact has its own pair of words: “in order”, “not all there yet”. */
const sayTruth = ({ t }: Voice, fact: string, truth: boolean): string =>
  t(`plain.truth.${fact.startsWith('answers.') ? 'answer' : fact}`, { truth: truth ? 'yes' : 'no' })

const count = (term: Term): number => (term.kind === 'number' ? term.n : 0)

function sayTerm(voice: Voice, term: Term): string {
  const { t } = voice
  switch (term.kind) {
    case 'unknown':
      return t('plain.term.unknown')
    case 'day':
      return voice.day(term.day)
    case 'truth':
      return t('plain.truth.answer', { truth: term.truth ? 'yes' : 'no' })
    case 'number':
      if (term.unit === 'fen') return voice.money(term.n)
      return term.unit === 'one' ? voice.number(term.n) : t(`plain.term.${term.unit}`, { n: term.n })
    case 'code':
      return voice.code(term.fact, term.code)
    case 'text':
      return term.text
    case 'list':
      return term.terms.map((each) => sayTerm(voice, each)).join(t('plain.join'))
  }
}

/** A sum as people write it. */
const saySum = (voice: Voice, working: readonly Token[]): string => sumText(working, (token) => sayToken(voice, token))

type Said = Exclude<Token, { kind: 'sign' | 'open' | 'close' }>

function sayToken(voice: Voice, token: Said): string {
  switch (token.kind) {
    case 'parameter':
      return sayValue(voice, token.read)
    case 'number':
      return voice.number(token.value)
    case 'missing':
      return voice.t('plain.found.missing', { fact: voice.fact(token.name) })
    case 'fact':
      return token.name.endsWith('_fen') ? voice.money(token.value) : voice.number(token.value)
  }
}
