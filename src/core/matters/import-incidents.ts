/**
 * A city's own list of sub-classes (小类) and filing conditions, from the CSV that it keeps them in, as the incidents.yaml that
 * takes the place of the pack's. Nothing is guessed: what a row does not say clearly is an error of its line. Pure.
 */
import { parseDocument } from 'yaml'
import { FileError, readCsv } from '../../platform/csv.ts'
import type { T } from '../../platform/words.ts'
import { type Limit, type LimitUnit, limitUnits } from '../clocks/index.ts'
import { type IncidentClass, type IncidentLevel, type IncidentTerms, incidentLevels } from './incident-classes.ts'

const needed = ['group', 'class', 'condition', 'level', 'limit', 'done_when', 'source'] as const
const optional = ['code', 'class_en', 'line', 'words', 'condition_code', 'condition_en', 'unit', 'done_when_en'] as const
const columns = [...needed, ...optional]
type Column = (typeof columns)[number]
type Row = Record<Column, string>

/** In 紧急工作时, 工作时, 工作日, 自然日 as the standards say it, or in the pack's own word. */
const units = ['clock_hour', 'working_hour', 'working_day', 'calendar_day', 'hour', 'minute'] as const satisfies LimitUnit[]

/** Without it nobody could report what is none of the others. */
const OTHER = 'something-else'
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/

export interface Imported {
  /** null while there are errors. */
  yaml: string | null
  errors: readonly FileError[]
  classes: number
  conditions: number
  /** Texts that nobody has put into English. */
  untranslated: number
}

/** @param base the pack's incidents.yaml: its groups, terms and tasks stay, and what it knows of a class of the same code */
export function importIncidents(csv: string, file: string, base: string, t: T): Imported {
  const errors: FileError[] = []
  const none: Imported = { yaml: null, errors, classes: 0, conditions: 0, untranslated: 0 }
  const wrong = (line: number, reason: string, params: Record<string, string> = {}) =>
    errors.push(new FileError(file, line, t(`import.${reason}`, params)))
  let read: ReturnType<typeof readCsv>
  try {
    read = readCsv(csv, file)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return { ...none, errors: [error] }
  }
  const called = new Map<string, Column>(columns.flatMap((name) => [[name, name] as const, [t(`import.column.${name}`), name]]))
  const given = Object.keys(read[0]?.row ?? {})
  for (const name of given) if (!called.has(name)) wrong(1, 'column_unknown', { name })
  for (const name of needed)
    if (!given.some((each) => called.get(each) === name)) wrong(1, 'column_missing', { name: t(`import.column.${name}`) })
  if (read.length === 0) wrong(1, 'no_rows')
  if (errors.length > 0) return none

  const document = parseDocument(base)
  const terms = document.toJS() as IncidentTerms
  const known = new Map(terms.classes.map((one) => [one.code, one]))
  const made = new Map<string, IncidentClass>()
  let untranslated = 0
  const both = (zh: string, en: string, before?: { zh: string; en: string }) => {
    if (en) return { zh, en }
    if (before?.zh === zh) return before
    untranslated += 1
    return { zh, en: zh }
  }

  for (const { line, row: cells } of read) {
    const row = Object.fromEntries(columns.map((name) => [name, ''])) as Row
    for (const [name, value] of Object.entries(cells)) row[called.get(name)!] = value.trim()
    for (const name of needed) if (row[name] === '') wrong(line, 'cell_empty', { name: t(`import.column.${name}`) })
    const group = terms.groups.filter(({ code, number, name }) => [code, number, name.zh].includes(row.group))
    if (row.group && group.length !== 1) wrong(line, group.length > 1 ? 'group_twice' : 'group_unknown', { name: row.group })
    const code = row.code || terms.classes.find(({ name }) => name.zh === row.class)?.code || ''
    if (!CODE.test(code)) wrong(line, 'code_unreadable', { name: row.code || row.class })
    if (row.condition_code && !CODE.test(row.condition_code)) wrong(line, 'code_unreadable', { name: row.condition_code })
    const level = incidentLevels.find((each) => each === row.level.toUpperCase())
    if (row.level && !level) wrong(line, 'level_unknown', { name: row.level })
    const limit = limitOf(row, t)
    if (row.limit && !limit) wrong(line, 'limit_unreadable', { name: `${row.limit} ${row.unit}`.trim(), units: units.map((unit) => t(`import.unit.${unit}`)).join(', ') }) // biome-ignore format: one error
    const begun = made.get(code)
    if (begun && group.length === 1 && (begun.name.zh !== row.class || begun.group !== group[0]!.code))
      wrong(line, 'class_otherwise', { name: code })
    if (errors.length > 0 || !level || !limit) continue

    const before = known.get(code)
    const of = begun ?? newClass(code, group[0]!.code, row, level, before, both)
    made.set(code, of)
    const same = before?.conditions.find(({ when }) => when.zh === row.condition)
    const condition = row.condition_code || same?.code || String(of.conditions.length + 1)
    if (of.conditions.some((each) => each.code === condition)) wrong(line, 'condition_twice', { name: condition })
    // Until an officer has said which condition it is, it is as urgent as its most urgent one.
    if (level < of.level) of.level = level
    of.conditions.push({
      code: condition,
      level,
      when: both(row.condition, row.condition_en, same?.when),
      limit,
      done_when: both(row.done_when, row.done_when_en, same?.done_when),
      source: row.source,
      verified: false,
    })
  }
  if (errors.length > 0) return none
  const other = known.get(OTHER)
  if (other && !made.has(OTHER)) made.set(OTHER, other)
  const classes = [...made.values()]
  document.set('classes', document.createNode(classes))
  return {
    yaml: document.toString({ lineWidth: 0 }),
    errors,
    classes: classes.length,
    conditions: classes.reduce((sum, { conditions }) => sum + conditions.length, 0),
    untranslated,
  }
}

function newClass(
  code: string,
  group: string,
  row: Row,
  level: IncidentLevel,
  before: IncidentClass | undefined,
  both: (zh: string, en: string, before?: { zh: string; en: string }) => { zh: string; en: string },
): IncidentClass {
  const words = row.words.split(/[,\s\p{P}]+/u).filter((word) => word !== '')
  return {
    code,
    group,
    name: both(row.class, row.class_en, before?.name),
    words: words.length > 0 ? words : (before?.words ?? [row.class]),
    level,
    line: row.line || before?.line || 'grid',
    ...(before?.private ? { private: true as const } : {}),
    ...(before?.attributes ? { attributes: before.attributes } : {}),
    conditions: [],
  }
}

/** `2` with its unit beside it, or both in one cell. */
function limitOf({ limit, unit }: Row, t: T): Limit | null {
  const [, number, inside] = /^(\d{1,4})\s*(\D*)$/.exec(limit) ?? []
  const said = (unit || inside || '').trim()
  const found = units.find((each) => said === each || said === t(`import.unit.${each}`)) ?? limitUnits.find((each) => each === said)
  const value = Number(number)
  return found && value > 0 && !(unit && inside) ? { value, unit: found } : null
} // biome-ignore format: short
