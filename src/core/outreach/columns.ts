/** The table that rules are asked of: which column holds which fact. */
import type { Column } from './sql.ts'

/** A fact and its column, in the order of their known-bits, which `outreach.facts_on` writes. */
const FACT_COLUMNS: readonly (readonly [fact: string, column: string])[] = [
  ['person.born_on', 'born_on'],
  ['person.sex', 'sex'],
  ['person.hukou_area', 'hukou_area'],
  ['person.dwelling_area', 'dwelling_area'],
  ['person.residence_since', 'residence_since'],
  ['person.receives', 'receives'],
  ['person.monthly_income_fen', 'monthly_income_fen'],
  ['person.disability_kind', 'disability_kind'],
  ['person.disability_grade', 'disability_grade'],
  ['person.permit_since', 'permit_since'],
  ['person.permit_until', 'permit_until'],
  ['dwelling.persons', 'dwelling_persons'],
  ['hukou_household.persons', 'household_persons'],
  ['unit.size', 'unit_size'],
  ['unit.monthly_income_fen', 'unit_income_fen'],
]

/**
 * Facts that only an application settles. The snapshot presumes them from who shares a dwelling, so that a search can say who may
 * fit; whoever fits by them alone fits if they are confirmed, and nobody is refused by them.
 */
export const PRESUMED: ReadonlySet<string> = new Set(['unit.size', 'unit.monthly_income_fen'])

/** What a constraint of the table holds a number to. */
const RANGES: Readonly<Record<string, Column['range']>> = {
  monthly_income_fen: { low: 0, high: 1_000_000_000_000 },
  disability_grade: { low: 1, high: 4 },
  dwelling_persons: { low: 1, high: 1_000_000 },
  household_persons: { low: 1, high: 1_000_000 },
  unit_size: { low: 1, high: 1_000_000 },
  unit_income_fen: { low: 0, high: 1_000_000_000_000_000 },
}

/** Columns of `outreach.person p`. Facts of a case or a form are on record of nobody before she applies. */
export const SNAPSHOT_COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries(
  FACT_COLUMNS.map(([fact, column], bit) => {
    const range = RANGES[column]
    return [fact, { value: `p.${column}`, known: `p.known & ${1 << bit} <> 0`, ...(range && { range }) }]
  }),
)
