/**
 * The file store on a directory: `ab/abcdef…`, with `incoming/` beside for what is being written. A file is synced,
 * renamed to its name, and its folder synced, before `put` returns: what a row names has survived a power cut.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { CryptoProvider } from '../crypto/crypto.ts'
import { Refusal } from '../refusal.ts'
import { syncFolder } from './durable.ts'
import { FileFault, type FileStore, type StoredFile } from './file-store.ts'
import { openStream, sealStream } from './sealed-stream.ts'

const NAME = /^[0-9a-f]{64}$/
const SHELF = /^[0-9a-f]{2}$/

type WrappingKeys = Pick<CryptoProvider, 'wrapKey' | 'unwrapKey'>

export async function openDirectoryStore(folder: string, crypto: WrappingKeys): Promise<FileStore> {
  const root = resolve(folder)
  const incoming = join(root, 'incoming')
  const made = await mkdir(incoming, { recursive: true, mode: 0o700 })
  if (made) await syncFolder(dirname(made))

  /** A name comes from a row, never from a person; it is checked all the same, since it becomes a path. */
  const pathOf = (storedName: string): string => {
    if (!NAME.test(storedName)) throw new FileFault('file.missing', `“${storedName}” is not a name of this store`)
    return join(root, storedName.slice(0, 2), storedName)
  }
  const bytesOf = async (storedName: string): Promise<AsyncIterable<Uint8Array>> => {
    const path = pathOf(storedName)
    try {
      await stat(path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
      throw new FileFault('file.missing', `${path} is not there; restore this one file from a backup`, { cause })
    }
    return reading(path)
  }

  const store: FileStore = {
    async put(source, { limit }) {
      const key = randomBytes(32)
      const aside = join(incoming, randomBytes(16).toString('hex'))
      try {
        const written = await write(aside, counted(source, limit), key)
        await keep(root, aside, pathOf(written.storedName))
        return { ...written, wrappedKey: crypto.wrapKey(key, written.storedName) }
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      } finally {
        key.fill(0)
      }
    },
    async get(storedName, wrappedKey) {
      const key = crypto.unwrapKey(wrappedKey, storedName)
      return Readable.from(openStream(await bytesOf(storedName), key, storedName), { objectMode: false })
    },
    async read(storedName, wrappedKey) {
      return buffer(await store.get(storedName, wrappedKey))
    },
    async isIntact(storedName) {
      const hash = createHash('sha256')
      for await (const chunk of await bytesOf(storedName)) hash.update(chunk)
      return hash.digest('hex') === storedName
    },
    async *shelves() {
      for (const shelf of await readdir(root)) {
        if (!SHELF.test(shelf)) continue
        const names = (await readdir(join(root, shelf))).filter((name) => NAME.test(name))
        if (names.length > 0) yield names
      }
    },
    async remove(storedName) {
      await rm(pathOf(storedName), { force: true })
    },
    async sweep(before) {
      let swept = 0
      for (const name of await readdir(incoming)) {
        const path = join(incoming, name)
        const found = await stat(path).catch(ifGone)
        if (!found || found.mtime >= before) continue
        await rm(path, { force: true })
        swept++
      }
      return swept
    },
  }
  return store
}

/** Opened when the first byte is asked for: an answer that nobody reads must not keep a file open. */
async function* reading(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}

/** Another process finished or swept it between the listing and now. */
function ifGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

interface Tally {
  size: number
  hash: ReturnType<typeof createHash>
  bytes: AsyncIterable<Uint8Array>
}

function counted(source: AsyncIterable<Uint8Array> | Uint8Array, limit: number): Tally {
  const tally: Tally = { size: 0, hash: createHash('sha256'), bytes: count() }
  async function* count() {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      tally.size += chunk.length
      if (tally.size > limit) throw new Refusal('file.too_large', 'invalid', { limit, megabytes: Math.floor(limit / 1_048_576) })
      tally.hash.update(chunk)
      yield chunk
    }
  }
  return tally
}

async function write(path: string, tally: Tally, key: Uint8Array): Promise<Omit<StoredFile, 'wrappedKey'>> {
  const name = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const sealed of sealStream(tally.bytes, key)) {
      name.update(sealed)
      // `writeFile` on a handle goes on where it stands and, unlike `write`, never stops half way.
      await file.writeFile(sealed)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { storedName: name.digest('hex'), size: tally.size, sha256: tally.hash.digest('hex') }
}

async function keep(root: string, aside: string, path: string): Promise<void> {
  const shelf = dirname(path)
  const isNewShelf = await mkdir(shelf, { recursive: true, mode: 0o700 })
  if (isNewShelf) await syncFolder(root)
  await chmod(aside, 0o400)
  await rename(aside, path)
  await syncFolder(shelf)
}
