/** Bytes that no row names go, after a time of grace; bytes that a row names stay, whatever happens in between. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actorOf, makeResident } from '../../../test/harness/cast.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { DOMAINS, PDF } from '../../../test/harness/stages.ts'
import type { Actor } from '../../platform/actor.ts'
import { newId } from '../../platform/id.ts'
import type { Platform } from '../../platform/platform.ts'
import { declared } from '../../platform/use-case/use-case.ts'

let scene: Scene
let lady: Actor
let draftId: string
before(async () => {
  scene = await openScene()
  const account = await makeResident(scene, (await scene.neighbour()).personId)
  lady = await actorOf(scene, 'resident', account, null, scene.now())
  draftId = (await run('cases.start-draft', lady, { matterCode: 'minimum-living-guarantee' })).draftId
})
after(() => scene?.close())

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
const run = (operation: string, actor: Actor, input: object, platform: Platform = scene.node.platform): Promise<any> =>
  declared.get(operation)!.run({ platform, actor, now: scene.now(), requestId: newId(scene.now()) }, input)
const sweep = (platform?: Platform): Promise<{ marked: number; removed: number }> =>
  run('documents.sweep-files', { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS }, {}, platform)
const give = () =>
  run('documents.add-draft-file', lady, { draftId, material: 'income-proof', fileName: 'a.pdf', bytes: new Uint8Array(PDF) })
const stored = async (): Promise<Set<string>> => {
  const names = new Set<string>()
  for await (const shelf of scene.node.platform.services.files.shelves()) for (const name of shelf) names.add(name)
  return names
}
const nameOf = async (fileId: string): Promise<string> =>
  (await scene.owner.query('select stored_name from documents.file where id = $1', [fileId])).rows[0].stored_name
const marks = async (): Promise<string[]> =>
  (await scene.owner.query('select stored_name from documents.unreferenced')).rows.map((r) => r.stored_name)
/** Somebody takes a file back, and the first sweep afterwards sees that. */
async function takenBack(): Promise<string> {
  const { materialId, fileId } = await give()
  const name = await nameOf(fileId)
  await run('documents.remove-draft-file', lady, { draftId, materialId })
  assert.equal((await sweep()).marked, 1)
  return name
}

test('a file that was taken back goes after the grace, the one that was not stays', async () => {
  const { fileId } = await give()
  const name = await takenBack()
  assert.deepEqual(await sweep(), { marked: 0, removed: 0 }, 'marked once')
  scene.at('2026-12-01T01:59:00Z')
  assert.equal((await sweep()).removed, 0)
  assert.ok((await stored()).has(name), 'a backup of that day may still name it')
  scene.at('2026-12-01T02:01:00Z')
  assert.equal((await sweep()).removed, 1)
  assert.ok(!(await stored()).has(name))
  assert.deepEqual(await marks(), [])
  assert.deepEqual(Buffer.from((await run('documents.read-file', lady, { fileId })).bytes), PDF)
})

test('bytes of a transaction that was undone go too', async () => {
  const { storedName } = await scene.node.platform.services.files.put(new Uint8Array(PDF), { limit: 10_000 })
  assert.equal((await sweep()).marked, 1)
  scene.at('2026-12-09T02:02:00Z')
  assert.equal((await sweep()).removed, 1)
  assert.ok(!(await stored()).has(storedName))
})

test('cut off after the bytes are gone: the next sweep finds nothing to remove and ends it', async () => {
  const name = await takenBack()
  scene.at('2026-12-17T02:03:00Z')
  const { platform } = scene.node
  const { files } = platform.services
  const dying: Platform = {
    ...platform,
    services: {
      ...platform.services,
      files: {
        ...files,
        async remove(storedName) {
          await files.remove(storedName)
          throw new Error('the machine stops here')
        },
      },
    },
  }
  await assert.rejects(sweep(dying), /stops here/)
  assert.ok(!(await stored()).has(name))
  assert.deepEqual(await marks(), [name], 'the mark was not lost with the bytes')
  await sweep()
  assert.deepEqual(await marks(), [])
})

test('what a row names is never removed, also when it was marked', async () => {
  const { fileId } = await give()
  const name = await nameOf(fileId)
  await scene.owner.query('insert into documents.unreferenced (stored_name, found_at) values ($1, $2)', [
    name,
    new Date('2026-01-01'),
  ])
  assert.equal((await sweep()).removed, 0)
  assert.ok((await stored()).has(name))
  assert.deepEqual(await marks(), [], 'and the mark is gone')
  // A sweep that covers one street only still knows the files of all: a draft is seen by its writer alone.
  const narrow: Actor = { kind: 'system', schedule: 'test', scope: place.nextStreet, domains: [] }
  await run('documents.sweep-files', narrow, {})
  assert.deepEqual(await marks(), [])
})
