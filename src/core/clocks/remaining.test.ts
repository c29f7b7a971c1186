import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { instantAt } from '../../platform/time.ts'
import { dueOf } from './due.ts'
import type { LimitUnit } from './limit.ts'
import { readCalendar } from './read-calendar.ts'
import { remaining } from './remaining.ts'

const read = (file: string) => readFileSync(new URL(`../../../packs/guangzhou/${file}`, import.meta.url), 'utf8')
const calendar = readCalendar({ days: read('calendar.csv'), terms: read('calendar.yaml') })
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11))
const left = (from: string, value: number, unit: LimitUnit, now: string) =>
  Object.values(remaining(at(now), dueOf({ from: at(from), limit: { value, unit }, calendar }), calendar)).join(' ')

test('a work list on Tuesday 24 November: three working days left, today, overdue', () => {
  assert.equal(left('2026-11-20 09:00', 5, 'working_day', '2026-11-24 10:00'), 'working_day 3 false')
  assert.equal(left('2026-11-17 09:00', 5, 'working_day', '2026-11-24 10:00'), 'today 0 false')
  assert.equal(left('2026-11-17 09:00', 5, 'working_day', '2026-11-24 17:30'), 'today 0 false')
  assert.equal(left('2026-11-16 09:00', 5, 'working_day', '2026-11-24 10:00'), 'calendar_day 1 true')
})

test('half an hour late is said in minutes, and a Saturday after a missed Friday is one day', () => {
  assert.equal(left('2026-11-17 09:00', 5, 'working_day', '2026-11-24 18:00'), 'minute 30 true')
  assert.equal(left('2026-11-17 09:00', 5, 'working_day', '2026-11-24 20:00'), 'hour 2 true')
  assert.equal(left('2026-11-13 09:00', 5, 'working_day', '2026-11-21 10:00'), 'calendar_day 1 true')
})

test('calendar days and months are left in calendar days', () => {
  assert.equal(left('2026-11-20 09:00', 10, 'calendar_day', '2026-11-24 10:00'), 'calendar_day 6 false')
  assert.equal(left('2026-11-10 09:00', 1, 'month', '2026-11-24 10:00'), 'calendar_day 16 false')
})

test('hours are left in hours, and working hours do not melt overnight', () => {
  assert.equal(left('2026-11-24 09:00', 2, 'hour', '2026-11-24 10:15'), 'minute 45 false')
  assert.equal(left('2026-11-24 09:00', 48, 'clock_hour', '2026-11-24 10:15'), 'hour 46 false')
  assert.equal(left('2026-11-24 16:30', 3, 'working_hour', '2026-11-24 17:00'), 'working_hour 2 false')
  assert.equal(left('2026-11-24 16:30', 3, 'working_hour', '2026-11-24 23:00'), 'working_hour 2 false')
  assert.equal(left('2026-11-24 16:30', 2, 'working_hour', '2026-11-25 09:30'), 'working_minute 30 false')
})

test('a paused clock shows what it will have when it goes on', () => {
  const due = dueOf({
    from: at('2026-11-02 10:00'),
    limit: { value: 20, unit: 'working_day' },
    excluded: [
      { type: 'hearing', basis: { document: 'law', clause: '45' }, notice: '1', from: at('2026-11-06 10:00'), to: null },
    ],
    calendar,
  })
  assert.deepEqual(remaining(at('2026-11-24 10:00'), due, calendar), { unit: 'working_day', value: 17, overdue: false })
})

test('a told date that turned out to be a day off is still counted down to', () => {
  const due = { state: 'running', dueAt: at('2026-10-01 17:30'), dueOn: '2026-10-01', unit: 'working_day' } as const
  assert.deepEqual(remaining(at('2026-09-30 10:00'), due, calendar), { unit: 'calendar_day', value: 1, overdue: false })
})
