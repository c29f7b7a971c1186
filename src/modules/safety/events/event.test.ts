import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReportClock } from '../../../core/matters/index.ts'
import { clocksOf, isWrittenLater } from './clocks.ts'
import { apply, type Fact, type Findings, isTooLight, leastLevel, lowered, NEW, possible, unknownIn } from './event.ts'

const grades = {
  levels: ['special', 'major', 'large', 'ordinary'].map((code) => ({ code })),
  grades: [
    { level: 'special', dead: 30, injured: 100, loss_fen: 100 },
    { level: 'major', dead: 10, injured: 50, loss_fen: 50 },
    { level: 'large', dead: 3, injured: 10, loss_fen: 10 },
  ],
}
const found = (more: Partial<Findings> = {}): Findings => ({ ...NEW.found, place: '示例路', ...more })

test('a level follows from what is known, and what is unknown can only make it graver', () => {
  assert.equal(leastLevel(grades, found()), null)
  assert.equal(leastLevel(grades, found({ dead: 0 })), 'ordinary')
  for (const [figures, level] of [
    [{ dead: 2, injured: 9, lossFen: 9 }, 'ordinary'],
    [{ dead: 3 }, 'large'],
    [{ injured: 49 }, 'large'],
    [{ dead: 0, injured: 50 }, 'major'],
    [{ dead: 9, lossFen: 100 }, 'special'],
    [{ dead: 30 }, 'special'],
  ] as const)
    assert.equal(leastLevel(grades, found(figures)), level, JSON.stringify(figures))
  assert.ok(isTooLight(grades, 'ordinary', found({ dead: 3 })))
  assert.ok(!isTooLight(grades, 'special', found({ dead: 3 })), 'graver is allowed')
  assert.ok(!isTooLight(grades, null, found({ dead: 3 })), 'not said yet')
})

test('unknown is not zero: nothing known lists every field, and a figure that becomes unknown again counts as lower', () => {
  assert.equal(unknownIn(found()).length, 9)
  assert.ok(!unknownIn(found({ dead: 0 })).includes('dead'))
  assert.deepEqual(lowered(found({ dead: 2, injured: 1 }), found({ dead: 1, injured: 5 })), ['dead'])
  assert.deepEqual(lowered(found({ dead: 2 }), found()), ['dead'])
  assert.deepEqual(lowered(found(), found({ dead: 0 })), [])
})

test('a final report ends the reporting, a closed event is opened again by what comes to light', () => {
  const reported = (report: 'first' | 'continued' | 'final' | 'supplement'): Fact => ({
    fact: 'reported', report, found: found({ dead: 1 }), level: 'ordinary', why: '',
  }) // biome-ignore format: a card
  let state = apply(NEW, reported('first'))
  state = apply(state, reported('continued'))
  assert.deepEqual([state.status, state.reports, state.seq], ['open', 2, 2])
  state = apply(state, { fact: 'response_set', response: '3', reason: '台风' })
  state = apply(state, reported('final'))
  assert.deepEqual([state.status, state.response], ['final', '3'])
  state = apply(state, { fact: 'closed', note: '' })
  assert.deepEqual([state.status, state.response], ['closed', null])
  assert.ok((possible.closed as readonly string[]).includes('supplement'))
  assert.equal(apply(state, reported('supplement')).status, 'final')
})

const clock = (more: Partial<ReportClock>): ReportClock => ({
  code: 'first', name: { zh: '报', en: 'report' }, who: { zh: '谁', en: 'who' }, step: 'first', from: 'learnt', within: 1, unit: 'hours', source: 'test', verified: false, ...more,
}) // biome-ignore format: a row
const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`)
const times = { happenedAt: null, learntAt: at('08:00') }
const standingOf = (one: ReportClock, told: Parameters<typeof clocksOf>[2], now: Date) => clocksOf([one], times, told, now)[0]!

test('one hour is one hour: to the minute kept, a minute over late, and never told overdue', () => {
  const told = (time: string, step: 'first' | 'up' = 'first', means: 'phone' | 'written' = 'phone') => ({
    step,
    means,
    at: at(time),
  })
  const one = clock({})
  assert.equal(standingOf(one, [told('09:00')], at('12:00')).standing, 'kept')
  assert.equal(standingOf(one, [told('09:01')], at('12:00')).standing, 'late')
  assert.equal(standingOf(one, [told('08:20'), told('09:30')], at('12:00')).standing, 'kept', 'the first time counts')
  assert.equal(standingOf(one, [told('08:20', 'up')], at('12:00')).standing, 'overdue', 'another recipient stops it not')
  assert.equal(standingOf(one, [], at('09:00')).standing, 'open')
  assert.equal(standingOf(one, [], at('09:01')).standing, 'overdue')
  const written = clock({ written: true })
  assert.equal(standingOf(written, [told('08:10')], at('09:30')).standing, 'overdue')
  assert.equal(standingOf(written, [told('08:10'), told('08:50', 'first', 'written')], at('09:30')).standing, 'kept')
  const up = clock({ step: 'up', from: 'first_told', within: 2 })
  assert.equal(standingOf(up, [], at('20:00')).standing, 'waits')
  assert.equal(standingOf(up, [told('08:10'), told('10:10', 'up')], at('20:00')).standing, 'kept')
  assert.equal(standingOf(up, [told('08:10'), told('10:11', 'up')], at('20:00')).standing, 'late')
})

test('days of changed figures end with their day, counted from the day after', () => {
  const week = clock({ step: 'figures', from: 'happened', within: 7, unit: 'calendar_days' })
  const { dueAt } = standingOf(week, [], at('12:00'))
  assert.equal(dueAt!.toISOString(), '2026-12-01T16:00:00.000Z')
  assert.equal(standingOf(week, [], new Date('2026-12-01T15:59:59Z')).standing, 'runs')
  assert.equal(standingOf(week, [], new Date('2026-12-01T16:00:00Z')).standing, 'over')
})

test('what was written down a quarter of an hour later is said to be', () => {
  assert.ok(!isWrittenLater(at('08:00'), at('08:15')))
  assert.ok(isWrittenLater(at('08:00'), at('08:16')))
})
