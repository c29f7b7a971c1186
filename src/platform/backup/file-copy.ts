/** One stored file from folder to folder. Its name is the SHA-256 of its bytes, so that a copy needs no key to be checked. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../files/durable.ts'

export const STORED_NAME = /^[0-9a-f]{64}$/

export const placeOf = (folder: string, name: string): string => join(folder, name.slice(0, 2), name)

export type Copied = { how: 'copied' | 'there'; bytes: number } | { how: 'missing' | 'damaged' }

/** A file appears under its name whole, synced and checked, or not at all; one that is there already is not read again. */
export async function copyStored(from: string, to: string, name: string, signal?: AbortSignal): Promise<Copied> {
  const target = placeOf(to, name)
  const there = await stat(target).catch(ifGone)
  if (there) return { how: 'there', bytes: there.size }
  const source = placeOf(from, name)
  if (!(await stat(source).catch(ifGone))) return { how: 'missing' }
  const shelf = dirname(target)
  if (await mkdir(shelf, { recursive: true, mode: 0o700 })) await syncFolder(to)
  const aside = join(shelf, `.${randomBytes(8).toString('hex')}.new`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(aside, 'wx', 0o400)
    try {
      for await (const piece of createReadStream(source, { ...(signal ? { signal } : {}) })) {
        hash.update(piece)
        bytes += piece.length
        await file.writeFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (hash.digest('hex') !== name) return { how: 'damaged' }
    await rename(aside, target)
    await syncFolder(shelf)
    return { how: 'copied', bytes }
  } finally {
    await rm(aside, { force: true })
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}

function ifGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
