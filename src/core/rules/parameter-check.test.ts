import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locatedParameters, row } from './pack-scene.ts'
import type { ParameterRow } from './parameter.ts'
import { checkParameters, parameterFromCells } from './parameter-check.ts'

const found = (...rows: (Partial<ParameterRow> | Record<string, unknown>)[]) =>
  checkParameters(
    rows.map((given, index) => ({ row: row(given as Partial<ParameterRow>), file: 'parameters.csv', line: index + 2 })),
  )
const codes = (...rows: Parameters<typeof found>) => found(...rows).map((each) => `${each.line} ${each.code}`)

test('The pack of the house is sound', () => assert.deepEqual(checkParameters(locatedParameters), []))

test('Two rows of one jurisdiction on one day are a tie, named at the second', () => {
  assert.deepEqual(codes({ valid_to: '2025-12-31' }, { valid_from: '2026-01-01' }), [])
  const [tie] = found({ valid_to: '2026-01-01' }, { valid_from: '2026-01-01' })
  assert.deepEqual(tie, {
    code: 'parameter.tie',
    file: 'parameters.csv',
    line: 3,
    column: 1,
    id: 'made.number',
    params: { id: 'made.number', jurisdiction: '4401', line: 2, from: '2026-01-01' },
  })
})

test('A correction and a nearer jurisdiction are no tie', () => {
  assert.deepEqual(codes({}, { recorded_at: '2026-01-01', supersedes: 'made.number' }, { jurisdiction: '440106' }), [])
})

test('A correction of nothing is named', () => {
  assert.deepEqual(codes({ supersedes: 'made.number' }), ['2 parameter.supersedes_unknown'])
  // Recorded no later than what it corrects.
  assert.deepEqual(codes({ valid_to: '2020-12-31' }, { valid_from: '2021-01-01', supersedes: 'made.number' }), [
    '3 parameter.supersedes_unknown',
  ])
})

test('Days without a number between two rows are a gap, unless a wider jurisdiction covers them', () => {
  const district = { jurisdiction: '440106', valid_to: '2022-12-31' }
  const later = { jurisdiction: '440106', valid_from: '2024-01-01' }
  assert.deepEqual(codes(district, later), ['3 parameter.gap'])
  assert.deepEqual(codes(district, later, { jurisdiction: '4401' }), [])
  assert.deepEqual(codes(district, later, { jurisdiction: '0' }), [])
  assert.deepEqual(codes(district, later, { jurisdiction: '440103' }), ['3 parameter.gap'])
  assert.deepEqual(found(district, later)[0]!.params, {
    id: 'made.number',
    jurisdiction: '440106',
    from: '2023-01-01',
    to: '2023-12-31',
  })
})

test('A unit nobody knows, a missing basis and a wrong date each name their row once', () => {
  assert.deepEqual(codes({ unit: 'mile' }), ['2 parameter.unknown_unit'])
  assert.deepEqual(codes({ basis: { document: '', clause: '1' } }), ['2 parameter.basis_missing'])
  assert.deepEqual(codes({ basis: { document: 'made', clause: '' } }), ['2 parameter.basis_missing'])
  assert.deepEqual(codes({ valid_from: '2026-02-30' }), ['2 parameter.shape'])
  assert.deepEqual(codes({ jurisdiction: '44010' }), ['2 parameter.shape'])
  assert.deepEqual(codes({ value: 1.5 }), ['2 parameter.shape'])
})

test('Values fit their unit, units their parameter, dates each other', () => {
  assert.deepEqual(codes({ unit: 'text' }), ['2 parameter.value_type'])
  assert.deepEqual(codes({ value: 'much' }), ['2 parameter.value_type'])
  assert.deepEqual(codes({}, { jurisdiction: '440106', unit: 'year' }), ['3 parameter.units_differ'])
  assert.deepEqual(codes({ valid_to: '2019-12-31' }), ['2 parameter.dates_reversed'])
})

test('Every number needs a source, and verified is never said of a demo number', () => {
  assert.deepEqual(codes({ source: '' }), ['2 parameter.shape'])
  assert.deepEqual(codes({ verified: true, demo: true }), ['2 parameter.verified_demo'])
})

test('Cells that are no number or truth stay as written, and an empty value is not zero', () => {
  const cells = {
    id: 'a',
    value: 'seven',
    unit: 'year',
    verified: 'maybe',
    demo: 'false',
    basis_document: 'd',
    basis_clause: '1',
    valid_to: '',
  }
  const made = parameterFromCells(cells)
  assert.equal(made.value, 'seven')
  assert.equal(made.verified, 'maybe')
  assert.equal(made.valid_to, null)
  assert.equal(parameterFromCells({ ...cells, value: '' }).value, null)
  assert.equal(parameterFromCells({ ...cells, value: '70', unit: 'text' }).value, '70')
})
