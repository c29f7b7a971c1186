/**
 * A number of the law is a row: which one holds for an area on a day, as it was known on another.
 */
import Type from 'typebox'
import type { Day as DayText } from '../../platform/time.ts'
import { Basis, Id } from '../matters/matter.ts'
import { COUNTRY } from './area.ts'
import { JudgedBy } from './rule.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })

export const UNITS = [
  'year',
  'month',
  'day',
  'working_day',
  'calendar_day',
  'hour',
  'working_hour',
  'clock_hour',
  'hour_of_day',
  'fen',
  'fen_per_month',
  'fen_per_year',
  'percent',
  'count',
  'text',
] as const
export const Unit = Type.Enum([...UNITS])
export type Unit = (typeof UNITS)[number]

export const ParameterRow = Type.Object(
  {
    id: Id,
    /** Area code of a level, or `0` for the whole country. */
    jurisdiction: Type.String({ pattern: `^(${COUNTRY}|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$` }),
    /** Text only for the unit `text`; null for a number that the law has and nobody has confirmed yet: it reads as unknown. */
    value: Type.Union([Type.Integer(), Type.String({ minLength: 1 }), Type.Null()]),
    unit: Unit,
    judged_by: JudgedBy,
    basis: Basis,
    valid_from: Day,
    /** Last day in force, or null. */
    valid_to: Type.Union([Day, Type.Null()]),
    recorded_at: Day,
    /** Id of the row, recorded earlier for the same jurisdiction, that this one corrects on the days that both name. */
    supersedes: Type.Union([Id, Type.Null()]),
    verified: Type.Boolean(),
    /** Stands in for a number that nobody has confirmed; only a demo database computes with it, and pages say so. */
    demo: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type ParameterRow = Type.Static<typeof ParameterRow>

/** Rows by id, for whoever reads many: see `byParameterId`. */
export type ParametersById = ReadonlyMap<string, readonly ParameterRow[]>
export type Parameters = readonly ParameterRow[] | ParametersById

/** `no_day`: the day to read it on is not known itself. */
export type ParameterReason = 'missing' | 'tie' | 'unconfirmed' | 'listed' | 'no_day'
export type ParameterReading =
  | { known: true; value: number | string; row: ParameterRow }
  | { known: false; reason: ParameterReason; rows: readonly ParameterRow[] }

export function byParameterId(rows: readonly ParameterRow[]): ParametersById {
  const map = new Map<string, ParameterRow[]>()
  for (const row of rows) {
    const held = map.get(row.id)
    if (held) held.push(row)
    else map.set(row.id, [row])
  }
  return map
}

export const rowsOf = (parameters: Parameters, id: string): readonly ParameterRow[] =>
  parameters instanceof Map
    ? ((parameters as ParametersById).get(id) ?? [])
    : (parameters as readonly ParameterRow[]).filter((row) => row.id === id)

export const isInForce = (row: ParameterRow, on: DayText): boolean =>
  row.valid_from <= on && (row.valid_to === null || on <= row.valid_to)

const isCorrected = (row: ParameterRow, by: ParameterRow): boolean =>
  by.supersedes === row.id && by.jurisdiction === row.jurisdiction && by.recorded_at > row.recorded_at

/**
 * The row that holds: of the nearest jurisdiction in `areaChain` that has one in force on that day, as recorded by
 * `knownAt` (default: whatever is recorded). A tie is never guessed at: it reads as unknown, and the check refuses it.
 */
export function parameterOn(
  parameters: Parameters,
  id: string,
  areaChain: readonly string[],
  on: DayText,
  knownAt?: DayText,
): ParameterReading {
  let nearest = 0
  let found: ParameterRow[] = []
  for (const row of rowsOf(parameters, id)) {
    if (!isInForce(row, on) || (knownAt !== undefined && row.recorded_at > knownAt)) continue
    // The longest code is the nearest.
    const { length } = row.jurisdiction
    if (length < nearest || !areaChain.includes(row.jurisdiction)) continue
    if (length > nearest) {
      nearest = length
      found = []
    }
    found.push(row)
  }
  if (found.length > 1) found = found.filter((row) => !found.some((by) => isCorrected(row, by)))
  const row = found[0]
  if (row === undefined) return { known: false, reason: 'missing', rows: [] }
  if (found.length > 1) return { known: false, reason: 'tie', rows: found }
  if (row.value === null) return { known: false, reason: 'unconfirmed', rows: found }
  return { known: true, value: row.value, row }
}
