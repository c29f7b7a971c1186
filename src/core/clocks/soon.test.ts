import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '../../platform/day.ts'
import { type Calendar, workingDaysBetween } from './calendar.ts'
import { firstDayPast } from './soon.ts'

/** Thursday and Friday of a week off, its Saturday worked. */
const calendar: Calendar = {
  off: new Set(['2026-11-26', '2026-11-27']),
  work: new Set(['2026-11-28']),
  horizon: '2026-12-31',
  officeHours: [],
}

test('whatever is due before it has at most that many working days left, and it itself has more', () => {
  for (let from = '2026-11-20'; from < '2026-12-05'; from = addDays(from, 1))
    for (const days of [0, 1, 3]) {
      const past = firstDayPast(from, days, calendar)
      assert.equal(workingDaysBetween(from, addDays(past, -1), calendar), days, `${from} + ${days}`)
      assert.equal(workingDaysBetween(from, past, calendar), days + 1)
    }
})

test('a weekend and a holiday do not use the three days up', () => {
  assert.equal(firstDayPast('2026-11-20', 3, calendar), '2026-11-28') // Friday; then Mon, Tue, Wed, and the worked Saturday
})
