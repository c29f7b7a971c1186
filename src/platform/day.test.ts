import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ageYears, daysAfter, daysBetween, fullMonths, isDay, monthsAfter } from './day.ts'

const anyDay = fc
  .date({ min: new Date('0101-01-01'), max: new Date('9800-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10))
const plain = (day: string) => Temporal.PlainDate.from(day)

test('An age is reached on the birthday, not the day after', () => {
  assert.equal(ageYears('1956-11-24', '2026-11-23'), 69)
  assert.equal(ageYears('1956-11-24', '2026-11-24'), 70)
})

test('Somebody born on 29 February turns an age on 1 March of a common year and on 29 February of a leap year', () => {
  assert.equal(ageYears('1956-02-29', '2026-02-28'), 69)
  assert.equal(ageYears('1956-02-29', '2026-03-01'), 70)
  assert.equal(ageYears('1956-02-29', '2028-02-28'), 71)
  assert.equal(ageYears('1956-02-29', '2028-02-29'), 72)
})

test('A month without the day of the same number is full on the 1st of the next', () => {
  assert.equal(fullMonths('2026-01-31', '2026-02-28'), 0)
  assert.equal(fullMonths('2026-01-31', '2026-03-01'), 1)
  assert.equal(fullMonths('2026-01-30', '2026-04-30'), 3)
})

test('Before the day, months and years are negative', () => {
  assert.equal(fullMonths('2026-05-10', '2026-05-09'), -1)
  assert.equal(ageYears('2026-05-10', '2026-05-09'), -1)
})

test('Adding months ends on the last day of a shorter month', () => {
  assert.equal(monthsAfter('2026-11-30', 3), '2027-02-28')
  assert.equal(monthsAfter('2027-11-30', 3), '2028-02-29')
  assert.equal(monthsAfter('2026-01-15', -1), '2025-12-15')
})

test('Outside the calendar there is no answer', () => {
  assert.equal(monthsAfter('9999-12-31', 1), undefined)
  assert.equal(monthsAfter('0001-01-31', -1), undefined)
  assert.equal(daysAfter('9999-12-31', 1), undefined)
  assert.equal(daysAfter('0001-01-01', -1), undefined)
  assert.equal(daysAfter('9999-12-30', 1), '9999-12-31')
  assert.equal(daysAfter('0001-01-02', -1), '0001-01-01')
})

test('Only days that exist are days', () => {
  for (const day of ['2026-02-28', '2028-02-29', '2000-02-29']) assert.equal(isDay(day), true, day)
  for (const day of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '',
    null,
    20260101,
  ])
    assert.equal(isDay(day), false, String(day))
})

test('Moving by days and months agrees with Temporal', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -30_000, max: 30_000 }), (day, count) => {
      assert.equal(daysAfter(day, count), plain(day).add({ days: count }).toString())
      const months = count % 1100
      assert.equal(monthsAfter(day, months), plain(day).add({ months }).toString())
      assert.equal(daysBetween(day, daysAfter(day, count)!), count)
    }),
    { numRuns: 500 },
  )
})

test('Full months never fall as time passes, and a period of n months holds n, or n−1 where its last day had to be cut', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 1300 }), (day, months) => {
      const end = monthsAfter(day, months)!
      const cut = end.slice(8) !== day.slice(8)
      assert.equal(fullMonths(day, end), cut ? months - 1 : months)
      assert.equal(fullMonths(day, daysAfter(end, 1)!) >= fullMonths(day, end), true)
    }),
    { numRuns: 500 },
  )
})
