import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { readChanged, readHouse } from '../../../test/harness/changed-pack.ts'

const codesOf = (spoil: (text: string) => string): string[] =>
  readChanged((file) => {
    const text = readFileSync(file('emergencies.yaml'), 'utf8')
    const spoilt = spoil(text)
    assert.notEqual(spoilt, text)
    writeFileSync(file('emergencies.yaml'), spoilt)
  }).errors.map((one) => `${one.file} ${one.code}`)

test('nothing in it is called the law without an article, and nobody has verified it yet', () => {
  const { pack } = readHouse()
  const { kinds, levels, colours, responses, grades } = pack!.emergencies!
  assert.deepEqual(
    [levels, colours, responses].map((rows) => rows.length),
    [4, 4, 4],
  )
  const clocks = kinds.flatMap((kind) => kind.clocks)
  assert.ok([...levels, ...colours, ...responses, ...grades, ...clocks].every(({ verified }) => !verified))
  const of = (code: string) =>
    kinds.find((kind) => kind.code === code)!.clocks.map(({ within, unit, basis }) => [within, unit, basis !== undefined])
  assert.deepEqual(of('work-accident'), [[1, 'hours', true], [2, 'hours', true], [30, 'calendar_days', true]]) // biome-ignore format: a table
  assert.deepEqual(of('fire').at(-1), [7, 'calendar_days', true])
  assert.deepEqual(of('natural'), [[30, 'minutes', false], [1, 'hours', false]]) // biome-ignore format: a table
})

test('a file that cannot be right keeps the pack out', () => {
  for (const [wrong, spoil] of [
    ['document-unknown', (text: string) => text.replace('document: shigu-baogao-tiaoli', 'document: nothing')],
    ['name-twice', (text: string) => text.replace('code: major', 'code: special')],
    ['emergency-level-unknown', (text: string) => text.replace('level: large', 'level: huge')],
    ['value-wrong', (text: string) => text.replace('within: 30', 'within: soon')],
    ['field-unknown', (text: string) => text.replace('  days_after: 3', '  days_after: 3\n  days_before: 3')],
  ] as const) {
    const codes = codesOf(spoil)
    assert.ok(codes.length > 0 && codes.every((code) => code.startsWith('emergencies.yaml ')), `${wrong}: ${codes}`)
  }
})
