/** As its keeper meets it: the command, its words and its exit code; and a sealer that is really killed. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openSealedHouse, type SealedHouse } from './story.ts'

const root = join(import.meta.dirname, '../..')
const hooks = ['--import', './bin/tsx-hook.mjs']
let house: SealedHouse
before(async () => {
  house = await openSealedHouse()
})
after(() => house?.close())

function verify(...args: string[]): { code: number | null; said: string } {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATABASE_URL: house.scene.ownerUrl, KAIFONG_KEYS: house.keys.folder, KAIFONG_SEALS: house.sealsDir }
  const ran = spawnSync(process.execPath, [...hooks, 'src/main.ts', 'verify', 'audit', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { code: ran.status, said: ran.stdout + ran.stderr }
}

test('a sealer that is killed again and again leaves nothing that the next one does not mend', async () => {
  const env = {
    ...process.env,
    KAIFONG_TEST_SEALER: JSON.stringify({ login: house.login, keysDir: house.keys.folder, folder: house.sealsDir }),
  }
  for (let i = 0; i < 4; i++) {
    const child = spawn(process.execPath, [...hooks, 'test/harness/sealing-process.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    let writing = true
    const writes = (async () => {
      while (writing) await house.acts(1)
    })()
    await once(child.stdout, 'data')
    await new Promise((later) => setTimeout(later, 40 + 37 * i))
    child.kill('SIGKILL')
    await ended
    writing = false
    await writes
  }
  await house.sealAll()
  assert.deepEqual(await house.found(), {})
})

test('clean: both languages, exit code 0; for a program, one object', () => {
  const { code, said } = verify()
  assert.equal(code, 0, said)
  assert.match(said, /没有发现问题。\nNothing is wrong\./)
  const asJson = verify('--json')
  const { clean, seals, rows, findings, chain } = JSON.parse(asJson.said)
  assert.deepEqual([asJson.code, clean, findings, chain], [0, true, [], house.chain])
  assert.ok(seals > 0 && rows.audit > 0)
})

test('changed: what, where, and what to do next, with exit code 1', async () => {
  await house.scene.owner.query(
    `update platform.audit set outcome = 'x' where id = (select id from platform.audit order by act limit 1)`,
  )
  const { code, said } = verify()
  assert.equal(code, 1)
  assert.match(said, /有记录在封存以后被改过.*\nRows were changed after they were sealed.*\n\s+seal 1 audit\n→ .*报告审计管理员/)
  assert.match(said, /Something is wrong/)
  await house.scene.owner.query(`update platform.audit set outcome = 'done' where outcome = 'x'`)
})

test('elsewhere, with what the command itself hands out', () => {
  const [key, rows] = [`${house.file}.pem`, `${house.file}.exported`]
  writeFileSync(key, verify('--public-key').said)
  assert.equal(verify('--export', rows).code, 0)
  assert.equal(verify('--seals', house.file, '--key', key, '--rows', rows).code, 0)
  writeFileSync(rows, readFileSync(rows, 'utf8').split('\n').slice(1).join('\n'))
  const { code, said } = verify('--seals', house.file, '--key', key, '--rows', rows)
  assert.equal(code, 1)
  assert.match(said, /封存过的记录少了 1 条/)
})

test('what makes no sense is refused in a sentence', () => {
  for (const [args, sentence] of [
    [['--from', 'x'], /give the number of a seal/],
    [['--key', 'k.pem'], /--key needs --seals/],
    [['--seals', house.file, '--key', '/nowhere/k.pem'], /no such file.*k\.pem/],
    [['--what'], /--what/],
  ] as const) {
    const { code, said } = verify(...args)
    assert.notEqual(code, 0)
    assert.match(said, sentence)
    assert.doesNotMatch(said, /^ {4}at /m)
  }
  assert.match(verify('--help').said, /verify audit --seals/)
})

test('a file that is gone is told of, and comes back whole with the next seal', async () => {
  rmSync(house.file)
  assert.match(verify().said, /找不到封存文件/)
  await house.scene.node.platform.services.seals.tick()
  assert.equal(verify().code, 0)
})
