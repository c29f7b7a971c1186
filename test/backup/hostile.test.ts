/** What goes wrong with a backup: killed, stopped, twice at once, changed, newer, of other keys, without its database. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { findSaved, type Manifest, verifySaved } from '../../src/platform/backup/index.ts'
import { writeManifest } from '../../src/platform/backup/manifest.ts'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { findMigrations, migrate } from '../../src/platform/database/migrate.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { ask, backup, bringBack, emptyPlace, folderOf, root } from './kept.ts'

const ROWS = 200_000
const keysDir = join(process.env.KAIFONG_TEST_FOLDER!, 'keys')
let scene: Scene
/** A data folder whose store is the scene's, for commands. */
let dataDir: string
const running: ChildProcess[] = []
before(async () => {
  scene = await openScene()
  const { services } = scene.node.platform
  await scene.neighbour()
  const file = await services.files.put(Buffer.from('户口簿'), { limit: 1000 })
  await scene.owner.query(
    `insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, added_at) values ($1, $2, $3, $4, $5, 'text/plain', $6, $7)`,
    [
      randomUUID(),
      file.storedName,
      file.wrappedKey,
      Buffer.from(file.sha256, 'hex'),
      file.size,
      services.crypto.seal('../户口簿.txt', 'documents.file.name'),
      scene.now(),
    ],
  )
  await scene.owner.query(
    `insert into people.dwelling (id, area, address, recorded_at)
      select gen_random_uuid(), $1, i || repeat(md5(i::text), 12), '2026-11-24' from generate_series(1, $2) i`,
    [place.community, ROWS],
  )
  dataDir = folderOf('data')
  mkdirSync(dataDir)
  symlinkSync(scene.filesDir, join(dataDir, 'files'))
})
after(async () => {
  for (const child of running) child.kill('SIGKILL')
  await scene?.close()
})

function command(args: readonly string[], env: Record<string, string> = {}, typed?: string) {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env
  const child = spawn(
    process.execPath,
    ['--import', './bin/tied.mjs', '--import', './bin/tsx-hook.mjs', 'src/main.ts', ...args],
    {
      cwd: root,
      env: { PATH, HOME, TMPDIR, DATABASE_URL: scene.ownerUrl, KAIFONG_DATA: dataDir, KAIFONG_KEYS: keysDir, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  running.push(child)
  child.stdin!.end(typed ?? '')
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const exited = once(child, 'close')
  return { child, said: () => said, ended: async () => (await exited)[0] as number | null }
}

async function refused(
  args: readonly string[],
  sentence: RegExp,
  env: Record<string, string> = {},
  typed?: string,
): Promise<void> {
  const ran = command(args, env, typed)
  assert.equal(await ran.ended(), 1, ran.said())
  assert.match(ran.said(), sentence)
  assert.doesNotMatch(ran.said(), /^ {4}at /m)
}

async function until(what: string, is: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !(await is()); await wait(5)) assert.ok(performance.now() < end, `never: ${what}`)
}
const bigIsWritten = (folder: string) => () =>
  globSync(`${folder}/*.unfinished/tables/people.dwelling.*`).some((file) => statSync(file).size > 0)
/** A disk of our own takes root, and in a container more than that. */
function mayMount(): string | false {
  const at = folderOf('try')
  mkdirSync(at)
  const tried = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', at])
  if (tried.status !== 0) return 'this user may not mount a small disk'
  execFileSync('umount', [at])
  return false
}
const backupsIn = (folder: string) => readdirSync(folder).filter((name) => /^\d/.test(name))

test('killed, stopped, twice at once, its database gone: nothing of it is taken for a backup, and the next one is', async () => {
  const folder = folderOf('backups')
  const killed = command(['backup', folder])
  await until('the big table', bigIsWritten(folder))
  killed.child.kill('SIGKILL')
  await killed.ended()
  assert.match(backupsIn(folder).join(), /^[^,]*\.unfinished$/)
  await assert.rejects(findSaved(folder, 'backup'), /no whole backup.*was cut off/)

  const [left] = backupsIn(folder)
  const stopped = command(['backup', folder])
  await until('what was left is swept', () => !backupsIn(folder).includes(left!))
  await until('the big table', bigIsWritten(folder))
  stopped.child.kill('SIGINT')
  assert.equal(await stopped.ended(), 130, stopped.said())
  assert.match(stopped.said(), /stopped before its end/)
  assert.deepEqual(backupsIn(folder), [])

  let second: Promise<unknown> | undefined
  const first = await backup(scene, folder, {
    progress: (what) => {
      if (what === 'people.dwelling')
        second ??= assert.rejects(backup(scene, folder), /Process \d+ is writing a backup into .*Wait for it/)
    },
  })
  assert.ok(second)
  await second
  assert.deepEqual(backupsIn(folder), [first.dir.split('/').at(-1)])

  let gone = false
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kaifong backup' and datname = current_database()`
  const progress = (what: string) => {
    if (what === 'people.dwelling' && !gone) void ask(scene.ownerUrl, end)
    if (what === 'people.dwelling') gone = true
  }
  await assert.rejects(backup(scene, folder, { progress }), /database went away.*Begin again/)
  assert.deepEqual(
    backupsIn(folder).filter((name) => name.endsWith('unfinished')),
    [],
  )
  const whole = command(['backup', folder, '--keep', '1'])
  assert.equal(await whole.ended(), 0, whole.said())
  assert.match(whole.said(), /The keys are not in it/)
  assert.equal(backupsIn(folder).length, 1)
})

test('two hundred thousand rows go out and in through a small memory; a restore that was killed is begun anew', async () => {
  let most = 0
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const used = () => {
    gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const start = used()
  const look = setInterval(() => (most = Math.max(most, used() - start)), 700).unref()
  const { dir, manifest } = await backup(scene, folderOf('backups'))
  clearInterval(look)
  const big = manifest.tables.find((t) => t.name === 'people.dwelling')!
  assert.ok(big.rows > ROWS && big.bytes > 80e6, `${big.bytes} bytes`)
  assert.ok(most < big.bytes / 2, `${Math.round(most / 1e6)} MB more while ${Math.round(big.bytes / 1e6)} MB went by`)

  const there = await emptyPlace()
  const data = folderOf('data')
  const env = { DATABASE_URL: there.ownerUrl, KAIFONG_DATA: data }
  const killed = command(['restore', dir], env)
  await until(
    'its rows are written',
    async () =>
      (
        await ask(
          there.ownerUrl,
          `select from pg_stat_activity where datname = current_database() and query ~ '^copy "people"."dwelling"'`,
        )
      ).length > 0,
  )
  killed.child.kill('SIGKILL')
  await killed.ended()
  await assert.rejects(migrate(there.ownerUrl, findMigrations(join(root, 'src'))), /has not come to its end/)
  await until(
    'its connection has gone',
    async () =>
      (
        await ask(
          there.ownerUrl,
          `select from pg_stat_activity where datname = current_database() and application_name = 'kaifong restore'`,
        )
      ).length === 0,
  )
  const again = command(['restore', dir], env)
  assert.equal(await again.ended(), 0, again.said())
  assert.match(again.said(), /read again and the same; 1 files.*Proved: every file opens/s)
  assert.deepEqual(await ask(there.ownerUrl, 'select count(*)::int as n from people.dwelling'), [{ n: big.rows }])
  const written = await ask(
    there.ownerUrl,
    `select operation, actor_kind from platform.audit where operation ~ '^console' and operation <> 'console.backup'`,
  )
  assert.deepEqual(written, [{ operation: 'console.restore', actor_kind: 'system' }])
  await refused(['restore', dir], /database is not empty: access\..*never writes over anything/, env)
  await there.drop()
})

test('a changed byte is found wherever it is, and nothing comes of it', async () => {
  await scene.owner.query('delete from people.dwelling where length(address) > 300')
  const folder = folderOf('backups')
  const { dir } = await backup(scene, folder)
  const keys = await openKeys(keysDir, { create: false })
  const check = async (given: string) =>
    verifySaved({
      found: await findSaved(given, 'backup'),
      keys,
      crypto: createCrypto(keys),
      progress: () => {},
      signal: new AbortController().signal,
    })
  assert.deepEqual(await check(dir), [])
  const [stored] = globSync(join(folder, 'files/??/*')) as [string]
  const there = await emptyPlace()
  for (const [path, sentence] of [
    [join(dir, 'tables/people.person.csv.gz.sealed'), /people\.person.*changed or cut off/],
    [stored, /not the file that was kept/],
    [join(dir, 'files.txt'), /files\.txt.*not the list that was kept|names “/],
    [join(dir, 'manifest.json'), /signature does not fit|is damaged/],
  ] as const) {
    const kept = readFileSync(path)
    const changed = Buffer.from(kept)
    const at = path.endsWith('.json') ? kept.indexOf('"rows"') + 8 : kept.length >> 1
    changed[at] = path.endsWith('.json') ? 0x39 : changed[at]! ^ 1
    chmodSync(path, 0o600)
    writeFileSync(path, changed)
    // From an earlier try: what is whole is not fetched again.
    rmSync(there.filesDir, { recursive: true, force: true })
    const found = await check(dir).then(
      (wrong) => wrong.join('\n'),
      (error: Error) => error.message,
    )
    assert.match(found, sentence, path)
    await assert.rejects(bringBack(dir, 'backup', there), sentence, path)
    writeFileSync(path, kept)
  }
  rmSync(join(dir, 'tables/cases.case.csv.gz.sealed'))
  await assert.rejects(bringBack(dir, 'backup', there), /cases\.case/)
  await there.drop()
})

test('what this program cannot read, may not write over or has no keys for is refused in a sentence', async () => {
  const { dir } = await backup(scene, folderOf('backups'))
  const there = await emptyPlace()
  const { signature: _, ...manifest } = (await findSaved(dir, 'backup')).manifest
  const as = async (change: Partial<Manifest>) => {
    const other = folderOf('backups')
    cpSync(dir, join(other, 'b'), { recursive: true })
    rmSync(join(other, 'b/manifest.json'))
    await writeManifest(join(other, 'b'), { ...manifest, ...change }, await openKeys(keysDir))
    return join(other, 'b')
  }
  await assert.rejects(
    bringBack(await as({ format: 2 }), 'backup', there),
    /written by a newer program \(test, format 2\); this one reads format 1/,
  )
  const step = { number: 9999, name: 'from-tomorrow', hash: 'x' }
  await assert.rejects(
    bringBack(await as({ steps: [...manifest.steps, step] }), 'backup', there),
    /step 9999 \(from-tomorrow\) of a newer program/,
  )
  await assert.rejects(
    bringBack(await as({ steps: manifest.steps.map((s) => ({ ...s, hash: 'x' })) }), 'backup', there),
    /is not the step that made this copy/,
  )
  await assert.rejects(bringBack(dir, 'export', there), /holds a backup: use restore/)

  const otherKeys = folderOf('keys')
  await openKeys(otherKeys)
  await assert.rejects(
    bringBack(dir, 'backup', there, { keysDir: otherKeys }),
    /does not hold the keys of .*blind\.[0-9a-f]{16}, signing\..*, field\..*, wrap\..*Nothing was written/,
  )
  assert.deepEqual(
    await ask(there.ownerUrl, `select nspname from pg_namespace where nspname ~ 'kaifong|platform'`),
    [],
    'nothing was begun',
  )
  await assert.rejects(backup(scene, folderOf('backups'), { keysDir: otherKeys }), /holds other keys than those/)

  mkdirSync(join(there.filesDir, 'ab'), { recursive: true })
  const stranger = createHash('sha256').update('x').digest('hex')
  writeFileSync(join(there.filesDir, 'ab', stranger), 'x')
  await assert.rejects(bringBack(dir, 'backup', there), new RegExp(`is not empty: ${stranger}`))
  rmSync(there.filesDir, { recursive: true })
  await ask(there.ownerUrl, 'create table mine (id int)')
  await assert.rejects(bringBack(dir, 'backup', there), /not empty: public\.mine\. A restore never/)

  const link = folderOf('link')
  symlinkSync(dataDir, link)
  await Promise.all([
    refused(['backup', join(link, 'in')], /lies inside KAIFONG_DATA/),
    refused(['backup', join(keysDir, 'in')], /KAIFONG_KEYS .*lie inside one another/),
    refused(['restore', join(dataDir, 'nowhere')], /nowhere is not there/),
    refused(['restore', await as({ demo: true })], /never goes into a database of yours/, { DATABASE_URL: there.ownerUrl }),
  ])
  await there.drop()
})

test('an export is opened only by who types it, and that is written down', async () => {
  const [closed, opened] = [folderOf('export'), folderOf('export')]
  await refused(['export', '--full', '--open', closed], /Nothing was exported/, {}, 'yes\n')
  assert.equal(existsSync(closed), false)
  const ran = command(['export', '--full', '--open', opened], {}, 'OPEN\n')
  assert.equal(await ran.ended(), 0, ran.said())
  const [file] = readdirSync(join(opened, 'opened/files'))
  assert.match(file!, /^[0-9a-f-]{36} .._户口簿\.txt$/)
  assert.equal(readFileSync(join(opened, 'opened/files', file!), 'utf8'), '户口簿')
  const numbers = readFileSync(join(opened, 'opened/people.person.id_number_sealed.csv'), 'utf8')
  // Secrets of the house are of no use to who leaves.
  assert.ok(!readdirSync(join(opened, 'opened')).some((name) => /totp|audit_subject/.test(name)))
  assert.match(numbers, /^id,id_number_sealed\n[0-9a-f-]{36},999999\d{11}[\dX]\n$/)
  assert.match(readFileSync(join(opened, 'README.md'), 'utf8'), /Sealed columns/)
  const { rows } = await scene.owner.query(
    `select operation from platform.audit where operation ~ '^console' and operation <> 'console.backup' order by at`,
  )
  assert.deepEqual(rows, [{ operation: 'console.export-opened' }])
  await refused(['export', '--full', opened], /is not empty/)
})

test('a full disk is said, and nothing half stays on it', { skip: mayMount() }, async (t) => {
  const disk = folderOf('small-disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', disk])
  t.after(() => execFileSync('umount', [disk]))
  await refused(['backup', join(disk, 'b')], /: the disk is full\. Make room.*Nothing of it was kept/)
  assert.deepEqual(readdirSync(join(disk, 'b')), ['files'])
})
