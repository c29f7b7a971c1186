import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { loadWords, pick } from './words.ts'

const made: string[] = []
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})

function rooms(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'words-'))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
const room = (name: string, zh: string, en: string) => ({ [`src/${name}/words/zh.yaml`]: zh, [`src/${name}/words/en.yaml`]: en })

test('a text is found under its dotted key in both languages', () => {
  const words = loadWords(
    rooms(room('core/cases', 'case:\n  not_open: 这个办件已经办结', 'case:\n  not_open: This case is closed.')),
  )
  assert.equal(words.in('zh')('case.not_open'), '这个办件已经办结')
  assert.equal(words.in('en')('case.not_open'), 'This case is closed.')
  assert.equal(words.has('case.not_open'), true)
})

test('English counts one and many, Chinese does not', () => {
  const words = loadWords(
    rooms(room('a', 'later: 后面还有 {n} 班', 'later: "{n, plural, one {# later shift} other {# later shifts}}"')),
  )
  assert.equal(words.in('en')('later', { n: 1 }), '1 later shift')
  assert.equal(words.in('en')('later', { n: 2 }), '2 later shifts')
  assert.equal(words.in('zh')('later', { n: 2 }), '后面还有 2 班')
})

test('an apostrophe and a sign are ordinary text', () => {
  const words = loadWords(rooms(room('a', 'x: 目标 < {n}%', "x: It's < {n}%")))
  assert.equal(words.in('en')('x', { n: 5 }), "It's < 5%")
})

test('everything wrong is named at once, with its file', () => {
  const root = rooms({
    ...room('a', 'x: 甲\nonly: 只有中文\ncount: 共 {n} 件', 'x: A\ncount: "{total} in all"'),
    ...room('b', 'x: 乙\nyes: 12', 'x: B\nyes: "yes"\nextra: more'),
  })
  assert.throws(
    () => loadWords(root),
    (error: Error) => {
      for (const part of [
        'src/b/words/zh.yaml: x is already defined in src/a/words/zh.yaml',
        'only has no English text',
        'extra has no Chinese text',
        'count fills in {n} in Chinese but {total} in English',
        'yes is not a text',
      ])
        assert.ok(error.message.includes(part), `${part} not in:\n${error.message}`)
      return true
    },
  )
})

test('a broken message and a folder without words are refused', () => {
  assert.throws(() => loadWords(rooms(room('a', 'x: "{n"', 'x: "{n"'))), /src\/a\/words\/zh\.yaml: x:/)
  assert.throws(() => loadWords(rooms({})), /no words found/)
})

test('a missing key stops a test; in service it is shown as a key and reported', () => {
  const root = rooms(room('a', 'x: 共 {n} 件', 'x: "{n} in all"'))
  assert.throws(() => loadWords(root).in('zh')('y'), /words: y: no text in zh/)
  assert.throws(() => loadWords(root).in('zh')('x'), /words: x:/)

  const reported: string[] = []
  const words = loadWords(root, { strict: false, report: (message) => reported.push(message) })
  assert.equal(words.in('zh')('y'), '⟦y⟧')
  assert.equal(words.in('en')('x'), '⟦x⟧')
  assert.equal(reported.length, 2)
})

test('the catalogues of this program are whole', () => {
  const words = loadWords(join(import.meta.dirname, '../..'))
  assert.ok(words.keys().length > 50)
  assert.ok(words.in('en')('ui.skip').length > 0)
})

test('a text of the pack is picked by language', () => {
  assert.equal(pick({ zh: '长寿', en: 'Long life' }, 'en'), 'Long life')
})
