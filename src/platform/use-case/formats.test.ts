import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { readDaysAsKept } from './formats.ts'

test('a day or an instant that JavaScript or PostgreSQL cannot read is refused', () => {
  readDaysAsKept()
  const [day, instant] = [Compile(Type.String({ format: 'date' })), Compile(Type.String({ format: 'date-time' }))]
  for (const text of ['2026-11-29', '2024-02-29', '0001-01-01']) assert.ok(day.Check(text), text)
  for (const text of ['0000-01-01', '2026-02-29', '2026-1-1', '']) assert.ok(!day.Check(text), text)
  for (const text of ['2026-11-29T06:20:00Z', '2026-11-29T06:20:00.25+08:00', '2026-11-29T06:20:00-12:00'])
    assert.ok(instant.Check(text), text)
  for (const text of [
    '2016-12-31T23:59:60Z',
    '0000-01-01T00:00:00Z',
    '2026-11-29T06:20:00+15:00',
    '2026-11-29T06:20:00Z[Asia/Shanghai]',
    '2026-11-29T06:20:00',
  ])
    assert.ok(!instant.Check(text), text)
})
