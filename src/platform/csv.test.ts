import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CsvError, csvLine, readCsv, readTable } from './csv.ts'

const rowsOf = (text: string) => readCsv(text, 'a.csv')
const refused = (text: string, line: number, reason: RegExp) =>
  assert.throws(
    () => rowsOf(text),
    (error: unknown) =>
      error instanceof CsvError &&
      error.file === 'a.csv' &&
      error.line === line &&
      reason.test(error.message) &&
      error.message.startsWith(`a.csv:${line}: `),
  )

test('a spreadsheet wrote the file: a mark at its start, Windows line ends, quotes, a comma and a line break in a cell', () => {
  assert.deepEqual(rowsOf('\uFEFFcode,note\r\n1,"a, ""b""\r\nc"\r\n2,\r\n'), [
    { line: 2, row: { code: '1', note: 'a, "b"\r\nc' } },
    { line: 4, row: { code: '2', note: '' } },
  ])
})

test('the last line may do without a line end', () => {
  assert.deepEqual(rowsOf('a,b\n1,2'), [{ line: 2, row: { a: '1', b: '2' } }])
  assert.deepEqual(rowsOf('a,b\n1,'), [{ line: 2, row: { a: '1', b: '' } }])
  assert.deepEqual(rowsOf('a,b\n'), [])
})

test('whatever a lenient reader would guess at is refused at its line', () => {
  refused('', 1, /empty/)
  refused('a,b\n1,2\n3\n', 3, /1 cells where the header names 2/)
  refused('a,b\n1,2,3\n', 2, /needs quotes/)
  refused('a,b\n\n1,2\n', 2, /line is empty/)
  refused('a,a\n', 1, /two columns/)
  refused('a, b\n', 1, /clean name/)
  refused('a,b\n1,"2\n3,4\n', 2, /never closed/)
  refused('a,b\n1,"2"x\n', 2, /after a closing quote/)
  refused('a,b\n1,2"\n', 2, /not quoted/)
  refused('a,b\n1,2\r3,4\n', 2, /carriage return/)
})

test('a table whose columns are misnamed or in another order is refused before any row is read', () => {
  assert.throws(() => readTable('b,a\n1\n', 'a.csv', ['a', 'b']), /a\.csv:1: the first line must be exactly: a,b/)
  assert.equal(readTable('a,b\n1,2\n', 'a.csv', ['a', 'b'])[0]?.row.b, '2')
})

test('what is written is read again', () => {
  const cells = ['plain', 'with, comma', 'with "quotes"', 'two\nlines', '']
  assert.deepEqual(Object.values(rowsOf(csvLine(['a', 'b', 'c', 'd', 'e']) + csvLine(cells))[0]!.row), cells)
})
