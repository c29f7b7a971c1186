/** Elsewhere: a copy of the file and a public key; rows too, if they were exported. Needs no database and no secret. */
import { createPublicKey } from 'node:crypto'
import { open } from 'node:fs/promises'
import { signingKeyIdOf } from '../crypto/keys.ts'
import type { LoggedRow } from './log.ts'
import { Report } from './report.ts'
import { linesOf } from './seal-file.ts'
import { type RowsUntil, verifySeals } from './verify.ts'

export interface AwayOptions {
  file: string
  /** PEM. More than one where the key was changed. */
  publicKeys: readonly string[]
  rows?: string
  from?: number
}

export async function verifyAway({ file, publicKeys, rows, from = 1 }: AwayOptions): Promise<Report> {
  const report = new Report()
  const exported = rows ? await open(rows) : null
  try {
    await verifySeals(
      {
        file: linesOf(file),
        table: null,
        rows: exported ? () => rowsIn(exported.readLines({ encoding: 'utf8', autoClose: false }), report) : null,
        keys: new Map(publicKeys.map((pem) => [signingKeyIdOf(pem), createPublicKey(pem)])),
        chain: null,
        from,
        olderCopy: false,
        checkPerson: () => 'fits',
        // Only rows under seals are exported: any other means that the file of seals was cut short.
        lateBefore: null,
      },
      report,
    )
  } finally {
    await exported?.close()
  }
  return report
}

/** Lines as `rowsOf` writes them, seal by seal. */
function rowsIn(lines: AsyncIterable<string>, report: Report): RowsUntil {
  const source = lines[Symbol.asyncIterator]()
  let held: { log: string; row: LoggedRow } | null = null
  let number = 0
  const next = async (): Promise<typeof held> => {
    for (;;) {
      const got = await source.next()
      if (got.done) return null
      number++
      const fields = fieldsOf(got.value)
      if (fields) {
        const [log, act, , at] = fields
        return { log: log!, row: { act: Number(act), at: new Date(at!), line: got.value, persons: [] } }
      }
      report.add('row-changed', `line ${number}`)
    }
  }
  return async (until, each) => {
    for (;;) {
      held ??= await next()
      if (!held || held.row.act >= until) return
      each(held.log, held.row)
      held = null
    }
  }
}

function fieldsOf(line: string): (string | null)[] | undefined {
  let fields: unknown
  try {
    fields = JSON.parse(line)
  } catch {
    return undefined // Told with its line by the caller.
  }
  if (!Array.isArray(fields) || fields.length < 4 || !fields.every((part) => part === null || typeof part === 'string'))
    return undefined
  return /^\d+$/.test(fields[1]) && !Number.isNaN(Date.parse(fields[3])) ? fields : undefined
}
