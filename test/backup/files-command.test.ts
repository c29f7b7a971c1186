/** `files` as whoever keeps the box types it: beside a running node, from a directory into a bucket, and after a loss. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openS3Store, type S3Store } from '../harness/s3-store.ts'
import { openScene, type Scene } from '../harness/scene.ts'
import { makeStages } from '../harness/stages.ts'
import { ask, backup, folderOf, root } from './kept.ts'

let scene: Scene
let s3: S3Store
let dataDir: string
let bucket: Record<string, string>
before(async () => {
  scene = await openScene()
  await makeStages(scene)
  s3 = await openS3Store()
  const { origin, bucket: name, prefix, keyId, secret } = s3.settings()
  assert.ok('text' in secret)
  bucket = { KAIFONG_S3_URL: `${origin}/${name}/${prefix}`, KAIFONG_S3_KEY_ID: keyId, KAIFONG_S3_SECRET: secret.text }
  dataDir = folderOf('data')
  mkdirSync(dataDir)
  symlinkSync(scene.filesDir, join(dataDir, 'files'))
})
after(async () => {
  await s3?.close()
  await scene?.close()
})

async function files(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp', KAIFONG_TEST_FOLDER = '' } = process.env
  const child = spawn(
    process.execPath,
    ['--import', './bin/tied.mjs', '--import', './bin/tsx-hook.mjs', 'src/main.ts', 'files', ...args],
    {
      cwd: root,
      env: {
        PATH,
        HOME,
        TMPDIR,
        DATABASE_URL: scene.ownerUrl,
        KAIFONG_DATA: dataDir,
        KAIFONG_KEYS: join(KAIFONG_TEST_FOLDER, 'keys'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number]
  assert.doesNotMatch(said, /^ {4}at |secret-of-the-test/m)
  return { code, said }
}
const kept = async (): Promise<string[]> =>
  (
    await ask<{ name: string }>(
      scene.ownerUrl,
      'select stored_name as name from documents.file union select stored_name from documents.derivative order by 1',
    )
  ).map((row) => row.name)

test('what is lost or damaged is named, and comes back from a backup', async () => {
  const backups = folderOf('backups')
  await backup(scene, backups)
  const names = await kept()
  assert.deepEqual(await files(['check']), { code: 0, said: `${names.length} files are there and whole.\n` })
  const pathOf = (name: string) => join(scene.filesDir, name.slice(0, 2), name)
  const [lost, damaged] = names as [string, string]
  unlinkSync(pathOf(lost))
  chmodSync(pathOf(damaged), 0o600)
  writeFileSync(pathOf(damaged), 'something else')
  const found = await files(['check'])
  assert.equal(found.code, 3)
  assert.match(found.said, new RegExp(`${lost}: missing`))
  assert.match(found.said, new RegExp(`${damaged}: damaged`))
  const elsewhere = await files(['mend', folderOf('nothing')])
  assert.deepEqual([elsewhere.code, /is not there\. Give a folder of backups/.test(elsewhere.said)], [1, true])
  const mended = await files(['mend', backups])
  assert.deepEqual(mended, { code: 0, said: `2 files brought back, ${names.length - 2} were there and whole.\n` })
  assert.equal((await files(['check'])).code, 0)
})

test('into a bucket and back, again and again, and nothing is sent twice', async () => {
  const n = (await kept()).length
  const without = await files(['copy', 's3'])
  assert.deepEqual([without.code, /Set KAIFONG_S3_URL/.test(without.said)], [1, true])
  const wrong = await files(['copy', 's3'], { ...bucket, KAIFONG_S3_SECRET: 'not-it' })
  assert.deepEqual([wrong.code, /the secret is not the one of this access key/.test(wrong.said)], [1, true])
  const first = await files(['copy', 's3'], bucket)
  assert.match(first.said, new RegExp(`^${n} files copied, 0 were there already\\.\\nNext: stop Kaifong`))
  assert.match((await files(['copy', 's3'], bucket)).said, new RegExp(`^0 files copied, ${n} were there already`))
  assert.deepEqual(await files(['check'], bucket), { code: 0, said: `${n} files are there and whole.\n` })
  assert.match((await files(['copy', 'directory'], bucket)).said, new RegExp(`^0 files copied, ${n} were there`))
  const empty = folderOf('data')
  mkdirSync(empty)
  const back = await files(['copy', 'directory'], { ...bucket, KAIFONG_DATA: empty })
  assert.match(back.said, new RegExp(`^${n} files copied[\\s\\S]*start it without KAIFONG_S3_URL`))
  assert.deepEqual(await files(['check'], { KAIFONG_DATA: empty }), { code: 0, said: `${n} files are there and whole.\n` })
  assert.equal((await files(['copy', 'nowhere'], bucket)).code, 2)
})
