import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Counts, withheldBelow } from './withheld.ts'

const of = (counts: Record<string, number>): Counts[] => Object.entries(counts).map(([area, n]) => ({ area, cells: [n] }))
const cells = (rows: Counts[], scope: string, top: string) => {
  const { areas, total } = withheldBelow(rows, scope, top, 1)
  return [areas.map((row) => row.cells[0]), total[0]]
}
const [A, B, C] = ['440106001002', '440106001003', '440106001004']
const street = of({ [A]: 12, [B]: 3, [C]: 20 })

test('what is withheld in the table of a street is not told by asking of each community', () => {
  assert.deepEqual(cells(street, '440106001', '440106001'), [[null, null, 20], 35])
  assert.deepEqual(cells(street, '440106001', A), [[null], null])
  assert.deepEqual(cells(street, '440106001', B), [[null], null])
  assert.deepEqual(cells(street, '440106001', C), [[20], 20])
  assert.deepEqual(cells(street, '440106', A), [[null], null])
})

test('a street that is withheld beside another is not told by its communities', () => {
  const district = [...street, ...of({ '440106007002': 4 })]
  assert.deepEqual(cells(district, '440106', '440106'), [[null, null], 39])
  assert.deepEqual(cells(district, '440106', '440106001'), [[null, null, null], null])
  assert.deepEqual(cells(district, '440106', C), [[null], null])
})

test('nothing where nothing is, and zeros are told', () => {
  assert.deepEqual(withheldBelow([], '440106', '440106001', 2), { areas: [], total: [0, 0] })
  assert.deepEqual(cells(of({ [A]: 0, [B]: 15 }), '440106001', A), [[0], 0])
})
