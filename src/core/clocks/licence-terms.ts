/**
 * The numbers of the licensing procedure, from a pack's parameter rows. This file knows what they are called and what
 * they measure; how many days each has stands in the pack, with its article.
 */
import { type ClockBasis, type Limit, type LimitUnit, limitUnits } from './limit.ts'

export interface BasedLimit extends Limit {
  id: string
  basis: ClockBasis
  /** A page says “legal limit” only if this is true. */
  verified: boolean
}

/** A row of parameters.csv that is in force, as `core/matters` reads it. */
export interface LimitRow {
  id: string
  value: number
  unit: string
  basis: ClockBasis
  verified: boolean
}

/** What the law lets an office stop the clock for. */
export interface Exclusion {
  type: string
  basis: ClockBasis
}

/** Parameter ids, and what each may be measured in: periods of the licensing law are working days (许可法 82). */
const rows = {
  correction: { id: 'licence.correction', units: ['working_day'] },
  decision: { id: 'licence.decision', units: ['working_day'] },
  extension: { id: 'licence.extension', units: ['working_day'] },
  jointDecision: { id: 'licence.joint-decision', units: ['working_day'] },
  jointExtension: { id: 'licence.joint-extension', units: ['working_day'] },
  lowerReview: { id: 'licence.lower-review', units: ['working_day'] },
  certificate: { id: 'licence.certificate', units: ['working_day'] },
  reconsideration: { id: 'licence.reconsideration', units: ['calendar_day', 'month'] },
  litigation: { id: 'licence.litigation', units: ['calendar_day', 'month', 'year'] },
} as const satisfies Record<string, { id: string; units: readonly LimitUnit[] }>

export type LicenceTerms = Readonly<Record<keyof typeof rows, BasedLimit>> & {
  exclusions: ReadonlyMap<string, ClockBasis>
}

/** Throws when a row is missing, stands twice, or is measured in what the law does not count in. */
export function licenceTerms(found: readonly LimitRow[], exclusions: readonly Exclusion[]): LicenceTerms {
  const limit = ({ id, units }: { id: string; units: readonly LimitUnit[] }): BasedLimit => {
    const [row, second] = found.filter((each) => each.id === id)
    if (!row)
      throw new RangeError(`The licensing procedure needs the parameter ${id}; add its row with its article to parameters.csv`)
    if (second) throw new RangeError(`Two rows of the parameter ${id} are in force; end one of them in parameters.csv`)
    const unit = limitUnits.find((each) => each === row.unit && units.includes(each))
    if (!unit) throw new RangeError(`The parameter ${id} is in ${row.unit}; the law counts it in ${units.join(' or ')}`)
    return { id, value: row.value, unit, basis: row.basis, verified: row.verified }
  }
  return {
    correction: limit(rows.correction),
    decision: limit(rows.decision),
    extension: limit(rows.extension),
    jointDecision: limit(rows.jointDecision),
    jointExtension: limit(rows.jointExtension),
    lowerReview: limit(rows.lowerReview),
    certificate: limit(rows.certificate),
    reconsideration: limit(rows.reconsideration),
    litigation: limit(rows.litigation),
    exclusions: new Map(exclusions.map(({ type, basis }) => [type, basis])),
  }
}
