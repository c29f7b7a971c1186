import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { test } from 'node:test'
import { readChanged } from '../../../test/harness/changed-pack.ts'

/** The pack with lines added to its numbers: what is found, by file and line. */
const withRows = (...rows: string[]) =>
  readChanged((file) => appendFileSync(file('parameters.csv'), rows.map((row) => `${row}\n`).join('')))
const row = (id: string, from: string, to: string, supersedes = '') =>
  `${id},4401,5,working_day,application,minfadian,promise,${from},${to},2026-11-24,${supersedes},false,false,test`

test('the real pack has no error', () => {
  const { pack, errors } = withRows()
  assert.deepEqual(errors, [])
  assert.ok(pack)
})

test('days between two rows on which no number holds are refused with file and line', () => {
  const { pack, errors } = withRows(row('gap.limit', '2020-01-01', '2020-12-31'), row('gap.limit', '2021-02-01', ''))
  assert.equal(pack, null)
  assert.deepEqual(
    errors.map((e) => e.file),
    ['parameters.csv'],
  )
  assert.match(errors[0]!.message, /2021-01-01/)
})

test('a correction of a row that does not exist is refused', () => {
  const { pack, errors } = withRows(row('gap.limit', '2020-01-01', '', 'nobody.limit'))
  assert.equal(pack, null)
  assert.match(errors[0]!.message, /nobody\.limit/)
})
