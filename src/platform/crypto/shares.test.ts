import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Keys, openKeys, writeRing } from './keys.ts'
import { retireKey, rotateKey } from './rotation.ts'
import { linesOfShare, readLine } from './share-text.ts'
import { lengthOf, ringOf, sharesOf } from './shares.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
let folder: string
let keys: Keys
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaifong-shares-'))
  await openKeys(join(folder, 'keys'))
  const first = (await openKeys(join(folder, 'keys'))).signing.current.id
  await rotateKey(join(folder, 'keys'), 'field', NOW)
  await rotateKey(join(folder, 'keys'), 'signing', NOW)
  await retireKey(join(folder, 'keys'), 'signing', first, new Date('2026-11-24T04:00:00Z'))
  keys = await openKeys(join(folder, 'keys'))
})
after(() => rm(folder, { recursive: true }))

const typed = (lines: readonly string[]): Buffer => Buffer.concat(lines.map((line, at) => readLine(line, at + 1)!))

test('any two of three sheets, typed, bring every key back, the earlier ones and a public half too', async () => {
  const sheets = (await sharesOf(keys)).map(linesOfShare)
  const names = (await readdir(keys.folder)).filter((name) => name !== 'retired').sort()
  assert.equal(names.length, 8)
  for (const [a, b] of [
    [0, 1],
    [2, 0],
    [1, 2],
  ] as const) {
    const back = join(folder, `back-${a}${b}`)
    assert.equal(await writeRing(back, await ringOf(typed(sheets[a]!), typed(sheets[b]!)), NOW), 7)
    assert.deepEqual((await readdir(back)).sort(), names)
    for (const name of names.filter((one) => one !== 'keys.json'))
      assert.equal(await readFile(join(back, name), 'utf8'), await readFile(join(keys.folder, name), 'utf8'), name)
    const manifest = async (dir: string) => JSON.parse(await readFile(join(dir, 'keys.json'), 'utf8')).current
    assert.deepEqual(await manifest(back), await manifest(keys.folder))
  }
})

test('a mistyped sign, signs that changed places, and another line are found by the line itself', async () => {
  const lines = linesOfShare((await sharesOf(keys))[0]!)
  const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let [tried, missed] = [0, 0]
  for (const [at, line] of lines.entries())
    for (let place = 4; place < line.length; place++) {
      if (!signs.includes(line[place]!)) continue
      const other = signs[(signs.indexOf(line[place]!) + 1 + (place % 30)) % 32]!
      tried++
      if (readLine(line.slice(0, place) + other + line.slice(place + 1), at + 1)) missed++
    }
  assert.ok(tried > 300)
  assert.ok(missed / tried < 0.02, `${missed} of ${tried}`)
  assert.ok(lines.filter((line) => readLine(line.replace(/^\d+:/, ''), 40)).length <= 1, 'a line in another place')
  assert.deepEqual(
    readLine(lines[0]!.toLowerCase().replaceAll(' ', '').replaceAll('0', 'o').replaceAll('1', 'l').replace('ol:', ''), 1),
    readLine(lines[0]!, 1),
  )
})

test('shares of two printings, one share twice, and a changed share are told apart and make nothing', async () => {
  const [one, two] = await sharesOf(keys)
  const [, other] = await sharesOf(keys)
  await assert.rejects(ringOf(one!, other!), { code: 'crypto.share_wrong', message: /two printings/ })
  await assert.rejects(ringOf(one!, one!), { code: 'crypto.share_wrong', message: /share 1 twice/ })
  const changed = Buffer.from(two!)
  changed[20]! ^= 1
  await assert.rejects(ringOf(one!, changed), { code: 'crypto.share_wrong', message: /not what was printed/ })
  assert.equal(lengthOf(one!), one!.length)
})

test('one share alone holds none of the keys', async () => {
  for (const share of await sharesOf(keys)) assert.equal(share.indexOf((keys.field.current.key as Buffer).subarray(0, 8)), -1)
})

test('a folder that holds keys is never written over', async () => {
  const [one, two] = await sharesOf(keys)
  await assert.rejects(writeRing(keys.folder, await ringOf(one!, two!), NOW), { code: 'crypto.key_in_use' })
})
