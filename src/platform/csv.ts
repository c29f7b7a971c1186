/**
 * A strict reader of CSV (RFC 4180) for the tables of a pack. People write these files by hand and in spreadsheets,
 * so whatever a lenient reader would guess at is refused with file and line.
 */

/** Something wrong at one place of a file that people write; `message` already names file and line. */
export class FileError extends Error {
  readonly file: string
  readonly line: number
  /** The message without its place. */
  readonly reason: string
  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`)
    this.name = new.target.name
    this.file = file
    this.line = line
    this.reason = reason
  }
}

export class CsvError extends FileError {}

export interface CsvRow {
  /** Line of the file on which the record begins, from 1. */
  line: number
  row: Record<string, string>
}

/** Rows under the names of the header line. Cells are kept as written, spaces included; a missing cell is an error. */
export function readCsv(text: string, file: string): CsvRow[] {
  const [head, ...records] = [...recordsOf(text.startsWith('\uFEFF') ? text.slice(1) : text, file)]
  if (!head) throw new CsvError(file, 1, 'the file is empty; its first line must name the columns')
  const names = head.cells
  names.forEach((name, at) => {
    if (name.trim() !== name || name === '')
      throw new CsvError(file, head.line, `column ${at + 1} has no clean name: write it without spaces`)
    if (names.indexOf(name) !== at) throw new CsvError(file, head.line, `two columns are named "${name}"; keep one`)
  })
  return records.map(({ line, cells }) => {
    if (cells.length !== names.length) {
      const why =
        cells.length === 1 && cells[0] === ''
          ? 'the line is empty; delete it'
          : `${cells.length} cells where the header names ${names.length}; a cell with a comma needs quotes`
      throw new CsvError(file, line, why)
    }
    return { line, row: Object.fromEntries(names.map((name, at) => [name, cells[at]!])) }
  })
}

/** As `readCsv`, and the columns must be exactly these, in this order. */
export function readTable<Column extends string>(
  text: string,
  file: string,
  columns: readonly Column[],
): { line: number; row: Record<Column, string> }[] {
  const expected = columns.join(',')
  const head = recordsOf(text.startsWith('\uFEFF') ? text.slice(1) : text, file).next().value
  if (head && head.cells.join(',') !== expected) throw new CsvError(file, 1, `the first line must be exactly: ${expected}`)
  return readCsv(text, file) as { line: number; row: Record<Column, string> }[]
}

/** One record as CSV; quoted only where RFC 4180 asks for it, so that a diff of the file shows what changed. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`

interface Line {
  line: number
  cells: string[]
}

function* recordsOf(text: string, file: string): Generator<Line, void> {
  let at = 0
  let line = 1
  while (at < text.length) {
    const record: Line = { line, cells: [] }
    for (;;) {
      if (text[at] === '"') {
        const opened = line
        let cell = ''
        at += 1
        for (;;) {
          const end = text.indexOf('"', at)
          if (end < 0) throw new CsvError(file, opened, 'a quote is opened and never closed')
          const part = text.slice(at, end)
          cell += part
          line += part.split('\n').length - 1
          at = end + 1
          if (text[at] !== '"') break
          cell += '"'
          at += 1
        }
        if (at < text.length && !',\r\n'.includes(text[at]!)) {
          throw new CsvError(file, line, `after a closing quote comes "${text[at]}"; write a quote inside a cell twice`)
        }
        record.cells.push(cell)
      } else {
        let end = at
        while (end < text.length && !',\r\n'.includes(text[end]!)) end += 1
        const cell = text.slice(at, end)
        if (cell.includes('"'))
          throw new CsvError(file, line, 'a quote stands inside a cell that is not quoted; quote the whole cell')
        record.cells.push(cell)
        at = end
      }
      if (text[at] !== ',') break
      at += 1
    }
    if (text[at] === '\r' && text[at + 1] !== '\n')
      throw new CsvError(file, line, 'a carriage return stands alone; save the file with ordinary line ends')
    at += text[at] === '\r' ? 2 : 1
    line += 1
    yield record
  }
}
