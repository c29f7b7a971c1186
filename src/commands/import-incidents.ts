/** `pack import-incidents`: a city's own list of sub-classes, as the text of an incidents.yaml. Touches no database and no pack. */
import { importIncidents } from '../core/matters/index.ts'
import { loadWords } from '../platform/words.ts'
import { warn } from './console.ts'
import { giveOut, readBoth, textOf } from './import-file.ts'

/** @param to a file that is not there yet; without it the text goes out */
export function importIncidentsFile(root: string, csv: string, folder: string, to?: string): void {
  const base = readBoth(csv, folder, 'incidents.yaml', 'sub-classes', to)
  const found = importIncidents(textOf(csv), csv, base, loadWords(root).in('zh'))
  if (!giveOut(csv, found, to)) return
  warn(`${found.classes} sub-classes, ${found.conditions} conditions; ${found.untranslated} texts have no English yet`)
}
