/** No busywork: what only shows that people were busy is refused, whatever it is called; results are let in. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { housePack, readChanged } from '../../../test/harness/changed-pack.ts'
import { busyworkSources, resultSources } from './indicators.ts'

const text = readFileSync(join(housePack, 'indicators.yaml'), 'utf8')

function read(spoilt: string, language: 'zh' | 'en' = 'zh') {
  const { errors, warnings } = readChanged((file) => writeFileSync(file('indicators.yaml'), spoilt), language)
  const own = ({ file }: { file: string }) => file === 'indicators.yaml'
  return { errors: errors.filter(own), warnings: warnings.filter(own), all: errors.length }
}
const change = (from: string, to: string): string => {
  assert.ok(text.includes(from), from)
  return text.replace(from, to)
}
const FORMULA = 'formula: { of: cases.decided_in_time, among: cases.decided }'
const LINE = text.split('\n').findIndex((line) => line.includes(FORMULA)) + 1
const codes = (spoilt: string) => read(spoilt).errors.map(({ code, line }) => `${line} ${code}`)

test('the indicators of the house are results, and marked as invented', () => {
  const { errors } = read(text)
  assert.deepEqual(errors, [])
  assert.equal(text.match(/demo: true/g)?.length, 3)
})

for (const source of busyworkSources)
  test(`${source} feeds no indicator: the line, the clause and what to count instead are named in both languages`, () => {
    for (const formula of [`formula: { of: ${source} }`, `formula: { of: ${source}, among: cases.decided }`]) {
      const [zh, ...more] = read(change(FORMULA, formula)).errors
      assert.deepEqual([more.length, zh?.code, zh?.line, zh?.file], [0, 'indicator-busywork', LINE, 'indicators.yaml'])
      assert.match(zh!.message, /国办函〔2026〕12号|整治形式主义为基层减负若干规定/)
      assert.ok(
        Object.keys(resultSources).some((one) => zh!.fix.includes(one)),
        zh!.fix,
      )
    }
    const among = read(change(FORMULA, `formula: { of: cases.decided_in_time, among: ${source} }`), 'en').errors
    assert.deepEqual(
      among.map(({ code }) => code),
      ['indicator-busywork'],
    )
    assert.match(among[0]!.message, /Measures on standardising|Provisions against formalism/)
    assert.doesNotMatch(among[0]!.message, /⟦|\{/)
  })

test('a count alone is refused: a whole, or a result out of nothing', () => {
  for (const formula of [
    '{ of: hazards.reported }',
    '{ of: cases.decided, among: cases.decided }',
    '{ of: hazards.stayed_away }',
  ])
    assert.deepEqual(codes(change(FORMULA, `formula: ${formula}`)), [`${LINE} indicator-raw-count`], formula)
})

test('a number that the house does not have, and a part of another whole', () => {
  for (const unknown of ['logins', 'LOG_INS', 'constructor', 'toString', '登录次数'])
    assert.deepEqual(
      codes(change(FORMULA, `formula: { of: ${unknown}, among: cases.decided }`)),
      [`${LINE} indicator-source-unknown`],
      unknown,
    )
  assert.deepEqual(codes(change('among: cases.decided }', 'among: hazards.passed }')), [`${LINE} indicator-whole`])
})

test('a name that says it after all is warned of, with the clause', () => {
  for (const [word, lang] of [
    ['打卡次数', 'zh'],
    ['日活', 'zh'],
    ['上报数量', 'zh'],
    ['安装率', 'zh'],
    ['打 卡', 'zh'],
    ['Daily  Active users', 'en'],
  ] as const) {
    const [from, to] =
      lang === 'zh' ? ['zh: 按承诺的日子办结', `zh: 每月${word}`] : ['en: Decided by the promised day', `en: ${word}`]
    const { errors, warnings } = read(change(from, to))
    assert.deepEqual(errors, [], word)
    const found = warnings.filter(({ code }) => code === 'indicator-smuggles')
    assert.equal(found.length, 1, word)
    assert.match(found[0]!.message, /依据：.+号|依据：.+印发/)
  }
})

test('the list of what is refused cannot be shortened, and rows are vouched for like all others', () => {
  const row = text.slice(text.indexOf('  - code: likes'), text.indexOf('  - code: time_online'))
  assert.deepEqual(
    read(text.replace(row, '')).errors.map(({ code }) => code),
    ['busywork-missing'],
  )
  const wrong: [string, string, string][] = [
    ['code: hazards-gone', 'code: cases-in-time', 'name-twice'],
    ['document: zhengzhi-xingshizhuyi', 'document: nothing', 'document-unknown'],
    ['    verified: false\n    demo: true', '    verified: true\n    demo: true', 'demo-verified'],
    ['valid_from: 2026-07-01\n', 'valid_from: 2026-07-01\n    valid_to: 2026-06-30\n', 'dates-reversed'],
    ['instead: cases.decided_in_time', 'instead: log_ins', 'field-choice'],
    ['code: log_ins', 'code: pizza', 'field-choice'],
  ]
  for (const [from, to, code] of wrong)
    assert.ok(
      read(change(from, to)).errors.some((each) => each.code === code),
      code,
    )
})
