/** How the program starts and ends, as its own process: a newcomer's folder, and a database of one's own. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { bringPack } from '../src/commands/pack.ts'
import { decideDemo } from '../src/demo/index.ts'
import { findMigrations, migrate } from '../src/platform/database/migrate.ts'
import { cloneDatabase } from './harness/postgres.ts'

const root = join(import.meta.dirname, '..')
const scene = mkdtempSync(join(tmpdir(), 'kaifong 开始 '))
// Passed through by the database's own user when the tests run as root.
chmodSync(scene, 0o711)
const dataDir = join(scene, 'my data')
const running: ChildProcess[] = []
after(() => {
  for (const child of running) child.kill('SIGKILL')
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT')
  rmSync(scene, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })

interface Program {
  child: ChildProcess
  said(): string
  /** Answers when it has said so; fails when it ends before. */
  until(text: string): Promise<void>
  ended(): Promise<number | null>
}

function run(args: readonly string[], env: Record<string, string>): Program {
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env
  const child = spawn(
    process.execPath,
    ['--import', './bin/tied.mjs', '--import', './bin/tsx-hook.mjs', 'src/main.ts', ...args],
    { cwd: root, env: { PATH, HOME, TMPDIR, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  running.push(child)
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const exited = once(child, 'close')
  return {
    child,
    said: () => said,
    ended: async () => (await exited)[0] as number | null,
    async until(text) {
      while (!said.includes(text)) {
        const ended = await Promise.race([exited, once(child.stdout!, 'data')])
        if (child.exitCode !== null && !said.includes(text)) assert.fail(`it ended with ${ended[0]} and said:\n${said}`)
      }
    },
  }
}

/** Ends with 1, says a sentence and shows nobody a stack. */
async function refused(program: Program, sentence: RegExp): Promise<void> {
  assert.equal(await program.ended(), 1, program.said())
  assert.match(program.said(), sentence)
  assert.doesNotMatch(program.said(), /^ {4}at /m)
}

const answers = async (url: string): Promise<number> => (await fetch(url)).status

test('a first start killed half-way is begun again as what it was; one folder has one holder; a signal ends it all', async () => {
  const port = String(await freePort())
  const env = { KAIFONG_DATA: dataDir, PORT: port }
  const first = run(['start'], env)
  await first.until('Pack guangzhou loaded')
  first.child.kill('SIGKILL')
  await first.ended()

  const second = run(['start'], env)
  await second.until('Demo officers')
  assert.match(second.said(), /The demo street has been filled in/)
  assert.equal(await answers(`http://127.0.0.1:${port}/`), 200)

  const clone = await cloneDatabase()
  const [third, taken, load] = [
    run(['start'], env),
    run(['start'], { DATABASE_URL: clone.ownerUrl, KAIFONG_DATA: join(scene, 'other'), PORT: port }),
    run(['pack', 'load'], env),
  ]
  await refused(third, new RegExp(`in use by process ${second.child.pid} .*Nothing was changed.*KAIFONG_DATA`))
  await refused(taken, new RegExp(`Port ${port} on 127.0.0.1 is taken.*PORT=${Number(port) + 1}`))
  assert.equal(await load.ended(), 0, load.said())
  assert.equal(await answers(`http://127.0.0.1:${port}/`), 200, 'the first goes on')
  await clone.drop()

  second.child.kill('SIGTERM')
  assert.equal(await second.ended(), 0, second.said())
  assert.equal(existsSync(join(dataDir, 'postgres', 'postmaster.pid')), false, 'PostgreSQL has gone, too')
})

test('a demo whose filling was cut off is made anew; a demo is not switched off', async () => {
  const port = String(await freePort())
  const env = { KAIFONG_DATA: dataDir, PORT: port }
  const asked = run(['start'], { ...env, KAIFONG_DEMO: '0' })
  await refused(asked, /KAIFONG_DEMO=0: this database was made as a demo/)
  const again = run(['start'], env)
  await again.until('Demo officers')
  assert.doesNotMatch(again.said(), /filled in/, 'once is enough')
  const { host, password } = {
    host: join(dataDir, 'run'),
    password: readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim(),
  }
  const owner = new pg.Client({ host, password, user: 'kaifong', database: 'kaifong' })
  await owner.connect()
  await owner.query(`insert into platform.setting (name, value, at) values ('demo-filling', '1', now())`)
  await owner.end()
  again.child.kill('SIGINT')
  await again.ended()

  const anew = run(['start'], env)
  await anew.until('Demo officers')
  assert.match(anew.said(), /not finished when the last start ended/)
  assert.match(anew.said(), /filled in/)
  anew.child.kill('SIGINT')
  assert.equal(await anew.ended(), 0)
})

test('a database of one’s own is no demo: its first administrator comes by the link, once; other keys are refused', async () => {
  const clone = await cloneDatabase()
  const port = String(await freePort())
  const env = {
    DATABASE_URL: clone.ownerUrl,
    KAIFONG_DATA: join(scene, 'own'),
    // The login roles and their passwords are the cluster's, which all tests share.
    KAIFONG_KEYS: join(process.env.KAIFONG_TEST_FOLDER!, 'keys'),
    PORT: port,
  }
  const node = run(['start'], env)
  await node.until('within 24 hours')
  assert.doesNotMatch(node.said(), /Demo/)
  const link = /http:\S+/.exec(node.said().slice(node.said().indexOf('No administrator')))![0]
  const form = await fetch(link)
  const cookie = form.headers.getSetCookie().map((one) => one.split(';')[0])
  const hidden = Object.fromEntries(
    [...(await form.text()).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
  const password = 'correct horse battery'
  const typed = { ...hidden, name: '何晓敏', username: 'first', password, again: password }
  const post = (path: string, body: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookie.join('; ') },
      body: new URLSearchParams(body),
    })
  const made = await post('/desk/first', typed)
  assert.deepEqual([made.status, made.headers.get('location')], [303, '/desk/sign-in?username=first&set=password'])
  const signedIn = await post('/desk/sign-in', { ...hidden, username: 'first', password })
  assert.deepEqual([signedIn.status, signedIn.headers.get('location')], [303, '/desk/sign-in/enrol'])
  assert.notEqual((await post('/desk/first', typed)).status, 303, 'the link is used up')
  node.child.kill('SIGTERM')
  assert.equal(await node.ended(), 0, node.said())

  await refused(run(['start'], { ...env, KAIFONG_KEYS: join(scene, 'wrong keys') }), /keys\.json is not in .*KAIFONG_KEYS/)
  await clone.drop()
})

test('wrong settings are named together, and a database that is not there in a sentence without its password', async () => {
  const [wrong, away] = [
    run(['start'], { PORT: '99999', HOST: 'http://x', KAIFONG_DATA: '/srv/d', KAIFONG_KEYS: '/srv/d/keys' }),
    run(['start'], { DATABASE_URL: 'postgres://owner:secret@127.0.0.1:1/street', KAIFONG_DATA: join(scene, 'away'), PORT: '0' }),
  ]
  await refused(wrong, /PORT: .*HOST: .*KAIFONG_KEYS: /s)
  await refused(away, /127\.0\.0\.1:1\/street cannot be used: .*ECONNREFUSED/)
  assert.doesNotMatch(away.said(), /secret/)
})

test('a broken pack stops only a database that has none', async () => {
  const folder = join(scene, 'pack')
  cpSync(join(root, 'packs/guangzhou'), folder, { recursive: true })
  writeFileSync(join(folder, 'roles.yaml'), '- code: 1\n')
  const clone = await cloneDatabase()
  await bringPack(clone.ownerUrl, root, folder, false)
  const owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  await owner.query('delete from matters.pack')
  await owner.end()
  await assert.rejects(bringPack(clone.ownerUrl, root, folder, false), /has errors and is not loaded/)
  await clone.drop()
})

test('only an untouched database that others cannot reach becomes a demo', async () => {
  const [used, empty] = [await cloneDatabase(), await cloneDatabase('template0')]
  const now = new Date('2026-11-24T02:00:00Z')
  await migrate(empty.ownerUrl, findMigrations(join(root, 'src')))
  await assert.rejects(decideDemo(used.ownerUrl, '1', true, now), /KAIFONG_DEMO=1: this database was made for real use/)
  assert.equal(await decideDemo(used.ownerUrl, undefined, true, now), false)
  assert.equal(await decideDemo(empty.ownerUrl, undefined, false, now), false)
  assert.equal(await decideDemo(empty.ownerUrl, '0', true, now), false)
  assert.equal(await decideDemo(empty.ownerUrl, undefined, true, now), true)
  assert.equal(await decideDemo(empty.ownerUrl, undefined, false, now), true, 'and stays one')
  await Promise.all([used.drop(), empty.drop()])
})
