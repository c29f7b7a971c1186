/**
 * The way into a pack. Only `readRaw` touches the disk.
 */
import type { Day } from '../../../platform/time.ts'
import { checkAsked } from './check-asked.ts'
import { checkCatalogue } from './check-catalogue.ts'
import { checkFlow } from './check-flow.ts'
import { checkExpressions, checkLaw, type ParametersCheck, type RulesCheck, type Say, type TablesCheck } from './check-law.ts'
import { checkNames } from './check-names.ts'
import { checkTexts } from './check-texts.ts'
import { type CheckError, Findings, type Language } from './finding.ts'
import { packHash } from './hash.ts'
import { type Parsed, parsePack, type RawPack, type Readers } from './parse.ts'
import { readRaw } from './read-files.ts'
import type { Pack, PackFile } from './schema.ts'
import type { Located, OpenedFiles } from './source.ts'

export interface CheckOptions {
  /** Language of the messages; Chinese when left out. */
  language?: Language
  /** The house's permissions; without them the names in roles.yaml are not compared with anything. */
  permissions?: Iterable<string>
  /** Checks numbers and expressions and runs the worked examples; their findings are put into words by `say`. */
  rules?: { check: RulesCheck; parameters: ParametersCheck; tables?: TablesCheck; say: Say }
  readers?: Readers
  /** What must hold between the files that the readers read; run when pack.yaml has its shape. */
  agree?: (parsed: Parsed & { pack: Located<PackFile> }, findings: Findings) => void
  /** The day on which lapsed texts are warned of; without it none is. */
  on?: Day
  /** Of an earlier check, for whoever checks many times. */
  opened?: OpenedFiles
}

/**
 * The pack of a folder, or null when there is an error in it. `errors` keep it out; `warnings` do not.
 * Throws only when the folder cannot be read.
 */
export function readPack(
  folder: string,
  options: CheckOptions = {},
): { pack: Pack | null; raw: RawPack; errors: CheckError[]; warnings: CheckError[] } {
  const raw = readRaw(folder)
  const { parsed, found } = examine(raw, options)
  const errors = found.filter((each) => each.severity === 'error')
  const warnings = found.filter((each) => each.severity === 'warning')
  return { pack: errors.length === 0 ? assemble(parsed) : null, raw, errors, warnings }
}

/** Everything that is wrong with a pack, errors and warnings, by file and line. */
export const checkPack = (raw: RawPack, options: CheckOptions = {}): CheckError[] => examine(raw, options).found

/** One finding as the command line prints it. */
export const printFinding = (found: CheckError): string =>
  `${found.file}:${found.line}${found.column ? `:${found.column}` : ''}  ${found.message}\n    → ${found.fix}`

function examine(raw: RawPack, options: CheckOptions): { parsed: Parsed; found: CheckError[] } {
  const findings = new Findings(options.language ?? 'zh', options.opened)
  for (const { code, place, params } of raw.faults ?? []) findings.error(code, place, params)
  const parsed = parsePack(raw, options.readers ?? {}, findings)
  checkNames(parsed, options.permissions, findings)
  checkLaw(parsed, options.on, findings)
  checkFlow(parsed, findings)
  checkAsked(parsed, findings)
  checkCatalogue(parsed, findings)
  checkTexts(parsed.yaml, findings)
  const { pack } = parsed
  if (pack?.valid) options.agree?.({ ...parsed, pack }, findings)
  // Examples run on the whole pack: without one of its files each of them would be called wrong.
  if (options.rules && pack?.valid && !findings.unreadable()) checkExpressions(parsed, options.rules, findings)
  return { parsed, found: findings.sorted() }
}

function assemble(parsed: Parsed): Pack {
  const byName = <T>(items: readonly { value: T }[], name: (value: T) => string): T[] =>
    items.map((each) => each.value).sort((a, b) => (name(a) < name(b) ? -1 : 1))
  const content = {
    ...parsed.pack!.value,
    bases: byName(parsed.bases, (each) => each.code),
    parameters: byName(parsed.parameters, (each) => `${each.id} ${each.jurisdiction} ${each.valid_from} ${each.recorded_at}`),
    rules: byName(parsed.rules, (each) => each.id),
    matters: byName(parsed.matters, (each) => each.code),
    tables: byName(parsed.tables, (each) => each.code),
    roles: byName(parsed.roles, (each) => each.code),
    areas: parsed.areas,
    calendar: parsed.calendar,
    documents: parsed.documents,
    retention: parsed.retention,
    certificates: parsed.certificates,
    emergencies: parsed.emergencies,
    hazards: parsed.hazards,
    indicators: parsed.indicators,
    incidents: parsed.incidents,
    whistles: parsed.whistles,
  }
  return { ...content, hash: packHash(content) }
}
