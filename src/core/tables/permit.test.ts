import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endorseBetween, permitMonths, permitSpell } from './permit.ts'

test('endorsed each year within the month before it is full, its years go on', () => {
  const spell = permitSpell('2023-11-24', ['2024-10-24', '2025-11-23', '2026-11-24'])
  assert.deepEqual(spell, { since: '2023-11-24', until: '2027-11-24', restarted: [] })
  assert.equal(permitMonths(spell, '2026-11-24'), 36)
  assert.equal(permitMonths(spell, '2026-11-23'), 35)
  assert.deepEqual(endorseBetween(spell), { from: '2027-10-24', to: '2027-11-24' })
})

test('a late endorsement lets them begin anew on its day', () => {
  const spell = permitSpell('2020-03-01', ['2021-02-20', '2022-03-02'])
  assert.deepEqual(spell, { since: '2022-03-02', until: '2023-03-02', restarted: ['2022-03-02'] })
  assert.equal(permitMonths(spell, '2022-12-02'), 9)
})

test('not endorsed, it is suspended, and how many months count is then nobody’s to say', () => {
  const spell = permitSpell('2023-11-24', [])
  assert.equal(permitMonths(spell, '2024-11-24'), 12)
  assert.equal(permitMonths(spell, '2024-11-25'), null)
})

test('an endorsement before its month, or twice in one month, makes no second year; the order of the days does not matter', () => {
  assert.equal(permitSpell('2023-11-24', ['2024-06-01']).until, '2024-11-24')
  assert.equal(permitSpell('2023-11-24', ['2024-11-20', '2024-11-01']).until, '2025-11-24')
  assert.deepEqual(
    permitSpell('2023-11-24', ['2025-11-20', '2024-11-20']),
    permitSpell('2023-11-24', ['2024-11-20', '2025-11-20']),
  )
})

test('issued on 29 February', () => {
  assert.deepEqual(permitSpell('2024-02-29', ['2025-02-28', '2026-02-28']), {
    since: '2024-02-29',
    until: '2027-02-28',
    restarted: [],
  })
})
