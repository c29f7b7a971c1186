/**
 * What a backup or an export says of itself: written last and signed, so that a folder without one is not whole, and
 * one whose counts or hashes somebody changed is found out before anything is written.
 */
import { sign, verify } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartRefused } from '../config.ts'
import { type Keys, publicHalf } from '../crypto/keys.ts'
import { syncFolder } from '../files/durable.ts'
import type { Sequence, Table } from './catalogue.ts'

/** Raised when a reader of the last format would misread the next. */
export const FORMAT = 1
const MANIFEST = 'manifest.json'

export interface KeptTable extends Table {
  rows: number
  /** Bytes and SHA-256 (hex) of the CSV, whatever it is packed in. */
  bytes: number
  sha256: string
  /** Of a backup: the key of this table's file, wrapped, base64. */
  wrappedKey?: string
}

export interface Manifest {
  format: number
  kind: 'backup' | 'export'
  id: string
  /** Version of the program that wrote it. */
  program: string
  /** Version of the PostgreSQL that it was read from. */
  postgres: string
  /** When it was begun. The snapshot is a moment later: everything acknowledged before this instant is in it. */
  at: string
  demo: boolean
  /** False when a file was missing or damaged at the time: everything else is here. */
  whole: boolean
  faults: { file: string; why: 'missing' | 'damaged' }[]
  /** The schema: steps that the database had taken. */
  steps: { number: number; name: string; hash: string }[]
  /** Ids of keys, never keys: without these nothing sealed in it opens. */
  keys: { blind: string | string[]; signing: string; field: string[]; wrap: string[] }
  tables: KeptTable[]
  sequences: Sequence[]
  /** Names of files in `files.txt`, one a line; each name is the SHA-256 of its bytes. */
  files: { count: number; sha256: string }
  /** What is not in it, and why. */
  leftOut: Readonly<Record<string, string>>
}

/** The signature stands last; without it the fields are in the order in which they were signed. */
export type SignedManifest = Manifest & { signature: string }

/** What is signed is not taken for a signed paper. */
const bytesOf = (manifest: Manifest): Buffer => Buffer.from(`kaifong manifest\n${JSON.stringify(manifest)}`)

/** Synced, and its folder, too: what it promises has reached the disk before. */
export async function writeManifest(dir: string, manifest: Manifest, keys: Keys): Promise<void> {
  const signature = sign(null, bytesOf(manifest), keys.signing.current.key).toString('base64')
  const file = await open(join(dir, MANIFEST), 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify({ ...manifest, signature }, null, 1)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dir)
}

/** @returns undefined when the folder has none. @throws StartRefused when it is of another format or cannot be read */
export async function findManifest(dir: string): Promise<SignedManifest | undefined> {
  let text: string
  try {
    text = await readFile(join(dir, MANIFEST), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
  let found: SignedManifest
  try {
    found = JSON.parse(text)
  } catch (cause) {
    throw new StartRefused(`${join(dir, MANIFEST)} is damaged. Take another backup.`, { cause })
  }
  if (typeof found.format === 'number' && found.format > FORMAT)
    throw new StartRefused(
      `${dir} was written by a newer program (${found.program}, format ${found.format}); this one reads format ${FORMAT}. Use that version, or a newer one.`,
    )
  if (found.format !== FORMAT || !Array.isArray(found.tables) || typeof found.signature !== 'string')
    throw new StartRefused(`${join(dir, MANIFEST)} is no manifest of Kaifong.`)
  return found
}

/** Wrong keys are said at once, all of them: nothing is written that nobody could open. */
export function refuseWithoutKeys(dir: string, { signature, ...manifest }: SignedManifest, keys: Keys): void {
  const needed = manifest.keys
  const held = (ring: keyof Manifest['keys'], id: string) => keys[ring].all.some((key) => key.id === id)
  const missing = (Object.entries(needed) as [keyof Manifest['keys'], string | string[]][]).flatMap(([ring, ids]) =>
    [ids].flat().flatMap((id) => (held(ring, id) ? [] : [`${ring}.${id}`])),
  )
  if (missing.length > 0)
    throw new StartRefused(
      `${keys.folder} does not hold the keys of ${dir}: ${missing.join(', ')}. Set KAIFONG_KEYS to the folder that was used when it was made. Nothing was written.`,
    )
  const signer = keys.signing.all.find((key) => key.id === needed.signing)!
  if (!verify(null, bytesOf(manifest), publicHalf(signer.key), Buffer.from(signature, 'base64')))
    throw new StartRefused(
      `${join(dir, MANIFEST)} was changed after it was written: its signature does not fit. Take another backup.`,
    )
}
