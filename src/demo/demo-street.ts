/**
 * The invented street once it is made: plain values, ready to be written, with no clock and no database.
 */
import type { Text } from '../core/matters/matter.ts'
import type { DisabilityKind, Relation, Sex } from '../core/people/index.ts'
import type { Day } from '../platform/time.ts'

export interface DemoPerson {
  id: string
  name: string
  sex: Sex
  bornOn: Day
  idNumber: string
  phone: string | null
  /** `householdId` is null where the hukou lies outside the city. */
  hukou: { area: string; householdId: string | null; relation: Relation; since: Day }
  home: { dwellingId: string; area: string; since: Day }
  residenceSince: Day | null
  income: { monthlyFen: number; since: Day } | null
  receipt: { matterCode: string; amountFen: number; since: Day } | null
  account: { number: string; bank: string; since: Day } | null
  /** Of a kind that is a sealed category the grade alone. */
  disability: { kind: DisabilityKind | null; grade: number; since: Day } | null
  /** `until` is the first day on which it is no longer endorsed. */
  permit: { since: Day; until: Day } | null
  card: { matterCode: string; since: Day } | null
}

/** Somebody of the story, by the code that sample cases use. Without `phone` she has no account. */
export interface DemoCharacter {
  code: string
  personId: string
  name: string
  phone: string | null
  level: 'A0' | 'A1' | null
  story: Text | null
}

export interface DemoPost {
  id: string
  code: string
  role: string
  organisationId: string
  areas: string[]
  scope: string
  domains: string[]
  validFrom: Day
  validTo: Day | null
}

export interface DemoOfficer {
  id: string
  username: string
  password: string
  name: string
  number: string
  story: Text
  posts: DemoPost[]
}

export interface DemoStreet {
  asOf: Day
  street: string
  households: { id: string; area: string; number: string }[]
  dwellings: { id: string; area: string; address: string }[]
  persons: DemoPerson[]
  characters: DemoCharacter[]
  organisations: { id: string; code: string; name: string; kind: string; area: string }[]
  officers: DemoOfficer[]
}
