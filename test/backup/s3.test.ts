/** A street leaves an S3-compatible store by a backup or an export, and comes into one the same way. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openS3Store, realStore, type S3Store } from '../harness/s3-store.ts'
import { openScene, type Scene } from '../harness/scene.ts'
import { makeStages } from '../harness/stages.ts'
import { ask, backup, bringBack, emptyPlace, exportTo, folderOf } from './kept.ts'

let s3: S3Store | undefined
let scene: Scene
const bucket = () => realStore() ?? s3!.settings()
const settings = { value: undefined as ReturnType<typeof bucket> | undefined }
before(async () => {
  if (!realStore()) s3 = await openS3Store()
  settings.value = bucket()
  scene = await openScene(undefined, { s3: settings.value })
  await makeStages(scene)
})
after(async () => {
  await scene?.close()
  await s3?.close()
})

test('from a bucket into a directory, and from there into another bucket: every file opens', async () => {
  assert.deepEqual(readdirSync(scene.filesDir), ['incoming'], 'nothing lies on this machine')
  const source = { ...scene, s3: settings.value! }
  const first = await backup(source, folderOf('backups'))
  const names = (
    await ask<{ n: number }>(
      scene.ownerUrl,
      'select (select count(*) from documents.file)::int + (select count(*) from documents.derivative)::int as n',
    )
  )[0]!.n
  assert.deepEqual([first.manifest.whole, first.manifest.files.count], [true, names])

  const home = await emptyPlace()
  const proved = await bringBack(first.dir, 'backup', home)
  assert.deepEqual(
    proved.flatMap((p) => p.found),
    [],
  )
  const dir = folderOf('export')
  assert.equal((await exportTo(home, dir)).files.count, names)
  assert.ok(!readdirSync(join(dir, 'files')).includes('incoming'))

  const away = { ...(await emptyPlace()), s3: bucket() }
  assert.deepEqual(
    (await bringBack(dir, 'export', away)).flatMap((p) => p.found),
    [],
  )
  await home.drop()
  // Its bucket holds files already: into another database it is not restored a second time over others.
  const other = { ...(await emptyPlace()), s3: settings.value! }
  await scene.node.platform.services.files.put(Buffer.from('of somebody else'), { limit: 100 })
  await assert.rejects(
    bringBack(dir, 'export', other),
    /The file store is not empty: .*KAIFONG_S3_URL a new prefix\. Nothing was changed/,
  )
  await other.drop()
  await away.drop()
})

test('a file that the bucket lost is told; a bucket that stays away ends the backup, which leaves nothing', {
  skip: realStore() ? 'needs a store that fails on demand' : false,
}, async () => {
  const source = { ...scene, s3: settings.value! }
  const [{ name }] = (await ask<{ name: string }>(
    scene.ownerUrl,
    'select stored_name as name from documents.file order by 1 limit 1',
  )) as [{ name: string }]
  await scene.node.platform.services.files.remove(name)
  const { manifest } = await backup(source, folderOf('backups'))
  assert.deepEqual([manifest.whole, manifest.faults], [false, [{ file: name, why: 'missing' }]])
  const folder = folderOf('backups')
  // Opening it asks four times.
  s3!.goesWrong(null, null, null, null, ...Array<'cut'>(50).fill('cut'))
  await assert.rejects(backup(source, folder), { code: 'file.away', message: /did not answer/ })
  s3!.goesWrong()
  assert.deepEqual(
    readdirSync(folder).filter((one) => /\d{8}T/.test(one)),
    [],
  )
})
