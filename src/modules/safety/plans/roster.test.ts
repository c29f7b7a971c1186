import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { coverage, onDuty } from './roster.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour))
const stretch = (from: number, to: number) => ({ from: at(from), to: at(to) })
const told = (list: readonly { from: Date; to: Date }[]) => list.map(({ from, to }) => [from.getUTCHours(), to.getUTCHours()])

test('gaps and doubles, to the edge: one that follows another neither leaves a gap nor overlaps', () => {
  const { gaps, doubles } = coverage([stretch(2, 8), stretch(8, 12), stretch(11, 14)], stretch(0, 20))
  assert.deepEqual(told(gaps), [[0, 2], [14, 20]]) // biome-ignore format: a table
  assert.deepEqual(told(doubles), [[11, 12]])
  assert.deepEqual(told(coverage([], stretch(0, 20)).gaps), [[0, 20]])
  assert.deepEqual(coverage([stretch(0, 23)], stretch(1, 20)), { gaps: [], doubles: [] })
})

test('who is on duty now: from the first minute, not at the last', () => {
  const one = { ...stretch(2, 8), id: '', role: 'duty' as const, name: '', contact: '' }
  assert.deepEqual(
    [1, 2, 7, 8].map((hour) => onDuty([one], at(hour)).length),
    [0, 1, 1, 0],
  )
})

test('every hour is covered once, in a gap or in a double, and in one of them only', () => {
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 6 })), { maxLength: 8 })
  fc.assert(
    fc.property(some, (parts) => {
      const duties = parts.map(([from, long]) => stretch(from, Math.min(23, from + long)))
      const { gaps, doubles } = coverage(duties, stretch(0, 23))
      for (let hour = 0; hour < 23; hour++) {
        const inside = (list: readonly { from: Date; to: Date }[]) =>
          list.some((one) => one.from <= at(hour) && at(hour) < one.to)
        const many = duties.filter((one) => one.from <= at(hour) && at(hour) < one.to).length
        assert.equal(inside(gaps), many === 0)
        assert.equal(inside(doubles), many > 1)
      }
    }),
  )
})
