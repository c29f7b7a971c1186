import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRateMemory } from './rate-memory.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24) + seconds * 1000)

test('a window opens with the first hit and ends with its time', () => {
  const memory = createRateMemory()
  const hit = (seconds: number, amount: number) => {
    const { hits, retryAfter } = memory.hit('unsafe:a', 60, at(seconds), amount)
    return [hits, retryAfter]
  }
  assert.deepEqual(hit(0, 1), [1, 60])
  assert.deepEqual(hit(30, 4), [5, 30])
  assert.deepEqual(hit(60, 1), [1, 60])
  assert.equal(memory.hit('unsafe:a', 3600, at(60), 1).hits, 1, 'another window is another count')
})

test('a full memory forgets nobody whose window runs, and opens for nobody', () => {
  const memory = createRateMemory(2)
  memory.hit('unsafe:a', 60, at(0), 1)
  memory.hit('unsafe:b', 60, at(0), 1)
  assert.equal(memory.hit('unsafe:c', 60, at(1), 1).hits, 1)
  assert.equal(memory.hit('unsafe:d', 60, at(1), 1).hits, 2, 'whoever comes after shares one count')
  assert.equal(memory.hit('unsafe:a', 60, at(2), 1).hits, 2)
  assert.equal(memory.hit('unsafe:d', 60, at(70), 1).hits, 1, 'until there is room again')
})

test('what the database did not count is added to what it counts, until the window ends', () => {
  const memory = createRateMemory()
  memory.hit('unsafe:a', 60, at(0), 3).miss()
  assert.equal(memory.hit('unsafe:a', 60, at(30), 1).missed(), 3)
  assert.equal(memory.hit('unsafe:a', 60, at(61), 1).missed(), 0)
})
