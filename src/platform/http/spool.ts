/**
 * Files of forms while they arrive: on the disk, so that twenty slow senders hold no memory, and encrypted under a key that this process
 * made and keeps in memory alone: what a crash leaves behind says nothing to anybody.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface Spooled {
  size: number
  read(): Promise<Buffer>
  drop(): Promise<void>
}

export interface Spool {
  take(from: Readable): Promise<Spooled>
  close(): void
}

/** Longer than any body may take. */
const LEFT_BEHIND_MS = 86_400_000

/** @param folder holds one folder for each process that runs on it */
export function openSpool(folder: string): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) {
    const old = join(folder, name)
    if (Date.parse(statSync(old, { throwIfNoEntry: false })?.mtime.toISOString() ?? '') < performance.timeOrigin - LEFT_BEHIND_MS)
      rmSync(old, { recursive: true, force: true })
  }
  const own = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}`)
  mkdirSync(own, { mode: 0o700 })
  const key = randomBytes(32)
  return {
    async take(from) {
      const path = join(own, randomBytes(12).toString('hex'))
      const iv = randomBytes(16)
      const cipher = createCipheriv('aes-256-ctr', key, iv)
      let size = 0
      cipher.on('data', (bytes: Buffer) => {
        size += bytes.length
      })
      const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      try {
        await pipeline(from, cipher, file)
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      return {
        size,
        async read() {
          const open = createDecipheriv('aes-256-ctr', key, iv)
          const bytes = open.update(await readFile(path))
          return bytes
        },
        drop: () => rm(path, { force: true }),
      }
    },
    close: () => rmSync(own, { recursive: true, force: true }),
  }
}
