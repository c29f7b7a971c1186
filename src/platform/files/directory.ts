/**
 * A directory as a place of files: `ab/abcdef…`. A synced file is renamed to its name, and its folder synced, before
 * `keep` returns: what a row names has survived a power cut.
 */
import { createReadStream } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from './durable.ts'
import { FileFault } from './file-store.ts'
import { type Place, STORED_NAME, shelfOf } from './place.ts'

const SHELF = /^[0-9a-f]{2}$/

export function directory(root: string): Place {
  const pathOf = (name: string): string => join(root, shelfOf(name), name)
  const has = (name: string): Promise<boolean> =>
    stat(pathOf(name)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        return false
      },
    )
  return {
    has,
    async keep({ path: spooled, name }) {
      const path = pathOf(name)
      const shelf = dirname(path)
      const isNewShelf = await mkdir(shelf, { recursive: true, mode: 0o700 })
      if (isNewShelf) await syncFolder(root)
      await chmod(spooled, 0o400)
      await rename(spooled, path)
      await syncFolder(shelf)
    },
    async open(name) {
      if (!(await has(name)))
        throw new FileFault('file.missing', `${pathOf(name)} is not there; restore this one file from a backup`)
      return reading(pathOf(name))
    },
    async *shelves() {
      for (const shelf of await readdir(root)) {
        if (!SHELF.test(shelf)) continue
        const names = (await readdir(join(root, shelf))).filter((name) => STORED_NAME.test(name))
        if (names.length > 0) yield names
      }
    },
    async remove(name) {
      await rm(pathOf(name), { force: true })
    },
  }
}

/** Opened when the first byte is asked for: an answer that nobody reads must not keep a file open. */
async function* reading(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
