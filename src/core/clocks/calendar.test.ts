import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lawfulHolidays } from '../../../scripts/lawful-holidays.ts'
import { dayOfNumber, isDay, isWeekday, numberOf } from '../../platform/day.ts'
import { isProvisional, isWorkingDay, workingDayFrom, workingDaysBetween } from './calendar.ts'
import { calendarColumns, makeCalendar, readCalendar, readCalendarDays, readCalendarTerms } from './read-calendar.ts'

const read = (file: string) => readFileSync(new URL(`../../../packs/guangzhou/${file}`, import.meta.url), 'utf8')
const terms = read('calendar.yaml')
const days = read('calendar.csv')
const calendar = readCalendar({ days, terms })

/** The notice 国办发明电〔2025〕7号, sentence by sentence. */
const notice2026 = {
  off: ['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05', '06-19/06-21', '09-25/09-27', '10-01/10-07'],
  work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
}

test('2026 is worked exactly as the notice says', () => {
  const off = notice2026.off.map((stretch) => stretch.split('/').map((day) => `2026-${day}`) as [string, string])
  const work = notice2026.work.map((day) => `2026-${day}`)
  for (let number = numberOf('2026-01-01'); number <= numberOf('2026-12-31'); number += 1) {
    const day = dayOfNumber(number)
    const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
    const expected = work.includes(day) || (!weekend && !off.some(([from, to]) => from <= day && day <= to))
    assert.equal(isWorkingDay(day, calendar), expected, day)
  }
})

test('the sample days of other years', () => {
  assert.equal(isWorkingDay('2025-10-11', calendar), true)
  assert.equal(isWorkingDay('2025-10-08', calendar), false)
  assert.equal(isWorkingDay('2020-01-31', calendar), false)
  assert.equal(isWorkingDay('2020-02-01', calendar), false)
  assert.equal(isWorkingDay('2020-02-03', calendar), true)
})

test('the law names its holidays before any notice: New Year 2027 is off, and the day is provisional all the same', () => {
  assert.equal(isWorkingDay('2027-01-01', calendar), false)
  assert.equal(isProvisional('2027-01-01', calendar), true)
  assert.equal(isWorkingDay('2027-01-04', calendar), true)
  assert.equal(isProvisional('2026-12-31', calendar), false)
})

test('for two years past the notices stand the weekdays that the law makes holidays, with their clause and unverified', () => {
  const lawful = readCalendarDays(days, 'calendar.csv').filter(({ basis }) => basis)
  assert.deepEqual(
    lawful.map(({ date }) => date.slice(2)).join(' '),
    '27-01-01 27-02-05 27-02-08 27-04-05 27-06-09 27-09-15 27-10-01 ' +
      '28-01-25 28-01-26 28-01-27 28-01-28 28-04-04 28-05-01 28-05-02 28-10-02 28-10-03',
  )
  for (const day of lawful) assert.deepEqual([day.kind, day.basis!.document, day.verified], ['off', 'jieri-banfa', false])
  for (const year of [2027, 2028]) {
    const expected = lawfulHolidays(year).filter(({ day }) => isWeekday(day))
    assert.deepEqual(
      lawful.filter(({ date }) => date.startsWith(String(year))).map(({ date, name }) => ({ day: date, name })),
      expected,
    )
  }
})

test('what the law names was off in the notices that came: the reckoning of lunar days is checked against five years', () => {
  // Before 2025 New Year's Eve and 2 May were no holidays by law, though the notices gave them.
  for (const year of [2020, 2021, 2022, 2023, 2025, 2026]) {
    const holidays = lawfulHolidays(year)
    assert.equal(
      holidays.some(({ name }) => name === '端午'),
      true,
      `${year}: both calendars agree`,
    )
    const off = holidays.filter(({ day }) => isWorkingDay(day, calendar)).map(({ day }) => day)
    assert.deepEqual(off, [], String(year))
  }
})

test('working days between two days: the first is not counted, the last is', () => {
  assert.equal(workingDaysBetween('2026-11-24', '2026-11-27', calendar), 3)
  assert.equal(workingDaysBetween('2026-09-30', '2026-10-10', calendar), 3)
  assert.equal(workingDaysBetween('2026-11-27', '2026-11-24', calendar), -3)
  assert.equal(workingDaysBetween('2026-11-28', '2026-11-28', calendar), 0)
  assert.equal(workingDayFrom('2026-10-01', calendar), '2026-10-08')
})

test('a date that does not exist is no day', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-3', '2026-13-01', ''].map(isDay), [true, false, false, false, false])
})

test('a calendar.csv that would count wrongly is refused at its line', () => {
  const head = 'date,kind,name,source_notice,basis_document,basis_clause,verified\n'
  const refused = (row: string, reason: RegExp) =>
    assert.throws(
      () => readCalendarDays(`${head}2026-01-01,off,元旦,n,,,false\n${row}\n`, 'calendar.csv'),
      (error: Error) => {
        assert.match(error.message, /^calendar\.csv:3: /)
        assert.match(error.message, reason)
        return true
      },
    )
  refused('2026-02-30,off,春节,n,,,false', /is no date/)
  refused('2026-02-16,holiday,春节,n,,,false', /write off or work/)
  refused('2026-02-15,off,春节,n,,,false', /off as it is; delete the line/)
  refused('2026-02-13,work,春节,n,,,false', /worked as it is; delete the line/)
  refused('2026-01-01,off,元旦,n,,,false', /does not come after/)
  refused('2026-02-16,off,,n,,,false', /name is empty/)
  refused('2026-02-16,off,春节,,,,false', /number of the notice/)
  refused('2026-02-16,off,春节,n,law,,false', /document and its clause/)
  refused('2026-02-14,work,春节,n,law,二,false', /no extra working day/)
  refused('2026-02-16,off,春节,n,law,二,perhaps', /write true or false/)
})

test('a calendar.yaml without a horizon, or with office hours that overlap, is refused at its line', () => {
  const refused = (from: string, to: string, reason: RegExp) => {
    const line = terms.slice(0, terms.indexOf(from)).split('\n').length
    assert.ok(terms.includes(from))
    assert.throws(
      () => readCalendarTerms(terms.replace(from, to), 'calendar.yaml'),
      (error: Error & { line?: number }) => {
        assert.match(error.message, reason)
        assert.equal(error.line, line)
        return true
      },
    )
  }
  refused('horizon: 2026-12-31', 'horizon: 2026-12-32', /horizon must be the last day/)
  refused('horizon:', 'horizont:', /"horizont" is unknown/)
  refused("'14:00'", "'11:00'", /in order and without overlap/)
  refused("'17:30'", "'25:30'", /in order and without overlap/)
  refused('valid_from: 2020-01-01', 'valid_from: soon', /valid_from must be a day/)
  refused('horizon: 2026-12-31', 'horizon: @2026-12-31', /calendar\.yaml:4: /)
})

test('past the horizon stands only what the law orders, and inside it only what a notice says', () => {
  const withRow = (row: string) => [...readCalendarDays(days, 'calendar.csv'), ...readCalendarDays(`${head}${row}\n`, 'x')]
  const until = readCalendarTerms(terms, 'calendar.yaml')
  const head = `${calendarColumns.join(',')}\n`
  assert.throws(
    () => makeCalendar(withRow('2029-01-01,off,元旦,n,,,false'), until),
    /past the horizon 2026-12-31; move the horizon/,
  )
  assert.throws(
    () => makeCalendar(withRow('2029-01-01,off,元旦,n,,,false'), { ...until, horizon: '2027-12-31' }),
    /a notice covers 2027-01-01/,
  )
  assert.doesNotThrow(() => makeCalendar(withRow('2029-01-01,off,元旦,n,jieri-banfa,二,false'), until))
})
