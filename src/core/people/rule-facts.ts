/** The facts of a person under the names that rules use: absent is not on record, null is known to be none. */
import type { Facts, Sources } from '../rules/index.ts'
import type { Shares } from './facts.ts'
import type { FactName, PersonFacts } from './person.ts'

export function ruleFacts(person: PersonFacts, shares?: Shares): Pick<Facts, 'person' | 'dwelling' | 'hukou_household'> {
  const { disability, permit, whereabouts_hidden: hidden } = person
  return {
    person: {
      born_on: person.born_on ?? undefined,
      sex: person.sex ?? undefined,
      hukou_area: person.hukou_area ?? undefined,
      dwelling_area: person.dwelling?.area ?? undefined,
      // Registers say of everybody whether there is something. What is withheld from the reader is not known to be none.
      residence_since: hidden ? undefined : person.residence_since,
      receives: person.receives,
      monthly_income_fen: person.monthly_income_fen ?? undefined,
      // A certificate without its kind has a sealed one: not on record here, which is not the same as none.
      disability_kind: disability ? (disability.kind ?? undefined) : null,
      disability_grade: disability?.grade ?? null,
      permit_since: permit?.since ?? null,
      permit_until: permit?.until ?? null,
    },
    // How many live there tells where she is: a home of her own, or a shelter.
    dwelling: { persons: hidden ? undefined : (shares?.dwellingPersons ?? undefined) },
    hukou_household: { persons: shares?.householdPersons ?? undefined },
  }
}

const FROM: Readonly<Record<string, FactName>> = {
  born_on: 'born_on',
  sex: 'sex',
  hukou_area: 'hukou',
  dwelling_area: 'dwelling',
  residence_since: 'residence',
  receives: 'receives',
  monthly_income_fen: 'monthly_income_fen',
  disability_kind: 'disability',
  disability_grade: 'disability',
  permit_since: 'permit',
  permit_until: 'permit',
}

/** Whose word each of them is, and when it was recorded. */
export function ruleSources(person: PersonFacts): Sources {
  const sources: Record<string, Sources[string]> = {}
  for (const [fact, from] of Object.entries(FROM)) {
    const source = person.provenance[from]
    if (source) sources[`person.${fact}`] = { source: source.source, recordedAt: source.recorded_at }
  }
  return sources
}
