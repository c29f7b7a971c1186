/** What a person may state for a question of a matter: checked, cleaned, never guessed. Pure. */
import { pictographsIn } from '../../platform/pictographs.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { T } from '../../platform/words.ts'
import type { Question } from '../matters/matter.ts'
import { maskIdNumber, readAccountNumber, readIdNumber } from '../people/index.ts'
import type { PlainLine } from '../rules/index.ts'

export interface Member {
  name: string
  relation: string
  bornOn: Day
  idNumber: string | null
  monthlyIncomeFen: number | null
}

export type Answer =
  | { kind: 'confirm'; right: true }
  /** 纠错: which of the facts shown, and what she says instead. A claim for an officer; it changes no record. */
  | { kind: 'confirm'; right: false; says: string; wrong?: string[] }
  | { kind: 'choice'; value: string }
  | { kind: 'yes_no'; yes: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  | { kind: 'date'; day: Day }
  | { kind: 'money'; fen: number | null }
  | { kind: 'bank_account'; stored: true }
  | { kind: 'bank_account'; stored: false; account: string }
  | { kind: 'address'; known: true }
  | { kind: 'address'; known: false; text: string }
  | { kind: 'members'; members: Member[] }
  | { kind: 'files' }
  /** A line of an explanation, as it stood when she objected. */
  | { kind: 'line'; caseId: string; number: string; matterCode: string; rule: string; packHash: string; line: PlainLine }

export type Answers = Record<string, Answer>
/** What a form sent: names to strings. */
export type Typed = Record<string, string>

const wrong = (field: string, code: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal(code, 'invalid', { fields: [{ path: `/${field}`, code, params }], ...params })

/** Another room's refusal, pinned to the field that caused it. */
function within<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) throw wrong(field, error.code, { ...error.params })
    throw error
  }
}

/** What was read, or why it could not be: for reading on, so that everything wrong is named at once. */
export function tried<T>(read: () => T): T | Refusal {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** @throws Refusal the only one, or `input.invalid` with the fields of all */
export function refuseAll(wrong: readonly Refusal[]): void {
  if (wrong.length > 1) throw new Refusal('input.invalid', 'invalid', { fields: wrong.flatMap((one) => one.params.fields ?? []) })
  if (wrong[0]) throw wrong[0]
}

/** Zero-width and direction-changing characters hide what a text says; line breaks stay. */
export const plainText = (text: string | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is removed
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/gu, ' ')
    .trim()

function text(field: string, raw: string | undefined, required: boolean, max: number): string {
  const value = plainText(raw)
  if (required && value === '') throw wrong(field, 'answer.missing')
  const length = [...value].length
  if (length > max) throw wrong(field, 'answer.too_long', { length, max })
  return value
}

/** What stands on papers: a text that cannot be printed would be found out when the case has been decided. */
function printable(field: string, value: string): string {
  const signs = pictographsIn(value)
  if (signs.length > 0) throw wrong(field, 'answer.not_printable', { signs: signs.join(' ') })
  return value
}

/** Yuan as people write them, in fen: 1200, 1,200.50, １２００. */
export function fenOf(field: string, raw: string | undefined): number | null {
  const value = plainText(raw)
    .normalize('NFKC')
    .replace(/[,，\s元¥￥]/g, '')
  if (value === '') return null
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(value)) throw wrong(field, 'answer.money_shape')
  const [yuan, cents = ''] = value.split('.')
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

/** A whole number as people write them: 12, １２, 1,200. */
function wholeNumber(
  field: string,
  raw: string | undefined,
  { min = 0, max = 1_000_000_000 }: Pick<Question, 'min' | 'max'>,
): number | null {
  const value = plainText(raw)
    .normalize('NFKC')
    .replace(/[,，\s]/g, '')
  if (value === '') return null
  if (!/^-?\d{1,10}$/.test(value)) throw wrong(field, 'answer.number_shape')
  const number = Number(value)
  if (number < min || number > max) throw wrong(field, 'answer.number_range', { min, max })
  return number
}

/** A day from three fields or one, refused when it is no day, or lies ahead where it may not. */
function day(field: string, typed: Typed, today: Day, mayLieAhead = false): Day {
  const parts = [typed[`${field}-year`], typed[`${field}-month`], typed[`${field}-day`]].map((p) =>
    plainText(p).normalize('NFKC'),
  )
  // One part alone, or words in it, is a day that somebody meant.
  const joined = parts.some((p) => p !== '')
    ? `${parts[0]}-${parts[1]!.padStart(2, '0')}-${parts[2]!.padStart(2, '0')}`
    : plainText(typed[field])
  if (joined === '') throw wrong(field, 'answer.missing')
  let parsed: Temporal.PlainDate
  try {
    parsed = Temporal.PlainDate.from(joined, { overflow: 'reject' })
  } catch {
    throw wrong(field, 'answer.no_such_day')
  }
  const value = parsed.toString()
  if (value > today && !mayLieAhead) throw wrong(field, 'answer.day_ahead')
  if (value > '2199-12-31') throw wrong(field, 'answer.no_such_day')
  if (value < '1900-01-01') throw wrong(field, 'answer.no_such_day')
  return value
}

/**
 * @param known does the database hold what this question shows to be confirmed?
 * @throws Refusal `answer.*` naming the field
 */
export function readAnswer(question: Question, typed: Typed, today: Day, known: boolean): Answer | null {
  const { code, kind, required } = question
  switch (kind) {
    case 'confirm': {
      if (typed[code] === 'yes') return { kind, right: true }
      if (typed[code] === 'no') {
        const wrong = (question.facts ?? []).filter((name) => (typed[`${code}-wrong`] ?? '').split(',').includes(name))
        const says = text(`${code}-says`, typed[`${code}-says`], true, 500)
        return { kind, right: false, says, ...(wrong.length > 0 ? { wrong } : {}) }
      }
      throw wrong(code, 'answer.choose')
    }
    case 'choice': {
      const value = typed[code]
      if (!value && !required) return null
      if (!question.options?.some((o) => o.value === value)) throw wrong(code, 'answer.choose')
      return { kind, value: value as string }
    }
    case 'yes_no': {
      if (!typed[code] && !required) return null
      if (typed[code] !== 'yes' && typed[code] !== 'no') throw wrong(code, 'answer.choose')
      return { kind, yes: typed[code] === 'yes' }
    }
    case 'number': {
      const number = wholeNumber(code, typed[code], question)
      if (number === null && required) throw wrong(code, 'answer.missing')
      return number === null ? null : { kind, number }
    }
    case 'text': {
      const value = text(code, typed[code], required, question.max_length ?? 200)
      return value === '' ? null : { kind, text: question.printed ? printable(code, value) : value }
    }
    case 'date':
      if (!required && [code, `${code}-year`, `${code}-month`, `${code}-day`].every((name) => plainText(typed[name]) === ''))
        return null
      return { kind, day: day(code, typed, today, question.may_lie_ahead) }
    case 'money': {
      const fen = fenOf(code, typed[code])
      if (fen === null && required) throw wrong(code, 'answer.missing')
      return fen === null ? null : { kind, fen }
    }
    case 'bank_account': {
      const number = plainText(typed[`${code}-number`])
      if (!required && (typed[code] === 'none' || (!typed[code] && number === ''))) return null
      if (known && typed[code] === 'stored') return { kind, stored: true }
      if (known && typed[code] !== 'other') throw wrong(code, 'answer.choose')
      return {
        kind,
        stored: false,
        account: within(`${code}-number`, () => readAccountNumber(number).number),
      }
    }
    case 'address': {
      if (known && typed[code] === 'known') return { kind, known: true }
      if (known && typed[code] !== 'other') throw wrong(code, 'answer.choose')
      return { kind, known: false, text: printable(`${code}-text`, text(`${code}-text`, typed[`${code}-text`], true, 100)) }
    }
    case 'members':
      return { kind, members: members(code, typed, today, required) }
    // Only an explanation knows which line is meant, and how it stood.
    case 'line':
      throw wrong(code, 'line.from_explanation')
    case 'files':
      return { kind }
  }
}

/** A day that lies before the one that it follows on the same form. */
export function isOutOfOrder({ not_before }: Question, answer: Answer | null | undefined, answers: Answers): boolean {
  const first = not_before ? answers[not_before] : undefined
  return answer?.kind === 'date' && first?.kind === 'date' && answer.day < first.day
}

/** @throws Refusal `answer.day_before` */
export function inOrder<A extends Answer | null>(question: Question, answer: A, answers: Answers): A {
  if (isOutOfOrder(question, answer, answers)) throw wrong(question.code, 'answer.day_before')
  return answer
}

const MOST_MEMBERS = 12

/** Rows `code-1-name`, `code-1-relation` …; an empty row is left out. Everything wrong in them is named, in the order of the page. */
function members(code: string, typed: Typed, today: Day, required: boolean): Member[] {
  const found: Member[] = []
  const wrongs: Refusal[] = []
  const numbers = new Set<string>()
  for (let i = 1; i <= MOST_MEMBERS; i++) {
    const at = `${code}-${i}`
    const parts = Object.keys(typed).filter((key) => key.startsWith(`${at}-`))
    if (parts.every((key) => plainText(typed[key]) === '')) continue
    const idText = plainText(typed[`${at}-id`])
    const card = idText === '' ? null : tried(() => within(`${at}-id`, () => readIdNumber(idText, today)))
    const known = card instanceof Refusal ? null : card
    const twice = known !== null && numbers.has(known.number)
    if (known) numbers.add(known.number)
    const bornTyped = parts.some((key) => key.startsWith(`${at}-born`) && plainText(typed[key]) !== '')
    const row = {
      name: tried(() => text(`${at}-name`, typed[`${at}-name`], true, 50)),
      relation: tried(() => text(`${at}-relation`, typed[`${at}-relation`], true, 20)),
      bornOn: tried(() => {
        // The number says who is an adult and must be asked; a day typed beside it may agree, not overrule.
        if (card && !bornTyped) return known?.bornOn ?? null
        const bornOn = day(`${at}-born`, typed, today)
        if (known && bornOn !== known.bornOn) throw wrong(`${at}-born`, 'answer.born_differs')
        return bornOn
      }),
      idNumber: twice ? wrong(`${at}-id`, 'answer.member_twice') : card instanceof Refusal ? card : (known?.number ?? null),
      monthlyIncomeFen: tried(() => fenOf(`${at}-income`, typed[`${at}-income`])),
    }
    const bad = Object.values(row).filter((value) => value instanceof Refusal)
    // Only a number that cannot be read leaves the day open.
    if (bad.length === 0) found.push(row as Member)
    wrongs.push(...bad)
  }
  refuseAll(wrongs)
  if (required && found.length === 0 && typed[`${code}-alone`] !== 'yes') throw wrong(code, 'answer.members_missing')
  return found
}

/** A claim in words: which facts, then what she says. */
export const claimText = (t: T, { says, wrong = [] }: { says: string; wrong?: string[] }): string =>
  wrong.length === 0
    ? says
    : t('answer.claim', { facts: wrong.map((name) => t(`answer.fact.${name}`)).join(t('answer.claim_join')), says })

/** As answers leave the server once they are sent: of an account the last four digits, of an ID number its masked form. */
export const maskAnswers = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([code, answer]) => [code, maskAnswer(answer)]))

function maskAnswer(answer: Answer): Answer {
  if (answer.kind === 'bank_account' && !answer.stored) return { ...answer, account: answer.account.slice(-4) }
  if (answer.kind !== 'members') return answer
  return {
    ...answer,
    members: answer.members.map((m) => ({ ...m, idNumber: m.idNumber === null ? null : maskIdNumber(m.idNumber) })),
  }
}
