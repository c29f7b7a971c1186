import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatYuan } from '../format.ts'
import { typedMoment } from './moment.tsx'
import { readCount, readDay, readFen, readMany, readMoment, typedDay } from './reading.ts'

const born = (year: string, month: string, day: string) => ({ 'born_on.year': year, 'born_on.month': month, 'born_on.day': day })

test('three parts become a day that exists', () => {
  assert.equal(readDay(born('1946', '11', '30'), 'born_on'), '1946-11-30')
  assert.equal(readDay(born('１９４６', ' 2', '3 '), 'born_on'), '1946-02-03')
  assert.equal(readDay(born('2024', '2', '29'), 'born_on'), '2024-02-29')
})

test('a day that does not exist is not mended, and nothing typed is not an error', () => {
  for (const wrong of [
    born('1946', '2', '31'),
    born('46', '2', '3'),
    born('1946', '', '3'),
    born('2023', '2', '29'),
    born('1946', '13', '1'),
  ])
    assert.equal(readDay(wrong, 'born_on'), null)
  assert.equal(readDay({}, 'born_on'), undefined)
  assert.deepEqual(typedDay(born('1946', '2', '31'), 'born_on'), { year: '1946', month: '2', day: '31' })
})

test('money is read as people write it', () => {
  for (const [typed, fen] of [
    ['100', 10000],
    ['1,200.5', 120050],
    ['¥100', 10000],
    ['１００。５ 元', 10050],
    ['0.05', 5],
  ] as const)
    assert.equal(readFen(typed), fen, typed)
  for (const wrong of ['abc', '1.234', '12,00', '-5', '1e3', '99999999999']) assert.equal(readFen(wrong), null, wrong)
  assert.equal(readFen(''), undefined)
  assert.equal(readFen(undefined), undefined)
})

test('whatever we print as money we read back as the same fen', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (fen) => readFen(formatYuan(fen)) === fen))
})

test('check boxes come as none, one or many', () => {
  assert.deepEqual(readMany(undefined), [])
  assert.deepEqual(readMany('meal'), ['meal'])
  assert.deepEqual(readMany(''), [])
  assert.deepEqual(readMany('meal,bath'), ['meal', 'bath'])
})

test('a moment is on the clock of the pack, typed by hand or by the browser; one that does not exist is not mended', () => {
  for (const typed of ['2026-11-24T09:30', '2026-11-24 09:30', ' ２０２６-11-24T09：30 ', '2026-11-24T09:30:59'])
    assert.equal(readMoment(typed)?.toISOString(), '2026-11-24T01:30:00.000Z', typed)
  for (const wrong of ['2026-02-30T09:30', '2026-11-24', '24:00', '2026-11-24T24:00', '2026-13-01T01:00', 'now'])
    assert.equal(readMoment(wrong), null, wrong)
  assert.equal(readMoment(''), undefined)
  assert.equal(typedMoment(new Date('2026-11-24T01:30:40Z')), '2026-11-24T09:30')
})

test('a count is whole and not below zero; nothing typed is not zero', () => {
  assert.deepEqual(['0', ' ３ ', '12'].map(readCount), [0, 3, 12])
  assert.deepEqual(['-1', '1.5', '两个', '1e3', '9999999999'].map(readCount), [null, null, null, null, null])
  assert.equal(readCount(' '), undefined)
})
