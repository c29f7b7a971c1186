import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capitalYuan, plainYuan } from './money.ts'

test('a sum has thousands and both places', () => {
  assert.deepEqual([0, 3000, 120000, 123456789].map(plainYuan), ['0.00', '30.00', '1,200.00', '1,234,567.89'])
})

test('capital numerals as banks write them', () => {
  const written: [number, string][] = [
    [0, '零元整'],
    [5, '伍分'],
    [50, '伍角整'],
    [3000, '叁拾元整'],
    [10000, '壹佰元整'],
    [120000, '壹仟贰佰元整'],
    [140950, '壹仟肆佰零玖元伍角整'],
    [600714, '陆仟零柒元壹角肆分'],
    [168032, '壹仟陆佰捌拾元叁角贰分'],
    [32504, '叁佰贰拾伍元零肆分'],
    [1640902, '壹万陆仟肆佰零玖元零贰分'],
    [10700053, '壹拾万零柒仟元伍角叁分'],
    [10000000000, '壹亿元整'],
    [10000000100, '壹亿零壹元整'],
    [1234500000, '壹仟贰佰叁拾肆万伍仟元整'],
  ]
  for (const [fen, text] of written) assert.equal(capitalYuan(fen), text, String(fen))
})

test('what is no sum is a mistake of the program', () => {
  for (const fen of [-1, 0.5, Number.NaN]) assert.throws(() => capitalYuan(fen), RangeError)
})
