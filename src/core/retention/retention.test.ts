import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueBefore, findClassFaults, isClockBelievable, type RetentionClass } from './retention.ts'

const one = (more: Partial<RetentionClass> = {}): RetentionClass => ({
  code: 'draft',
  name: { zh: '草稿', en: 'Drafts' },
  kind: 'draft',
  from: 'last_changed',
  period: { value: 90, unit: 'day' },
  ends: 'erase',
  most_a_day: 10,
  basis: { document: 'law', clause: 'promise' },
  valid_from: '2026-01-01',
  verified: false,
  source: 'test',
  ...more,
})
const codes = (classes: RetentionClass[], papers: { years?: number }[] = [{ years: 10 }, { years: 30 }]) =>
  findClassFaults(classes, papers)
    .filter(({ code }) => !code.endsWith('_missing'))
    .map(({ at, code }) => `${at} ${code}`)

test('what lies still since before the day of the same number is due, and never a day early', () => {
  const before = (period: RetentionClass['period'], today: string) => dueBefore({ period }, today).toISOString()
  assert.equal(before({ value: 90, unit: 'day' }, '2026-11-24'), '2026-08-25T16:00:00.000Z')
  assert.equal(before({ value: 10, unit: 'year' }, '2036-11-24'), '2026-11-23T16:00:00.000Z')
  assert.equal(before({ value: 1, unit: 'month' }, '2026-03-31'), '2026-02-27T16:00:00.000Z')
  assert.equal(before({ value: 2, unit: 'year' }, '2028-02-29'), '2026-02-27T16:00:00.000Z')
})

test('a class says from what its kind counts, and ends as it can', () => {
  assert.deepEqual(codes([one()]), [])
  assert.deepEqual(codes([one({ from: 'made' })]), ['0 from_another'])
  assert.deepEqual(codes([one({ ends: 'restrict' })]), ['0 end_not_possible'])
  assert.deepEqual(codes([one(), one()]), ['1 code_twice', '1 covered_twice'])
  assert.deepEqual(codes([one({ statuses: ['closed'] })]), ['0 statuses'])
})

test('a case never goes before the papers that go with it', () => {
  const kept = (value: number, statuses: RetentionClass['statuses']) =>
    one({ kind: 'case', from: 'ended', ends: 'strip', period: { value, unit: 'year' }, statuses })
  assert.deepEqual(codes([kept(30, ['closed'])]), [])
  assert.deepEqual(codes([kept(29, ['closed'])]), ['0 before_its_papers'])
  assert.deepEqual(codes([kept(10, ['withdrawn'])]), [])
  assert.deepEqual(codes([kept(9, ['withdrawn'])]), ['0 before_its_papers'])
  assert.deepEqual(codes([kept(100, ['closed'])], [{}, { years: 10 }]), ['0 before_its_papers'], 'a paper that is kept for ever')
})

test('every kind and every end of a case has its time', () => {
  const missing = findClassFaults([one()], []).map(({ code, params }) => `${code} ${params.kind ?? params.status}`)
  assert.ok(missing.includes('kind_missing case'))
  assert.ok(missing.includes('status_missing withdrawn'))
  assert.ok(!missing.includes('kind_missing draft'))
})

test('a clock that jumps is not believed, forwards or back', () => {
  assert.ok(isClockBelievable('2026-11-24', '2026-12-01'))
  assert.ok(!isClockBelievable('2026-11-24', '2026-12-02'))
  assert.ok(!isClockBelievable('2026-11-24', '2036-11-24'))
  assert.ok(!isClockBelievable('2026-11-24', '2026-11-23'))
})
