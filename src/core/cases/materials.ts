/** What a matter asks for on paper and a case does not have. Pure. */
import type { Material, Matter } from '../matters/matter.ts'
import type { PersonFacts } from '../people/index.ts'
import type { Answers } from './answer.ts'
import { materialsNotAsked } from './branch.ts'
import type { Without } from './case.ts'
import type { TimelineRow } from './store.ts'

type OnRecord = Pick<PersonFacts, 'disability' | 'hukou_area' | 'permit'>

/** What stands for a paper on record of her. */
const standsFor: Record<NonNullable<Material['register']>, (facts: OnRecord) => boolean> = {
  disability: (facts) => facts.disability !== null,
  hukou: (facts) => facts.hukou_area !== null,
  'hukou-or-permit': (facts) => facts.hukou_area !== null || facts.permit !== null,
}

interface Held {
  materials: readonly { material: string; withdrawnAt: Date | null }[]
  members: readonly { adult: boolean; authorisedAt: Date | null }[]
  answers: Answers
  ownWord: OwnWord | null
}

/** How the applicant herself has agreed to the check: by applying, or, where somebody else sent it for her, later. */
export type OwnWord = 'applying' | 'account' | 'paper'

/** Null while it is open: nobody agrees for another, also not who acts for her. */
export function ownWordOf(timeline: readonly Pick<TimelineRow, 'fact' | 'payload'>[]): OwnWord | null {
  const said = timeline.find(({ fact }) => fact === 'check_agreed')
  if (said) return said.payload.how as OwnWord
  return timeline.some(({ fact, payload }) => fact === 'received' && payload.proxyId) ? null : 'applying'
}

/**
 * Who has agreed to the check, where a matter has one: every adult of the household, or, where there is no other adult, the
 * applicant alone, who is no row of the household. Null while somebody's word is open.
 */
export function agreedBy({ steps }: Matter, members: Held['members'], own: OwnWord | null): 'everybody' | 'applicant' | null {
  if (own === null || !steps.some(({ kind }) => kind === 'authorisation')) return null
  const adults = members.filter((member) => member.adult)
  if (adults.length === 0) return 'applicant'
  return adults.every((member) => member.authorisedAt) ? 'everybody' : null
}

/**
 * Shared papers of which nothing is on record of her. That none was found is not that she has none: she attaches it, brings it or applies
 * for one, and nothing is refused for it. What names no register is on record of whoever was identified.
 */
export const notOnRecord = ({ materials }: Pick<Matter, 'materials'>, facts: OnRecord): Material[] =>
  materials.filter(({ source, register }) => source === 'shared' && register !== undefined && !standsFor[register](facts))

/** Of what is uploaded or drawn up by staff, or should be on record and is not; what the office holds or the form says is there by itself. */
export function missingMaterials(matter: Matter, facts: OnRecord, { materials, members, answers, ownWord }: Held): Material[] {
  const agreed = agreedBy(matter, members, ownWord) !== null
  const notAsked = materialsNotAsked(matter, answers)
  const sought = notOnRecord(matter, facts)
  return matter.materials.filter(
    (material) =>
      (material.source === 'upload' || material.source === 'officer' || sought.includes(material)) &&
      !(material.signed && agreed) &&
      !notAsked.has(material.code) &&
      !materials.some((one) => one.material === material.code && one.withdrawnAt === null),
  )
}

/**
 * What somebody accounts for before something is decided without it: what the matter requires, and what would prove a fact that is
 * checked in another way where the paper is not there (登记前先上门核实). Other papers may be left out without a word.
 */
export const isAccountedFor = ({ required, proves }: Pick<Material, 'required' | 'proves'>): boolean =>
  required || proves !== undefined

/**
 * The fields that are open before something is decided without these: a reason for each, and the basis where the matter
 * requires the material. Paths are `without-<material>-reason` and `-basis`.
 */
export function openReasons(missing: readonly Material[], without: readonly Without[]): { path: string; code: string }[] {
  return missing.filter(isAccountedFor).flatMap(({ code, required }) => {
    const given = without.find((one) => one.material === code)
    return [
      ...(given?.reason.trim() ? [] : [{ path: `/without-${code}-reason`, code: 'case.material_reason_missing' }]),
      ...(given?.basis.trim() || !required ? [] : [{ path: `/without-${code}-basis`, code: 'case.material_basis_missing' }]),
    ]
  })
}
