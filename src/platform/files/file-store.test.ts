/** One suite for every store: whoever keeps files in it must not notice which it is. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { openS3Store, realStore, type S3Store } from '../../../test/harness/s3-store.ts'
import { createCrypto } from '../crypto/crypto.ts'
import { openKeys } from '../crypto/keys.ts'
import type { FileStore } from './file-store.ts'
import { openFiles } from './open.ts'
import { s3Client } from './s3-client.ts'

const MB = 1024 * 1024
const PART = 64 * 1024

interface Opened {
  store: FileStore
  /** Past the store: other bytes under a name, or none. */
  spoil(name: string, bytes: Buffer | null): Promise<void>
}

let folder: string
let files: string
let s3: S3Store | undefined
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaifong-files-'))
})
after(async () => {
  await s3?.close()
  await rm(folder, { recursive: true })
})
const crypto = async () => createCrypto(await openKeys(join(folder, 'keys')))

const kinds: Readonly<Record<string, () => Promise<Opened>>> = {
  'a directory': async () => ({
    store: await openFiles({ filesDir: files }, await crypto()),
    async spoil(name, bytes) {
      const path = join(files, name.slice(0, 2), name)
      await rm(path, { force: true })
      await mkdir(dirname(path), { recursive: true })
      if (bytes) await writeFile(path, bytes)
    },
  }),
  'an S3-compatible store': async () => {
    const real = realStore()
    if (!real) s3 = await openS3Store()
    const settings = real ?? s3!.settings()
    const ask = s3Client(settings)
    return {
      store: await openFiles({ filesDir: files, s3: settings }, await crypto()),
      async spoil(name, bytes) {
        const key = `${settings.prefix}${name.slice(0, 2)}/${name}`
        const body = bytes && { size: bytes.length, sha256: sha256(bytes), bytes: () => Readable.from([bytes]) }
        await (await ask(body ? { method: 'PUT', key, body } : { method: 'DELETE', key, expects: [404] })).text()
      },
    }
  },
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inPieces = (bytes: Buffer, size: number) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )

for (const [kind, open] of Object.entries(kinds))
  suite(kind, () => {
    let store: FileStore
    let spoil: Opened['spoil']
    before(async () => {
      files = join(folder, randomBytes(4).toString('hex'))
      ;({ store, spoil } = await open())
    })
    const sealedOf = async (name: string) => buffer(await store.sealed(name))
    const count = async () => {
      let n = (await readdir(join(files, 'incoming'))).length
      for await (const shelf of store.shelves()) n += shelf.length
      return n
    }

    test('what is put comes back, at every size around a part', async () => {
      for (const size of [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 5]) {
        const bytes = randomBytes(size)
        const kept = await store.put(bytes, { limit: MB })
        assert.equal(kept.size, size)
        assert.equal(kept.sha256, sha256(bytes))
        assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes)
        assert.equal(sha256(await sealedOf(kept.storedName)), kept.storedName)
        assert.equal(await store.has(kept.storedName), true)
        assert.equal(await store.isIntact(kept.storedName), true)
      }
    })

    test('however the stream is cut up', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 3 * PART }), fc.integer({ min: 1000, max: 2 * PART }), async (size, piece) => {
          const bytes = randomBytes(size)
          const kept = await store.put(inPieces(bytes, piece), { limit: MB })
          assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes)
        }),
        { numRuns: 20 },
      )
    })

    test('25 MB stream in and out', async () => {
      const bytes = randomBytes(25 * MB)
      const kept = await store.put(inPieces(bytes, 65_536), { limit: 25 * MB })
      const hash = createHash('sha256')
      for await (const chunk of await store.get(kept.storedName, kept.wrappedKey)) hash.update(chunk)
      assert.equal(hash.digest('hex'), kept.sha256)
    })

    test('one byte over the limit is refused while it streams, and nothing is left', async () => {
      let pulled = 0
      const endless = Readable.from(
        (function* () {
          for (;;) {
            pulled++
            yield Buffer.alloc(PART)
          }
        })(),
      )
      const before = await count()
      await assert.rejects(store.put(endless, { limit: MB }), {
        code: 'file.too_large',
        kind: 'invalid',
        params: { limit: MB, megabytes: 1 },
      })
      assert.ok(pulled < 40, `stopped early, after ${pulled} pieces`)
      assert.ok(endless.destroyed)
      await assert.rejects(store.put(Buffer.alloc(11), { limit: 10 }), { code: 'file.too_large' })
      assert.equal(await count(), before)
    })

    test('a source that breaks off leaves nothing', async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.alloc(PART * 2)
          throw new Error('the phone went out of range')
        })(),
      )
      await assert.rejects(store.put(broken, { limit: MB }), /out of range/)
      assert.deepEqual(await readdir(join(files, 'incoming')), [])
    })

    test('the same content twice gives two names, and neither shows the content', async () => {
      const bytes = Buffer.from('户口簿 '.repeat(2000))
      const [one, two] = [await store.put(bytes, { limit: MB }), await store.put(bytes, { limit: MB })]
      assert.notEqual(one.storedName, two.storedName)
      assert.equal(one.sha256, two.sha256)
      assert.equal((await sealedOf(one.storedName)).includes(Buffer.from('户口簿')), false)
      await assert.rejects(store.read(one.storedName, two.wrappedKey), { code: 'crypto.tampered' })
    })

    test('a change anywhere is found, before the changed part is handed out', async () => {
      const bytes = randomBytes(2 * PART + 100)
      const kept = await store.put(bytes, { limit: MB })
      const sealed = await sealedOf(kept.storedName)
      for (const at of [0, 4, 5000, 4 + PART, 4 + PART + 16 + 7, sealed.length - 1]) {
        const changed = Buffer.from(sealed)
        changed[at]! ^= 1
        await spoil(kept.storedName, changed)
        let handedOut = 0
        await assert.rejects(
          async () => {
            for await (const chunk of await store.get(kept.storedName, kept.wrappedKey)) {
              assert.ok(chunk.equals(bytes.subarray(handedOut, handedOut + chunk.length)))
              handedOut += chunk.length
            }
          },
          { code: 'file.damaged' },
          `byte ${at}`,
        )
        assert.equal(await store.isIntact(kept.storedName), false)
      }
    })

    test('a file cut off, at a part or inside one, or with two parts swapped, is found', async () => {
      const kept = await store.put(randomBytes(2 * PART + 100), { limit: MB })
      const sealed = await sealedOf(kept.storedName)
      const whole = PART + 16
      for (const length of [0, 3, 4, 10, 4 + whole, 4 + 2 * whole, sealed.length - 1]) {
        await spoil(kept.storedName, sealed.subarray(0, length))
        await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.damaged' }, `${length} bytes`)
      }
      const [first, second, rest] = [
        sealed.subarray(4, 4 + whole),
        sealed.subarray(4 + whole, 4 + 2 * whole),
        sealed.subarray(4 + 2 * whole),
      ]
      await spoil(kept.storedName, Buffer.concat([sealed.subarray(0, 4), second, first, rest]))
      await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.damaged' })
    })

    test('a file that is gone, and a name that is a path, are reported as such', async () => {
      const kept = await store.put(Buffer.from('x'), { limit: MB })
      await spoil(kept.storedName, null)
      await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.missing', message: /backup/ })
      assert.equal(await store.has(kept.storedName), false)
      await store.remove(kept.storedName)
      await assert.rejects(store.isIntact('../../etc/passwd'), { code: 'file.missing' })
    })

    test('what a crash left half written is not in the way, and is swept once it is old', async () => {
      const [old, fresh] = [join(files, 'incoming', 'old'), join(files, 'incoming', 'fresh')]
      await writeFile(old, 'half a file')
      await writeFile(fresh, 'still being written')
      await utimes(old, new Date('2026-11-20'), new Date('2026-11-20'))
      await utimes(fresh, new Date('2026-11-24'), new Date('2026-11-24'))
      const kept = await store.put(Buffer.from('whole'), { limit: MB })
      assert.equal((await store.read(kept.storedName, kept.wrappedKey)).toString(), 'whole')
      assert.equal(await store.sweep(new Date('2026-11-23')), 1)
      assert.deepEqual(await readdir(join(files, 'incoming')), ['fresh'])
      await rm(fresh)
    })

    test('ciphertext goes from store to store under its name, and nothing else does', async () => {
      const other = await openFiles({ filesDir: join(folder, randomBytes(4).toString('hex')) }, await crypto())
      const bytes = randomBytes(PART + 5)
      const kept = await other.put(bytes, { limit: MB })
      const sealed = await buffer(await other.sealed(kept.storedName))
      assert.equal(await store.bring(kept.storedName, Readable.from([sealed])), sealed.length)
      assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes)
      await store.bring(kept.storedName, Readable.from([sealed]))
      // Also over bytes that went bad: the right ones take their place.
      await spoil(kept.storedName, sealed.subarray(1))
      await store.bring(kept.storedName, Readable.from([sealed]))
      assert.equal(await store.isIntact(kept.storedName), true)
      const wrong = 'f'.repeat(64)
      await assert.rejects(store.bring(wrong, Readable.from([sealed])), { code: 'file.damaged' })
      assert.equal(await store.has(wrong), false)
      assert.deepEqual(await readdir(join(files, 'incoming')), [])
    })

    test('removed is gone, and a second time changes nothing', async () => {
      const kept = await store.put(Buffer.from('x'), { limit: MB })
      await store.remove(kept.storedName)
      await store.remove(kept.storedName)
      assert.equal(await store.has(kept.storedName), false)
      await assert.rejects(store.get(kept.storedName, kept.wrappedKey), { code: 'file.missing' })
    })

    test('every name is listed once, whatever else lies there', async () => {
      const kept = new Set<string>()
      for (let n = 0; n < 20; n++) kept.add((await store.put(randomBytes(10), { limit: MB })).storedName)
      const listed: string[] = []
      for await (const shelf of store.shelves()) listed.push(...shelf)
      assert.equal(new Set(listed).size, listed.length)
      assert.deepEqual(kept.difference(new Set(listed)).size, 0)
    })

    test('many at once', async () => {
      const all = await Promise.all(
        Array.from({ length: 24 }, async (_, n) => {
          const bytes = Buffer.alloc(PART + n, n)
          const kept = await store.put(bytes, { limit: MB })
          return (await store.read(kept.storedName, kept.wrappedKey)).equals(bytes)
        }),
      )
      assert.deepEqual(new Set(all), new Set([true]))
    })
  })

test('stored files of a directory are for their owner, and read only', async () => {
  files = join(folder, 'own')
  const store = await openFiles({ filesDir: files }, await crypto())
  const { storedName } = await store.put(Buffer.from('x'), { limit: MB })
  const path = join(files, storedName.slice(0, 2), storedName)
  assert.equal((await stat(path)).mode & 0o777, 0o400)
  assert.equal((await stat(dirname(path))).mode & 0o777, 0o700)
})
