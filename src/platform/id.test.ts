import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isId, newId } from './id.ts'

test('an id is a UUIDv7 of its instant, and no two are alike', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(new Date('2026-11-24T02:00:00.123Z')))
  assert.equal(new Set(ids).size, ids.length)
  const shape = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const id of ids) {
    const [, high, low] = shape.exec(id) ?? assert.fail(id)
    assert.equal(Number.parseInt(`${high}${low}`, 16), Date.parse('2026-11-24T02:00:00.123Z'))
    assert.ok(isId(id))
  }
})

test('ids are ordered as their instants, also before 2004, when the number of milliseconds was shorter', () => {
  const days = ['1970-01-01T00:00:00.001Z', '2004-11-03T19:53:47.775Z', '2004-11-03T19:53:47.777Z', '2026-11-24T02:00:00Z']
  const ids = days.map((day) => newId(new Date(day)))
  assert.deepEqual([...ids].sort(), ids)
})
