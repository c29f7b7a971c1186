/** A pack's folder, read with every parser of the house. */

import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import type { Words } from '../../platform/words.ts'
import { readAreas } from '../areas/index.ts'
import { type CalendarDay, type CalendarTerms, readCalendarFile } from '../clocks/index.ts'
import { DocumentForms } from '../documents/document.ts'
import { checkParameters, checkRules } from '../rules/index.ts'
import { type CheckError, type CheckOptions, readPack } from './pack/index.ts'
import type { ReadPack } from './packs.ts'
import { permissions } from './permissions.ts'

const forms = Compile(DocumentForms)

function readForms(text: string, file: string): DocumentForms {
  const value: unknown = parse(text)
  const [fault] = forms.Errors(value)
  if (fault) throw new Error(`${file}: ${fault.instancePath} ${fault.message}`)
  return value as DocumentForms
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
