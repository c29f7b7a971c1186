/** `pack import-incidents`: a city's own list of sub-classes, as the text of an incidents.yaml. Touches no database and no pack. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importIncidents } from '../core/matters/index.ts'
import { StartRefused } from '../platform/config.ts'
import { loadWords } from '../platform/words.ts'
import { say, warn } from './console.ts'
import { refuseNoFolder } from './pack.ts'

/** @param to a file that is not there yet; without it the text goes out */
export function importIncidentsFile(root: string, csv: string, folder: string, to?: string): void {
  refuseNoFolder(folder)
  const base = join(folder, 'incidents.yaml')
  for (const file of [csv, base])
    if (!existsSync(file)) throw new StartRefused(`${file} is not there. Give the CSV file of sub-classes.`)
  if (to && existsSync(to)) throw new StartRefused(`${to} is there already and is left as it is. Give another name.`)
  const found = importIncidents(textOf(csv), csv, readFileSync(base, 'utf8'), loadWords(root).in('zh'))
  for (const { message } of found.errors) warn(message)
  if (found.yaml === null) {
    warn(`${csv}: ${found.errors.length} errors; nothing was written`)
    process.exitCode = 1
    return
  }
  if (to) writeFileSync(to, found.yaml, { flag: 'wx' })
  else say(found.yaml.trimEnd())
  warn(`${found.classes} sub-classes, ${found.conditions} conditions; ${found.untranslated} texts have no English yet`)
}

function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch {
    throw new StartRefused(`${file} is not UTF-8. Save it as “CSV UTF-8” and try again.`)
  }
}
