import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaChain } from './area.ts'
import { parameters, row, TODAY } from './pack-scene.ts'
import { byParameterId, type Parameters, parameterOn } from './parameter.ts'

const here = areaChain('440106007002')
const read = (rows: Parameters, on = TODAY, knownAt?: string, chain = here) => {
  const reading = parameterOn(rows, 'made.number', chain, on, knownAt)
  return reading.known ? reading.value : reading.reason
}

test('An area lies in its street, district, city, province and the country', () => {
  assert.deepEqual(here, ['440106007002', '440106007', '440106', '4401', '44', '0'])
  assert.deepEqual(areaChain('4401'), ['4401', '44', '0'])
})

test('A number of the pack is read in a community of the city', () => {
  const reading = parameterOn(byParameterId(parameters), 'longevity.min_age', here, TODAY)
  assert.equal(reading.known && reading.value, 70)
})

test('The nearest jurisdiction wins, whatever the order of the rows', () => {
  const rows = [
    row({ jurisdiction: '0', value: 1 }),
    row({ jurisdiction: '440106', value: 3 }),
    row({ jurisdiction: '4401', value: 2 }),
  ]
  assert.equal(read(rows), 3)
  assert.equal(read(rows.toReversed()), 3)
  assert.equal(read(rows, TODAY, undefined, areaChain('440103')), 2)
  assert.equal(read(rows, TODAY, undefined, areaChain('310101')), 1)
})

test('A number holds from its first to its last day, both included', () => {
  const rows = [row({ valid_from: '2021-09-01', valid_to: '2026-08-31' })]
  assert.deepEqual(
    ['2021-08-31', '2021-09-01', '2026-08-31', '2026-09-01'].map((on) => read(rows, on)),
    ['missing', 1, 1, 'missing'],
  )
})

test('When the nearer number ends, the one around it holds again', () => {
  const rows = [row({ jurisdiction: '440106', value: 9, valid_to: '2025-12-31' }), row({ value: 5 })]
  assert.equal(read(rows, '2025-12-31'), 9)
  assert.equal(read(rows, '2026-01-01'), 5)
})

test('A number is what was recorded by the day it is known at', () => {
  const rows = [row({ value: 1 }), row({ value: 2, recorded_at: '2026-06-01', supersedes: 'made.number' })]
  assert.equal(read(rows, TODAY, '2026-05-31'), 1)
  assert.equal(read(rows, TODAY, '2026-06-01'), 2)
  assert.equal(read(rows), 2)
  assert.equal(read(rows, TODAY, '2019-12-31'), 'missing')
})

test('A correction replaces only the days it names', () => {
  const rows = [
    row({ value: 1 }),
    row({ value: 2, valid_from: '2026-01-01', recorded_at: '2026-06-01', supersedes: 'made.number' }),
  ]
  assert.equal(read(rows, '2025-12-31'), 1)
  assert.equal(read(rows, '2026-01-01'), 2)
})

test('Of two numbers that claim the same day none is taken', () => {
  assert.equal(read([row({ value: 1 }), row({ value: 2 })]), 'tie')
  // A tie nearby is not answered from further away.
  assert.equal(read([row({ jurisdiction: '440106' }), row({ jurisdiction: '440106', value: 2 }), row({ value: 3 })]), 'tie')
})

test('A number that the law has and nobody confirmed is unknown, and hides the one around it', () => {
  assert.equal(read([row({ jurisdiction: '440106', value: null }), row({ value: 3 })]), 'unconfirmed')
})
