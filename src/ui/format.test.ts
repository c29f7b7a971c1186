import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../platform/words.ts'
import {
  clauseText,
  formatArea,
  formatClause,
  formatDateTime,
  formatDay,
  formatMoney,
  formatMonth,
  formatShortDay,
  formatTime,
  formatYuan,
} from './format.ts'

const today = '2026-11-24'
const words = loadWords(join(import.meta.dirname, '../..'), { strict: true })

test('a day of this year is said without the year, in both languages', () => {
  assert.equal(formatDay(today, 'zh', today), '11 月 24 日（周二）')
  assert.equal(formatDay(today, 'en', today), 'Tue 24 Nov')
})

test('a day of another year, or without today, names its year', () => {
  assert.equal(formatDay('2027-01-07', 'zh', today), '2027 年 1 月 7 日（周四）')
  assert.equal(formatDay('2027-01-07', 'en', today), 'Thu 7 Jan 2027')
  assert.equal(formatDay('2026-11-29', 'zh'), '2026 年 11 月 29 日（周日）')
  assert.equal(formatShortDay('2026-12-01', today), '12-01')
  assert.equal(formatShortDay('2027-01-07', today), '2027-01-07')
  assert.equal(formatMonth('2026-10', 'en'), 'Oct 2026')
})

test('an instant is said in the time of the place, not of the machine', () => {
  const lateInLondon = new Date('2026-11-24T16:30:00Z')
  assert.equal(formatDateTime(lateInLondon, 'zh', today), '11 月 25 日 00:30')
  assert.equal(formatDateTime(lateInLondon, 'en', today), '25 Nov, 00:30')
  assert.equal(formatTime(lateInLondon), '00:30')
})

test('fen become yuan without losing or making a cent', () => {
  assert.equal(formatYuan(10000), '100')
  assert.equal(formatYuan(120050), '1,200.50')
  assert.equal(formatYuan(5), '0.05')
  assert.equal(formatYuan(-150), '-1.50')
  assert.equal(formatMoney(10000, 'zh'), '100 元')
  assert.equal(formatMoney(-150, 'en'), '-¥1.50')
  assert.throws(() => formatYuan(0.5), /whole fen/)
  assert.equal(formatArea(8650), '86.5 m²')
})

test('English counts articles and clauses in Arabic numbers; Chinese stays as the law has it', () => {
  const english: [string, string, string][] = [
    ['二', 'clause', '2'],
    ['第三条', 'article', '3'],
    ['十', 'clause', '10'],
    ['四十五', 'clause', '45'],
    ['第一百零二条', 'article', '102'],
    ['一百一十', 'clause', '110'],
    ['一〇二', 'clause', '102'],
    ['第二十四条第一款', 'article', '24(1)'],
    ['第二十四条第一款第（三）项', 'article', '24(1)(3)'],
    ['第六条第二、三项', 'article', '6(2), (3)'],
    ['二、七', 'clause', '2, 7'],
    ['九至十三', 'clause', '9–13'],
    ['第九条至第十三条', 'article', '9–13'],
    ['9', 'clause', '9'],
  ]
  for (const [given, kind, clause] of english)
    assert.deepEqual(formatClause(given, undefined, 'en'), { kind: /[–,] ?\d/.test(clause) ? `${kind}s` : kind, clause }, given)
  assert.deepEqual(formatClause('第二十四条第一款', 'article', 'zh'), { kind: 'named', clause: '第二十四条第一款' })
  assert.deepEqual(formatClause('九至十三', undefined, 'zh'), { kind: 'clause', clause: '九至十三' })
})

test('a clause is told by what its numbers count, and as a clause while nobody has read that', () => {
  const said = (clause: string, counted: 'article' | 'section' | 'item' | undefined) =>
    (['zh', 'en'] as const).map((lang) => clauseText({ lang, t: words.in(lang) }, clause, counted))
  assert.deepEqual(said('十四', 'article'), ['第十四条', 'article 14'])
  assert.deepEqual(said('十四至十九', 'article'), ['第十四至十九条', 'articles 14–19'])
  assert.deepEqual(said('第二十四条第一款', 'article'), ['第二十四条第一款', 'article 24(1)'])
  assert.deepEqual(said('第六条第二、三项', 'article'), ['第六条第二、三项', 'article 6(2), (3)'])
  assert.deepEqual(said('二', 'section'), ['第二部分', 'section 2'])
  assert.deepEqual(said('二、三', 'item'), ['第二、三项', 'items 2, 3'])
  assert.deepEqual(said('一', undefined), ['条款一', 'clause 1'])
})
