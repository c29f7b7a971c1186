import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as three from './three.ts'
import { UNKNOWN, type Value } from './three.ts'

const U: typeof UNKNOWN = UNKNOWN
const truths: readonly three.Truth[] = [true, U, false]

test('Not', () => assert.deepEqual(truths.map(three.not), [false, U, true]))

test('And is the lesser, or the greater of yes > unknown > no', () => {
  const rank = (value: Value) => (value === true ? 2 : value === U ? 1 : 0)
  for (const a of truths) {
    for (const b of truths) {
      assert.equal(rank(three.and(a, () => b)), Math.min(rank(a), rank(b)))
      assert.equal(rank(three.or(a, () => b)), Math.max(rank(a), rank(b)))
    }
  }
})

test('What settles the answer leaves the other side unread', () => {
  const never = (): Value => assert.fail('was read')
  assert.equal(three.and(false, never), false)
  assert.equal(three.or(true, never), true)
})

test('Equality and order with something unknown are unknown', () => {
  for (const [a, b] of [
    [U, 1],
    [1, U],
    [U, U],
  ] as [Value, Value][]) {
    assert.equal(three.equal(a, b), U)
    for (const op of ['<', '<=', '>', '>='] as const) assert.equal(three.compare(op, a, b), U)
  }
  assert.equal(three.compare('<', '2026-01-31', '2026-02-01'), true)
})

test('Lists differ by length or one known pair, whatever is unknown in them', () => {
  assert.equal(three.equal([1, U], [1, 2]), U)
  assert.equal(three.equal([3, U], [1, 2]), false)
  assert.equal(three.equal([U], [1, 2]), false)
  assert.equal(three.equal([1, 2], [1, 2]), true)
  assert.equal(three.equal(U, [1]), U)
})

test('Membership', () => {
  assert.equal(three.contains(['a', U], 'a'), true)
  assert.equal(three.contains(['b', U], 'a'), U)
  assert.equal(three.contains(['b'], 'a'), false)
  assert.equal(three.contains(['b'], U), U)
  assert.equal(three.contains([], U), false)
  assert.equal(three.contains(U, 'a'), U)
})

test('All, exists and exists one over open answers', () => {
  const each = (value: Value) => value
  assert.equal(three.all([true, U], each), U)
  assert.equal(three.all([U, false], each), false)
  assert.equal(three.all([], each), true)
  assert.equal(three.all(U, each), U)
  assert.equal(three.exists([false, U], each), U)
  assert.equal(three.exists([U, true], each), true)
  assert.equal(three.exists([], each), false)
  assert.equal(three.exists(U, each), U)
  assert.equal(three.existsOne([true, false], each), true)
  assert.equal(three.existsOne([true, U], each), U)
  assert.equal(three.existsOne([U, false], each), U)
  assert.equal(three.existsOne([true, U, true], each), false)
  assert.equal(three.existsOne(U, each), U)
})

test('A list chosen by an open answer has no known length', () => {
  const same = (value: Value) => value
  assert.equal(
    three.select([1, 2], () => U, same),
    U,
  )
  assert.equal(
    three.select(U, () => true, same),
    U,
  )
  assert.deepEqual(
    three.select([1, 2], (each) => each === 2, same),
    [2],
  )
  assert.deepEqual(
    three.select(
      [1, 2],
      () => true,
      () => U,
    ),
    [U, U],
  )
})

test('A choice without a known condition is known only if both branches agree', () => {
  const give = (value: Value) => () => value
  assert.equal(three.choose(U, give(1), give(1)), 1)
  assert.equal(three.choose(U, give(1), give(2)), U)
  assert.equal(three.choose(U, give(1), give(U)), U)
  assert.equal(three.choose(true, give(1), give(U)), 1)
  assert.equal(three.choose(false, give(U), give(2)), 2)
})
