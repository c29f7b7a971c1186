/**
 * One row a person (一库): what a person record is, where its facts come from, and how little of it a page shows.
 */
import type { Day } from '../../platform/time.ts'

/** Sealing and keyed hashing of single fields; `context` names the column, so that a value copied elsewhere does not open. */
export interface FieldCrypto {
  seal(plain: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
  blind(value: string, context: string): Buffer
  /** Under every blind key there is, the current one first. */
  blinds(value: string, context: string): Buffer[]
}

/** Contexts of the sealed columns. Part of every ciphertext: they never change. */
export const sealedAs = {
  idNumber: 'people.person.id_number',
  phone: 'people.person.phone',
  account: 'people.bank_account.account',
} as const

export type Sex = 'male' | 'female'

/** Whose word a fact is. Texts: `people.source.*`. */
export const sources = ['public-security', 'civil-affairs', 'human-resources', 'migrants', 'self', 'officer', 'demo'] as const
export type Source = (typeof sources)[number]

/** How it reached us. Texts: `people.method.*`. */
export const methods = ['shared', 'card-seen', 'declared', 'visited', 'decided', 'demo'] as const
export type Method = (typeof methods)[number]

/** Written with every fact. `caseId` is the case that brought it, if one did. */
export interface Provenance {
  source: Source
  method: Method
  caseId: string | null
}

/** Place of a person in the hukou book, seen from its head. Texts: `people.relation.*`. */
export const relations = ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'other', 'collective'] as const
export type Relation = (typeof relations)[number]

/** Kinds of disability that a rule may read. Texts: `people.disability.*`. The sealed one is on record without its kind. */
export const disabilityKinds = ['sight', 'hearing', 'speech', 'physical', 'intellectual', 'multiple'] as const
export type DisabilityKind = (typeof disabilityKinds)[number]

/** Provenance as a page shows it beside a fact; `recorded_at` is ISO 8601. */
export interface FactSource {
  source: Source
  recorded_at: string
}

export type FactName =
  | 'name'
  | 'sex'
  | 'born_on'
  | 'hukou'
  | 'dwelling'
  | 'residence'
  | 'receives'
  | 'monthly_income_fen'
  | 'disability'
  | 'permit'
  | 'bank'

/**
 * What is known of a person on one day, under the names that rules use. null is unknown, never “no”. `receives` is what
 * this platform's own register pays: an empty list says that it pays nothing.
 */
export interface PersonFacts {
  name: string
  sex: Sex | null
  born_on: Day | null
  hukou_area: string | null
  hukou_relation: Relation | null
  hukou_since: Day | null
  living_area: string | null
  /** `address` is null when the home lies outside what the reader may see. */
  dwelling: { address: string | null; area: string; since: Day } | null
  /** First day of the registered residence (居住登记) that runs on that day. */
  residence_since: Day | null
  receives: string[]
  monthly_income_fen: number | null
  /** Of the certificate in force. `kind` is null where it is a sealed category. */
  disability: { kind: string | null; grade: number } | null
  /** The latest residence permit: from which day its years count, and its last day, which may have passed. */
  permit: { since: Day; until: Day } | null
  bank: { last_four: string; bank: string | null } | null
  /** A safety flag hides address and whereabouts from staff: the home is then withheld, not unknown. */
  whereabouts_hidden: boolean
  provenance: Record<FactName, FactSource | null>
}
