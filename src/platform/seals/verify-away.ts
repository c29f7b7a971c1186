/** Elsewhere: a copy of the file and a public key; rows too, if they were exported. Needs no database and no secret. */
import { createPublicKey } from 'node:crypto'
import { open } from 'node:fs/promises'
import { signingKeyIdOf } from '../crypto/keys.ts'
import { LetGo } from './let-go.ts'
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
    const lines = exported?.readLines({ encoding: 'utf8', autoClose: false })[Symbol.asyncIterator]()
    const head = lines ? await headOf(lines) : null
    await verifySeals(
      {
        file: linesOf(file),
        table: null,
        rows: head ? () => rowsIn(head, report) : null,
        keys: new Map(publicKeys.map((pem) => [signingKeyIdOf(pem), createPublicKey(pem)])),
        chain: null,
        from,
        olderCopy: false,
        letGo: new LetGo(head?.records ?? []),
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

interface Head {
  records: string[]
  /** The first line behind them. */
  first: IteratorResult<string>
  rest: AsyncIterator<string>
}

/** Records of months that were let go stand before the rows. */
async function headOf(lines: AsyncIterator<string>): Promise<Head> {
  const records: string[] = []
  for (;;) {
    const first = await lines.next()
    const record = first.done ? null : /^\["let-go",(".*")\]$/.exec(first.value)?.[1]
    if (!record) return { records, first, rest: lines }
    records.push(JSON.parse(record) as string)
  }
}

/** Lines as `rowsOf` writes them, seal by seal. */
function rowsIn({ records, first, rest }: Head, report: Report): RowsUntil {
  let held: { log: string; row: LoggedRow } | null = null
  let number = records.length
  let pending: IteratorResult<string> | null = first
  const source = {
    async next(): Promise<IteratorResult<string>> {
      const got = pending ?? (await rest.next())
      pending = null
      return got
    },
  }
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
