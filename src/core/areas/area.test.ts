import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { ancestorAt, commonAncestor, contains, cutToLevel, isAreaCode, lengthOf, levelOf, levels, parentOf } from './area.ts'
import { readAreas } from './read-areas.ts'

const file = 'packs/guangzhou/areas.csv'
const guangzhou = readAreas(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'), file)
const codes = guangzhou.map(({ code }) => code)

test('the city has 11 districts, 176 streets and towns, 2,844 committees', () => {
  const count = (level: string) => guangzhou.filter((area) => area.level === level).length
  assert.deepEqual(levels.map(count), [1, 11, 176, 2844])
})

test('13 streets and 252 committees end in zero and stay what they are', () => {
  const zero = (level: string) => guangzhou.filter((area) => area.level === level && area.code.endsWith('0'))
  // The bureau lists 256; four of them were living quarters without a committee.
  assert.deepEqual([zero('street').length, zero('community').length], [13, 252])
  for (const { code, level } of guangzhou) assert.equal(cutToLevel(code.padEnd(12, '0'), level), code)
  assert.equal(cutToLevel('440104010000', 'street'), '440104010')
})

test('a code that is cut to a level too high would lose digits, and is refused', () => {
  assert.throws(() => cutToLevel('440104010007', 'street'), /use ancestorAt/)
  assert.throws(() => cutToLevel('440104010', 'street'), /must be 12 digits/)
  assert.equal(ancestorAt('440104010007', 'street'), '440104010')
  assert.throws(() => ancestorAt('4401', 'street'), /no single street/)
})

test('levels and parents come from the length alone', () => {
  assert.deepEqual(['4401', '440104', '440104010', '440104010007'].map(levelOf), levels)
  assert.deepEqual(['4401', '440104', '440104010', '440104010007'].map(parentOf), [null, '4401', '440104', '440104010'])
  for (const wrong of ['', '44', '44010', '44010401', '44010401O', '440104010007 ']) {
    assert.equal(isAreaCode(wrong), false)
    assert.throws(() => levelOf(wrong), /is not an area code/)
  }
})

test('an empty or broken scope sees nothing', () => {
  assert.equal(contains('440104', '440104010007'), true)
  assert.equal(contains('440104010', '440104010'), true)
  assert.equal(contains('440104010007', '440104010'), false)
  for (const outer of ['', '44', '44010401', '4401%', '4401_4']) assert.equal(contains(outer, '440104010007'), false)
  assert.equal(contains('4401', ''), false)
})

test('a post over two sibling communities is fenced by their street', () => {
  assert.equal(commonAncestor(['440104010007', '440104010008']), '440104010')
  assert.equal(commonAncestor(['440104010007']), '440104010007')
  assert.equal(commonAncestor(['440104010007', '440104']), '440104')
  assert.equal(commonAncestor(['440104010007', '440106001001']), '4401')
  assert.equal(commonAncestor(['440104010007', '110101001001']), null)
  assert.equal(commonAncestor([]), null)
  assert.throws(() => commonAncestor(['440104010007', '']), /is not an area code/)
})

test('whatever areas a post has: its fence holds them all, and no smaller area does', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 6 }), (chosen) => {
      const fence = commonAncestor(chosen)!
      assert.ok(chosen.every((code) => contains(fence, code)))
      const next = levels[levels.indexOf(levelOf(fence)) + 1]
      const lower =
        next && chosen.every((code) => code.length >= lengthOf[next])
          ? new Set(chosen.map((code) => ancestorAt(code, next)))
          : null
      assert.ok(lower === null || lower.size > 1)
    }),
  )
})
