/**
 * One table as a file. In a backup packed (gzip) and sealed under a key of its own, in an export plain CSV; hash and
 * bytes are those of the CSV in both, so that a table which was read back can be held against its manifest.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import type { CryptoProvider } from '../crypto/crypto.ts'
import { openStream, sealStream } from '../files/sealed-stream.ts'
import { copyInto, copyOutOf, type Table } from './catalogue.ts'
import { copyIn, copyOut } from './copy.ts'
import type { KeptTable, Manifest } from './manifest.ts'

export type WrappingKeys = Pick<CryptoProvider, 'wrapKey' | 'unwrapKey'>
type Of = Pick<Manifest, 'kind' | 'id'>

export interface Tally {
  bytes: number
  sha256: string
}

const pathIn = (dir: string, kind: Manifest['kind'], name: string): string =>
  join(dir, 'tables', `${name}.csv${kind === 'backup' ? '.gz.sealed' : ''}`)
/** Binds a table's key to its backup and its table: no file stands in for another. */
const contextOf = ({ id }: Of, name: string): string => `backup ${id} ${name}`

function counting(): { through: (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>; tally: () => Tally } {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    async *through(source) {
      for await (const piece of source) {
        hash.update(piece)
        bytes += piece.length
        yield piece
      }
    },
    tally: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}

/** In constant memory: the table flows from the server to the disk, and the disk's pace is the server's. */
export async function writeTable(
  client: pg.Client,
  dir: string,
  of: Of,
  table: Table,
  crypto: WrappingKeys,
  signal: AbortSignal,
): Promise<KeptTable> {
  const rows = copyOut(client, copyOutOf(client, table))
  const counted = counting()
  const target = createWriteStream(pathIn(dir, of.kind, table.name), { flags: 'wx', mode: 0o600, flush: true })
  if (of.kind === 'export') {
    await pipeline(rows, counted.through, target, { signal })
    return { ...table, rows: rows.rows, ...counted.tally() }
  }
  const key = randomBytes(32)
  try {
    await pipeline(
      rows,
      counted.through,
      createGzip({ level: 1 }),
      (packed: AsyncIterable<Uint8Array>) => sealStream(packed, key),
      target,
      { signal },
    )
    const wrappedKey = crypto.wrapKey(key, contextOf(of, table.name)).toString('base64')
    return { ...table, rows: rows.rows, ...counted.tally(), wrappedKey }
  } finally {
    key.fill(0)
  }
}

/** Hands the CSV to `take` and says what went by. @throws FileFault when the file is not the one that was written */
export async function readTable<T>(
  dir: string,
  of: Of,
  table: KeptTable,
  crypto: WrappingKeys,
  take: (csv: AsyncIterable<Buffer>) => Promise<T>,
  signal: AbortSignal,
): Promise<Tally & { taken: T }> {
  const path = pathIn(dir, of.kind, table.name)
  const counted = counting()
  let taken!: T
  const last = async (csv: AsyncIterable<Buffer>) => {
    taken = await take(counted.through(csv))
  }
  if (of.kind === 'export') {
    await pipeline(createReadStream(path), last, { signal })
  } else {
    const key = crypto.unwrapKey(Buffer.from(table.wrappedKey ?? '', 'base64'), contextOf(of, table.name))
    const sealed = (bytes: AsyncIterable<Uint8Array>) => openStream(bytes, key, path)
    await pipeline(createReadStream(path), sealed, createGunzip(), last, { signal })
  }
  return { ...counted.tally(), taken }
}

export const loadTable = async (
  client: pg.Client,
  dir: string,
  of: Of,
  table: KeptTable,
  crypto: WrappingKeys,
  signal: AbortSignal,
): Promise<Tally & { rows: number }> => {
  const { taken: rows, ...tally } = await readTable(
    dir,
    of,
    table,
    crypto,
    (csv) => copyIn(client, copyInto(client, table), csv),
    signal,
  )
  return { ...tally, rows }
}

/** The table as it stands in the database now, in the same bytes. */
export async function hashTable(client: pg.Client, table: KeptTable, signal: AbortSignal): Promise<Tally & { rows: number }> {
  const rows = copyOut(client, copyOutOf(client, table))
  const counted = counting()
  await pipeline(
    rows,
    counted.through,
    async (all: AsyncIterable<Buffer>) => {
      for await (const _ of all);
    },
    { signal },
  )
  return { ...counted.tally(), rows: rows.rows }
}
