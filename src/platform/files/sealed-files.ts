/**
 * What every store does alike: a file is sealed and hashed while it comes, synced into `incoming/` as ciphertext, and
 * handed to its place. Plaintext never touches the disk. What a crash leaves is in `incoming/` only, and is swept.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { CryptoProvider } from '../crypto/crypto.ts'
import { Refusal } from '../refusal.ts'
import { syncFolder } from './durable.ts'
import { FileFault, type FileStore } from './file-store.ts'
import { type Place, type Spooled, STORED_NAME } from './place.ts'
import { openStream, sealStream } from './sealed-stream.ts'

export type WrappingKeys = Pick<CryptoProvider, 'wrapKey' | 'unwrapKey'>

/** @param incoming a folder on this machine, made if it is not there; for a directory on the disk of its shelves */
export async function sealedFiles(place: Place, incoming: string, crypto: WrappingKeys): Promise<FileStore> {
  const made = await mkdir(incoming, { recursive: true, mode: 0o700 })
  if (made) await syncFolder(dirname(made))

  /** What `bytes` yields lies in `incoming` while `work` runs, and not afterwards. */
  async function spooling<T>(bytes: AsyncIterable<Uint8Array>, work: (spooled: Spooled) => Promise<T>): Promise<T> {
    const path = join(incoming, randomBytes(16).toString('hex'))
    try {
      return await work(await spool(path, bytes))
    } finally {
      await rm(path, { force: true })
    }
  }

  const store: FileStore = {
    async put(source, { limit }) {
      const key = randomBytes(32)
      try {
        const tally = counted(source, limit)
        const storedName = await spooling(sealStream(tally.bytes, key), async (spooled) => {
          await place.keep(spooled)
          return spooled.name
        })
        return { storedName, size: tally.size, sha256: tally.hash.digest('hex'), wrappedKey: crypto.wrapKey(key, storedName) }
      } finally {
        key.fill(0)
      }
    },
    async get(storedName, wrappedKey) {
      const key = crypto.unwrapKey(wrappedKey, storedName)
      return Readable.from(openStream(await store.sealed(storedName), key, storedName), { objectMode: false })
    },
    async read(storedName, wrappedKey) {
      return buffer(await store.get(storedName, wrappedKey))
    },
    async isIntact(storedName) {
      const hash = createHash('sha256')
      for await (const chunk of await store.sealed(storedName)) hash.update(chunk)
      return hash.digest('hex') === storedName
    },
    has: async (storedName) => place.has(checked(storedName)),
    sealed: async (storedName) => place.open(checked(storedName)),
    bring: async (storedName, sealed) =>
      spooling(sealed, async (spooled) => {
        if (spooled.name !== checked(storedName))
          throw new FileFault('file.damaged', `${storedName}: other bytes than its name promises. Take it from another copy.`)
        await place.keep(spooled)
        return spooled.size
      }),
    shelves: () => place.shelves(),
    remove: async (storedName) => place.remove(checked(storedName)),
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

/** A name comes from a row, never from a person; it is checked all the same, since it becomes a path. */
function checked(storedName: string): string {
  if (!STORED_NAME.test(storedName)) throw new FileFault('file.missing', `“${storedName}” is not a name of this store`)
  return storedName
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

async function spool(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const name = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of bytes) {
      name.update(piece)
      size += piece.length
      // `writeFile` on a handle goes on where it stands and, unlike `write`, never stops half way.
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { path, name: name.digest('hex'), size }
}
