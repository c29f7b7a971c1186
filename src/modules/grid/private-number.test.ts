import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsPrivateNumber } from './private-number.ts'

test('a number that may be somebody’s is found however it is broken up; days, house numbers and counts are not', () => {
  for (const text of [
    '打 138 0013 8000 找房东',
    '138-0013-8000',
    '１３８００１３８０００',
    '138．0013．8000',
    '020-8765-4321',
    '证号 440104 19500101 0028',
    '2026-11-29 打 13800138000',
    '1380-01-38000',
  ])
    assert.ok(holdsPrivateNumber(text), text)
  for (const text of [
    '2026-12-01 前看完',
    '2026年12月1日前',
    '2026/12/1 至 2026/12/31',
    '示例路 1203 号 5 楼',
    '30 处，120 户',
    '',
  ])
    assert.ok(!holdsPrivateNumber(text), text)
})
