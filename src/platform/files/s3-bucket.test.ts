/** What happens between this machine and an S3-compatible store, and what somebody is told about it. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openS3Store, type S3Store } from '../../../test/harness/s3-store.ts'
import { StartRefused } from '../config.ts'
import { createCrypto } from '../crypto/crypto.ts'
import { openKeys } from '../crypto/keys.ts'
import { outageOf } from '../database/away.ts'
import type { S3Settings } from '../s3-settings.ts'
import type { FileStore } from './file-store.ts'
import { openFiles } from './open.ts'

const limit = 1_000_000
let folder: string
let s3: S3Store
let settings: S3Settings
let store: FileStore
const open = async (change: Partial<S3Settings> = {}) =>
  openFiles(
    { filesDir: join(folder, 'files'), s3: { ...settings, ...change } },
    createCrypto(await openKeys(join(folder, 'keys'))),
  )

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaifong-bucket-'))
  s3 = await openS3Store()
  settings = s3.settings()
  store = await open()
})
after(async () => {
  await s3?.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => s3.goesWrong())
const nothingOnTheWay = async () => assert.deepEqual(await readdir(join(folder, 'files/incoming')), [])

test('what passes is asked again, and nobody notices', async () => {
  const bytes = randomBytes(200_000)
  for (const wrong of [
    'cut',
    'lost',
    'etag',
    { status: 503, code: 'SlowDown' },
    { status: 500, code: 'InternalError' },
  ] as const) {
    s3.goesWrong(wrong)
    const kept = await store.put(bytes, { limit })
    if (wrong !== 'etag') s3.goesWrong(wrong)
    assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes, JSON.stringify(wrong))
  }
  await nothingOnTheWay()
})

test('a store that knows no condition is asked without, from then on', async () => {
  const other = await open()
  s3.goesWrong({ status: 501, code: 'NotImplemented' })
  const puts = () => s3.asked.filter((line) => line.startsWith('PUT')).length
  const before = puts()
  const kept = await other.put(Buffer.from('x'), { limit })
  assert.equal(puts(), before + 2)
  await other.put(Buffer.from('x'), { limit })
  assert.equal(puts(), before + 3)
  assert.equal(await other.isIntact(kept.storedName), true)
})

test('a store that stays away is an outage after seconds: nothing is kept, and nothing is left on the way', async () => {
  const kept = await store.put(Buffer.from('x'), { limit })
  for (const wrong of ['cut', { status: 503, code: 'ServiceUnavailable' }] as const) {
    for (const act of [
      () => store.put(Buffer.from('x'), { limit }),
      () => store.read(kept.storedName, kept.wrappedKey),
      () => store.has(kept.storedName),
      () => store.remove(kept.storedName),
    ]) {
      s3.goesWrong(wrong, wrong, wrong)
      const began = performance.now()
      await assert.rejects(act(), (error) => {
        assert.equal(outageOf(error), 'away')
        return true
      })
      assert.ok(performance.now() - began < 5000)
    }
  }
  s3.goesWrong({ status: 507, code: 'XMinioStorageFull' })
  await assert.rejects(store.put(Buffer.from('x'), { limit }), (error) => outageOf(error) === 'full')
  await nothingOnTheWay()
})

test('a store that hangs is asked once; for a few seconds nobody else waits for it, and then it is asked again', async () => {
  const other = await open()
  const { storedName } = await other.put(Buffer.from('x'), { limit })
  s3.goesWrong('hangs')
  const began = performance.now()
  await assert.rejects(other.has(storedName), (error) => outageOf(error) === 'away')
  const waited = performance.now() - began
  assert.ok(waited > 5000 && waited < 12_000, `${waited} ms`)
  const asked = s3.asked.length
  for (let n = 0; n < 20; n++) await assert.rejects(other.has(storedName), { code: 'file.away' })
  assert.equal(s3.asked.length, asked)
  assert.ok(performance.now() - began - waited < 1000)
  await wait(5100)
  assert.equal(await other.has(storedName), true)
})

test('what is refused for good is not asked again', async () => {
  s3.goesWrong({ status: 403, code: 'AccessDenied' })
  const asked = s3.asked.length
  await assert.rejects(store.put(Buffer.from('x'), { limit }), {
    code: 'file.away',
    message: /may not do it.*read, write and remove/,
  })
  assert.equal(s3.asked.length, asked + 1)
})

test('an answer that stops half way or was changed is never taken for the file', async () => {
  const bytes = randomBytes(300_000)
  const kept = await store.put(bytes, { limit })
  s3.goesWrong('half')
  await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: /^file\.(away|damaged)$/ })
  s3.goesWrong('changed')
  await assert.rejects(store.read(kept.storedName, kept.wrappedKey), { code: 'file.damaged' })
  s3.goesWrong('changed')
  assert.equal(await store.isIntact(kept.storedName), false)
  assert.deepEqual(await store.read(kept.storedName, kept.wrappedKey), bytes)
})

test('a list longer than one answer goes on after its last name', async () => {
  const other = await open({ prefix: 'long/' })
  const names = new Set<string>()
  // A thousand at once keep the last of them waiting for longer than a store may take, on a machine that does other things too.
  for (let at = 0; at < 1010; at += 10)
    await Promise.all(
      Array.from({ length: 10 }, async () => names.add((await other.put(Buffer.from('x'), { limit })).storedName)),
    )
  const listed: string[] = []
  let shelves = 0
  for await (const shelf of other.shelves()) {
    listed.push(...shelf)
    shelves++
  }
  assert.equal(shelves, 2)
  assert.deepEqual(new Set(listed), names)
  assert.equal(listed.length, 1010)
})

test('two streets in one bucket see nothing of each other', async () => {
  const [one, two] = [await open({ prefix: 'one/' }), await open({ prefix: 'two/' })]
  const { storedName } = await one.put(Buffer.from('x'), { limit })
  assert.equal(await two.has(storedName), false)
  for await (const shelf of two.shelves()) assert.fail(`saw ${shelf}`)
})

test('a store that cannot be used refuses the start in one sentence that says what to do, without secrets', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => free.once('listening', listening))
  const { port } = free.address() as { port: number }
  await new Promise((closed) => free.close(closed))
  const cases: [string, Partial<S3Settings>, RegExp, (() => void)?][] = [
    [
      'no bucket',
      { bucket: 'not-there' },
      /not-there: there is no such bucket\. Make it, or correct KAIFONG_S3_URL \(404 NoSuchBucket\)\.$/,
    ],
    ['another key', { keyId: 'NOBODY' }, /does not know this access key\. Correct KAIFONG_S3_KEY_ID/],
    ['another secret', { secret: { text: 'wrong-and-secret' } }, /Correct KAIFONG_S3_SECRET \(403 SignatureDoesNotMatch\)/],
    ['another region', { region: 'cn-north-1' }, /Correct KAIFONG_S3_REGION/],
    ['nobody there', { origin: `http://127.0.0.1:${port}` }, /did not answer \(ECONNREFUSED\)\. See that it runs/],
    ['no such file', { secret: { file: join(folder, 'none') } }, /KAIFONG_S3_SECRET_FILE: .* cannot be read/],
    ['clocks apart', {}, /Set both by a time server/, () => s3.goesWrong({ status: 403, code: 'RequestTimeTooSkewed' })],
    ['may not write', {}, /may not do it/, () => s3.goesWrong(null, { status: 403, code: 'AccessDenied' })],
    ['may not remove', {}, /may not do it/, () => s3.goesWrong(null, null, null, { status: 403, code: 'AccessDenied' })],
    ['changed on the way', {}, /came back changed/, () => s3.goesWrong(null, null, 'changed')],
    ['moved', {}, /at another address/, () => s3.goesWrong({ status: 301, code: 'PermanentRedirect' })],
  ]
  for (const [what, change, sentence, prepare] of cases) {
    s3.goesWrong()
    prepare?.()
    await assert.rejects(
      open(change),
      (error: Error) => {
        assert.ok(error instanceof StartRefused, `${what}: ${error}`)
        assert.match(error.message, sentence, what)
        assert.doesNotMatch(error.message, /secret-of|wrong-and-secret|Signature=/)
        return true
      },
      what,
    )
  }
})
