/** What somebody typed into the form of a table. Pure. */
import type { TableAnswer, TableAnswers, TableQuestion } from '../../../core/tables/index.ts'
import { isDay } from '../../../platform/day.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import { readDay, readFen } from '../../../ui/index.ts'

type Body = Readonly<Record<string, string>>

/** The field with the days of the endorsements of a permit. */
export const endorsedField = (code: string): string => `${code}-endorsed`
/** The tick that says: what I left empty I do not have. */
export const REST_NONE = 'rest-none'

/** Refuses with every field that cannot be read: `table.unreadable`. */
export function readAnswers(questions: readonly TableQuestion[], body: Body): TableAnswers {
  const answers: Record<string, TableAnswer> = {}
  const fields: { path: string; code: string; params?: Record<string, number> }[] = []
  for (const question of questions) {
    const read = readOne(question, body)
    if (read === undefined) continue
    if (isWrong(read)) fields.push({ path: `/${read.field ?? question.code}`, code: read.wrong, params: read.params ?? {} })
    else answers[question.code] = read
  }
  if (fields.length > 0) throw new Refusal('tables.unreadable', 'invalid', { fields })
  return answers
}

interface Wrong {
  wrong: string
  field?: string
  params?: Record<string, number>
}
const isWrong = (read: TableAnswer | Wrong): read is Wrong => typeof read === 'object' && 'wrong' in read

function readOne(question: TableQuestion, body: Body): TableAnswer | Wrong | undefined {
  const { code, kind, options } = question
  const typed = (body[code] ?? '').trim()
  if (kind === 'permit') return readPermit(code, body)
  if (kind === 'date') return readDay(body, code) ?? (readDay(body, code) === null ? { wrong: 'tables.day_wrong' } : undefined)
  if (typed === '') return undefined
  if (options) return options.find((option) => String(option.value) === typed)?.value ?? { wrong: 'tables.choose' }
  if (kind === 'yes_no') return typed === 'yes' ? true : typed === 'no' ? false : { wrong: 'tables.choose' }
  if (kind === 'money') return readFen(typed) ?? { wrong: 'tables.money_wrong' }
  const { min = 0, max = 1_000_000 } = question
  const number = /^[0-9０-９]{1,7}$/.test(typed) ? Number(typed.normalize('NFKC')) : Number.NaN
  return number >= min && number <= max ? number : { wrong: 'tables.number_wrong', params: { min, max } }
}

function readPermit(code: string, body: Body): TableAnswer | Wrong | undefined {
  const issued = readDay(body, code)
  const endorsed = readDays(body[endorsedField(code)] ?? '')
  if (endorsed === null) return { wrong: 'tables.days_wrong', field: endorsedField(code) }
  if (issued === null || (issued === undefined && endorsed.length > 0)) return { wrong: 'tables.day_wrong' }
  if (issued === undefined) return undefined
  if (endorsed.some((day) => day < issued)) return { wrong: 'tables.days_before', field: endorsedField(code) }
  return { issued_on: issued, endorsed_on: endorsed }
}

/** `2024-10-20 2025年10月18日、2026.10.19`: null where one of them is no day. */
function readDays(text: string): Day[] | null {
  const days = text
    .normalize('NFKC')
    .replace(/(\d)\s*[年月./-]\s*(?=\d)/g, '$1-')
    .replace(/(\d)\s*[日号]/g, '$1 ')
    // What is left in words is a day that somebody meant, and not nothing.
    .split(/[\s、,;]+/)
    .filter((part) => part !== '')
    .map((part) =>
      part.replace(/^(\d{4})-(\d{1,2})-(\d{1,2})$/, (_, y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`),
    )
  return days.every(isDay) ? days : null
}
