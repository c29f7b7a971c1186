/** An application that needs only a confirmation: what of it is on record, and what is left to ask. Pure. */
import { createHash } from 'node:crypto'
import type { Matter, Question } from '../matters/matter.ts'
import type { PersonFacts } from '../people/index.ts'

export type Shown = NonNullable<Question['facts']>[number]

export interface OnePage {
  /** Facts that are shown and confirmed by the one button, each once. */
  shown: Shown[]
  confirmed: Question[]
  /** Required, and not on record. */
  asked: Question[]
}

/** `ordinary`: the matter, or what is missing, needs more than one page. `account`: only she herself names an account. */
export type NoPage = 'ordinary' | 'account'

const ASKED: ReadonlySet<Question['kind']> = new Set(['choice', 'yes_no', 'text', 'number', 'date', 'money'])

export function onePageOf(matter: Matter, facts: PersonFacts, byProxy = false): OnePage | NoPage {
  if (!matter.outreach?.searched || !matter.outreach.one_page) return 'ordinary'
  const page: OnePage = { shown: [], confirmed: [], asked: [] }
  for (const question of matter.questions) {
    const names = shownBy(question, facts)
    if (names) {
      page.confirmed.push(question)
      page.shown.push(...names.filter((name) => !page.shown.includes(name)))
    } else if (!question.required) continue
    else if (question.kind === 'bank_account' && byProxy) return 'account'
    else if (ASKED.has(question.kind) || question.kind === 'bank_account' || question.kind === 'address')
      page.asked.push(question)
    else return 'ordinary'
  }
  return page
}

/** What a question shows of the register to be confirmed; null where it has to be asked. */
function shownBy({ kind, facts: names = [] }: Question, facts: PersonFacts): Shown[] | null {
  if (kind === 'confirm') return names.filter((name) => name !== 'phone')
  if (kind === 'bank_account') return facts.bank ? ['bank_account'] : null
  if (kind === 'address') return facts.dwelling?.address ? ['dwelling'] : null
  return null
}

/**
 * A mark of what the page showed. What changed between the page and the button was not confirmed: the two marks differ, and
 * the page is shown again.
 */
export function markOf(shown: readonly Shown[], facts: PersonFacts, idNumber: string | null): string {
  const { bank, provenance } = facts
  const values: Readonly<Record<string, unknown>> = {
    ...facts,
    id_number: idNumber,
    hukou: facts.hukou_area,
    bank_account: [bank, provenance.bank?.recorded_at],
    residence: facts.residence_since,
  }
  return createHash('sha256')
    .update(JSON.stringify(shown.map((one) => [one, values[one]])))
    .digest('base64url')
    .slice(0, 22)
}
