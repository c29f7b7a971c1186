/**
 * A city's own list of kinds of hazards (隐患), from the CSV that it keeps them in, as the hazards.yaml that takes the place of the
 * pack's. All of it or nothing: whatever a cell does not say clearly is an error of its line and column. Pure.
 */
import { parseDocument } from 'yaml'
import { FileError, readCsv } from '../../platform/csv.ts'
import type { T } from '../../platform/words.ts'
import type { HazardKind, Hazards } from './hazards.ts'

const needed = ['kind', 'look_for', 'lines', 'document', 'clause', 'source'] as const
const optional = ['code', 'kind_en', 'look_for_en'] as const
const columns = [...needed, ...optional]
type Column = (typeof columns)[number]

/** Without it nobody could report what is none of the others. */
const OTHER = 'other'
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MOST_LINES = 5

/** A code of the pack and what people call it. */
export interface Called {
  code: string
  names: readonly string[]
}
export interface ImportedHazards {
  /** null while there are errors. */
  yaml: string | null
  errors: readonly FileError[]
  kinds: number
  /** Texts that nobody has put into English. */
  untranslated: number
}

/** @param base the pack's hazards.yaml: its limits and powers stay, and what it knows of a kind of the same code or name */
export function importHazards(
  csv: string,
  file: string,
  base: string,
  pack: { lines: readonly Called[]; documents: readonly Called[] },
  t: T,
): ImportedHazards {
  const errors: FileError[] = []
  const none: ImportedHazards = { yaml: null, errors, kinds: 0, untranslated: 0 }
  const nameOf = (column: Column) => t(`import.hazard_column.${column}`)
  const wrong = (line: number, reason: string, params: Record<string, string> = {}) =>
    errors.push(new FileError(file, line, t(`import.${reason}`, params)))
  const wrongIn = (line: number, column: Column, reason: string, params: Record<string, string> = {}) =>
    wrong(line, 'in_column', { column: nameOf(column), why: t(`import.${reason}`, params) })
  let read: ReturnType<typeof readCsv>
  try {
    read = readCsv(csv, file)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return { ...none, errors: [error] }
  }
  const called = new Map<string, Column>(columns.flatMap((name) => [[name, name] as const, [nameOf(name), name]]))
  const given = Object.keys(read[0]?.row ?? {})
  for (const name of given) if (!called.has(name)) wrong(1, 'column_unknown', { name })
  for (const name of needed)
    if (!given.some((each) => called.get(each) === name)) wrong(1, 'column_missing', { name: nameOf(name) })
  if (read.length === 0) wrong(1, 'no_rows')
  if (errors.length > 0) return none

  const document = parseDocument(base)
  const { kinds: before } = document.toJS() as Hazards
  const made = new Map<string, HazardKind>()
  let untranslated = 0
  const both = (zh: string, en: string, earlier?: { zh: string; en: string }) => {
    if (en) return { zh, en }
    if (earlier?.zh === zh) return earlier
    untranslated += 1
    return { zh, en: zh }
  }
  const codeOf = (among: readonly Called[], said: string) =>
    among.find(({ code, names }) => code === said || names.includes(said))?.code

  for (const { line, row: cells } of read) {
    const row = Object.fromEntries(columns.map((name) => [name, ''])) as Record<Column, string>
    for (const [name, value] of Object.entries(cells)) row[called.get(name)!] = value.trim()
    const empty = needed.filter((name) => row[name] === '')
    for (const name of empty) wrong(line, 'cell_empty', { name: nameOf(name) })
    const known = before.find(({ code, name }) => (row.code ? code === row.code : name.zh === row.kind))
    const code = row.code || known?.code || ''
    if (row.kind && !CODE.test(code)) wrongIn(line, 'code', 'code_unreadable', { name: row.code || row.kind })
    else if (made.has(code)) wrongIn(line, 'code', 'kind_twice', { name: code })
    const said = row.lines.split(/[、,，;；\s]+/u).filter((one) => one !== '')
    const lines = said.map((one) => {
      const found = codeOf(pack.lines, one)
      if (!found) wrongIn(line, 'lines', 'line_unknown', { name: one })
      return found ?? ''
    })
    if (lines.length > MOST_LINES) wrongIn(line, 'lines', 'too_many_lines', { most: String(MOST_LINES) })
    if (new Set(lines).size < lines.length) wrongIn(line, 'lines', 'line_twice')
    const basis = codeOf(pack.documents, row.document)
    if (row.document && !basis) wrongIn(line, 'document', 'document_unknown', { name: row.document })
    if (errors.length > 0) continue
    made.set(code, {
      code,
      name: both(row.kind, row.kind_en, known?.name),
      look_for: both(row.look_for, row.look_for_en, known?.look_for),
      lines,
      basis: { document: basis!, clause: row.clause },
      source: row.source,
      verified: false,
    })
  }
  if (errors.length > 0) return none
  const other = before.find(({ code }) => code === OTHER)
  if (other && !made.has(OTHER)) made.set(OTHER, other)
  document.set('kinds', document.createNode([...made.values()]))
  return { yaml: document.toString({ lineWidth: 0 }), errors, kinds: made.size, untranslated }
}
