import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rank } from './rank.ts'

const P = { name: 'P', by: [154, 60, 72] }
const Q = { name: 'Q', by: [154, 60, 80] }
const R = { name: 'R', by: [150, 200, 200] }
const names = (list: readonly { name: string }[]) => list.map((one) => one.name).join('')

test('base points first, then insurance, then the permit; more insurance does not outweigh a base point', () => {
  const { order, placed, tied } = rank([R, P, Q], 2)
  assert.equal(names(order), 'QPR')
  assert.equal(names(placed), 'QP')
  assert.deepEqual(tied, [])
})

test('equal ones at the line of the quota are not decided by chance, nor by the order in which they came', () => {
  const twin = { name: 'A', by: P.by }
  for (const list of [
    [P, Q, R, twin],
    [twin, R, Q, P],
  ]) {
    const { placed, tied } = rank(list, 2)
    assert.equal(names(placed), 'Q')
    assert.equal(names(tied), 'AP')
  }
  assert.deepEqual(rank([P, twin, Q], 3).tied, [], 'all of them have a place')
  assert.deepEqual(rank([P, twin, Q, R], 3).tied, [], 'the line lies after both of them')
  assert.equal(names(rank([P, twin], 1).tied), 'AP')
})

test('more places than people', () => {
  assert.equal(names(rank([P], 16_000).placed), 'P')
  assert.deepEqual(rank([], 5), { order: [], placed: [], tied: [] })
})
