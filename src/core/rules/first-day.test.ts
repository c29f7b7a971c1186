import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstDay } from './first-day.ts'

test('The next day on which something holds is found to the day', () => {
  assert.equal(
    firstDay('2026-11-24', (on) => on >= '2061-03-05'),
    '2061-03-05',
  )
  assert.equal(
    firstDay('2026-11-24', (on) => on >= '2026-11-25'),
    '2026-11-25',
  )
  assert.equal(
    firstDay('2026-11-24', () => false),
    undefined,
  )
  assert.equal(
    firstDay('9999-11-24', (on) => on > '9999-12-31'),
    undefined,
  )
})
