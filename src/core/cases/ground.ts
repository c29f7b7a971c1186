/** What a person's conditions are judged on: her facts under the names of rules, whose word each is, and what comes out. Pure. */
import type { Day } from '../../platform/time.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type PersonFacts, ruleFacts, ruleSources, type Shares } from '../people/index.ts'
import { type Explanation, explain, type Facts, type Sources, type Working } from '../rules/index.ts'
import type { Answer, Answers } from './answer.ts'

export interface Subject {
  area: string
  applicationOn: Day
  today: Day
  answers: Answers
  shares?: Shares
  unit?: Facts['unit']
  hasAddressProof?: boolean
  /** An officer's check of the family's income stands in place of what was declared. */
  incomeChecked?: boolean
  /** An officer's check found something of income or property. */
  dataChecked?: boolean
}

export interface Ground {
  /** The day on which a rule is judged. */
  on: (rule: string) => Day
  facts: (day: Day) => Facts
  sources: Sources
}

/** Whose word the facts are that no register holds. */
const ANSWERED = 'answer'

export function groundOf(pack: LoadedPack, person: PersonFacts, subject: Subject): Ground {
  const stated: Record<string, string | number | boolean> = Object.fromEntries(
    Object.entries(subject.answers).flatMap(([code, a]) => {
      const value = statedIn(a)
      return value === undefined ? [] : [[code, value]]
    }),
  )
  const given = ruleFacts(person, subject.shares)
  const on = (rule: string): Day => (pack.rule(rule).judged_by === 'application' ? subject.applicationOn : subject.today)
  const facts = (day: Day): Facts => ({
    on: day,
    area: subject.area,
    ...given,
    ...(subject.unit ? { unit: subject.unit } : {}),
    case: {
      ...(subject.hasAddressProof === undefined ? {} : { has_address_proof: subject.hasAddressProof }),
      data_checked: subject.dataChecked === true,
      ...(typeof stated.purpose === 'string' ? { purpose: stated.purpose } : {}),
    },
    answers: stated,
  })
  // A register that was asked and has none has said so.
  const asked = Object.entries(given.person ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [`person.${name}`]))
  const sources: Sources = {
    ...Object.fromEntries(
      [...asked, 'dwelling.persons', 'hukou_household.persons'].map((name) => [name, { source: 'register' }]),
    ),
    ...Object.fromEntries(Object.keys(stated).map((code) => [`answers.${code}`, { source: ANSWERED }])),
    'unit.size': { source: ANSWERED },
    'unit.monthly_income_fen': { source: subject.incomeChecked ? 'data-check' : ANSWERED },
    'unit.property_ok': { source: 'data-check' },
    'unit.all_authorised': { source: 'case-file' },
    'case.has_address_proof': { source: 'case-file' },
    'case.data_checked': { source: 'case-file' },
    'case.purpose': { source: ANSWERED },
    ...ruleSources(person),
  }
  return { on, facts, sources }
}

/** What a rule reads of an answer; undefined for what no rule may read. */
function statedIn(answer: Answer): string | number | boolean | undefined {
  if (answer.kind === 'choice') return answer.value
  if (answer.kind === 'text') return answer.text
  if (answer.kind === 'date') return answer.day
  if (answer.kind === 'number') return answer.number
  if (answer.kind === 'yes_no') return answer.yes
  return answer.kind === 'money' ? (answer.fen ?? undefined) : undefined
}

export interface ConditionLine {
  rule: string
  result: 'met' | 'not_met' | 'unknown'
  explanation: Explanation
  /** Met before its time: what is not there yet, and the day on which it will be. */
  ahead?: { text: Explanation['text']; from: Day }
}
export interface Checked {
  lines: ConditionLine[]
  /** Null when unknown. */
  amountFen: number | null
  /** The sum by which the amount came out; empty when unknown. */
  working: readonly Working[]
}

/** The conditions of a matter and its amount, on the ground of one person's facts. */
export function checkOn(pack: LoadedPack, matter: Matter, { on, facts, sources }: Ground): Checked {
  const told = (id: string) => explain(pack.rule(id), facts(on(id)), pack.parameters, { sources })
  const lines = matter.conditions.map((rule): ConditionLine => {
    const explanation = told(rule)
    const { ahead_of } = pack.rule(rule)
    const later = ahead_of && explanation.result === 'met' ? told(ahead_of) : null
    return {
      rule,
      result: explanation.result as ConditionLine['result'],
      explanation,
      ...(later?.metFrom ? { ahead: { text: later.text, from: later.metFrom } } : {}),
    }
  })
  const amount = matter.amount ? told(matter.amount) : null
  return { lines, amountFen: amount?.value ?? null, working: amount?.working ?? [] }
}
