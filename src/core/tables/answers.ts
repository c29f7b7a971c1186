/** From what somebody answered to what rules read. */
import type { Day } from '../../platform/time.ts'
import type { Facts } from '../rules/index.ts'
import { permitSpell } from './permit.ts'
import type { AskedFact, Table, TableQuestion } from './table.ts'

/** What was answered, by the code of the question; absent where nothing was. */
export type TableAnswer = string | number | boolean | { issued_on: Day; endorsed_on: readonly Day[] }
export type TableAnswers = Readonly<Record<string, TableAnswer>>

/** What registers know of whoever asks: absent is not on record, null is known to be none. */
export type OwnFacts = Pick<Facts, 'person' | 'dwelling' | 'hukou_household'>

const ownFact = (own: OwnFacts, name: AskedFact): unknown => {
  const [scope, key] = name.split('.') as [keyof OwnFacts, string]
  return (own[scope] as Record<string, unknown> | undefined)?.[key] ?? undefined
}

/** Whether a register answers it: then it is shown and not asked. */
export const knownFact = (question: TableQuestion, own: OwnFacts): unknown =>
  question.kind === 'permit'
    ? ownFact(own, 'person.permit_since')
    : question.fact === undefined
      ? undefined
      : ownFact(own, question.fact)

interface Asking {
  on: Day
  area: string
  own?: OwnFacts
  /** Whatever was left empty is none: 0, no, or not. */
  restNone?: boolean
}

/** The facts for a table: answers first, and what a register knows over them. */
export function tableFacts(table: Table, answers: TableAnswers, { on, area, own = {}, restNone = false }: Asking): Facts {
  const person: Record<string, unknown> = { ...own.person }
  const unit: Record<string, unknown> = {}
  const stated: Record<string, string | number | boolean> = {}
  for (const question of table.questions) {
    if (knownFact(question, own) !== undefined) continue
    const answer = answers[question.code] ?? (restNone ? noneOf(question) : undefined)
    if (answer === undefined) continue
    if (typeof answer === 'object') {
      const spell = permitSpell(answer.issued_on, answer.endorsed_on)
      person.permit_since = spell.since
      person.permit_until = spell.until
    } else if (question.fact === undefined) stated[question.code] = answer
    else {
      const [scope, key] = question.fact.split('.') as [string, string]
      if (scope === 'unit') unit[key] = answer
      else person[key] = answer
    }
  }
  return { on, area: table.area ?? area, ...own, person, unit, answers: stated }
}

/** Of a choice the option `none`; of a fact, of a number that is chosen and of a day there is no none. */
function noneOf({ kind, fact, options, never_none }: TableQuestion): number | boolean | string | undefined {
  if (never_none || fact !== undefined) return undefined
  if (options !== undefined) return options.find((option) => option.value === 'none')?.value
  if (kind === 'number' || kind === 'money') return 0
  return kind === 'yes_no' ? false : undefined
}
