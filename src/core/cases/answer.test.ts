/** What may be typed for a number, a yes or no and a day. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../platform/refusal.ts'
import type { Question } from '../matters/matter.ts'
import { readAnswer, type Typed } from './answer.ts'

const TODAY = '2026-11-24'
const ask = (given: Partial<Question>): Question => ({
  code: 'q',
  kind: 'number',
  ask: { zh: '问', en: 'Question' },
  required: true,
  ...given,
})
const read = (question: Question, typed: Typed) => readAnswer(question, typed, TODAY, false)
const refused = (question: Question, typed: Typed, code: string) =>
  assert.throws(
    () => read(question, typed),
    (error) => error instanceof Refusal && error.code === code,
    JSON.stringify(typed),
  )

test('A number is read as people write it, within what can be meant', () => {
  const years = ask({ min: 0, max: 60 })
  assert.deepEqual(read(years, { q: ' 12 ' }), { kind: 'number', number: 12 })
  assert.deepEqual(read(years, { q: '１２' }), { kind: 'number', number: 12 })
  assert.deepEqual(read(ask({ max: 100_000 }), { q: '1,200' }), { kind: 'number', number: 1200 })
  for (const q of ['twelve', '1.5', '1e3', '0x10', '12345678901']) refused(years, { q }, 'answer.number_shape')
  for (const q of ['61', '-1']) refused(years, { q }, 'answer.number_range')
  refused(years, { q: '' }, 'answer.missing')
  assert.equal(read(ask({ required: false }), {}), null)
})

test('Yes and no are chosen, never presumed', () => {
  const question = ask({ kind: 'yes_no' })
  assert.deepEqual(read(question, { q: 'yes' }), { kind: 'yes_no', yes: true })
  assert.deepEqual(read(question, { q: 'no' }), { kind: 'yes_no', yes: false })
  refused(question, {}, 'answer.choose')
  refused(question, { q: 'maybe' }, 'answer.choose')
  assert.equal(read(ask({ kind: 'yes_no', required: false }), {}), null)
})

test('A day lies ahead only where it may', () => {
  const lease = { q: '2027-06-30' }
  refused(ask({ kind: 'date' }), lease, 'answer.day_ahead')
  assert.deepEqual(read(ask({ kind: 'date', may_lie_ahead: true }), lease), { kind: 'date', day: '2027-06-30' })
  refused(ask({ kind: 'date', may_lie_ahead: true }), { q: '9999-01-01' }, 'answer.no_such_day')
  refused(ask({ kind: 'date' }), { q: '2026-02-29' }, 'answer.no_such_day')
  for (const typed of [{ 'q-year': '去年三月' }, { 'q-year': '2026' }, { q: '去年三月' }] as Record<string, string>[])
    for (const required of [true, false]) refused(ask({ kind: 'date', required }), typed, 'answer.no_such_day')
  assert.equal(read(ask({ kind: 'date', required: false }), { 'q-year': '', 'q-month': '', 'q-day': '' }), null)
})
