import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yearsFrom } from './permit.ts'

test('years of residence go on when she applied in time or was not reminded, and count anew when she was', () => {
  const permit = { since: '2024-05-01', until: '2027-04-30' }
  assert.equal(
    yearsFrom(permit, '2027-04-30', true, '2027-05-09'),
    '2024-05-01',
    'on the last day, however long the office takes',
  )
  assert.equal(yearsFrom(permit, '2027-05-01', true, '2027-05-09'), '2027-05-09')
  assert.equal(yearsFrom(permit, '2027-05-01', false, '2027-05-09'), '2024-05-01')
})
