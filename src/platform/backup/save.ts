/**
 * From a running database to a folder: one snapshot of every table, then the files that its rows name. A backup and an
 * export are this one walk; they differ in how a table's file is packed.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { StartRefused } from '../config.ts'
import { blindKeysOf, refuseOtherKeys } from '../crypto/blind-keys.ts'
import type { CryptoProvider } from '../crypto/crypto.ts'
import type { Keys } from '../crypto/keys.ts'
import { asOwner } from '../database/owner.ts'
import { syncFolder } from '../files/durable.ts'
import type { FileStore } from '../files/file-store.ts'
import { STORED_NAME } from '../files/place.ts'
import { PLAIN_SETTINGS, quoted, readSequences, readTables, type Table } from './catalogue.ts'
import { copyOut } from './copy.ts'
import { takeOut } from './file-copy.ts'
import type { Holding, Sealed } from './holding.ts'
import { FORMAT, type KeptTable, type Manifest, writeManifest } from './manifest.ts'
import { writeTable } from './table-file.ts'

export interface SaveOptions {
  ownerUrl: string
  kind: Manifest['kind']
  /** Exists and is empty; the manifest appears in it last. */
  dir: string
  /** Where files go. Of backups one folder for all of them, so that only new files are copied. */
  filesTo: string
  filesFrom: FileStore
  keys: Keys
  crypto: CryptoProvider
  /** Version of the program. */
  program: string
  now: Date
  holding: Holding
  /** What else is read from the same snapshot. */
  also?: (client: pg.Client) => Promise<void>
  progress: Progress
  signal: AbortSignal
}

/** Called often. `total` is missing where it is not known before. */
export type Progress = (what: string, done: number, total?: number) => void

/** @throws StartRefused when the database is not one to keep, or went away */
export async function save(options: SaveOptions): Promise<Manifest> {
  const { dir, filesTo } = options
  await mkdir(join(dir, 'tables'), { mode: 0o700 })
  await mkdir(filesTo, { recursive: true, mode: 0o700 })
  const manifest = await asOwner(options.ownerUrl, options.kind, async (client) => {
    try {
      return await readSnapshot(client, options)
    } catch (error) {
      throw whenGone(error, options)
    }
  })
  const { count, faults } = await copyFiles(options)
  const complete: Manifest = { ...manifest, whole: faults.length === 0, faults, files: { ...manifest.files, count } }
  await syncFolder(join(dir, 'tables'))
  await syncFolder(filesTo)
  await writeManifest(dir, complete, options.keys)
  return complete
}

async function readSnapshot(client: pg.Client, options: SaveOptions): Promise<Manifest> {
  const { dir, keys, crypto, holding, signal, progress, kind } = options
  await client.query(PLAIN_SETTINGS)
  const { all, kept } = await beginSnapshot(client, holding)
  const of = { kind, id: randomUUID() }
  const { demo, blind, ...about } = await describe(client)
  refuseOtherKeys(keys, blind)
  const tables: KeptTable[] = []
  for (const [done, table] of kept.entries()) {
    progress(table.name, done, kept.length)
    tables.push(await writeTable(client, dir, of, table, crypto, signal))
  }
  const names = await writeNames(client, join(dir, 'files.txt'), holding, all, signal)
  await options.also?.(client)
  const used = await keysUsed(client, holding.sealed, all)
  const manifest: Manifest = {
    format: FORMAT,
    ...of,
    program: options.program,
    at: options.now.toISOString(),
    ...about,
    demo,
    whole: false,
    faults: [],
    keys: {
      blind: blind.length > 0 ? blind : keys.blind.current.id,
      signing: keys.signing.current.id,
      field: used.field,
      // The current one seals the tables of a backup.
      wrap: [...new Set([...used.wrap, ...(kind === 'backup' ? [keys.wrap.current.id] : [])])].sort(),
    },
    tables,
    sequences: await readSequences(client),
    files: { count: 0, sha256: names },
    leftOut: Object.fromEntries(Object.entries(holding.leftOut).filter(([name]) => all.some((t) => t.name === name))),
  }
  await client.query('commit')
  return manifest
}

/**
 * Everything that was acknowledged before the snapshot is in it, and people go on working. The tables are locked against
 * nothing but a step that changes them: such a step waits. What it changed before the lock is read again.
 */
async function beginSnapshot(client: pg.Client, holding: Holding): Promise<{ all: Table[]; kept: Table[] }> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const seen = await readTables(client)
    if (seen.length === 0) throw new StartRefused('This database holds nothing of Kaifong. Check KAIFONG_DATA or DATABASE_URL.')
    await client.query('begin isolation level repeatable read read only')
    await client.query(`lock table ${seen.map((t) => quoted(client, t.name)).join(', ')} in access share mode`)
    const all = await readTables(client)
    if (JSON.stringify(all) === JSON.stringify(seen)) {
      const kept = all.filter((t) => !(t.name in holding.leftOut))
      const keyless = kept.filter((t) => t.key.length === 0).map((t) => t.name)
      if (keyless.length > 0) throw new Error(`${keyless.join(', ')}: without a primary key a table has no order to be kept in`)
      return { all, kept }
    }
    await client.query('rollback')
  }
  throw new StartRefused('The tables of this database are being changed by a start. Try again when it is ready.')
}

async function describe(client: pg.Client): Promise<Pick<Manifest, 'postgres' | 'demo' | 'steps'> & { blind: string[] }> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const { rows: steps } = await client.query<Manifest['steps'][number]>(
    'select number, name, hash from platform.migration order by number',
  )
  const { rows: demo } = await client.query(`select from platform.setting where name = 'demo' and value = '1'`)
  return { postgres: rows[0]!.server_version, demo: demo.length > 0, steps, blind: await blindKeysOf(client) }
}

/** Sealed bytes name their key (bytes 2 to 9), so that no field has to be opened to know which keys it takes. */
async function keysUsed(
  client: pg.Client,
  sealed: readonly Sealed[],
  all: readonly Table[],
): Promise<{ field: string[]; wrap: string[] }> {
  const used = { field: new Set<string>(), wrap: new Set<string>() }
  for (const { table, column, ring } of sealed.filter((s) => all.some((t) => t.name === s.table))) {
    const { rows } = await client.query<{ id: string }>(
      `select distinct encode(substring(${client.escapeIdentifier(column)} from 2 for 8), 'hex') as id from ${quoted(client, table)} where ${client.escapeIdentifier(column)} is not null`,
    )
    for (const { id } of rows) used[ring].add(id)
  }
  return { field: [...used.field].sort(), wrap: [...used.wrap].sort() }
}

/** @returns SHA-256 of the list */
async function writeNames(
  client: pg.Client,
  path: string,
  holding: Holding,
  all: readonly Table[],
  signal: AbortSignal,
): Promise<string> {
  const parts = holding.stored
    .filter((s) => all.some((t) => t.name === s.table))
    .map((s) => `select ${client.escapeIdentifier(s.name)} collate "C" as name from ${quoted(client, s.table)}`)
  const hash = createHash('sha256')
  await pipeline(
    copyOut(client, `copy (${parts.join(' union ') || 'select null where false'} order by 1) to stdout`),
    async function* (names: AsyncIterable<Buffer>) {
      for await (const piece of names) {
        hash.update(piece)
        yield piece
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
    { signal },
  )
  return hash.digest('hex')
}

/** After the database: a file is on the disk before the row that names it commits, and no file is ever changed. */
async function copyFiles({
  dir,
  filesFrom,
  filesTo,
  progress,
  signal,
}: SaveOptions): Promise<{ count: number; faults: Manifest['faults'] }> {
  const faults: Manifest['faults'] = []
  let count = 0
  for await (const name of namesIn(dir)) {
    signal.throwIfAborted()
    const copied = await takeOut(filesFrom, filesTo, name, signal)
    if (copied.how === 'missing' || copied.how === 'damaged') faults.push({ file: name, why: copied.how })
    progress('files', ++count)
  }
  return { count, faults }
}

export async function* namesIn(dir: string): AsyncGenerator<string> {
  for await (const name of createInterface({ input: createReadStream(join(dir, 'files.txt')) })) {
    if (!STORED_NAME.test(name)) throw new StartRefused(`${join(dir, 'files.txt')} names “${name}”, which is no stored file.`)
    yield name
  }
}

/** A server that stops under us breaks the stream in one of several ways, none of which says so. */
export function whenGone(error: unknown, { kind, signal }: Pick<SaveOptions, 'kind' | 'signal'>): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const gone =
    code.startsWith('57P') ||
    code.startsWith('08') ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /Connection terminated/.test(message)
  if (signal.aborted || !gone) return error
  return new StartRefused(
    `The database went away during the ${kind} (${message}). Nothing of it was kept. Begin again when it runs.`,
    {
      cause: error,
    },
  )
}
