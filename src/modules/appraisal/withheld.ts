/** Counts of people by area, so that whoever asks of one area after another learns no more than one table says. Pure. */
import { withhold } from '../../core/outreach/index.ts'

const BELOW: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12 }

/** In the rows of the areas that lie below `top`. What lies on the whole street is a row of its own beside its communities. */
export const codeBelow = (top: string, area: string): string => area.slice(0, BELOW[top.length] ?? 12)

export interface Counts {
  area: string
  cells: readonly number[]
}
export interface Table {
  areas: { code: string; cells: (number | null)[] }[]
  total: (number | null)[]
}

/** Sums by the areas below, of `width` columns. */
export function sumBelow(rows: readonly Counts[], top: string, width: number) {
  const inTop = rows.filter(({ area }) => area.startsWith(top))
  const sum = (some: readonly Counts[]) =>
    Array.from({ length: width }, (_, at) => some.reduce((n, { cells }) => n + cells[at]!, 0))
  const codes = [...new Set(inTop.map(({ area }) => codeBelow(top, area)))].toSorted()
  return {
    areas: codes.map((code) => ({ code, cells: sum(inTop.filter(({ area }) => codeBelow(top, area) === code)) })),
    total: sum(inTop),
  }
}

/**
 * The same without cells of 1 to 9. Each table from `scope` down to `top` is withheld with what the one above it shows: what is null
 * above is null in every part of it, since the parts would give it away, and with it what was withheld beside it.
 */
export function withheldBelow(rows: readonly Counts[], scope: string, top: string, width: number): Table {
  let shown = Array.from({ length: width }, () => true)
  for (let at = scope; ; at = codeBelow(at, top)) {
    const { areas } = sumBelow(rows, at, width)
    // One column after the other: no sum across them is shown.
    const columns = shown.map((isShown, c) => (isShown ? columnOf(areas.map((row) => row.cells[c]!)) : null))
    const cells = areas.map((_, r) => columns.map((column) => column?.cells[r] ?? null))
    if (at === top)
      return {
        areas: areas.map(({ code }, r) => ({ code, cells: cells[r]! })),
        total: columns.map((column) => column?.sum ?? null),
      }
    const next = areas.findIndex(({ code }) => code === codeBelow(at, top))
    shown = shown.map((isShown, c) => isShown && (next < 0 || cells[next]![c] !== null))
  }
}

function columnOf(counts: readonly number[]): { cells: (number | null)[]; sum: number | null } {
  if (counts.length === 0) return { cells: [], sum: 0 }
  const { cells, columns } = withhold(counts.map((count) => [count]))
  return { cells: cells.map((row) => row[0] ?? null), sum: columns[0] ?? null }
}
