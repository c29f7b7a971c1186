/**
 * Counts of people that may be shown. A cell of 1 to 9 is withheld, and with it as many others as it takes that no withheld cell can
 * be computed from what is shown: neither from the rest of its row or column, nor over several of them.
 */

/** Fewer people than this, and somebody who knows the place knows who they are. */
const FEWEST = 10

/** `null` is withheld. Sums are over all cells, also the withheld ones. */
export interface Withheld {
  cells: (number | null)[][]
  rows: (number | null)[]
  columns: (number | null)[]
  total: number | null
}

const isSmall = (count: number): boolean => count > 0 && count < FEWEST

/** @param counts one row a place, one column a list; every row of the same length */
export function withhold(counts: readonly (readonly number[])[]): Withheld {
  const table = withSums(counts)
  const hidden = table.map((row) => row.map(isSmall))
  // Each round withholds at least one cell more, so that there are at most as many rounds as cells.
  while (coverSmallSums(table, hidden) || closeOne(table, hidden));
  const shown = table.map((row, r) => row.map((count, c) => (hidden[r]![c] ? null : count)))
  const sums = shown.pop()!
  const total = sums.pop()!
  return { cells: shown.map((row) => row.slice(0, -1)), rows: shown.map((row) => row.at(-1)!), columns: sums, total }
}

/** Sums are cells too: the last row and the last column. */
function withSums(counts: readonly (readonly number[])[]): number[][] {
  const width = counts[0]?.length ?? 0
  const table = counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)])
  return [...table, Array.from({ length: width + 1 }, (_, c) => table.reduce((sum, row) => sum + row[c]!, 0))]
}

/** Where a sum is shown, what is withheld of it together is known. Fewer than ten together are as few as one cell of them. */
function coverSmallSums(table: readonly number[][], hidden: boolean[][]): boolean {
  const lines = [
    ...table.map((row, r) => row.map((_, c) => [r, c] as const)),
    ...table[0]!.map((_, c) => table.map((_, r) => [r, c] as const)),
  ]
  for (const line of lines) {
    const [sumAt, parts] = [line.at(-1)!, line.slice(0, -1)]
    if (hidden[sumAt[0]]![sumAt[1]]) continue
    const together = parts.reduce((sum, [r, c]) => sum + (hidden[r]![c] ? table[r]![c]! : 0), 0)
    if (!isSmall(together)) continue
    const [least] = parts
      .filter(([r, c]) => !hidden[r]![c] && table[r]![c]! > 0)
      .sort(([r, c], [s, d]) => table[r]![c]! - table[s]![d]!)
    const [r, c] = least ?? sumAt
    hidden[r]![c] = true
    return true
  }
  return false
}

/**
 * Each withheld cell joins its row and its column. It can be computed just when no other way of withheld cells joins the two: with
 * one, what is added here can be taken away there. Withholds the cheapest such way for the first cell that has none.
 */
function closeOne(table: readonly number[][], hidden: boolean[][]): boolean {
  for (const [r, row] of hidden.entries())
    for (const [c, isHidden] of row.entries()) {
      if (!isHidden) continue
      const way = cheapestWay(table, hidden, r, c)
      if (way.every(([s, d]) => hidden[s]![d])) continue
      for (const [s, d] of way) hidden[s]![d] = true
      return true
    }
  return false
}

/** From row `r` to column `c` past the cell itself: what is withheld costs nothing, what is not the people whom it hides. */
function cheapestWay(
  table: readonly number[][],
  hidden: readonly boolean[][],
  r: number,
  c: number,
): (readonly [number, number])[] {
  const height = table.length
  const total = table.at(-1)!.at(-1)!
  // An empty cell says nothing of anybody, but one that is withheld beside others hides little: last of all.
  const cost = (s: number, d: number) => (hidden[s]![d] ? 0 : table[s]![d]! || total + 1)
  const nodes = height + table[0]!.length
  const far = Array.from({ length: nodes }, (_, node) => (node === r ? 0 : Number.POSITIVE_INFINITY))
  const from = new Array<number>(nodes).fill(-1)
  const open = new Set(far.keys())
  while (open.size > 0) {
    let at = -1
    for (const node of open) if (at < 0 || far[node]! < far[at]!) at = node
    open.delete(at)
    for (const next of open) {
      const [s, d] = at < height ? [at, next - height] : [next, at - height]
      // Rows are joined to columns only.
      if (at < height === next < height || (s === r && d === c)) continue
      if (far[at]! + cost(s, d) < far[next]!) {
        far[next] = far[at]! + cost(s, d)
        from[next] = at
      }
    }
  }
  const way: (readonly [number, number])[] = []
  for (let node = height + c; from[node]! >= 0; node = from[node]!) {
    const before = from[node]!
    way.push(node < height ? [node, before - height] : [before, node - height])
  }
  return way
}
