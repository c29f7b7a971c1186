/** A city's own kinds of hazards become a hazards.yaml that the check of the pack accepts; each mistake names its line and column. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { csvLine } from '../../platform/csv.ts'
import { loadWords } from '../../platform/words.ts'
import { importHazards, readHousePack } from './index.ts'

const root = join(import.meta.dirname, '../../..')
const pack = join(root, 'packs/guangzhou')
const base = readFileSync(join(pack, 'hazards.yaml'), 'utf8')
const words = loadWords(root)
const known = {
  lines: [{ code: 'fire', names: ['消防'] }, { code: 'housing', names: ['住建'] }],
  documents: [{ code: 'xiaofang-fa', names: ['消防法'] }],
} // biome-ignore format: two lists
const head = ['代码', '隐患种类', '看什么', '归哪些条线', '依据文件', '条款', '来源']
const good = [
  ['', '消防通道、疏散楼梯堵塞', '楼梯、走廊、消防车通道堆了东西或者锁住了', '消防', '消防法', '二十八', '示例目录'],
  ['hydrant', '消火栓坏了', '没有水、被埋、被占', 'fire、住建', 'xiaofang-fa', '二十八', '示例目录'],
]
const read = (rows: readonly (readonly string[])[], top: readonly string[] = head) =>
  importHazards([top, ...rows].map(csvLine).join(''), 'city.csv', base, known, words.in('zh'))

test('what was read is a pack that can be loaded: limits and powers stay, and what it knew of a kind', () => {
  const { yaml, errors, kinds, untranslated } = read(good)
  assert.deepEqual([errors, kinds, untranslated], [[], 3, 2])
  const { kinds: made, limits, powers } = parse(yaml!)
  assert.deepEqual([made[0].code, made[0].name.en], ['escape-route', 'Blocked fire lane or escape stairs'])
  assert.deepEqual([made[1].lines, made[1].basis.document, made[1].verified], [['fire', 'housing'], 'xiaofang-fa', false])
  assert.equal(made.at(-1).code, 'other', 'what is none of the others can still be reported')
  assert.deepEqual([limits, powers], [parse(base).limits, parse(base).powers])
  assert.match(yaml!, /^# 隐患/, 'and what is written beside it')
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-pack-'))
  try {
    cpSync(pack, folder, { recursive: true })
    writeFileSync(join(folder, 'hazards.yaml'), yaml!)
    assert.deepEqual(readHousePack(folder, words, '2026-11-24').errors, [])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('columns may be called in English, too', () => {
  assert.equal(read(good, ['code', 'kind', 'look_for', 'lines', 'document', 'clause', 'source']).yaml, read(good).yaml)
})

test('every mistake is told with its line and column, and then nothing is made', () => {
  const broken = (change: Record<number, string>) => good[1]!.map((cell, at) => change[at] ?? cell)
  const { yaml, errors } = read([
    good[1]!,
    broken({ 0: 'Hydrant' }),
    broken({}),
    broken({ 0: 'a', 3: '消防，航天' }),
    broken({ 0: 'b', 3: 'fire fire' }),
    broken({ 0: 'c', 4: '没有的法' }),
    broken({ 0: 'd', 2: '', 6: '' }),
    broken({ 0: '', 1: '新的一种' }),
  ])
  assert.equal(yaml, null)
  assert.deepEqual(
    errors.map(({ message }) => /^city\.csv:(\d+): “(.+?)”/.exec(message)!.slice(1)),
    [['3', '代码'], ['4', '代码'], ['5', '归哪些条线'], ['6', '归哪些条线'], ['7', '依据文件'], ['8', '看什么'], ['8', '来源'], ['9', '代码']],
  ) // biome-ignore format: line and column of each
})

test('a table that is none says what is missing', () => {
  const told = (csv: string) => importHazards(csv, 'city.csv', base, known, words.in('zh')).errors.map(({ message }) => message)
  assert.match(told('')[0]!, /^city\.csv:1: /)
  assert.equal(told('隐患种类,颜色\n堵塞,红\n').length, 6)
  assert.match(told(`${head.join(',')}\n`)[0]!, /^city\.csv:1: /)
})
