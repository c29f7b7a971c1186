import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Withheld, withhold } from './withheld.ts'

test('what is large enough is shown with its sums, and so is none', () => {
  assert.deepEqual(withhold([[10, 0], [25, 300]]), {
    cells: [[10, 0], [25, 300]],
    rows: [10, 325],
    columns: [35, 300],
    total: 335,
  }) // biome-ignore format: a table
  assert.deepEqual(withhold([]), { cells: [], rows: [], columns: [], total: 0 })
})

test('a small cell takes one more of its row and of its column with it, the smallest that hides it', () => {
  const { cells, rows, columns, total } = withhold([
    [3, 40, 500],
    [60, 20, 700],
    [80, 90, 100],
  ])
  assert.deepEqual(cells, [
    [null, null, 500],
    [null, null, 700],
    [80, 90, 100],
  ])
  assert.deepEqual([rows, columns, total], [[543, 780, 270], [143, 150, 1300], 1593])
})

test('one place, or one list alone: the sum goes too', () => {
  assert.deepEqual(withhold([[4, 200]]).cells, [[null, null]])
  assert.equal(withhold([[4]]).total, null)
  const column = withhold([[4], [70], [900]])
  assert.deepEqual(column.cells, [[null], [null], [900]])
  assert.deepEqual(column.rows, [null, null, 900], 'a sum of one cell is that cell')
})

test('two of one each are not told by their sum', () => {
  const { cells, rows } = withhold([
    [1, 1, 50, 60],
    [100, 100, 100, 100],
  ])
  assert.equal(rows[0], 112)
  assert.deepEqual(cells[0], [null, null, null, 60])
})

/** Cells whose value follows from the shown ones: those whose unit vector is a sum of the equations. */
function computable({ cells, rows, columns, total }: Withheld): number {
  const all = [...cells.map((row, r) => [...row, rows[r]!]), [...columns, total]]
  const width = all[0]!.length
  const open = all.flatMap((row, r) => row.flatMap((value, c) => (value === null ? [r * width + c] : [])))
  const equations: number[][] = [
    ...all.map((row, r) => row.map((_, c) => r * width + c)),
    ...all[0]!.map((_, c) => all.map((_, r) => r * width + c)),
  ].map((line) => open.map((cell) => (line.includes(cell) ? (cell === line.at(-1) ? -1 : 1) : 0)))
  let rank = 0
  for (const column of open.keys()) {
    const pivot = equations.findIndex((row, at) => at >= rank && Math.abs(row[column]!) > 1e-9)
    if (pivot < 0) continue
    ;[equations[rank], equations[pivot]] = [equations[pivot]!, equations[rank]!]
    const by = equations[rank]![column]!
    equations[rank] = equations[rank]!.map((value) => value / by)
    for (const [at, row] of equations.entries()) {
      const times = row[column]!
      if (at !== rank && Math.abs(times) > 1e-9) equations[at] = row.map((value, n) => value - times * equations[rank]![n]!)
    }
    rank += 1
  }
  return equations.filter((row) => row.filter((value) => Math.abs(value) > 1e-9).length === 1).length
}

test('of no table can a withheld cell be computed, nothing small is shown, and what is shown is true', () => {
  const cell = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 400 }))
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }))
    .chain(([height, width]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    )
  fc.assert(
    fc.property(tables, (counts) => {
      const told = withhold(counts)
      const sums = counts[0]!.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0))
      const truth = [...counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]), [...sums, sums.reduce((a, b) => a + b, 0)]]
      const shown = [...told.cells.map((row, r) => [...row, told.rows[r]!]), [...told.columns, told.total]]
      for (const [r, row] of shown.entries())
        for (const [c, value] of row.entries()) {
          if (value !== null) assert.equal(value, truth[r]![c])
          assert.ok(value === null || value === 0 || value >= 10)
        }
      assert.equal(computable(told), 0)
      for (const [r, row] of told.cells.entries()) {
        const rest = row.reduce<number>((sum, value, c) => sum + (value === null ? counts[r]![c]! : 0), 0)
        assert.ok(told.rows[r] === null || rest === 0 || rest >= 10, `${rest} of a row are known together`)
      }
    }),
    { numRuns: 500 },
  )
})

test('a table of a city is told at once', () => {
  const counts = fc.sample(fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }), { numRuns: 180, seed: 3 })
  const began = performance.now()
  withhold(counts)
  assert.ok(performance.now() - began < 5000)
})
