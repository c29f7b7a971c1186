/** A city's own list of sub-classes becomes an incidents.yaml that the check of the pack accepts; each mistake names its line. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { csvLine } from '../../platform/csv.ts'
import { loadWords } from '../../platform/words.ts'
import { importIncidents, readHousePack } from './index.ts'

const root = join(import.meta.dirname, '../../..')
const pack = join(root, 'packs/guangzhou')
const base = readFileSync(join(pack, 'incidents.yaml'), 'utf8')
const words = loadWords(root)
const head = ['大类', '小类代码', '小类', '立案条件', '级别', '处置时限', '时限单位', '结案条件', '来源']
const good = [
  ['公用设施', '0101-a', '上水井盖', '缺失、破损', 'A', '2', '紧急工作时', '已补装', '示例目录'],
  ['公用设施', '0101-a', '上水井盖', '松动，作响', 'b', '4', '工作时', '不响、平整', '示例目录'],
  ['utilities', '', '路灯不亮', '一两盏不亮', 'C', '3工作日', '', '亮了', '示例目录'],
  ['其他', '0699', '别的', '说"不清"的', 'C', '5', '自然日', '已说明', '示例目录'],
]
const read = (rows: readonly (readonly string[])[], top: readonly string[] = head) =>
  importIncidents([top, ...rows].map(csvLine).join(''), 'city.csv', base, words.in('zh'))

test('what was read is a pack that can be loaded: terms, groups, tasks and what it knew of a class stay', () => {
  const { yaml, errors, classes, conditions, untranslated } = read(good)
  assert.deepEqual([errors, classes, conditions], [[], 4, 5])
  assert.ok(untranslated > 0)
  const { classes: made, admitted, stages } = parse(yaml!)
  const cover = made.find((one: { code: string }) => one.code === '0101-a')
  assert.deepEqual(
    cover.conditions.map((one: { level: string; limit: object; verified: boolean }) => [one.level, one.limit, one.verified]),
    [['A', { value: 2, unit: 'clock_hour' }, false], ['B', { value: 4, unit: 'working_hour' }, false]],
  ) // biome-ignore format: two rows
  const lamp = made.find((one: { code: string }) => one.code === 'street-lamp')
  assert.deepEqual([lamp.name.en, lamp.attributes.length, lamp.conditions[0].code], ['Street lamp out', 2, 'one'])
  assert.equal(made.at(-1).code, 'something-else', 'what is none of the others can still be reported')
  assert.deepEqual([admitted, stages], [parse(base).admitted, parse(base).stages])
  assert.match(yaml!, /^# What can be reported/, 'and what is written beside it')

  const folder = mkdtempSync(join(tmpdir(), 'kaifong-pack-'))
  try {
    cpSync(pack, folder, { recursive: true })
    writeFileSync(join(folder, 'incidents.yaml'), yaml!)
    assert.deepEqual(readHousePack(folder, words, '2026-11-24').errors, [])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('columns may be called in English, too', () => {
  const top = ['group', 'code', 'class', 'condition', 'level', 'limit', 'unit', 'done_when', 'source']
  assert.deepEqual(read(good, top).yaml, read(good).yaml)
})

test('every mistake is told with its line, and then nothing is made', () => {
  const broken = (change: Record<number, string>) => good[0]!.map((cell, at) => change[at] ?? cell)
  const { yaml, errors } = read([
    good[0]!,
    broken({ 0: '没有的大类' }),
    broken({ 0: '01' }),
    broken({ 1: '上水' }),
    broken({ 4: 'D' }),
    broken({ 5: '两' }),
    broken({ 6: '天' }),
    broken({ 5: '0' }),
    broken({ 5: '2 工作日' }),
    broken({ 7: '', 8: '' }),
    broken({ 2: '污水井盖' }),
  ])
  assert.equal(yaml, null)
  assert.deepEqual(
    errors.map(({ line }) => line),
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 12],
  )
  assert.match(errors[5]!.message, /^city\.csv:8: .*天.*紧急工作时, 工作时, 工作日, 自然日/)
})

test('a table that is none says what is missing', () => {
  const told = (csv: string) => importIncidents(csv, 'city.csv', base, words.in('zh')).errors.map(({ message }) => message)
  assert.match(told('')[0]!, /^city\.csv:1: /)
  assert.match(told('大类,"小类\n')[0]!, /^city\.csv:1: /)
  assert.equal(told('大类,颜色\n公用设施,红\n').length, 7)
  assert.match(told(`${head.join(',')}\n`)[0]!, /^city\.csv:1: /)
})
