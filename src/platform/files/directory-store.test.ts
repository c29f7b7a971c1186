import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createCrypto } from '../crypto/crypto.ts'
import { openKeys } from '../crypto/keys.ts'
import { openDirectoryStore } from './directory-store.ts'
import type { FileStore, StoredFile } from './file-store.ts'

const MB = 1024 * 1024
const PART = 64 * 1024
let folder: string
let files: string
let store: FileStore

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaifong-files-'))
  files = join(folder, 'files')
  store = await openDirectoryStore(files, createCrypto(await openKeys(join(folder, 'keys'))))
})
after(() => rm(folder, { recursive: true }))

const pathOf = ({ storedName }: StoredFile) => join(files, storedName.slice(0, 2), storedName)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inPieces = (bytes: Buffer, size: number) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )

test('what is put comes back, at every size around a part', async () => {
  for (const size of [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 5]) {
    const bytes = randomBytes(size)
    const kept = await store.put(bytes, { limit: MB })
    assert.equal(kept.size, size)
    assert.equal(kept.sha256, sha256(bytes))
    assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes)
    assert.equal(sha256(await readFile(pathOf(kept))), kept.storedName)
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
  const before = (await readdir(files, { recursive: true })).length
  await assert.rejects(store.put(endless, { limit: MB }), {
    code: 'file.too_large',
    kind: 'invalid',
    params: { limit: MB, megabytes: 1 },
  })
  assert.ok(pulled < 40, `stopped early, after ${pulled} pieces`)
  assert.ok(endless.destroyed)
  await assert.rejects(store.put(Buffer.alloc(11), { limit: 10 }), { code: 'file.too_large' })
  assert.equal((await readdir(files, { recursive: true })).length, before)
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
  assert.equal((await readFile(pathOf(one))).includes(Buffer.from('户口簿')), false)
  await assert.rejects(store.read(one.storedName, two.wrappedKey), { code: 'crypto.tampered' })
})

test('stored files are for their owner, and read only', async () => {
  const kept = await store.put(Buffer.from('x'), { limit: MB })
  assert.equal((await stat(pathOf(kept))).mode & 0o777, 0o400)
  assert.equal((await stat(files)).mode & 0o777, 0o700)
})

test('a change anywhere is found, before the changed part is handed out', async () => {
  const bytes = randomBytes(2 * PART + 100)
  const kept = await store.put(bytes, { limit: MB })
  const sealed = await readFile(pathOf(kept))
  await chmod(pathOf(kept), 0o600)
  for (const at of [0, 4, 5000, 4 + PART, 4 + PART + 16 + 7, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    await writeFile(pathOf(kept), changed)
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
  const sealed = await readFile(pathOf(kept))
  const whole = PART + 16
  await chmod(pathOf(kept), 0o600)
  for (const length of [0, 3, 4, 10, 4 + whole, 4 + 2 * whole, sealed.length - 1]) {
    await writeFile(pathOf(kept), sealed)
    await truncate(pathOf(kept), length)
    await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.damaged' }, `${length} bytes`)
  }
  const [first, second, rest] = [
    sealed.subarray(4, 4 + whole),
    sealed.subarray(4 + whole, 4 + 2 * whole),
    sealed.subarray(4 + 2 * whole),
  ]
  await writeFile(pathOf(kept), Buffer.concat([sealed.subarray(0, 4), second, first, rest]))
  await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.damaged' })
})

test('a file that is gone, and a name that is a path, are reported as such', async () => {
  const kept = await store.put(Buffer.from('x'), { limit: MB })
  await rm(pathOf(kept), { force: true })
  await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.missing', message: /backup/ })
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
})
