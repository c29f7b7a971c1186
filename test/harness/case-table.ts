/** The tables of docs/ that say of each case what a standard says and what we answer: each row is a test of its name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names of the rows under a heading, sorted. */
export function rowsOf(file: string, heading: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8')
  const part = text.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? ''
  const rows = [...part.matchAll(/^\| ([^|]+?) \| [^|]+ \| [^|]+ \|$/gm)].map((row) => row[1]!)
  return rows.filter((name) => !/^(case|-+)$/.test(name)).toSorted()
}
