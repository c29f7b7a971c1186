/** What commands have in common that turn a city's CSV into a file of its pack: all of it or nothing, and no file is overwritten. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from '../platform/config.ts'
import { say, warn } from './console.ts'
import { refuseNoFolder } from './pack.ts'

/** @returns the text of the pack's own file */
export function readBoth(csv: string, folder: string, name: string, of: string, to: string | undefined): string {
  refuseNoFolder(folder)
  const base = join(folder, name)
  for (const file of [csv, base])
    if (!existsSync(file)) throw new StartRefused(`${file} is not there. Give the CSV file of ${of}.`)
  if (to && existsSync(to)) throw new StartRefused(`${to} is there already and is left as it is. Give another name.`)
  return readFileSync(base, 'utf8')
}

/** @returns whether there was something to give */
export function giveOut(
  csv: string,
  { yaml, errors }: { yaml: string | null; errors: readonly Error[] },
  to: string | undefined,
): boolean {
  for (const { message } of errors) warn(message)
  if (yaml === null) {
    warn(`${csv}: ${errors.length} errors; nothing was written`)
    process.exitCode = 1
    return false
  }
  if (to) writeFileSync(to, yaml, { flag: 'wx' })
  else say(yaml.trimEnd())
  return true
}

export function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch {
    throw new StartRefused(`${file} is not UTF-8. Save it as “CSV UTF-8” and try again.`)
  }
}
