import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { breakLines, type LineOptions } from './lines.ts'

/** A font of which Chinese signs are 10 wide and Latin ones 5. */
const measure = (text: string) => [...text].reduce((sum, sign) => sum + (sign < '\u2000' ? 5 : 10), 0)
const options = (signs: number, more: Partial<LineOptions> = {}): LineOptions => ({ width: signs * 10, em: 10, measure, ...more })
const texts = (text: string, signs: number, more?: Partial<LineOptions>) =>
  breakLines(text, options(signs, more)).map((line) => line.text)

test('plain Chinese fills the line', () => assert.deepEqual(texts('一二三四五六七八', 3), ['一二三', '四五六', '七八']))

test('a full stop does not begin a line: it comes in, or takes a sign with it', () => {
  assert.deepEqual(texts('一二三四五六七八九十。一', 10), ['一二三四五六七八九', '十。一'])
  // In a line of 30 signs half a sign is less than a reader sees.
  const long = '一'.repeat(30)
  assert.deepEqual(texts(`${long}。二`, 30), [`${long}。`, '二'])
  assert.ok(breakLines(`${long}。二`, options(30))[0]!.spacing < 0)
})

test('closing marks stay with what they close, opening ones with what they open', () => {
  assert.deepEqual(texts('一二三四”。五', 4), ['一二三', '四”。五'])
  assert.deepEqual(texts('一二三《四五》', 4), ['一二三', '《四五》'])
  assert.deepEqual(texts('一二三——四', 4), ['一二三', '——四'])
})

test('words, numbers and dates stay whole', () => {
  assert.deepEqual(texts('一二三 Nurmuhammad 四', 6), ['一二三', 'Nurmuhammad', '四'])
  assert.deepEqual(texts('一二三四3,000.50元', 6), ['一二三四', '3,000.50元'])
  assert.deepEqual(texts('一二三2026年11月24日', 6), ['一二三2026年', '11月24日'])
  assert.deepEqual(texts('一二字〔2021〕6号', 8), ['一二字', '〔2021〕6号'])
})

test('an address wider than the line ends at a joint', () => {
  assert.deepEqual(texts('https://example.gov.cn/v/0b1f4a6e', 11), ['https://example.gov.', 'cn/v/0b1f4a6e'])
})

test('a line of marks that may not begin a line still ends somewhere', () => {
  const lines = texts('。'.repeat(50), 5)
  assert.equal(lines.join(''), '。'.repeat(50))
  assert.ok(lines.every((line) => line.length <= 6))
})

test('both edges are straight, except at the end of the paragraph and where it would look torn', () => {
  const [first, second] = breakLines('一二三四五六七八九A十一二三', options(10.9, { justify: true }))
  assert.ok(first!.spacing > 0)
  assert.ok(Math.abs(first!.width - 109) < 1e-9)
  assert.equal(second!.spacing, 0)
  assert.equal(breakLines('一二 Nurmuhammad 四', options(6, { justify: true }))[0]!.spacing, 0)
})

test('whatever is written, nothing is lost, and no line is too wide', () => {
  const sign = fc.constantFrom(...'一二三四五，。、（）《》“”—…abc19 .-/')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 120 }), fc.integer({ min: 4, max: 32 }), fc.boolean(), (signs, width, justify) => {
      const text = signs.join('')
      const lines = breakLines(text, options(width, { justify, indent: 20 }))
      const bare = (one: string) => one.replace(/\s/g, '')
      assert.equal(bare(lines.map((line) => line.text).join('')), bare(text))
      lines.forEach((line, at) => {
        assert.ok(
          line.width <= width * 10 - (at === 0 ? 20 : 0) + 1e-9 || [...line.text].length === 1,
          `${line.text}: ${line.width}`,
        )
      })
    }),
    { numRuns: 500 },
  )
})
