import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { complete, prepareEngine } from './engine.ts'
import { asRunner, chooseRunner } from './runner.ts'

const scene = mkdtempSync(join(tmpdir(), 'kaifong engine '))
chmodSync(scene, 0o755)
after(() => rmSync(scene, { recursive: true, force: true }))

const installed = dirname(dirname(prepareEngine(scene, undefined).postgres))
/** The package as npm leaves it under --ignore-scripts: no library links, no right to execute. */
function unfinished(at: string): string {
  const native = join(at, 'native')
  cpSync(installed, native, { recursive: true, verbatimSymlinks: true })
  for (const { target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')))
    rmSync(join(at, target), { force: true })
  chmodSync(join(native, 'bin', 'postgres'), 0o644)
  return native
}

test('a package whose install scripts never ran is completed, and then runs', () => {
  const native = unfinished(join(scene, 'bare'))
  complete(native)
  assert.match(execFileSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }), /PostgreSQL\) 18/)
  complete(native)
})

test('programs in a folder that the database user may not enter are copied once into the data directory', {
  skip: process.getuid?.() !== 0 && 'only root changes user',
}, () => {
  const closed = join(scene, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const native = unfinished(closed)
  const dataDir = join(scene, 'data')
  mkdirSync(join(dataDir, 'engine', '17.0'), { recursive: true })
  const runner = chooseRunner(join(dataDir, 'postgres'))
  assert.ok(runner)
  const before = process.umask(0o077)
  const engine = prepareEngine(dataDir, runner, { native, version: '18.4.0' })
  process.umask(before)
  assert.equal(engine.major, '18')
  assert.ok(engine.postgres.startsWith(dataDir) && existsSync(engine.initdb))
  assert.match(
    execFileSync(engine.postgres, ['--version'], { ...asRunner(runner), cwd: '/', encoding: 'utf8' }),
    /PostgreSQL\) 18/,
  )
  assert.deepEqual(readdirSync(join(dataDir, 'engine')), ['18.4.0'])
})
