import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueOn, EVEN_HOURS, lookOn, MOST_HOURS_BETWEEN, type OwnCase, staysOf } from './own.ts'
import type { RetentionClass } from './retention.ts'

const classOf = (code: string, of: Partial<RetentionClass>): RetentionClass => ({
  code,
  name: { zh: code, en: code },
  kind: 'case',
  statuses: ['closed'],
  from: 'ended',
  period: { value: 30, unit: 'year' },
  ends: 'strip',
  most_a_day: 1,
  basis: { document: 'x', clause: '一' },
  valid_from: '2026-01-01',
  verified: false,
  source: 'x',
  ...of,
})
const classes = [
  classOf('ended', {}),
  classOf('put-away', { period: { value: 10, unit: 'year' }, ends: 'restrict' }),
  classOf('withdrawn', { statuses: ['withdrawn'], period: { value: 10, unit: 'year' } }),
  classOf('later', { valid_from: '2030-01-01' }),
  classOf('other-matter', { matters: ['elsewhere'] }),
]
const one: OwnCase = {
  id: 'x',
  number: '1',
  matter: 'here',
  status: 'closed',
  open: false,
  putAway: false,
  since: new Date('2026-02-28T17:00:00Z'),
  papers: 1,
}
const told = (of: Partial<OwnCase>) => staysOf(classes, { ...one, ...of }, '2026-11-24').map((s) => [s.class.code, s.until])

test('an ended case stays by the classes of its end, from the business day on which it ended', () => {
  assert.deepEqual(told({}), [
    ['put-away', '2036-03-01'],
    ['ended', '2056-03-01'],
  ])
  assert.deepEqual(told({ putAway: true }), [['ended', '2056-03-01']])
  assert.deepEqual(told({ status: 'withdrawn' }), [['withdrawn', '2036-03-01']])
})

test('a case that runs may still end either way', () => {
  assert.deepEqual(told({ open: true, since: null, status: 'accepted' }), [
    ['ended', null],
    ['put-away', null],
    ['withdrawn', null],
  ])
})

test('days, months and years are counted on', () => {
  assert.equal(dueOn({ period: { value: 90, unit: 'day' } }, '2026-11-24'), '2027-02-22')
  assert.equal(dueOn({ period: { value: 3, unit: 'month' } }, '2026-11-30'), '2027-02-28')
})

test('a clock is believed when it has gone on evenly for two days, and after a jump begins anew', () => {
  const start = new Date('2026-11-24T00:37:00Z')
  const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
  const first = lookOn(null, start)
  assert.deepEqual(first, { at: start, evenSince: start, believed: false, jumped: false })
  const second = lookOn({ at: after(EVEN_HOURS - 1), evenSince: start }, after(EVEN_HOURS))
  assert.deepEqual([second.believed, second.jumped], [true, false])
  const ahead = after(87_600)
  assert.deepEqual(lookOn(second, ahead), { at: ahead, evenSince: ahead, believed: false, jumped: true })
  const back = after(1)
  assert.deepEqual(lookOn(second, back), { at: back, evenSince: back, believed: false, jumped: true })
  assert.ok(lookOn(second, after(EVEN_HOURS + MOST_HOURS_BETWEEN)).believed, 'a repair of a day is no jump')
})
