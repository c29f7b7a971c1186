/** QR codes as vectors, for paper and for pages. Level M: a quarter of the sign may be covered by a crease. */
import { create } from 'qrcode'

/** Quiet zone of four modules, as ISO/IEC 18004 asks; scanners fail without it. */
const QUIET = 4

export interface QrShape {
  /** Modules on a side, quiet zone included. */
  size: number
  /** Width of the white zone, in modules. */
  quiet: number
  /** SVG path of the dark modules in units of one module. */
  path: string
}

export function qrShape(text: string): QrShape {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const parts: string[] = []
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      const start = column
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++
      // Runs instead of modules: a third of the size, and no hairlines between neighbours when a printer rounds.
      const width = column + 1 - start
      parts.push(`M${start + QUIET} ${row + QUIET}h${width}v1h-${width}z`)
    }
  }
  return { size: modules.size + 2 * QUIET, quiet: QUIET, path: parts.join('') }
}

/** For a page: scales to its box, needs no style attribute and no script. `label` is read aloud. */
export function qrSvg(text: string, label: string): string {
  const { size, path } = qrShape(text)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="${escaped(label)}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`
  )
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)
