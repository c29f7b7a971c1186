import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOfNumber, numberOf } from '../../platform/day.ts'
import { type Day, dayOf, instantAt, startOf } from '../../platform/time.ts'
import { isWorkingDay, sessionsOn } from './calendar.ts'
import { type Due, dueOf, neverWorse, type Running } from './due.ts'
import { type Interval, limitUnits } from './limit.ts'
import { readCalendar } from './read-calendar.ts'
import { remaining } from './remaining.ts'

const read = (file: string) => readFileSync(new URL(`../../../packs/guangzhou/${file}`, import.meta.url), 'utf8')
const calendar = readCalendar({ days: read('calendar.csv'), terms: read('calendar.yaml') })

const first = startOf('2025-01-01').getTime()
const minutes = 60_000
const instant = fc.integer({ min: 0, max: 600 * 24 * 60 }).map((minute) => new Date(first + minute * minutes))
const limit = fc.record({
  value: fc.integer({ min: 0, max: 40 }),
  unit: fc.constantFrom(...limitUnits.filter((unit) => unit !== 'year')),
})
const interval = (open: boolean): fc.Arbitrary<Interval> =>
  fc
    .tuple(instant, fc.integer({ min: 0, max: 40 * 24 * 60 }), open ? fc.boolean() : fc.constant(false))
    .map(([from, length, isOpen]) => ({
      type: 'hearing',
      basis: { document: 'law', clause: '45' },
      notice: '1',
      from,
      to: isOpen ? null : new Date(from.getTime() + length * minutes),
    }))
const closed = fc.array(interval(false), { maxLength: 4 })
const any = fc.array(interval(true), { maxLength: 3 })
const end = (due: Due) => (due.state === 'running' ? due.dueAt.getTime() : Number.POSITIVE_INFINITY)
const inDays = (unit: string) => !unit.endsWith('hour') && unit !== 'minute'

test('a longer limit is never due earlier', () => {
  fc.assert(
    fc.property(instant, limit, any, fc.integer({ min: 1, max: 5 }), (from, { value, unit }, excluded, more) => {
      const shorter = dueOf({ from, limit: { value, unit }, excluded, calendar })
      const longer = dueOf({ from, limit: { value: value + more, unit }, excluded, calendar })
      assert.ok(end(shorter) <= end(longer))
    }),
  )
})

test('what is received later is never due earlier', () => {
  fc.assert(
    fc.property(instant, instant, limit, any, (a, b, limit, excluded) => {
      const [earlier, later] = a < b ? [a, b] : [b, a]
      assert.ok(
        end(dueOf({ from: earlier, limit, excluded, calendar })) <= end(dueOf({ from: later, limit, excluded, calendar })),
      )
    }),
  )
})

test('nothing in days is due on a day off, or at another time than the close of offices', () => {
  fc.assert(
    fc.property(instant, limit, closed, (from, limit, excluded) => {
      const due = dueOf({ from, limit, excluded, calendar }) as Running
      assert.equal(dayOf(due.dueAt), due.dueOn)
      assert.ok(due.dueAt >= from)
      if (inDays(limit.unit)) {
        assert.ok(isWorkingDay(due.dueOn, calendar))
        assert.deepEqual(due.dueAt, instantAt(due.dueOn, '17:30'))
      }
      if (limit.unit === 'working_hour') {
        const inOffice = (at: Date) =>
          isWorkingDay(dayOf(at), calendar) &&
          sessionsOn(dayOf(at), calendar).some(
            ({ from, to }) => instantAt(dayOf(at), from) <= at && at <= instantAt(dayOf(at), to),
          )
        assert.ok(inOffice(due.dueAt))
      }
    }),
  )
})

test('an exclusion only pushes out, or stops', () => {
  fc.assert(
    fc.property(instant, limit, any, interval(true), (from, limit, excluded, one) => {
      const before = dueOf({ from, limit, excluded, calendar })
      const after = dueOf({ from, limit, excluded: [...excluded, one], calendar })
      assert.ok(end(after) >= end(before))
    }),
  )
})

test('exclusions count once, however often and in whatever order they are told', () => {
  fc.assert(
    fc.property(instant, limit, any, (from, limit, excluded) => {
      const due = dueOf({ from, limit, excluded, calendar })
      assert.deepEqual(dueOf({ from, limit, excluded: [...excluded.toReversed(), ...excluded], calendar }), due)
    }),
  )
})

test('the slow way gives the same day: count the closes at which the clock runs', () => {
  const slow = (from: Date, days: number, working: boolean, excluded: readonly Interval[]): Day => {
    const runs = (day: Day) => {
      const close = instantAt(day, isWorkingDay(day, calendar) ? '17:30' : '24:00')
      return !excluded.some((each) => each.from < close && close <= each.to!)
    }
    const all = Array.from({ length: 400 }, (_, at) => dayOfNumber(numberOf(dayOf(from)) + 1 + at))
    const counted = all.filter((day) => runs(day) && (!working || isWorkingDay(day, calendar)))
    return all.find((day) => day >= counted[days - 1]! && runs(day) && isWorkingDay(day, calendar))!
  }
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 30 }), fc.boolean(), closed, (from, value, working, excluded) => {
      const due = dueOf({ from, limit: { value, unit: working ? 'working_day' : 'calendar_day' }, excluded, calendar }) as Running
      assert.equal(due.dueOn, slow(from, value, working, excluded))
    }),
    { numRuns: 60 },
  )
})

test('what is left shrinks as time passes, and turns into overdue exactly after the due instant', () => {
  fc.assert(
    fc.property(instant, limit, fc.integer({ min: -20_000, max: 20_000 }), (from, limit, offset) => {
      const due = dueOf({ from, limit, calendar })
      const now = new Date(due.dueAt.getTime() + offset * minutes)
      const left = remaining(now, due, calendar)
      assert.equal(left.overdue, offset > 0)
      assert.ok(left.value >= 0)
      // Zero is said only of today, and of the last or first minute.
      if (left.value === 0) assert.ok(left.unit === 'today' || left.unit.endsWith('minute'))
    }),
  )
})

test('whatever the next calendar says: an office is not given longer, a resident not less', () => {
  fc.assert(
    fc.property(instant, limit, limit, (from, a, b) => {
      const told = dueOf({ from, limit: a, calendar })
      const recomputed = dueOf({ from, limit: b, calendar })
      assert.ok(neverWorse(told, recomputed, 'office').dueAt <= told.dueAt)
      assert.ok(neverWorse(told, recomputed, 'resident').dueAt >= told.dueAt)
      assert.equal(neverWorse(told, recomputed, 'office').provisional, recomputed.provisional)
    }),
  )
})
