/** A street is kept while people work, and comes back as it was. */
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { holding } from '../../src/commands/holding.ts'
import { apply, sweep as runSweep } from '../cases/story.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { startDistribution, startEmbeddedServer } from '../harness/server.ts'
import { makeStages } from '../harness/stages.ts'
import { ask, backup, bringBack, emptyPlace, exportTo, folderOf, guards, ownServerPlace } from './kept.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
  await makeStages(scene)
})
after(() => scene?.close())

const count = async (url: string, what: string): Promise<number> =>
  Number((await ask<{ n: number }>(url, `select count(*) as n from ${what}`))[0]!.n)

test('what was kept comes back: rows, files, guards and numbers; nobody is signed in, and the clocks go on', async (t) => {
  const clerk = await scene.officer('window-clerk', [place.street])
  assert.equal((await clerk.get('/api/v1/work')).status, 200)
  const { dir, manifest } = await backup(scene, folderOf('backups'))
  assert.equal(manifest.whole, true)
  assert.ok(manifest.files.count >= 10, `${manifest.files.count} files`)

  const there = await emptyPlace()
  const proved = await bringBack(dir, 'backup', there)
  assert.deepEqual(
    proved.map((p) => p.name),
    ['every sealed field opens', 'every file opens', 'every case is what its timeline tells'],
  )
  assert.deepEqual(
    proved.flatMap((p) => p.found),
    [],
  )
  assert.deepEqual(await guards(there.ownerUrl), await guards(scene.ownerUrl))
  for (const what of ['auth.session', 'auth.phone_code']) {
    assert.ok((await count(scene.ownerUrl, what)) > 0 || what === 'auth.phone_code')
    assert.equal(await count(there.ownerUrl, what), 0, what)
  }
  assert.equal(await count(there.ownerUrl, 'platform.idempotency'), await count(scene.ownerUrl, 'platform.idempotency'))

  const again = await openScene('2026-11-24T03:00:00Z', {}, there)
  t.after(() => again.close())
  again.stranger.cookie = clerk.cookie
  assert.equal((await again.stranger.get('/api/v1/work')).status, 401, 'her session was of the old place')
  const last = async (what: string) =>
    (await ask<{ last: string }>(scene.ownerUrl, `select max(number collate "C") as last from ${what}`))[0]!.last
  const newcomer = await again.resident({ name: '黎新', bornOn: '1940-01-01' })
  const { number, caseId } = await apply(again, newcomer, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  assert.ok(number > (await last('cases.case')), 'numbers go on')
  const receipts = `documents.document where kind = 'receipt'`
  const [receipt] = await ask<{ number: string }>(there.ownerUrl, `select number from ${receipts} and case_id = $1`, [caseId])
  assert.equal(await count(scene.ownerUrl, `${receipts} and number = '${receipt!.number}'`), 0)

  again.at('2026-12-24T02:00:00Z')
  const up = `cases.notice where taken_down_at is null and ends_on < '2026-12-24'`
  assert.ok((await count(there.ownerUrl, up)) > 0)
  await runSweep(again, 'cases.take-down-notices')
  assert.equal(await count(there.ownerUrl, up), 0, 'its days ended while nobody was there')
  const overdue = `select id, due_at from cases.case where open and due_at < '2026-12-24' and id <> '${caseId}' order by id`
  assert.deepEqual(await ask(there.ownerUrl, overdue), await ask(scene.ownerUrl, overdue))
})

test('everything acknowledged before the snapshot is in it, and half of nothing', async () => {
  const writers = new pg.Pool({ connectionString: scene.ownerUrl, max: 4 })
  const acknowledged: string[] = []
  let stop = false
  const write = async (who: number) => {
    for (let n = 0; !stop; n++) {
      const client = await writers.connect()
      const number = `W${who}-${n}`
      await client.query('begin')
      const { rows } = await client.query(
        `insert into people.hukou_household (id, area, number, recorded_at) values (gen_random_uuid(), $1, $2, '2026-11-24') returning id`,
        [place.community, number],
      )
      await client.query(`insert into people.dwelling (id, area, address, recorded_at) values ($1, $2, $3, '2026-11-24')`, [
        rows[0].id,
        place.community,
        number,
      ])
      await client.query('commit')
      acknowledged.push(number)
      client.release()
    }
  }
  const writing = [0, 1, 2, 3].map(write)
  while (acknowledged.length < 50) await new Promise((soon) => setTimeout(soon, 10))
  const before = [...acknowledged]
  const { dir } = await backup(scene, folderOf('backups'))
  const meanwhile = acknowledged.length
  stop = true
  await Promise.all(writing)
  await writers.end()
  assert.ok(meanwhile > before.length, 'people went on working')

  const there = await emptyPlace()
  await bringBack(dir, 'backup', there)
  const kept = new Set(
    (await ask<{ number: string }>(there.ownerUrl, `select number from people.hukou_household`)).map((r) => r.number),
  )
  assert.deepEqual(
    before.filter((number) => !kept.has(number)),
    [],
  )
  assert.equal(
    await count(
      there.ownerUrl,
      `people.hukou_household h full join (select * from people.dwelling where address ~ '^W\\d') d using (id) where (h.id is null or d.id is null) and coalesce(number, address) ~ '^W\\d'`,
    ),
    0,
  )
  await there.drop()
})

test('only new files are copied again; the last N whole ones stay', async () => {
  const folder = folderOf('backups')
  const first = await backup(scene, folder)
  const files = () => readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
  const before = new Map(files().map((f) => [f.name, statSync(join(f.parentPath, f.name)).ino]))
  mkdirSync(join(folder, 'files', 'ab'), { recursive: true })
  writeFileSync(join(folder, 'files', 'ab', 'stray'), 'x') // of a backup that is no more
  mkdirSync(join(folder, '20200101T000000.000Z.unfinished'))
  const second = await backup(scene, folder, { keep: 1 })
  assert.deepEqual(second.removed, [first.dir.split('/').at(-1)])
  assert.deepEqual(new Map(files().map((f) => [f.name, statSync(join(f.parentPath, f.name)).ino])), before)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name !== 'files'),
    [second.dir.split('/').at(-1)],
  )
})

test('a file that the store has lost is told, and the rest is kept and comes back', async () => {
  const folder = folderOf('backups')
  const whole = await backup(scene, folder)
  const [{ name }] = (await ask<{ name: string }>(
    scene.ownerUrl,
    'select stored_name as name from documents.file order by 1 limit 1',
  )) as [{ name: string }]
  const path = join(scene.filesDir, name.slice(0, 2), name)
  const fresh = folderOf('backups')
  renameSync(path, `${path}.lost`)
  const { dir, manifest } = await backup(scene, fresh)
  renameSync(`${path}.lost`, path)
  assert.deepEqual([manifest.whole, manifest.faults], [false, [{ file: name, why: 'missing' }]])
  const there = await emptyPlace()
  const proved = await bringBack(dir, 'backup', there)
  assert.match(proved.flatMap((p) => p.found).join(), new RegExp(`^documents.file: file.missing: .*${name}`))
  await there.drop()

  chmodSync(path, 0o600)
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, -1))
  const damaged = await backup(scene, folderOf('backups'), { keep: 1 })
  writeFileSync(path, bytes)
  assert.deepEqual(damaged.manifest.faults, [{ file: name, why: 'damaged' }])
  renameSync(path, `${path}.lost`)
  const later = await backup(scene, folder, { keep: 1 })
  renameSync(`${path}.lost`, path)
  assert.equal(later.manifest.whole, true, 'this folder has the file from before')
  assert.equal(existsSync(whole.dir), false)
})

test('a backup goes from one PostgreSQL to the other and back, as a street that leaves does', async () => {
  const folder = folderOf('server')
  mkdirSync(folder)
  const bin = process.env.KAIFONG_TEST_PG17 ? null : '/usr/lib/postgresql/17/bin'
  assert.ok(!bin || existsSync(bin), `no PostgreSQL 17 in ${bin}; .ci/run installs it`)
  const server = bin ? await startDistribution(bin, folder) : await startEmbeddedServer(folder)
  try {
    const [out, back] = [folderOf('export'), folderOf('export')]
    const sent = await exportTo(scene, out)
    const other = await ownServerPlace(server.url)
    assert.deepEqual(
      (await bringBack(out, 'export', other)).flatMap((p) => p.found),
      [],
    )
    const returned = await exportTo(other, back)
    const same = (m: typeof sent) => m.tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 }))
    assert.deepEqual(same(returned), same(sent))
    assert.notEqual(returned.postgres.split('.')[0], sent.postgres.split('.')[0])
    const home = await emptyPlace()
    assert.deepEqual(
      (await bringBack(back, 'export', home)).flatMap((p) => p.found),
      [],
    )
    assert.deepEqual(await guards(home.ownerUrl), await guards(other.ownerUrl))
    await home.drop()
    const csv = readFileSync(join(out, 'tables/people.person.csv'), 'utf8')
    assert.match(csv.split('\n')[0]!, /^id,name,sex,born_on,/)
    assert.match(csv, /陈秀英/)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('every sealed column is known, every table has a key, and what is left out is there', async () => {
  const sealed = await ask<{ name: string }>(
    scene.ownerUrl,
    `select c.oid::regclass || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'bytea'::regtype and a.attname ~ 'sealed|wrapped' and a.attnum > 0`,
  )
  const known = new Set(holding.sealed.map((s) => `${s.table}.${s.column}`))
  assert.deepEqual(
    sealed
      .map((s) => s.name.replaceAll('"', ''))
      .filter((name) => !known.has(name) && !(name.split('.').slice(0, 2).join('.') in holding.leftOut)),
    [],
    'say in src/commands/holding.ts what it is sealed under',
  )
  const tables = await ask<{ name: string; keyed: boolean }>(
    scene.ownerUrl,
    `select n.nspname || '.' || c.relname as name, exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) as keyed
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'jobs')`,
  )
  assert.deepEqual(
    tables.filter((t) => !t.keyed).map((t) => t.name),
    [],
  )
  assert.deepEqual(
    Object.keys(holding.leftOut).filter((name) => !tables.some((t) => t.name === name)),
    [],
  )
})
