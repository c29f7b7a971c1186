/** What was removed is hidden at once and ended after a time of grace, its key before its bytes; what a row names stays, whatever happens in between. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { actorOf, makeResident } from '../../../test/harness/cast.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { DOMAINS, makeStages, PDF, type Stages } from '../../../test/harness/stages.ts'
import type { Actor } from '../../platform/actor.ts'
import { newId } from '../../platform/id.ts'
import type { Platform } from '../../platform/platform.ts'
import { declared } from '../../platform/use-case/use-case.ts'

let scene: Scene
let lady: Actor
let draftId: string
let stages: Stages
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
  const account = await makeResident(scene, (await scene.neighbour()).personId)
  lady = await actorOf(scene, 'resident', account, null, scene.now())
  draftId = (await run('cases.start-draft', lady, { matterCode: 'minimum-living-guarantee' })).draftId
})
after(() => scene?.close())

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
const run = (operation: string, actor: Actor, input: object, platform: Platform = scene.node.platform): Promise<any> =>
  declared.get(operation)!.run({ platform, actor, now: scene.now(), requestId: newId(scene.now()) }, input)
const sweep = (platform?: Platform): Promise<{ marked: number; removed: number; erased: number }> =>
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
const DAY_MS = 86_400_000
let today = Date.parse('2026-11-24T02:00:00Z')
const daysLater = (days: number) => {
  today += days * DAY_MS + 60_000
  scene.at(new Date(today).toISOString())
}
const sizeOf = async (what: string): Promise<number> =>
  (await scene.owner.query(`select count(*)::int as n from ${what}`)).rows[0].n
/** A photo, whose pictures go with it. */
const photo = async () =>
  run('documents.add-draft-file', lady, {
    draftId,
    material: 'income-proof',
    fileName: 'a.png',
    bytes: new Uint8Array(
      await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    ),
  })
const namesOf = async (fileId: string): Promise<string[]> =>
  (
    await scene.owner.query(
      'select stored_name as name from documents.file where id = $1 union select stored_name from documents.derivative where file_id = $1',
      [fileId],
    )
  ).rows.map((r) => r.name)
const takeBack = async (): Promise<{ fileId: string; names: string[] }> => {
  const { materialId, fileId } = await photo()
  const names = await namesOf(fileId)
  assert.equal(names.length, 3)
  await run('documents.remove-draft-file', lady, { draftId, materialId })
  return { fileId, names }
}
const there = async (names: readonly string[]): Promise<number> => {
  const all = await stored()
  return names.filter((name) => all.has(name)).length
}
/** Every value of the whole database that holds these bytes. */
async function placesOf(bytes: Buffer): Promise<string[]> {
  const { rows } = await scene.owner.query(`select n.nspname || '.' || c.relname as table, a.attname as column from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname !~ '^pg_|information'`)
  const found: string[] = []
  for (const { table, column } of rows)
    if ((await scene.owner.query(`select from ${table} where position($1::bytea in "${column}") > 0`, [bytes])).rows.length > 0)
      found.push(`${table}.${column}`)
  return found
}

test('a file that was taken back is seen by nobody from then on; its key goes after the grace, then its bytes; the one that was not stays', async () => {
  const { fileId } = await give()
  const gone = await takeBack()
  const { wrapped_key: key } = (await scene.owner.query('select wrapped_key from documents.file where id = $1', [gone.fileId]))
    .rows[0]
  for (const as of [undefined, 'shown', 'preview'])
    await assert.rejects(run('documents.read-file', lady, { fileId: gone.fileId, ...(as ? { as } : {}) }), {
      code: 'file.not_found',
    })
  assert.deepEqual(await sweep(), { marked: 0, removed: 0, erased: 0 })
  daysLater(6)
  assert.deepEqual(await sweep(), { marked: 0, removed: 0, erased: 0 })
  assert.equal(await there(gone.names), 3, 'a backup of that day may still name it')
  assert.deepEqual(await placesOf(key), ['documents.file.wrapped_key'])

  daysLater(1)
  assert.deepEqual(await sweep(), { marked: 0, removed: 0, erased: 1 })
  assert.equal(await there(gone.names), 3, 'the bytes are still in the store')
  assert.deepEqual(await placesOf(key), [], 'and nothing that opens them is left')
  const { files } = scene.node.platform.services
  const other = (await scene.owner.query('select wrapped_key from documents.file where id = $1', [fileId])).rows[0].wrapped_key
  for (const name of gone.names) await assert.rejects(files.read(name, other), { code: 'crypto.tampered' })
  const { rows } = await scene.owner.query(
    'select removed_by, erased_at > removed_at as later from documents.erased where file_id = $1',
    [gone.fileId],
  )
  assert.deepEqual(rows, [{ removed_by: 'applicant', later: true }])

  assert.deepEqual(await sweep(), { marked: 0, removed: 3, erased: 0 })
  assert.equal(await there(gone.names), 0)
  assert.deepEqual(await marks(), [])
  assert.deepEqual(Buffer.from((await run('documents.read-file', lady, { fileId })).bytes), PDF)
})

test('a draft that is thrown away takes its files with it, of that draft alone', async () => {
  const other = (await run('cases.start-draft', lady, { matterCode: 'longevity-allowance' })).draftId
  const { fileId } = await give()
  const before = await sizeOf('documents.file where removed_at is not null')
  await scene.owner.query('update documents.file set draft_id = $1 where id = $2', [other, (await photo()).fileId])
  await scene.owner.query(
    'update documents.material set draft_id = $1 where file_id in (select id from documents.file where draft_id = $1)',
    [other],
  )
  await run('cases.discard-draft', lady, { draftId: other })
  assert.equal(await sizeOf('documents.file where removed_at is not null'), before + 1)
  await run('documents.read-file', lady, { fileId })
  daysLater(8)
  assert.equal((await sweep()).erased, 1)
  assert.equal((await sweep()).removed, 3)
})

test('two sweeps at once end each file once', async () => {
  const gone = await Promise.all([takeBack(), takeBack(), takeBack()])
  daysLater(8)
  const both = await Promise.all([sweep(), sweep()])
  assert.equal(both[0].erased + both[1].erased, 3)
  await Promise.all([sweep(), sweep()])
  assert.equal(await there(gone.flatMap((one) => one.names)), 0)
  assert.deepEqual(await marks(), [])
})

test('a row that commits long after its bytes came keeps them', async () => {
  const { files } = scene.node.platform.services
  const late = await files.put(Buffer.from('slow'), { limit: 100 })
  assert.equal((await sweep()).marked, 1)
  await scene.owner.query(
    `insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, added_at) values ($1, $2, $3, '\\x00', 4, 'text/plain', $4, $5)`,
    [
      newId(scene.now()),
      late.storedName,
      late.wrappedKey,
      scene.node.platform.services.crypto.seal('x', 'documents.file.name'),
      scene.now(),
    ],
  )
  daysLater(8)
  assert.equal((await sweep()).removed, 0)
  assert.equal(await there([late.storedName]), 1)
  assert.deepEqual(await marks(), [])
})

test('a list that shows a file again after it went, as some stores do, only marks it again', async () => {
  const { files } = scene.node.platform.services
  const { storedName } = await files.put(Buffer.from('x'), { limit: 100 })
  await sweep()
  daysLater(8)
  assert.equal((await sweep()).removed, 1)
  const stale: Platform = {
    ...scene.node.platform,
    services: {
      ...scene.node.platform.services,
      files: {
        ...files,
        async *shelves() {
          yield [storedName]
        },
      },
    },
  }
  assert.equal((await sweep(stale)).marked, 1)
  daysLater(8)
  assert.equal((await sweep()).removed, 1, 'once more, of what is not there')
  assert.deepEqual(await marks(), [])
})

test('pictures of an earlier recipe are made anew once, and one that cannot be made keeps what it has', async () => {
  const s = stages.at['received-guarantee']!
  const give = async () =>
    (
      await run('documents.add-case-file', await actorOf(scene, 'resident', s.applicant.accountId, null, scene.now()), {
        caseId: s.caseId,
        material: 'income-proof',
        fileName: 'a.png',
        bytes: new Uint8Array(
          await sharp({ create: { width: 900, height: 300, channels: 3, background: 'red' } })
            .png()
            .toBuffer(),
        ),
      })
    ).fileId as string
  const [good, lost] = [await give(), await give()]
  const before = await namesOf(good)
  await scene.owner.query(`update documents.derivative set recipe = 0, width = null where file_id = any($1)`, [[good, lost]])
  await scene.owner.query(`delete from documents.derivative where kind = 'preview' and file_id = $1`, [good])
  await scene.node.platform.services.files.remove(await nameOf(lost))
  const system: Actor = { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS }
  const quiet = { ...scene.node.platform, log: { info() {}, warn() {}, error() {} } }
  assert.deepEqual(await run('documents.renew-derivatives', system, {}, quiet), { renewed: 1, failed: 1 })
  assert.deepEqual(await run('documents.renew-derivatives', system, {}, quiet), { renewed: 0, failed: 0 }, 'not again today')
  const { rows } = await scene.owner.query(
    'select kind, recipe, width from documents.derivative where file_id = $1 order by kind',
    [good],
  )
  assert.deepEqual(rows, [
    { kind: 'preview', recipe: 1, width: 240 },
    { kind: 'shown', recipe: 1, width: 900 },
  ])
  const after = await namesOf(good)
  assert.equal(after.filter((name) => before.includes(name)).length, 1, 'the file itself')
  assert.equal(await sizeOf(`documents.derivative where recipe = 0 and file_id = '${lost}'`), 2)
  daysLater(1)
  assert.deepEqual(await run('documents.renew-derivatives', system, {}, quiet), { renewed: 0, failed: 1 })
  await sweep()
  daysLater(8)
  assert.equal((await sweep()).removed, 2, 'the earlier pictures')
})

test('bytes of a transaction that was undone go too', async () => {
  const { storedName } = await scene.node.platform.services.files.put(new Uint8Array(PDF), { limit: 10_000 })
  assert.equal((await sweep()).marked, 1)
  daysLater(8)
  assert.equal((await sweep()).removed, 1)
  assert.ok(!(await stored()).has(storedName))
})

test('cut off after the bytes are gone: the next sweep finds nothing to remove and ends it', async () => {
  const { storedName: name } = await scene.node.platform.services.files.put(Buffer.from('x'), { limit: 10 })
  await sweep()
  daysLater(8)
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
