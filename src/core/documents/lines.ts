/**
 * Where a line of Chinese ends (W3C clreq): no closing mark at its start, no opening mark at its end, dashes and
 * ellipses whole, Latin words and numbers whole unless one is wider than the line. pdfkit breaks by UAX 14 but
 * neither squeezes nor justifies Chinese, which leaves ragged edges that no official notice has.
 */
export interface PlacedLine {
  text: string
  /** Added after every sign so that both edges are straight; 0 for the last line of a paragraph. */
  spacing: number
  width: number
}

export interface LineOptions {
  width: number
  /** One em, in the unit of `width`. */
  em: number
  /** Indent of the first line. */
  indent?: number
  justify?: boolean
  measure(text: string): number
}

const NO_START = new Set('，。、；：？！）》」』】〕〉’”·％℃,.;:?!)]}%')
const NO_END = new Set('（《「『【〔〈‘“([{￥$№')
/** Full-width marks whose ink fills the left half only: the right half may hang over the edge. */
const HALF_INK = new Set('，。、；：）》」』】〕〉')
/**
 * Dash, ellipsis, word (with what stands between its letters: 3.5, a-b, an address; and what counts or dates a number
 * stays with it), the year and number of an official text, spaces, or one sign and its marks.
 */
const UNIT =
  /——|……|〔\p{Nd}+〕\p{Nd}+号?|[\p{sc=Latn}\p{Nd}](?:[\p{M}@#&+=~_/\\.,:?%'’-]*[\p{sc=Latn}\p{Nd}])*[年月日号条款项元]?|\s+|[\s\S]\p{M}*/gu
/** Where an address that is wider than a line may end. */
const JOINT = /[^/.?&=_-]*[/.?&=_-]*/g

/** Widest and tightest that spacing may get, in em: beyond it a straight edge looks worse than a ragged one. */
const STRETCH = 0.12
const SQUEEZE = 0.02

export function breakLines(text: string, options: LineOptions): PlacedLine[] {
  const units = unitsOf(text, options)
  const lines: PlacedLine[] = []
  let start = 0
  while (start < units.length) {
    while (units[start]?.trim() === '') start++
    if (start >= units.length) break
    const room = options.width - (lines.length === 0 ? (options.indent ?? 0) : 0)
    const end = endOfLine(units, start, room, options)
    const line = units.slice(start, end).join('').trimEnd()
    lines.push(place(line, room, end >= units.length, options))
    start = end
  }
  return lines
}

function unitsOf(text: string, { width, indent = 0, measure }: LineOptions): string[] {
  const room = width - indent
  return [...text.matchAll(UNIT)].flatMap(([unit]) => {
    if (measure(unit) <= room / 2) return [unit]
    // From half a line on it would leave too large a gap behind; without joints it is broken only if it must be.
    const parts = [...unit.matchAll(JOINT)].map(([part]) => part).filter((part) => part !== '')
    return parts.flatMap((part) => (measure(part) > room ? [...part] : [part]))
  })
}

/** Width of what is seen: a closing mark at the end counts for half. */
function inked(line: string, { em, measure }: LineOptions): number {
  const trimmed = line.trimEnd()
  return measure(trimmed) - (HALF_INK.has(trimmed.at(-1) ?? '') ? em / 2 : 0)
}

function endOfLine(units: readonly string[], start: number, room: number, options: LineOptions): number {
  let end = start + 1
  let line = units[start]!
  for (; end < units.length; end++) {
    const longer = line + units[end]
    const fits = inked(longer, options) <= room
    // A closing mark that would begin the next line may come in when the others move together a little.
    const squeezed = NO_START.has(units[end]!) && inked(longer, options) <= room + SQUEEZE * options.em * ([...longer].length - 1)
    if (!fits && !squeezed && units[end]!.trim() !== '') break
    line = longer
  }
  let allowed = end
  while (allowed > start + 1 && allowed < units.length && !mayBreak(units, allowed)) allowed--
  return allowed > start + 1 || mayBreak(units, allowed) ? allowed : end
}

function mayBreak(units: readonly string[], at: number): boolean {
  const next = units[at]
  return (next === undefined || !NO_START.has([...next][0]!)) && !NO_END.has([...units[at - 1]!].at(-1)!)
}

function place(line: string, room: number, isLast: boolean, options: LineOptions): PlacedLine {
  const seen = inked(line, options)
  const gaps = [...line].length - 1
  const spare = room - seen
  const even = gaps > 0 ? spare / gaps : 0
  const wanted = spare < 0 || (options.justify && !isLast)
  const spacing = wanted && even <= STRETCH * options.em ? even : 0
  return { text: line, spacing, width: seen + spacing * gaps }
}
