/** Answers to the questions of a class: what is none is told by its code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../platform/refusal.ts'
import { checkedAttributes } from './use-cases/report.ts'

const asked = (kind: 'day' | 'number') =>
  ({ attributes: [{ code: 'it', kind, required: false, name: { zh: '它', en: 'It' } }] }) as unknown as Parameters<
    typeof checkedAttributes
  >[0]
const refuses = (kind: 'day' | 'number', value: string) =>
  assert.throws(
    () => checkedAttributes(asked(kind), { it: value }, true),
    (error) => error instanceof Refusal && error.code.startsWith('incident.attribute_not_a_'),
    value,
  )

test('a day is a day, or a moment as other systems write it', () => {
  for (const value of ['2026-11-29', '2026-11-29T08:00:00Z', '2026-11-29T08:00+08:00'])
    assert.deepEqual(checkedAttributes(asked('day'), { it: ` ${value} ` }, true), { it: value })
  for (const value of ['楼 3', 'flat 3', '3', '2026', '29/11/2026', '2026-13-01', '2026-11-29 and more']) refuses('day', value)
})

test('a number is one, and no list of them', () => {
  assert.deepEqual(checkedAttributes(asked('number'), { it: '-12.5', other: 'x' }, true), { it: '-12.5' })
  for (const value of ['1e3', '1,5', 'NaN', '1 2', '９'.repeat(20)]) refuses('number', value)
})
