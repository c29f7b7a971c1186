/**
 * What the rows of parameters.csv may not contradict: two numbers for one day, days without a number, a number that
 * rests on nothing.
 */

import { addDays } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { COUNTRY } from './area.ts'
import type { CheckError } from './finding.ts'
import { isInForce, ParameterRow, UNITS } from './parameter.ts'
import { shapeFindings } from './shape.ts'

/** A row as it was read, with its line; `row` may be anything, the check says what is wrong with it. */
export interface LocatedParameter {
  row: unknown
  file: string
  line: number
}

type Held = { row: ParameterRow; file: string; line: number }

/** The cells of a CSV line as a row. What does not fit is left as it stands, for the check to name. */
export function parameterFromCells(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const { basis_document, basis_clause, ...rest } = cells
  const truth = (cell: string | undefined): unknown => (cell === 'true' ? true : cell === 'false' ? false : cell)
  const value =
    cells.value === '' ? null : cells.unit !== 'text' && /^-?[0-9]+$/.test(cells.value ?? '') ? Number(cells.value) : cells.value
  return {
    ...rest,
    value,
    basis: { document: basis_document ?? '', clause: basis_clause ?? '' },
    valid_to: cells.valid_to || null,
    supersedes: cells.supersedes || null,
    verified: truth(cells.verified),
    demo: truth(cells.demo),
  }
}

export function checkParameters(rows: readonly LocatedParameter[]): CheckError[] {
  const errors: CheckError[] = []
  const sound: Held[] = []
  for (const located of rows) {
    const found = shapeErrors(located)
    errors.push(...found)
    if (found.length === 0) sound.push(located as Held)
  }
  const byId = Map.groupBy(sound, (each) => each.row.id)
  for (const held of sound) errors.push(...rowErrors(held, byId.get(held.row.id)!, sound))
  for (const group of byId.values()) {
    for (const same of Map.groupBy(group, (each) => each.row.jurisdiction).values()) errors.push(...gaps(same, group))
  }
  return errors.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

const errorAt = (
  at: { row: unknown; file: string; line: number },
  code: string,
  params: CheckError['params'] = {},
): CheckError => {
  const id = String((at.row as { id?: unknown } | null)?.id ?? '')
  return { code, file: at.file, line: at.line, column: 1, id, params: { id, ...params } }
}

function shapeErrors(at: LocatedParameter): CheckError[] {
  const row = at.row as { unit?: unknown; basis?: { document?: unknown; clause?: unknown } } | null
  const errors: CheckError[] = []
  const badUnit = row?.unit !== undefined && !(UNITS as readonly unknown[]).includes(row.unit)
  const badBasis = !row?.basis?.document || !row.basis.clause
  if (badUnit) errors.push(errorAt(at, 'parameter.unknown_unit', { unit: String(row.unit), units: UNITS.join(', ') }))
  if (badBasis) errors.push(errorAt(at, 'parameter.basis_missing'))
  for (const { path, stray, detail } of shapeFindings(ParameterRow, at.row)) {
    if ((path[0] === 'unit' && badUnit) || (path[0] === 'basis' && badBasis)) continue
    if (badBasis && path.length === 0 && detail.includes('basis')) continue
    const field = path.join('.') || 'row'
    errors.push(stray ? errorAt(at, 'parameter.unknown_field', { field }) : errorAt(at, 'parameter.shape', { field, detail }))
  }
  return errors
}

const overlap = (a: ParameterRow, b: ParameterRow): boolean =>
  (a.valid_to === null || b.valid_from <= a.valid_to) && (b.valid_to === null || a.valid_from <= b.valid_to)

const corrects = (by: ParameterRow, row: ParameterRow): boolean => by.supersedes === row.id && by.recorded_at > row.recorded_at

function rowErrors(held: Held, group: readonly Held[], all: readonly Held[]): CheckError[] {
  const { row } = held
  const errors: CheckError[] = []
  const say = (code: string, params?: CheckError['params']) => errors.push(errorAt(held, code, params))
  if (row.value !== null && (typeof row.value === 'string') !== (row.unit === 'text')) {
    say('parameter.value_type', { value: row.value, unit: row.unit })
  }
  if (row.valid_to !== null && row.valid_to < row.valid_from) {
    say('parameter.dates_reversed', { from: row.valid_from, to: row.valid_to })
    return errors
  }
  if (row.verified && row.demo) say('parameter.verified_demo')
  const first = group[0]!.row
  if (row.unit !== first.unit) say('parameter.units_differ', { unit: row.unit, other: first.unit, line: group[0]!.line })
  if (row.supersedes !== null) {
    const target = all.some((each) => each.row.jurisdiction === row.jurisdiction && corrects(row, each.row))
    if (!target) say('parameter.supersedes_unknown', { supersedes: row.supersedes, jurisdiction: row.jurisdiction })
  }
  // Only one row of a jurisdiction may hold on a day; of nested jurisdictions the nearest does, which is no tie.
  const rival = group
    .slice(0, group.indexOf(held))
    .find(
      (each) =>
        each.row.jurisdiction === row.jurisdiction &&
        overlap(each.row, row) &&
        !corrects(row, each.row) &&
        !corrects(each.row, row),
    )
  if (rival)
    say('parameter.tie', { jurisdiction: row.jurisdiction, line: rival.line, from: later(rival.row.valid_from, row.valid_from) })
  return errors
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

/** Days between two rows of one jurisdiction on which neither holds, nor any of a jurisdiction around it. */
function gaps(same: readonly Held[], group: readonly Held[]): CheckError[] {
  const errors: CheckError[] = []
  const sorted = [...same].sort((a, b) => (a.row.valid_from < b.row.valid_from ? -1 : 1))
  let reach: Day | null = sorted[0]!.row.valid_to
  for (const held of sorted.slice(1)) {
    if (reach === null) break
    const { row } = held
    const from = addDays(reach, 1)
    const to = addDays(row.valid_from, -1)
    const around = (each: ParameterRow): boolean =>
      each.jurisdiction !== row.jurisdiction && (each.jurisdiction === COUNTRY || row.jurisdiction.startsWith(each.jurisdiction))
    const covered = group.some((each) => around(each.row) && isInForce(each.row, from) && isInForce(each.row, to))
    if (from <= to && !covered) errors.push(errorAt(held, 'parameter.gap', { jurisdiction: row.jurisdiction, from, to }))
    reach = row.valid_to === null ? null : later(reach, row.valid_to)
  }
  return errors
}
