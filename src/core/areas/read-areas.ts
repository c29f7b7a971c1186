/**
 * Reads a pack's areas.csv and refuses what would put people into the wrong area. Every error is a `CsvError`
 * that names file and line and says what to write.
 */
import { CsvError, readTable } from '../../platform/csv.ts'
import { isDay } from '../../platform/day.ts'
import { type Area, isAreaLevel, lengthOf, levels, parentOf } from './area.ts'

export const areaColumns = ['code', 'name', 'level', 'parent_code', 'valid_from', 'valid_to', 'successor_code', 'source'] as const

/** Areas in the order of the file. */
export function readAreas(text: string, file: string): Area[] {
  const rows = readTable(text, file, areaColumns).map(({ line, row }) => ({ line, area: areaOf(row, file, line) }))
  if (rows.length === 0) throw new CsvError(file, 1, 'there is no area in the file')
  const known = new Map<string, { line: number; area: Area }>()
  for (const each of rows) {
    const first = known.get(each.area.code)
    if (first)
      throw new CsvError(file, each.line, `code ${each.area.code} stands on line ${first.line} already; keep one of them`)
    known.set(each.area.code, each)
  }
  for (const { line, area } of rows) {
    checkParent(area, known.get(area.parentCode ?? '')?.area, file, line)
    checkSuccessor(area, known.get(area.successorCode ?? '')?.area, file, line)
  }
  for (const { line, area } of rows) {
    const passed = new Set([area.code])
    for (let next = area.successorCode; next !== null; next = known.get(next)!.area.successorCode) {
      if (passed.has(next))
        throw new CsvError(file, line, `the successors of ${area.code} lead back to ${next}; one of them must end the line`)
      passed.add(next)
    }
  }
  return rows.map(({ area }) => area)
}

function areaOf(row: Record<(typeof areaColumns)[number], string>, file: string, line: number): Area {
  const refuse = (reason: string): never => {
    throw new CsvError(file, line, reason)
  }
  const { code, name, level } = row
  if (!isAreaLevel(level)) return refuse(`level "${level}" is unknown; write one of ${levels.join(', ')}`)
  if (!/^[0-9]+$/.test(code)) refuse(`code "${code}" must be digits only`)
  if (code.length !== lengthOf[level]) {
    refuse(`code ${code} has ${code.length} digits; a ${level} has ${lengthOf[level]} (cut by level, never by trimming zeros)`)
  }
  if (name === '' || name.trim() !== name) refuse(`name "${name}" must not be empty and must not begin or end with a space`)
  if (row.source === '') refuse('source is empty; name the list that this row was taken from')
  if (!isDay(row.valid_from)) refuse(`valid_from "${row.valid_from}" is no date; write YYYY-MM-DD`)
  if (row.valid_to !== '' && !isDay(row.valid_to))
    refuse(`valid_to "${row.valid_to}" is no date; write YYYY-MM-DD or leave it empty`)
  if (row.valid_to !== '' && row.valid_to < row.valid_from)
    refuse(`valid_to ${row.valid_to} is before valid_from ${row.valid_from}`)
  return {
    code,
    name,
    level,
    parentCode: row.parent_code || null,
    validFrom: row.valid_from,
    validTo: row.valid_to || null,
    successorCode: row.successor_code || null,
    source: row.source,
  }
}

function checkParent(area: Area, parent: Area | undefined, file: string, line: number): void {
  const expected = parentOf(area.code)
  if (area.parentCode !== expected) {
    throw new CsvError(
      file,
      line,
      `parent_code "${area.parentCode ?? ''}" must be "${expected ?? ''}", the beginning of ${area.code}`,
    )
  }
  if (expected !== null && !parent)
    throw new CsvError(file, line, `parent ${expected} of ${area.code} is not in the file; add its row`)
}

function checkSuccessor(area: Area, successor: Area | undefined, file: string, line: number): void {
  if (area.successorCode === null) return
  if (!successor)
    throw new CsvError(file, line, `successor ${area.successorCode} of ${area.code} is not in the file; add its row`)
  if (successor === area) throw new CsvError(file, line, `${area.code} cannot be its own successor`)
  if (area.validTo === null) throw new CsvError(file, line, `${area.code} has a successor, so valid_to must say when it ended`)
}
