/** As its keeper meets it: two sheets of paper, a keyboard, and the folder is back. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { linesOfShare } from '../../src/platform/crypto/share-text.ts'
import { sharesOf } from '../../src/platform/crypto/shares.ts'
import { folderOf, root } from '../backup/kept.ts'

function restore(keysDir: string, lines: readonly string[]): { code: number | null; said: string } {
  const { PATH = '', HOME = '' } = process.env
  const ran = spawnSync(process.execPath, ['--import', './bin/tsx-hook.mjs', 'src/main.ts', 'keys', 'restore'], {
    cwd: root,
    env: { PATH, HOME, KAIFONG_KEYS: keysDir },
    encoding: 'utf8',
    input: `${lines.join('\n')}\n`,
  })
  return { code: ran.status, said: ran.stdout + ran.stderr }
}

test('two sheets bring the folder back; a mistyped line is asked for again, and half of it writes nothing', async () => {
  const keys = await openKeys(folderOf('keys'))
  const [one, two, three] = (await sharesOf(keys)).map(linesOfShare)
  const place = folderOf('back')

  const short = restore(place, one!)
  assert.equal(short.code, 1)
  assert.match(short.said, /ended before two shares were whole/)
  assert.ok(!existsSync(place))

  const other = restore(place, [...one!, ...linesOfShare((await sharesOf(keys))[1]!)])
  assert.equal(other.code, 1)
  assert.match(other.said, /of two printings/)
  assert.ok(!existsSync(place))

  const whole = restore(place, [three![1]!, ...three!, ...two!])
  assert.equal(whole.code, 0, whole.said)
  assert.equal(whole.said.match(/Not what was printed/g)?.length, 1)
  assert.deepEqual(readdirSync(place).sort(), readdirSync(keys.folder).sort())
  for (const name of readdirSync(place).filter((file) => file !== 'keys.json'))
    assert.deepEqual(readFileSync(join(place, name)), readFileSync(join(keys.folder, name)), name)
  assert.equal((await openKeys(place, { create: false })).field.current.id, keys.field.current.id)

  const again = restore(place, [...one!, ...two!])
  assert.equal(again.code, 1)
  assert.match(again.said, /never written over|none is ever written over/)
})
