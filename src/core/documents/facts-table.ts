/** The table of facts in a document: label and value, ruled, a row kept whole unless it is taller than a page. */
import type { PlacedLine } from './lines.ts'
import { LEFT, type Sheet, WIDTH } from './sheet.ts'

const SIZE = 13
const PITCH = 21
const PAD = { x: 9, y: 5 }
const LABEL = 8 * SIZE + 2 * PAD.x
/** A value to be written by hand. */
const BLANK = 40
/** Lines of a value that stand in one ruled row; a longer one goes on in the next. */
const MOST = 24
const LINE = '#404040'

export function drawFacts(sheet: Sheet, facts: readonly (readonly [string, string])[], reserve: number): void {
  const { doc } = sheet
  const table = doc.struct('Table')
  sheet.root.add(table)
  sheet.y += 4
  const rows = facts.flatMap(([label, value]) => split(label, value, sheet))
  rows.forEach(({ label, value }, at) => {
    const lines = Math.max(label.length, value.length)
    const height = value.length === 0 ? BLANK : lines * PITCH + 2 * PAD.y
    sheet.room(height + (at === rows.length - 1 ? reserve : 0))
    const top = sheet.y
    sheet.aside(() => {
      doc.rect(LEFT, top, LABEL, height).fill('#f4f4f4')
      doc.lineWidth(0.6).strokeColor(LINE).rect(LEFT, top, WIDTH, height).stroke()
      doc
        .moveTo(LEFT + LABEL, top)
        .lineTo(LEFT + LABEL, top + height)
        .stroke()
    })
    const row = doc.struct('TR')
    table.add(row)
    const cell = (tag: string, lines: readonly PlacedLine[], left: number) => {
      sheet.y = top + (height - lines.length * PITCH) / 2
      sheet.text(tag, lines, { size: SIZE, pitch: PITCH, left: left + PAD.x, parent: row })
    }
    cell('TH', label, LEFT)
    cell('TD', value, LEFT + LABEL)
    row.end()
    sheet.y = top + height
  })
  table.end()
  sheet.y += 8
}

interface Row {
  label: readonly PlacedLine[]
  value: readonly PlacedLine[]
}

function split(label: string, value: string, sheet: Sheet): Row[] {
  const style = { size: SIZE }
  const labels = sheet.lines(label, { ...style, width: LABEL - 2 * PAD.x })
  const values = sheet.lines(value, { ...style, width: WIDTH - LABEL - 2 * PAD.x })
  const rows: Row[] = [{ label: labels, value: values.slice(0, MOST) }]
  for (let at = MOST; at < values.length; at += MOST) rows.push({ label: [], value: values.slice(at, at + MOST) })
  return rows
}
