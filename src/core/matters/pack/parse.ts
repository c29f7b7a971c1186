/**
 * From the texts of a pack's files to located values. Everything that can be said about one file alone is said here.
 */
import type { TSchema } from 'typebox'
import { FileError, readCsv } from '../../../platform/csv.ts'
import { ParameterRow } from '../../rules/parameter.ts'
import { Rule } from '../../rules/rule.ts'
import { Table } from '../../tables/table.ts'
import { Matter } from '../matter.ts'
import type { Findings, Place } from './finding.ts'
import { type OfficialDocument, OfficialDocument as OfficialDocumentShape, PackFile, Role } from './schema.ts'
import { checkShape } from './shape.ts'
import { type Located, YamlSource } from './source.ts'

/** The files of a pack: path inside the folder, with `/`, to text. */
export interface RawPack {
  files: ReadonlyMap<string, string>
  /** Files that are there and could not be read as texts. */
  faults?: readonly { code: string; place: Place; params: Readonly<Record<string, unknown>> }[]
}

/** What a reader may look at besides its own file. */
export interface Beside {
  findings: Findings
  /** Codes of bases.yaml. */
  bases: ReadonlySet<string>
}

/** Turns the text of a file into what the pack keeps; throws an error, with `line` if it knows it, or adds its findings. */
export type Reader = (text: string, file: string, beside: Beside) => unknown
export interface Readers {
  areas?: Reader
  calendar?: Reader
  documents?: Reader
  retention?: Reader
  certificates?: Reader
  emergencies?: Reader
  hazards?: Reader
  indicators?: Reader
  incidents?: Reader
  whistles?: Reader
}

export interface Parsed {
  yaml: readonly YamlSource[]
  pack: Located<PackFile> | undefined
  bases: readonly Located<OfficialDocument>[]
  parameters: readonly Located<ParameterRow>[]
  rules: readonly Located<Rule>[]
  matters: readonly Located<Matter>[]
  roles: readonly Located<Role>[]
  tables: readonly Located<Table>[]
  areas: unknown
  calendar: unknown
  documents: unknown
  retention: unknown
  certificates: unknown
  emergencies: unknown
  hazards: unknown
  indicators: unknown
  incidents: unknown
  whistles: unknown
}

const foreign = {
  areas: /^areas\.csv$/,
  calendar: /^calendar\.[a-z]+$/,
  documents: /^documents\.yaml$/,
  retention: /^retention\.yaml$/,
  certificates: /^certificates\.yaml$/,
  emergencies: /^emergencies\.yaml$/,
  hazards: /^hazards\.yaml$/,
  indicators: /^indicators\.yaml$/,
  incidents: /^incidents\.yaml$/,
  whistles: /^whistles\.yaml$/,
}
const known = [
  /^pack\.yaml$/,
  /^bases\.yaml$/,
  /^roles\.yaml$/,
  /^parameters\.csv$/,
  /^rules\/[^/]+\.yaml$/,
  /^matters\/[^/]+\.yaml$/,
  /^tables\/[^/]+\.yaml$/,
]
/** Stands beside a pack and is no part of it: the made-up people of a demo database. */
const beside = /^demo\.yaml$|\.md$/

export function parsePack(raw: RawPack, readers: Readers, findings: Findings): Parsed {
  const names = [...raw.files.keys()].sort()
  const yaml: YamlSource[] = []
  const open = (file: string): YamlSource => {
    const source = new YamlSource(file, raw.files.get(file)!, findings)
    yaml.push(source)
    return source
  }
  const required = (file: string): boolean => {
    if (raw.files.has(file)) return true
    if (findings.refused(file)) return false
    findings.error('file-missing', { file, line: 1 }, { file })
    return false
  }
  const inFolder = (folder: string): string[] => {
    const found = names.filter((name) => name.startsWith(`${folder}/`) && known.some((pattern) => pattern.test(name)))
    if (found.length === 0 && !(raw.faults ?? []).some(({ place }) => place.file.split('/')[0] === folder))
      findings.error('file-missing', { file: `${folder}/`, line: 1 }, { file: `${folder}/*.yaml` })
    return found
  }

  const pack = required('pack.yaml') ? one<PackFile>(PackFile, open('pack.yaml'), findings) : undefined
  const bases = required('bases.yaml') ? list<OfficialDocument>(OfficialDocumentShape, open('bases.yaml'), findings) : []
  const roles = required('roles.yaml') ? list<Role>(Role, open('roles.yaml'), findings) : []
  const parameters = required('parameters.csv') ? rows(raw.files.get('parameters.csv')!, findings) : []
  const rules = inFolder('rules').flatMap((file) => list<Rule>(Rule, open(file), findings))
  const each = <T extends { code: string }>(file: string, schema: TSchema, wrong: string): Located<T> | undefined => {
    const read = one<T>(schema, open(file), findings)
    const stem = file.slice(file.indexOf('/') + 1, -'.yaml'.length)
    if (read?.valid && read.value.code !== stem) findings.error(wrong, read.at('code'), { code: read.value.code, file })
    return read
  }
  const matters = inFolder('matters').map((file) => each<Matter>(file, Matter, 'matter-file-name'))
  // A place may have none of them.
  const tables = names
    .filter((name) => /^tables\/[^/]+\.yaml$/.test(name))
    .map((file) => each<Table>(file, Table, 'table-file-name'))

  const codes = new Set(bases.map((each) => each.value?.code).filter((code) => typeof code === 'string'))
  const read = (kind: keyof typeof foreign): unknown => {
    const found = names.filter((name) => foreign[kind].test(name))
    const read = found.map((file) => readForeign(file, raw.files.get(file)!, readers[kind], { findings, bases: codes }))
    // A calendar is two files, whichever of them are there.
    if (kind === 'calendar' && found.length > 0) return Object.fromEntries(found.map((file, at) => [file, read[at]]))
    return read[0] ?? null
  }
  for (const name of names) {
    if (beside.test(name) || [...known, ...Object.values(foreign)].some((pattern) => pattern.test(name))) continue
    findings.warn('file-unknown', { file: name, line: 1 }, { file: name })
  }
  return {
    yaml,
    pack,
    bases,
    parameters,
    rules,
    matters: matters.filter((each) => each !== undefined),
    roles,
    tables: tables.filter((each) => each !== undefined),
    areas: read('areas'),
    calendar: read('calendar'),
    documents: read('documents'),
    retention: read('retention'),
    certificates: read('certificates'),
    emergencies: read('emergencies'),
    hazards: read('hazards'),
    indicators: read('indicators'),
    incidents: read('incidents'),
    whistles: read('whistles'),
  }
}

function one<T>(schema: TSchema, source: YamlSource, findings: Findings): Located<T> | undefined {
  if (!source.valid) return undefined
  return source.part<T>([], checkShape(schema, source, findings))
}

function list<T>(schema: TSchema, source: YamlSource, findings: Findings): Located<T>[] {
  if (!source.valid) return []
  if (!Array.isArray(source.value)) {
    findings.error('file-not-list', source.at())
    return []
  }
  return source.value.map((_, at) => source.part<T>([at], checkShape(schema, source.part([at], false), findings)))
}

/** A file that another part of the house reads. Without its reader the text itself is kept, so that the hash covers it. */
function readForeign(file: string, text: string, reader: Reader | undefined, beside: Beside): unknown {
  if (!reader) return text
  try {
    return reader(text, file, beside)
  } catch (error) {
    beside.findings.told('file-refused', placeOf(error, file), messageOf(error))
    return null
  }
}

const messageOf = (error: unknown): string =>
  error instanceof FileError ? error.reason : error instanceof Error ? error.message : String(error)
const placeOf = (error: unknown, file: string): Place => {
  const line = (error as { line?: unknown } | null)?.line
  return { file, line: typeof line === 'number' ? line : 1 }
}

/** Cells of parameters.csv are text; what they should have been is said by the schema. */
function rows(text: string, findings: Findings): Located<ParameterRow>[] {
  const file = 'parameters.csv'
  if (text.trim() === '') {
    findings.error('file-empty', { file, line: 1 }, { file })
    return []
  }
  let found: ReturnType<typeof readCsv>
  try {
    found = readCsv(text, file)
  } catch (error) {
    findings.told('file-refused', placeOf(error, file), messageOf(error))
    return []
  }
  return found.map(({ line, row }) => {
    const { basis_document, basis_clause, ...cells } = row
    const value: Record<string, unknown> = {
      ...cells,
      value: row.value === '' ? null : row.unit !== 'text' && /^-?\d+$/.test(row.value ?? '') ? Number(row.value) : row.value,
      basis: { document: basis_document, clause: basis_clause },
      valid_to: row.valid_to || null,
      supersedes: row.supersedes || null,
      verified: yesNo(row.verified),
      demo: yesNo(row.demo),
    }
    const at = (): Place => ({ file, line })
    const held: Located<unknown> = { value, valid: false, at, keyAt: at, inside: at }
    return { ...held, value: value as ParameterRow, valid: checkShape(ParameterRow, held, findings) }
  })
}

const yesNo = (cell: string | undefined): unknown => (cell === 'true' ? true : cell === 'false' ? false : cell)
