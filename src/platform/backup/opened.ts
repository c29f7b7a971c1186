/**
 * The readable part of an export: sealed fields as CSV (key of the row, text) and files as they were given. Beside the
 * tables and not in them, so that the same export can be imported again, sealed as it was.
 */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import type { CryptoProvider } from '../crypto/crypto.ts'
import { csvLine } from '../csv.ts'
import { FileFault, type FileStore } from '../files/file-store.ts'
import { quoted, readTables, type Table } from './catalogue.ts'
import { eachRow } from './each.ts'
import type { Holding, Sealed } from './holding.ts'

interface OpenedOptions {
  holding: Holding
  crypto: CryptoProvider
  filesFrom: FileStore
  dir: string
  signal: AbortSignal
}

/**
 * In the transaction of the snapshot. A field that does not open ends it: half an export is no leaving. A file that is
 * missing or damaged is left out here and told by the copying of the sealed ones.
 */
export async function writeOpened(client: pg.Client, options: OpenedOptions): Promise<void> {
  const { holding, dir, signal } = options
  await mkdir(join(dir, 'opened', 'files'), { recursive: true, mode: 0o700 })
  const tables = new Map((await readTables(client)).map((t) => [t.name, t]))
  for (const sealed of holding.sealed.filter((s) => s.ring === 'field' && s.never !== 'opened')) {
    const table = tables.get(sealed.table)
    if (table && !(table.name in holding.leftOut)) await writeColumn(client, table, sealed, options)
  }
  for (const { table, name, wrappedKey, label } of holding.stored) {
    if (!label) continue
    const query = `select ${[...keyOf(client, tables.get(table)!), ...[name, wrappedKey, label.column].map((c) => client.escapeIdentifier(c))].join(', ')} from ${quoted(client, table)}`
    for await (const row of eachRow(client, query, true)) {
      signal.throwIfAborted()
      const given = options.crypto.open(row[label.column], label.context)
      const id = tables
        .get(table)!
        .key.map((_, at) => row[`k${at}`])
        .join(' ')
      const path = join(dir, 'opened', 'files', `${id} ${safe(given)}`)
      try {
        const bytes = await options.filesFrom.get(row[name], row[wrappedKey])
        await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }), { signal })
      } catch (error) {
        if (!(error instanceof FileFault) || error.code === 'file.away') throw error
        await rm(path, { force: true })
      }
    }
  }
}

const keyOf = (client: pg.Client, table: Table): string[] =>
  table.key.map((column, at) => `${client.escapeIdentifier(column)}::text as k${at}`)

/** A name that somebody gave, as a name of a file: no way out of the folder, not too long for a disk. */
const safe = (name: string): string => [...name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_')].slice(-60).join('')

async function writeColumn(
  client: pg.Client,
  table: Table,
  { column, context }: Sealed,
  { crypto, dir, signal }: OpenedOptions,
): Promise<void> {
  const field = client.escapeIdentifier(column)
  const query = `select ${[...keyOf(client, table), field].join(', ')} from ${quoted(client, table.name)} where ${field} is not null order by ${table.order.join(', ')}`
  await pipeline(
    async function* () {
      yield csvLine([...table.key, column])
      for await (const row of eachRow(client, query, true))
        yield csvLine([...table.key.map((_, at) => String(row[`k${at}`])), crypto.open(row[column], context)])
    },
    createWriteStream(join(dir, 'opened', `${table.name}.${column}.csv`), { flags: 'wx', mode: 0o600, flush: true }),
    { signal },
  )
}
