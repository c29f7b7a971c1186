import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lapseOf, matterStatus } from './index.ts'

const old = { code: 'old', valid_from: '2015-01-01', valid_to: '2019-12-31', successor: 'new' }
const next = { code: 'new', valid_from: '2020-01-01', valid_to: '2024-12-31' }
const endless = { code: 'endless', valid_from: '2020-01-01' }

test('a text is in force on its last day and lapsed on the next', () => {
  assert.deepEqual(lapseOf(next, '2024-12-31'), { lapsed: false, since: null })
  assert.deepEqual(lapseOf(next, '2025-01-01'), { lapsed: true, since: '2025-01-01' })
  assert.deepEqual(lapseOf(next, '2026-11-24'), { lapsed: true, since: '2025-01-01' })
})

test('a text without an end does not lapse, nor does one with a successor', () => {
  assert.equal(lapseOf(endless, '2099-01-01').lapsed, false)
  assert.equal(lapseOf(old, '2020-01-01').lapsed, false)
})

test('a chain lapses with its last text', () => {
  assert.equal(lapseOf(old, '2024-12-31', [old, next]).lapsed, false)
  assert.deepEqual(lapseOf(old, '2026-01-01', [old, next]), { lapsed: true, since: '2025-01-01' })
})

test('two texts that name each other end the search', () => {
  const a = { ...old, code: 'a', successor: 'b' }
  const b = { ...old, code: 'b', successor: 'a' }
  assert.equal(lapseOf(a, '2026-01-01', [a, b]).lapsed, false)
})

test('a matter is lapsed when its own text or that of its amount is', () => {
  const rules = [{ id: 'sum', basis: { document: 'new', clause: '3' } }]
  const bases = [next, endless]
  const matter = { valid_from: '2021-01-01', bases: [{ document: 'endless', clause: '1' }], conditions: [], amount: 'sum' }
  assert.deepEqual(matterStatus(matter, { bases, rules }, '2020-12-31'), { status: 'not_yet', from: '2021-01-01' })
  assert.deepEqual(matterStatus(matter, { bases, rules }, '2024-12-31'), { status: 'in_force' })
  assert.deepEqual(matterStatus(matter, { bases, rules }, '2025-01-01'), {
    status: 'lapsed',
    since: '2025-01-01',
    documents: ['new'],
  })
  const { amount: _, ...unpaid } = matter
  assert.deepEqual(matterStatus(unpaid, { bases, rules }, '2025-01-01'), { status: 'in_force' })
})
