/** A pack's folder, read with every parser of the house. */

import type { Words } from '../../platform/words.ts'
import { readAreas } from '../areas/index.ts'
import { type CalendarDay, type CalendarTerms, readCalendarFile } from '../clocks/index.ts'
import { findFormFaults } from '../documents/build.ts'
import { DocumentForms } from '../documents/document.ts'
import { checkParameters, checkRules } from '../rules/index.ts'
import { checkAgreement } from './check-agreement.ts'
import { type Beside, type CheckError, type CheckOptions, checkShape, readPack, YamlSource } from './pack/index.ts'
import type { ReadPack } from './packs.ts'
import { permissions } from './permissions.ts'

function readForms(text: string, file: string, { findings, bases }: Beside): DocumentForms | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(DocumentForms, source, findings)) return null
  const forms = source.value as DocumentForms
  const known = findings.unreadable('bases.yaml') ? null : bases
  for (const { at, fault } of findFormFaults(forms, known)) findings.told('file-refused', source.at('kinds', at, 'code'), fault)
  return forms
}

/** Reads and checks. `errors` keep a pack out; the one in force stays in force. */
export function readHousePack(
  folder: string,
  words: Words,
  on: string,
  language: 'zh' | 'en' = 'zh',
): { pack: ReadPack | null; errors: CheckError[]; warnings: CheckError[] } {
  const options: CheckOptions = {
    language,
    permissions,
    on,
    rules: { check: checkRules, parameters: checkParameters, say: words.in(language) },
    readers: { areas: readAreas, calendar: readCalendarFile, documents: readForms },
    agree: checkAgreement,
  }
  const { pack, errors, warnings } = readPack(folder, options)
  if (!pack) return { pack, errors, warnings }
  const calendar = pack.calendar as { 'calendar.csv': CalendarDay[]; 'calendar.yaml': CalendarTerms }
  return {
    pack: { ...pack, calendar: { days: calendar['calendar.csv'], terms: calendar['calendar.yaml'] } } as ReadPack,
    errors,
    warnings,
  }
}
