/** A pack's folder, read with every parser of the house. */

import Type from 'typebox'
import type { Words } from '../../platform/words.ts'
import { readAreas } from '../areas/index.ts'
import { type CalendarDay, type CalendarTerms, readCalendarFile } from '../clocks/index.ts'
import { findFormFaults } from '../documents/build.ts'
import { DocumentForms } from '../documents/document.ts'
import { RetentionClass } from '../retention/retention.ts'
import { checkParameters, checkRules } from '../rules/index.ts'
import { checkTables } from '../tables/index.ts'
import { Certificates, missingOf } from './certificates.ts'
import { checkAgreement, placesOfClasses } from './check-agreement.ts'
import { basesIn, Emergencies } from './emergencies.ts'
import {
  type Beside,
  type CheckError,
  type CheckOptions,
  checkShape,
  type OpenedFiles,
  type RawPack,
  readPack,
  YamlSource,
} from './pack/index.ts'
import type { ReadPack } from './packs.ts'
import { permissions } from './permissions.ts'
import { readHazards } from './read-hazards.ts'
import { readIncidents } from './read-incidents.ts'
import { readIndicators } from './read-indicators.ts'
import { readWhistles } from './read-whistles.ts'

function readForms(text: string, file: string, { findings, bases }: Beside): DocumentForms | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(DocumentForms, source, findings)) return null
  const forms = source.value as DocumentForms
  const known = findings.unreadable('bases.yaml') ? null : bases
  for (const { at, fault } of findFormFaults(forms, known)) findings.told('file-refused', source.at('kinds', at, 'code'), fault)
  forms.kinds.forEach(({ read_by }, at) => {
    if (read_by !== undefined && !(permissions as readonly string[]).includes(read_by))
      findings.error('permission-unknown', source.at('kinds', at, 'read_by'), { name: read_by, hint: '' })
  })
  return forms
}

/** What the classes say among themselves and to bases.yaml; whether papers outlast them is asked when both files are read. */
function readClasses(text: string, file: string, { findings, bases }: Beside): RetentionClass[] | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(Type.Array(RetentionClass), source, findings)) return null
  const classes = source.value as RetentionClass[]
  placesOfClasses.set(
    classes,
    classes.map((_, at) => source.at(at, 'code')),
  )
  if (!findings.unreadable('bases.yaml'))
    classes.forEach(({ basis }, at) => {
      if (!bases.has(basis.document))
        findings.error('document-unknown', source.at(at, 'basis', 'document'), { name: basis.document, hint: '' })
    })
  return classes
}

/** What an author of rules writes in. */
const textsOf = ({ files }: RawPack): Record<string, string> =>
  Object.fromEntries([...files].filter(([file]) => file.startsWith('rules/') || file === 'parameters.csv'))

/** Who is told “the committee does not certify this” must be told where to go instead. */
function readCertificates(text: string, file: string, { findings, bases }: Beside): Certificates | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(Certificates, source, findings)) return null
  const read = source.value as Certificates
  if (!findings.unreadable('bases.yaml') && !bases.has(read.document))
    findings.error('document-unknown', source.at('document'), { name: read.document, hint: '' })
  const first = new Map<string, number>()
  read.certificates.forEach(({ code, list, go }, at) => {
    const place = (field: string) => source.at('certificates', at, field)
    const before = first.get(code)
    if (before !== undefined)
      findings.error('name-twice', place('code'), {
        name: code,
        first: `${file}:${source.at('certificates', before, 'code').line}`,
      })
    first.set(code, before ?? at)
    if (list === 'must_not' && !go) findings.error('certificate-nowhere', place('list'), { name: code })
  })
  for (const list of ['may', 'must_not'] as const)
    if (missingOf(read, list) < 0)
      findings.error('certificates-over', source.at('counts', list), { list, count: read.counts[list] })
  return read
}

/** Names are the file's own: a level that a grade names must be there, and so must each official text. */
function readEmergencies(text: string, file: string, { findings, bases }: Beside): Emergencies | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(Emergencies, source, findings)) return null
  const read = source.value as Emergencies
  if (!findings.unreadable('bases.yaml'))
    for (const { at, document } of basesIn(read))
      if (!bases.has(document)) findings.error('document-unknown', source.at(...at), { name: document, hint: '' })
  for (const list of ['levels', 'colours', 'responses', 'kinds', 'recipients', 'broadcasts'] as const)
    read[list].forEach(({ code }, at) => {
      const first = read[list].findIndex((one) => one.code === code)
      const place = source.at(list, at, 'code')
      if (first < at) findings.error('name-twice', place, { name: code, first: `${file}:${source.at(list, first, 'code').line}` })
    })
  read.grades.forEach(({ level }, at) => {
    if (!read.levels.some(({ code }) => code === level))
      findings.error('emergency-level-unknown', source.at('grades', at, 'level'), { name: level })
  })
  return read
}

/** Reads and checks. `errors` keep a pack out; the one in force stays in force. */
export function readHousePack(
  folder: string,
  words: Words,
  on: string,
  language: 'zh' | 'en' = 'zh',
  opened?: OpenedFiles,
): { pack: ReadPack | null; errors: CheckError[]; warnings: CheckError[] } {
  const options: CheckOptions = {
    language,
    permissions,
    on,
    ...(opened ? { opened } : {}),
    rules: { check: checkRules, parameters: checkParameters, tables: checkTables, say: words.in(language) },
    readers: {
      areas: readAreas,
      calendar: readCalendarFile,
      documents: readForms,
      retention: readClasses,
      certificates: readCertificates,
      emergencies: readEmergencies,
      hazards: readHazards,
      indicators: readIndicators,
      incidents: readIncidents,
      whistles: readWhistles,
    },
    agree: (parsed, findings) => checkAgreement(parsed, findings, words.in(language), language),
  }
  const { pack, raw, errors, warnings } = readPack(folder, options)
  if (!pack) return { pack, errors, warnings }
  const calendar = pack.calendar as { 'calendar.csv': CalendarDay[]; 'calendar.yaml': CalendarTerms }
  return {
    pack: {
      ...pack,
      calendar: { days: calendar['calendar.csv'], terms: calendar['calendar.yaml'] },
      texts: textsOf(raw),
    } as ReadPack,
    errors,
    warnings,
  }
}
