/**
 * What a rule may read, as a plain object. An absent fact is unknown; `null` is known to be none (no residence
 * registration, question left empty): `has()` then answers false, and the value itself stays unknown.
 */

import { isDay } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { UNKNOWN, type Value } from './three.ts'

export interface PersonFacts {
  born_on?: Day | null
  sex?: string | null
  /** Area code of the hukou, cut to its level. */
  hukou_area?: string | null
  dwelling_area?: string | null
  /** First day of the residence registration that is in force. */
  residence_since?: Day | null
  /** Codes of the matters whose benefit the person receives. */
  receives?: readonly string[] | null
  monthly_income_fen?: number | null
  /** Of the disability certificate in force. A kind that is a sealed category is never here: the certificate then has a grade alone. */
  disability_kind?: string | null
  /** 1 (hardest) to 4. */
  disability_grade?: number | null
  /** Residence permit: the day from which its years count, and the last day it is endorsed for, which may have passed. */
  permit_since?: Day | null
  permit_until?: Day | null
}

/** Who lives at the same address. A count alone: whoever has a safety flag is in nobody else's. */
export interface DwellingFacts {
  persons?: number | null
}

/** Who stands in the same hukou book; counted likewise. */
export interface HukouHouseholdFacts {
  persons?: number | null
}

/** 共同生活家庭成员: the benefit unit of one case, neither the hukou household nor the dwelling. */
export interface UnitFacts {
  size?: number | null
  monthly_income_fen?: number | null
  /** Declared and checked. */
  property_ok?: boolean | null
  /** Every adult has authorised the check. */
  all_authorised?: boolean | null
}

export interface CaseFacts {
  has_address_proof?: boolean | null
  /** An officer has checked income and property: what the check found stands in place of what was said. */
  data_checked?: boolean | null
  purpose?: string | null
}

export interface Facts {
  /** The day on which the rule is judged: of the event, application, decision, or the month's. */
  on: Day
  /** The area whose numbers apply: that of the person or of the case. */
  area: string
  person?: PersonFacts
  dwelling?: DwellingFacts
  hukou_household?: HukouHouseholdFacts
  unit?: UnitFacts
  case?: CaseFacts
  /** Answers of the form by question code: the chosen option's code, the text or day, the number (money in fen), yes or no. */
  answers?: Readonly<Record<string, string | number | boolean | null>>
}

/** Where a fact comes from, by its name: `sources['person.born_on']`. */
export interface Source {
  source: string
  /** ISO 8601; absent where nothing was recorded: a count, a supposition. */
  recordedAt?: string
}
export type Sources = Readonly<Record<string, Source>>

export type FactType = 'Day' | 'string' | 'bool' | 'int' | 'list<string>'
/** What can make a fact different; `never` for what no page may suggest to change: income, property, family ties. */
export type ChangeKind = 'time' | 'registration' | 'document' | 'answer' | 'never'

export const FACTS: Readonly<Record<string, { type: FactType; change: ChangeKind }>> = {
  on: { type: 'Day', change: 'time' },
  'person.born_on': { type: 'Day', change: 'never' },
  'person.sex': { type: 'string', change: 'never' },
  'person.hukou_area': { type: 'string', change: 'registration' },
  'person.dwelling_area': { type: 'string', change: 'registration' },
  'person.residence_since': { type: 'Day', change: 'registration' },
  'person.receives': { type: 'list<string>', change: 'never' },
  'person.monthly_income_fen': { type: 'int', change: 'never' },
  'person.disability_kind': { type: 'string', change: 'document' },
  'person.disability_grade': { type: 'int', change: 'document' },
  'person.permit_since': { type: 'Day', change: 'registration' },
  'person.permit_until': { type: 'Day', change: 'registration' },
  'dwelling.persons': { type: 'int', change: 'never' },
  'hukou_household.persons': { type: 'int', change: 'never' },
  'unit.size': { type: 'int', change: 'never' },
  'unit.monthly_income_fen': { type: 'int', change: 'never' },
  'unit.property_ok': { type: 'bool', change: 'never' },
  'unit.all_authorised': { type: 'bool', change: 'document' },
  'case.has_address_proof': { type: 'bool', change: 'document' },
  'case.data_checked': { type: 'bool', change: 'never' },
  'case.purpose': { type: 'string', change: 'answer' },
}

/** Sealed categories (服刑、戒毒、精神障碍). They live in the sealed part of one case and are named in no expression. */
export const SEALED_FACTS: ReadonlySet<string> = new Set([
  'person.serving_sentence',
  'person.drug_rehabilitation',
  'person.mental_disorder',
])

export const factNamed = (name: string): { type: FactType; change: ChangeKind } | undefined =>
  name.startsWith('answers.') ? { type: 'string', change: 'answer' } : Object.hasOwn(FACTS, name) ? FACTS[name] : undefined

/** A fact as it was handed in; undefined is unknown, null is none. Own properties only: `constructor` is nobody's answer. */
export function rawFact(facts: Facts, name: string): unknown {
  if (name === 'on') return facts.on
  const dot = name.indexOf('.')
  const scope = facts[name.slice(0, dot) as Exclude<keyof Facts, 'on' | 'area'>] as Record<string, unknown> | undefined
  const key = name.slice(dot + 1)
  return scope !== undefined && Object.hasOwn(scope, key) ? scope[key] : undefined
}

/** Facts come from typed tables: one of the wrong type is a fault of the program, never a person's “not met”. */
export class FactTypeError extends TypeError {
  constructor(name: string, type: FactType, found: unknown) {
    super(`The fact ${name} must be ${type}; ${JSON.stringify(found) ?? String(found)} was handed in. Correct what reads it.`)
  }
}

const FITS: Record<FactType, (value: unknown) => boolean> = {
  Day: isDay,
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: Number.isSafeInteger,
  'list<string>': (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
}

export function readFact(facts: Facts, name: string, type: FactType): Value {
  const raw = rawFact(facts, name)
  if (raw === undefined || raw === null) return UNKNOWN
  if (!FITS[type](raw)) throw new FactTypeError(name, type, raw)
  return raw as Value
}

export interface UnitMember {
  monthly_income_fen?: number | null
  property_ok?: boolean | null
  /** Whether this person's authorisation is there; true for those who need give none (children). */
  authorised?: boolean | null
}

/**
 * The unit's facts from its members. A sum is unknown when one value is; one “no” settles what all must fulfil. Of a unit without
 * members everything is unknown: it has not been named yet.
 */
export function unitOf(members: readonly UnitMember[]): UnitFacts {
  if (members.length === 0) return {}
  const incomes = members.map((each) => each.monthly_income_fen ?? undefined)
  const settled = (values: readonly (boolean | null | undefined)[]): boolean | undefined =>
    values.includes(false) ? false : values.every((each) => each === true) ? true : undefined
  return {
    size: members.length,
    monthly_income_fen: incomes.includes(undefined) ? undefined : incomes.reduce<number>((sum, each) => sum + each!, 0),
    property_ok: settled(members.map((each) => each.property_ok)),
    all_authorised: settled(members.map((each) => each.authorised)),
  }
}
