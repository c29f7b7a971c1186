/** The tombstones outside the database, beside the seals: an older backup does not know them, the file does. */
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Actor } from '../../platform/actor.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { syncFolder } from '../../platform/files/durable.ts'
import type { Platform } from '../../platform/platform.ts'
import { lineOf, readLine, type Tombstone, type TombstoneSigner } from './tombstone.ts'

export const tombstoneFileOf = (folder: string, chain: string): string => join(folder, `tombstones-${chain}.txt`)

export interface TombstoneFile {
  tombstones: Tombstone[]
  /** Lines that are none, or were signed by nobody known here. What a crash left behind the last line break is not counted. */
  strange: number
  torn: boolean
}

/** In order, each once. A file that is not there holds none. */
export async function readTombstones(path: string, signer: Pick<TombstoneSigner, 'verify'>): Promise<TombstoneFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  const lines = text.split('\n')
  const torn = lines.pop() !== ''
  const found = new Map<number, Tombstone>()
  let strange = 0
  for (const line of lines) {
    const tombstone = readLine(line, signer)
    if (tombstone) found.set(tombstone.seq, tombstone)
    else if (line !== '') strange++
  }
  return { tombstones: [...found.values()].sort((a, b) => a.seq - b.seq), strange, torn }
}

/** Appends what the table has and the file has not. @returns how many, and whether the file knows more than the table */
export async function mendTombstones(tx: Tx, path: string, signer: TombstoneSigner): Promise<{ added: number; ahead: boolean }> {
  const { tombstones, torn } = await readTombstones(path, signer)
  const last = tombstones.at(-1)?.seq ?? 0
  const missing = await tx.rows(
    sql<Tombstone>`select seq, id, kind, class, rule, on_day as "on", encode(commitment, 'hex') as commitment
      from retention.tombstone where seq > ${last} order by seq`,
  )
  const { highest } = await tx.one(
    sql<{ highest: number }>`select coalesce(max(seq), 0)::float8 as highest from retention.tombstone`,
  )
  if (missing.length > 0) {
    await mkdir(dirname(path), { recursive: true, mode: 0o755 })
    const file = await open(path, 'a', 0o644)
    try {
      await file.writeFile((torn ? '\n' : '') + missing.map((one) => `${lineOf(one, signer)}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(dirname(path))
  }
  return { added: missing.length, ahead: last > highest }
}

/** Before anything goes, and after: what a kill kept from the file, and whether somebody set the database back. */
export async function mendFile({ db, services, guard }: Platform, actor: Actor): Promise<{ added: number; ahead: boolean }> {
  const { rows } = await db.pool.query<{ value: string }>(`select value from platform.setting where name = 'chain'`)
  const file = tombstoneFileOf(services.sealsDir, rows[0]!.value)
  return db.as(guard.admit(actor, null, null), (tx) => mendTombstones(tx, file, services.crypto))
}
