import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { isRunning } from './process.ts'
import { attachEmbedded, DataHeld, startEmbedded } from './supervisor.ts'

const log = { info() {}, warn() {} }
const scene = mkdtempSync(join(tmpdir(), 'kaifong 街坊 '))
// Passed through by the database's own user when the tests run as root.
chmodSync(scene, 0o711)
const asRoot = process.getuid?.() === 0
const left: ChildProcess[] = []
after(() => {
  for (const child of left) child.kill('SIGKILL')
  rmSync(scene, { recursive: true, force: true })
})
const folder = (name: string): string => join(scene, name)

async function ask(url: string, question: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(question)).rows[0]
  } finally {
    await client.end()
  }
}

/** Another program of ours: runs `script` with what the supervisor exports, tells us what it says by `tell`. */
async function another(dataDir: string, script: string): Promise<{ child: ChildProcess; told: Record<string, unknown> }> {
  const from = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  const code = `import { startEmbedded } from ${from('./supervisor.ts')}
    import { watchEnd } from ${from('./closing.ts')}
    const dataDir = process.argv[1], log = { info() {}, warn() {}, error() {} }
    // A test that is interrupted takes what it started along.
    process.on('disconnect', () => process.exit())
    const tell = (told) => new Promise((sent) => process.send(told, sent))
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  left.push(child)
  const silent = once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code} before it said anything`)))
  const [told] = (await Promise.race([once(child, 'message'), silent])) as [Record<string, unknown>]
  silent.catch(() => {}) // It has spoken; when it ends is the story's own matter.
  return { child, told }
}

const HOLD = `const held = await startEmbedded({ dataDir, log })
  await tell({ pid: held.pid, isNew: held.isNew, ownerUrl: held.ownerUrl })
  setInterval(() => {}, 1000)`

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function ended(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 5000 && isRunning(pid); waited += 20) await wait(20)
  return !isRunning(pid)
}

test('a street is started for the first time, stopped, and started again', async (t) => {
  const dataDir = folder('a street')
  const first = await startEmbedded({ dataDir, log })
  t.after(() => first.stop())
  assert.ok(first.isNew && !first.adopted)
  const found = await ask(
    first.ownerUrl,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync,
       current_setting('listen_addresses') as listens, pg_encoding_to_char(encoding) as encoding, datcollate as locale
     from pg_database where datname = current_database()`,
  )
  assert.deepEqual(found, { major: 18, fsync: 'on', listens: '', encoding: 'UTF8', locale: 'C.UTF-8' })
  await ask(first.ownerUrl, 'create extension pg_trgm')
  // Only a UTF-8 character type sees letters here; under C the name search would find nobody.
  assert.equal((await ask(first.ownerUrl, `select cardinality(show_trgm('陈丽华')) as grams`)).grams, 4)
  await ask(first.ownerUrl, `create table kept as select '陈丽华' as name`)
  assert.equal(statSync(join(dataDir, 'postgres.password')).mode & 0o777, 0o600)
  assert.equal(statSync(join(dataDir, 'postgres')).mode & 0o777, 0o700)
  assert.equal(statSync(join(dataDir, 'run')).mode & 0o777, 0o700)
  if (asRoot) assert.notEqual(statSync(`/proc/${first.pid}`).uid, 0)

  await first.stop()
  assert.ok(!isRunning(first.pid))
  // `engine` is there only where the database's user cannot reach the program's own folder, as under a 0700 home of root.
  const left = readdirSync(dataDir).filter((name) => name !== 'engine')
  assert.deepEqual(left.sort(), ['postgres', 'postgres.log', 'postgres.password', 'postgres.token', 'run'])
  assert.deepEqual(readdirSync(join(dataDir, 'run')), [])

  const second = await startEmbedded({ dataDir, log })
  t.after(() => second.stop())
  assert.ok(!second.isNew && !second.adopted)
  assert.equal((await ask(second.ownerUrl, 'select name from kept')).name, '陈丽华')
})

test('a second start says who holds the data, and touches nothing', async (t) => {
  const dataDir = folder('held')
  const { child, told } = await another(dataDir, HOLD)
  t.after(async () => {
    await kill(child)
    await (await startEmbedded({ dataDir, log })).stop()
  })
  const before = readdirSync(dataDir)
  await assert.rejects(startEmbedded({ dataDir, log }), (error: Error) => {
    assert.ok(error instanceof DataHeld)
    assert.equal(error.holder.pid, child.pid)
    assert.match(error.message, new RegExp(`in use by process ${child.pid} .*KAIFONG_DATA`, 's'))
    return true
  })
  assert.deepEqual(readdirSync(dataDir), before)

  // A command beside it uses the same server, and its end does not stop that.
  const beside = await attachEmbedded({ dataDir, log })
  assert.equal((await ask(beside.ownerUrl, 'select 1 as one')).one, 1)
  await beside.stop()
  assert.equal((await ask(told.ownerUrl as string, 'select 1 as one')).one, 1)
})

test('the server of a killed program is adopted with what it holds, and stopped by whoever adopted it', async () => {
  const dataDir = folder('orphan')
  const { child, told } = await another(dataDir, HOLD)
  await ask(told.ownerUrl as string, `create table kept as select 7 as flat`)
  await kill(child)
  assert.ok(isRunning(told.pid as number))

  const next = await startEmbedded({ dataDir, log })
  assert.ok(next.adopted && !next.isNew)
  assert.equal(next.pid, told.pid)
  assert.equal((await ask(next.ownerUrl, 'select flat from kept')).flat, 7)
  await next.stop()
  assert.ok(!isRunning(next.pid))
})

test('a server that is killed while somebody holds it runs again under the same address, with what it held', async (t) => {
  const held = await startEmbedded({ dataDir: folder('killed'), log })
  t.after(() => held.stop())
  await ask(held.ownerUrl, 'create table kept as select 7 as n')
  const before = held.pid
  process.kill(before, 'SIGKILL')
  assert.ok(await ended(before))
  let found: unknown
  for (let waited = 0; found === undefined && waited < 20_000; waited += 100) {
    await wait(100)
    found = await ask(held.ownerUrl, 'select n from kept').catch(() => undefined)
  }
  assert.deepEqual(found, { n: 7 })
  assert.notEqual(held.pid, before)
  await held.stop()
  assert.ok(await ended(held.pid), 'and stops as the first would have')
})

test('a server that does not know our token is refused and left running', async (t) => {
  const dataDir = folder('foreign')
  const { child, told } = await another(dataDir, HOLD)
  await kill(child)
  const token = readFileSync(join(dataDir, 'postgres.token'))
  writeFileSync(join(dataDir, 'postgres.token'), 'another\n')
  await assert.rejects(startEmbedded({ dataDir, log }), /did not start \(process \d+\).*Nothing was changed/s)
  assert.ok(isRunning(told.pid as number))
  writeFileSync(join(dataDir, 'postgres.token'), token)
  const ours = await startEmbedded({ dataDir, log })
  t.after(() => ours.stop())
  assert.equal(ours.pid, told.pid)
})

test('after a power cut the numbers in the files may belong to other programs, and the start goes on', async () => {
  const dataDir = folder('orphan')
  const lines = [process.ppid, join(dataDir, 'postgres'), 1, 5432, join(dataDir, 'run'), '', '  1 1', 'ready   ']
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`)
  writeFileSync(
    join(dataDir, 'holder.lock'),
    JSON.stringify({ pid: process.ppid, command: 'x', since: 'x', birth: 'another', token: 'x' }),
  )
  const started = await startEmbedded({ dataDir, log })
  assert.ok(!started.adopted)
  assert.equal((await ask(started.ownerUrl, 'select flat from kept')).flat, 7)
  await started.stop()
})

test('of many starts at once after a crash, exactly one gets the data', async (t) => {
  const dataDir = folder('orphan')
  writeFileSync(
    join(dataDir, 'holder.lock'),
    JSON.stringify({ pid: process.ppid, command: 'x', since: 'x', birth: 'dead', token: 'x' }),
  )
  const race = `const it = await startEmbedded({ dataDir, log }).catch((e) => e)
    await tell({ won: it.pid !== undefined, why: it.name ?? null, said: it.message ?? null })
    if (it.stop) process.once('message', async () => { await it.stop(); process.exit() })
    else process.exit()`
  const all = await Promise.all(Array.from({ length: 4 }, () => another(dataDir, race)))
  const winner = all.filter((each) => each.told.won)
  t.after(async () => {
    for (const { child } of winner) {
      const exited = once(child, 'exit')
      child.send('stop')
      await exited
    }
  })
  assert.equal(winner.length, 1, JSON.stringify(all.map((each) => each.told)))
  for (const { told } of all) if (!told.won) assert.equal(told.why, 'DataHeld')
})

test('a path too long for a socket gets a port on loopback, and the password is still asked for', async (t) => {
  const dataDir = join(folder('long'), 'x'.repeat(100))
  const started = await startEmbedded({ dataDir, log })
  t.after(() => started.stop())
  const found = await ask(
    started.ownerUrl,
    `select host(inet_server_addr()) as at, current_setting('unix_socket_directories') as sockets`,
  )
  assert.deepEqual(found, { at: '127.0.0.1', sockets: '' })
  const guess = new URL(started.ownerUrl)
  guess.password = 'guess'
  await assert.rejects(ask(guess.href, 'select 1'), { code: '28P01' })
})

test('nothing stays behind a crash while starting, process.exit, or a killed test run', async () => {
  const dataDir = folder('a street')
  const crash = `const closing = watchEnd(log)
    const held = await closing.open('the database', startEmbedded({ dataDir, log }), (it) => it.stop())
    await tell({ pid: held.pid })
    throw new Error('the port is taken')`
  const crashed = await another(dataDir, crash)
  const [code] = await once(crashed.child, 'exit')
  assert.equal(code, 1)
  assert.ok(!isRunning(crashed.told.pid as number))

  const left = await another(
    dataDir,
    `const held = await startEmbedded({ dataDir, log }); await tell({ pid: held.pid }); process.exit(0)`,
  )
  assert.ok(await ended(left.told.pid as number))

  const tied = await another(dataDir, HOLD.replace('dataDir, log', `dataDir, log, whenHolderDies: 'stop'`))
  await kill(tied.child)
  assert.ok(await ended(tied.told.pid as number))
})

test('a signal while the database is still starting waits for it, stops it and ends well', async () => {
  const dataDir = folder('a street')
  const script = `const closing = watchEnd(log)
    const opening = closing.open('the database', startEmbedded({ dataDir, log }), async (it) => { await it.stop(); await tell({ stopped: it.pid }) })
    process.kill(process.pid, 'SIGTERM')
    await opening`
  const { child, told } = await another(dataDir, script)
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  assert.ok(!isRunning(told.stopped as number))
})

test('a folder that the database user may not enter is named before anything is made', {
  skip: !asRoot && 'only root changes user',
}, async () => {
  const closed = folder('closed')
  mkdirSync(closed, { mode: 0o700 })
  await assert.rejects(startEmbedded({ dataDir: join(closed, 'data'), log }), (error: Error) => {
    assert.ok(error.message.includes(`may not enter ${closed}.`) && error.message.includes('/var/lib/kaifong'))
    return true
  })
  assert.deepEqual(readdirSync(closed), [])
})
