/** The table that rules are asked of: which column holds which fact. */
import type { Column } from './sql.ts'

/** In the order of their known-bits, which `outreach.facts_on` writes. */
const FACT_COLUMNS = [
  'born_on',
  'sex',
  'hukou_area',
  'dwelling_area',
  'residence_since',
  'receives',
  'monthly_income_fen',
] as const

/** What a constraint of the table holds a number to. */
const RANGES: Readonly<Record<string, Column['range']>> = { monthly_income_fen: { low: 0, high: 1_000_000_000_000 } }

/** Columns of `outreach.person p`. Facts of a unit, a case or a form are on record of nobody before she applies. */
export const SNAPSHOT_COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries(
  FACT_COLUMNS.map((name, bit) => {
    const range = RANGES[name]
    return [`person.${name}`, { value: `p.${name}`, known: `p.known & ${1 << bit} <> 0`, ...(range && { range }) }]
  }),
)
