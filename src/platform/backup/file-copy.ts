/** One stored file into a copy and back. Its name is the SHA-256 of its bytes, so that a copy needs no key to be checked. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../files/durable.ts'
import { FileFault, type FileStore } from '../files/file-store.ts'
import { shelfOf } from '../files/place.ts'

export const placeOf = (folder: string, name: string): string => join(folder, shelfOf(name), name)

type Copied = { how: 'copied' | 'there' | 'missing' | 'damaged' }

/** From the store into a folder: whole, synced and checked under its name, or not at all; what is there already is not read again. */
export async function takeOut(from: FileStore, to: string, name: string, signal?: AbortSignal): Promise<Copied> {
  const target = placeOf(to, name)
  if (await stat(target).catch(ifGone)) return { how: 'there' }
  const shelf = dirname(target)
  if (await mkdir(shelf, { recursive: true, mode: 0o700 })) await syncFolder(to)
  const aside = join(shelf, `.${randomBytes(8).toString('hex')}.new`)
  const hash = createHash('sha256')
  try {
    const source = await from.sealed(name)
    const file = await open(aside, 'wx', 0o400)
    try {
      for await (const piece of source) {
        signal?.throwIfAborted()
        hash.update(piece)
        await file.writeFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (hash.digest('hex') !== name) return { how: 'damaged' }
    await rename(aside, target)
    await syncFolder(shelf)
    return { how: 'copied' }
  } catch (error) {
    if (error instanceof FileFault && error.code === 'file.missing') return { how: 'missing' }
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/** From such a folder into a store, which checks it again. */
export async function bringBack(from: string, to: FileStore, name: string, signal?: AbortSignal): Promise<Copied> {
  if (await to.has(name)) return { how: 'there' }
  const source = placeOf(from, name)
  if (!(await stat(source).catch(ifGone))) return { how: 'missing' }
  try {
    await to.bring(name, createReadStream(source, { ...(signal ? { signal } : {}) }))
    return { how: 'copied' }
  } catch (error) {
    if (error instanceof FileFault && error.code === 'file.damaged') return { how: 'damaged' }
    throw error
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
