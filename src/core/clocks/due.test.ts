import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Refusal } from '../../platform/refusal.ts'
import { instantAt } from '../../platform/time.ts'
import { dueOf, neverWorse, type Running } from './due.ts'
import type { Interval, LimitUnit } from './limit.ts'
import { makeCalendar, readCalendarDays, readCalendarTerms } from './read-calendar.ts'

const read = (file: string) => readFileSync(new URL(`../../../packs/guangzhou/${file}`, import.meta.url), 'utf8')
const days = readCalendarDays(read('calendar.csv'), 'calendar.csv')
const terms = readCalendarTerms(read('calendar.yaml'), 'calendar.yaml')
const calendar = makeCalendar(days, terms)

/** `2026-11-24 10:00` in Guangzhou. */
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11) || '10:00')
const shown = (due: { dueAt: Date }) => new Date(due.dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const due = (from: string, value: number, unit: LimitUnit) => dueOf({ from: at(from), limit: { value, unit }, calendar })
const excluded = (from: string, to: string | null, notice = '通〔2026〕1号'): Interval => ({
  type: 'hearing',
  basis: { document: 'licensing-law', clause: '45' },
  notice,
  from: at(from),
  to: to === null ? null : at(to),
})
const withExclusions = (from: string, value: number, unit: LimitUnit, ...intervals: Interval[]) =>
  dueOf({ from: at(from), limit: { value, unit }, excluded: intervals, calendar })
const running = (found: ReturnType<typeof dueOf>): Running => {
  assert.equal(found.state, 'running')
  return found as Running
}

test('five working days: the day of acceptance is not counted, the weekend neither, and the office closes at 17:30', () => {
  assert.equal(shown(due('2026-11-24', 5, 'working_day')), '2026-12-01 17:30')
  assert.equal(due('2026-11-24', 5, 'working_day').dueOn, '2026-12-01')
})

test('what comes in on a Saturday night or after hours counts from the next working day', () => {
  assert.equal(due('2026-11-21 22:00', 1, 'working_day').dueOn, '2026-11-23')
  assert.equal(due('2026-11-23 23:30', 1, 'working_day').dueOn, '2026-11-24')
  // 00:30 in Guangzhou is still the evening before in London: the business day decides.
  assert.equal(due('2026-11-24 00:30', 1, 'working_day').dueOn, '2026-11-25')
})

test('a working Saturday counts, National Day does not', () => {
  assert.equal(due('2026-09-30', 3, 'working_day').dueOn, '2026-10-10')
})

test('a limit in calendar days that ends in the holidays ends when offices open again, at their close (民法典 203)', () => {
  assert.equal(shown(due('2026-09-24', 7, 'calendar_day')), '2026-10-08 17:30')
  assert.equal(due('2026-11-01', 10, 'calendar_day').dueOn, '2026-11-11')
})

test('a month ends on the day of the same number, or on the last of the month (民法典 202), and moves on too', () => {
  assert.equal(due('2026-01-31', 1, 'month').dueOn, '2026-02-28')
  assert.equal(due('2026-05-10', 6, 'month').dueOn, '2026-11-10')
  assert.equal(due('2026-02-01', 3, 'month').dueOn, '2026-05-06')
  assert.equal(due('2024-02-29', 1, 'year').dueOn, '2025-02-28')
})

test('no days at all: on the same day, or on the next working day when offices are closed by then', () => {
  assert.equal(shown(due('2026-11-24 10:00', 0, 'working_day')), '2026-11-24 17:30')
  assert.equal(shown(due('2026-11-24 17:30', 0, 'working_day')), '2026-11-25 17:30')
  assert.equal(shown(due('2026-11-28 10:00', 0, 'calendar_day')), '2026-11-30 17:30')
})

test('hours run from the moment, through night and holiday; working hours only while offices are open', () => {
  assert.equal(shown(due('2026-09-30 17:00', 2, 'hour')), '2026-09-30 19:00')
  assert.equal(shown(due('2026-09-30 17:00', 24, 'clock_hour')), '2026-10-01 17:00')
  assert.equal(shown(due('2026-11-24 11:00', 1, 'working_hour')), '2026-11-24 12:00')
  assert.equal(shown(due('2026-11-24 11:30', 1, 'working_hour')), '2026-11-24 14:30')
  assert.equal(shown(due('2026-09-30 17:00', 2, 'working_hour')), '2026-10-08 10:30')
  // Six and a half hours a day: what comes on a Saturday is due on Tuesday after half an hour.
  assert.equal(shown(due('2026-11-28 08:00', 7, 'working_hour')), '2026-12-01 09:30')
})

test('the days of a hearing are not counted', () => {
  const plain = due('2026-11-02', 5, 'working_day')
  assert.equal(plain.dueOn, '2026-11-09')
  const found = running(withExclusions('2026-11-02', 5, 'working_day', excluded('2026-11-04 09:00', '2026-11-06 16:00')))
  // 4 and 5 November end while the hearing lasts; on the 6th the clock runs again before offices close.
  assert.equal(found.dueOn, '2026-11-11')
})

test('a hearing on the morning of the last day moves it; one of two hours on any other day costs nobody a day', () => {
  assert.equal(
    running(withExclusions('2026-11-02', 5, 'working_day', excluded('2026-11-09 10:00', '2026-11-10 11:00'))).dueOn,
    '2026-11-10',
  )
  assert.equal(
    running(withExclusions('2026-11-02', 5, 'working_day', excluded('2026-11-04 10:00', '2026-11-04 12:00'))).dueOn,
    '2026-11-09',
  )
})

test('two exclusions that overlap count once', () => {
  const one = withExclusions('2026-11-02', 5, 'working_day', excluded('2026-11-03 09:00', '2026-11-06 18:00'))
  const two = withExclusions(
    '2026-11-02',
    5,
    'working_day',
    excluded('2026-11-04 09:00', '2026-11-06 18:00', '通2号'),
    excluded('2026-11-03 09:00', '2026-11-05 18:00'),
  )
  assert.equal(running(one).dueOn, '2026-11-13')
  assert.deepEqual(two, one)
})

test('whole days are excluded from their first instant to the first instant after them', () => {
  const whole = excluded('2026-11-07 00:00', '2026-11-10 00:00')
  assert.equal(running(withExclusions('2026-11-02', 5, 'working_day', whole)).dueOn, '2026-11-10')
  assert.equal(running(withExclusions('2026-11-02', 7, 'calendar_day', whole)).dueOn, '2026-11-12')
})

test('a Sunday that is excluded takes out the Sunday, and neither the Saturday nor the Monday', () => {
  const sunday = excluded('2026-11-08 00:00', '2026-11-09 00:00')
  assert.equal(due('2026-11-02', 7, 'calendar_day').dueOn, '2026-11-09')
  assert.equal(running(withExclusions('2026-11-02', 7, 'calendar_day', sunday)).dueOn, '2026-11-10')
})

test('an exclusion that follows another without a gap goes on, and the clock stands still since the first', () => {
  const both = [excluded('2026-11-04 10:00', '2026-11-06 12:00'), excluded('2026-11-06 12:00', null, '通2号')]
  const found = withExclusions('2026-11-02', 5, 'working_day', ...both)
  assert.deepEqual(found.state === 'paused' && [found.since, found.left.value], [at('2026-11-04 10:00'), 4])
})

test('a last day that moves on past the holidays also moves on past an exclusion', () => {
  assert.equal(
    running(withExclusions('2026-09-24', 7, 'calendar_day', excluded('2026-10-08 09:00', '2026-10-09 18:00'))).dueOn,
    '2026-10-10',
  )
})

test('hours stop and go on to the minute', () => {
  const pause = excluded('2026-11-24 10:15', '2026-11-24 15:00')
  assert.equal(shown(running(withExclusions('2026-11-24 10:00', 2, 'hour', pause))), '2026-11-24 16:45')
  assert.equal(shown(running(withExclusions('2026-11-24 10:00', 2, 'working_hour', pause))), '2026-11-24 16:45')
  // The pause begins at the very moment at which the limit ends: too late to move it.
  assert.equal(
    shown(running(withExclusions('2026-11-24 10:00', 2, 'hour', excluded('2026-11-24 12:00', null)))),
    '2026-11-24 12:00',
  )
})

test('while an exclusion is open nothing is due, and what is left is known', () => {
  assert.deepEqual(withExclusions('2026-11-02', 20, 'working_day', excluded('2026-11-06 10:00', null)), {
    state: 'paused',
    since: at('2026-11-06 10:00'),
    left: { unit: 'working_day', value: 17 },
    provisional: false,
  })
  assert.deepEqual(withExclusions('2026-11-24 10:00', 4, 'working_hour', excluded('2026-11-24 11:00', null)), {
    state: 'paused',
    since: at('2026-11-24 11:00'),
    left: { unit: 'working_hour', value: 3 },
    provisional: false,
  })
  // It ends two weeks later: the 17 days are counted from that day on.
  assert.equal(
    running(withExclusions('2026-11-02', 20, 'working_day', excluded('2026-11-06 10:00', '2026-11-20 10:00'))).dueOn,
    '2026-12-14',
  )
})

test('an exclusion that opens after the last day changes nothing', () => {
  assert.deepEqual(
    withExclusions('2026-11-02', 5, 'working_day', excluded('2026-11-10 10:00', null)),
    due('2026-11-02', 5, 'working_day'),
  )
})

test('an exclusion without type, basis or notice number, or that ends before it begins, is refused', () => {
  const sound = excluded('2026-11-04', '2026-11-05')
  const refused = (interval: Interval, code: string) =>
    assert.throws(
      () => withExclusions('2026-11-02', 5, 'working_day', interval),
      (error: unknown) => error instanceof Refusal && error.code === code && error.kind === 'invalid',
    )
  refused({ ...sound, notice: ' ' }, 'clock.exclusion_incomplete')
  refused({ ...sound, type: '' }, 'clock.exclusion_incomplete')
  refused({ ...sound, basis: { document: 'licensing-law', clause: '' } }, 'clock.exclusion_incomplete')
  refused({ ...sound, to: at('2026-11-03') }, 'clock.exclusion_backwards')
})

test('a limit that is no whole number, or measures money, is refused', () => {
  assert.throws(() => due('2026-11-02', 1.5, 'working_day'), /whole number/)
  assert.throws(() => due('2026-11-02', -1, 'hour'), /whole number/)
  assert.throws(() => due('2026-11-02', 5, 'fen' as LimitUnit), /measures no time/)
})

test('a date past the published calendar is provisional; one that ends on its last day is not', () => {
  assert.equal(due('2026-11-24', 27, 'working_day').dueOn, '2026-12-31')
  assert.equal(due('2026-11-24', 27, 'working_day').provisional, false)
  assert.equal(due('2026-11-24', 28, 'working_day').provisional, true)
  assert.equal(due('2026-12-31', 48, 'clock_hour').provisional, false)
})

test('the calendar of 2027 arrives: a date that was told to a resident never becomes worse', () => {
  const told = due('2026-11-24', 30, 'working_day')
  assert.deepEqual([told.dueOn, told.provisional], ['2027-01-06', true])
  const notice = (date: string) =>
    ({ date, kind: 'off', name: '元旦', sourceNotice: 'invented for this test', verified: false }) as const
  const next = makeCalendar([...days.filter(({ date }) => date < '2027'), notice('2027-01-01'), notice('2027-01-04')], {
    ...terms,
    horizon: '2027-12-31',
  })
  const recomputed = dueOf({ from: at('2026-11-24'), limit: { value: 30, unit: 'working_day' }, calendar: next })
  assert.deepEqual([recomputed.dueOn, recomputed.provisional], ['2027-01-07', false])
  // The office promised 6 January: it keeps its word. The resident may answer until the 7th.
  assert.deepEqual(neverWorse(told, recomputed, 'office'), { ...told, provisional: false })
  assert.deepEqual(neverWorse(told, recomputed, 'resident'), recomputed)
})

test('a day before the table of office hours begins is an error of the pack, not a guess', () => {
  assert.throws(() => due('2019-12-01', 3, 'working_day'), /no office hours for 2019-12-04; add an entry/)
})
