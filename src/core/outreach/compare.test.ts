import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Alike, COURSES, comparisonSql, courseOf, tally } from './compare.ts'

test('what becomes of a person is told by both answers and her amount', () => {
  const told = (was: boolean | null, now: boolean | null, amount = 0) => courseOf({ was, now, amount })
  assert.deepEqual(
    [told(false, true), told(null, true), told(false, null), told(true, false), told(null, false), told(true, null)],
    ['gained', 'gained', 'possible', 'lost', 'lost', 'unsure'],
  )
  assert.deepEqual(
    [told(true, true), told(null, null), told(false, false, 1), told(true, true, 1), told(null, null, -1), told(true, true, 2)],
    ['same', 'same', 'same', 'more', 'less', 'unsure'],
  )
})

test('places in order, each person in one column, and small numbers withheld', () => {
  const row = (part: string, was: boolean | null, now: boolean | null, persons: number): Alike => ({
    part,
    was,
    now,
    amount: 0,
    persons,
  })
  const told = tally([row('440106002', true, true, 104), row('440106001', false, true, 60), row('440106001', true, true, 3)], [])
  assert.deepEqual(told.parts, ['440106001', '440106002'])
  const at = (course: (typeof COURSES)[number]) => told.changes.cells.map((row) => row[COURSES.indexOf(course)])
  assert.deepEqual(
    [at('gained'), at('same')],
    [
      [null, 0],
      [null, null],
    ],
    'the three who stay the same cannot be told by the sum',
  )
  assert.deepEqual(told.tens.found, [[60, null, null], [100, null, null]], 'to the nearest ten') // biome-ignore format: a table
})

test('two drafts that differ by one person tell the same in tens, and nobody the same as somebody', () => {
  const fitting = (now: boolean, persons: number): Alike => ({ part: '440106001', was: false, now, amount: 0, persons })
  const tens = (fits: number) => tally([fitting(true, fits), fitting(false, 150)], []).tens
  for (const [one, another] of [[12, 13], [0, 1], [1, 9], [71, 74]] as const) assert.deepEqual(tens(one), tens(another)) // biome-ignore format: pairs
  assert.deepEqual(tens(36).changes[0]![COURSES.indexOf('gained')], 40)
})

test('a rule that cannot be asked of everybody is unknown of each, and said', () => {
  const odd = { id: 'made.order', returns: 'bool', expression: "person.sex < 'n'" } as const
  const version = { conditions: [odd], amount: null, parameters: [] }
  const ground = { on: '2026-11-24', known: {}, area: '4401', areaOf: 'p.area', columns: {} }
  const columns = { 'person.sex': { value: 'p.sex', known: 'true' } }
  const { text, unasked } = comparisonSql({ was: version, now: version }, { ...ground, columns }, 6)
  assert.deepEqual(unasked, ['made.order'])
  assert.match(text, /null::boolean/)
})
