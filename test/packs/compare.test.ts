/** `pack compare` at the console: what differs, and for how many people of the database beside it. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../harness/scene.ts'
import { makeTown } from '../outreach/town.ts'

const root = join(import.meta.dirname, '../..')
const older = join(root, 'packs/guangzhou')
let scene: Scene
let newer: string
before(async () => {
  scene = await openScene()
  await makeTown(scene.owner)
  newer = mkdtempSync(join(tmpdir(), 'kaifong-pack-'))
  cpSync(older, newer, { recursive: true })
})
after(async () => {
  rmSync(newer, { recursive: true })
  await scene?.close()
})

const compare = (...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((done) =>
    execFile(
      process.execPath,
      ['--import', './bin/tied.mjs', '--import', './bin/tsx-hook.mjs', 'src/main.ts', 'pack', 'compare', ...args],
      { cwd: root, env: { ...process.env, DATABASE_URL: scene.ownerUrl }, timeout: 120_000 },
      (error, out, said) => done({ code: Number(error?.code ?? 0), out, said }),
    ),
  )
const edit = (file: string, find: string, put: string) => {
  const text = readFileSync(join(newer, file), 'utf8')
  assert.ok(text.includes(find))
  writeFileSync(join(newer, file), text.replace(find, put))
}

test('the same pack twice differs in nothing and for nobody', async () => {
  const { code, out } = await compare(older, newer, '--count')
  assert.equal(code, 0)
  assert.match(out, /^0 matters, 0 rules, 0 numbers, 0 other files differ; 0 texts$/m)
  assert.match(out, /没有人会因此得到不同的结果/)
})

test('a lower age is named by line, counted by district, and by street when asked', async () => {
  edit('parameters.csv', 'longevity.min_age,4401,70', 'longevity.min_age,4401,65')
  // The worked examples hold the old age: without these the pack would not load.
  edit('rules/longevity.yaml', 'born_on: 1957-02-25', 'born_on: 1963-02-25')
  edit('rules/longevity.yaml', 'born_on: 1957-01-05', 'born_on: 1963-01-05')
  const { code, out, said } = await compare(older, newer, '--count')
  assert.equal(code, 0, said)
  assert.match(out, /^~ parameters\.csv:2 {2}parameter longevity\.min_age 4401 2021-09-01 value\n {4}70 → 65$/m)
  assert.match(out, /^longevity-allowance {2}长寿保健金/m)
  assert.match(out, /^~ rules\/longevity\.yaml:33:44 {2}rule longevity\.age examples\.3\.person\.born_on$/m)
  assert.doesNotMatch(out, /minimum-living-guarantee/, 'what judges as before is not counted')
  // A few of a district are withheld, with as many more as it takes.
  assert.match(out, /^ {2}440106 天河区 {2}gained \* {2}possible \* {2}lost 0/m)
  assert.match(out, /合计 · All together {2}gained 74 {2}possible 25 {2}lost 0/)
  const streets = await compare(older, newer, '--area', '440106')
  assert.match(streets.out, /^ {2}440106001 五山街道 {2}gained (\d+|\*) /m)
})

test('a pack with an error is compared by line and counts nobody; an area that is none is said', async () => {
  edit('rules/longevity.yaml', 'person.born_on, on)', 'person.birthday, on)')
  const broken = await compare(older, newer, '--count')
  assert.equal(broken.code, 1)
  assert.match(broken.out, /rules\/longevity\.yaml:\d+:\d+ {2}rule longevity\.\S+ expression/)
  assert.match(broken.said, /has errors/)
  assert.match((await compare(older, older, '--area', '4409')).said, /4409 is no area/)
  assert.match((await compare(older, '/nowhere')).said, /is no folder/)
  assert.equal((await compare(older)).code, 2)
})
