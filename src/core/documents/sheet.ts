/**
 * An A4 sheet that is written from top to bottom, with the tags that a screen reader follows. Sizes are in points.
 * The frame follows GB/T 9704's letter form (信函格式): the issuer in red, a double red line under it and at the foot.
 */
import PDFDocument from 'pdfkit'
import type { Fonts } from './fonts.ts'
import { breakLines, type PlacedLine } from './lines.ts'

export const BODY = 14
export const PITCH = 25
export const TIGHT_PITCH = 21.5
/** 31 signs a line exactly, so that full lines need no stretching. */
export const WIDTH = 31 * BODY
const PAGE = { width: 595.28, height: 841.89 }
export const LEFT = (PAGE.width - WIDTH) / 2
export const RIGHT = LEFT + WIDTH
export const TOP = 70
/** Below it is only the foot. */
export const BOTTOM = PAGE.height - 80
/** The double lines reach beyond the text on both sides, 170 mm in all, as the standard draws them. */
const RULE = { left: (PAGE.width - 482) / 2, right: (PAGE.width + 482) / 2 }
export const RED = '#c8102e'
export const INK = '#000'
export const FAINT = '#595959'

type Element = PDFKit.PDFStructureElement

export interface TextStyle {
  size?: number
  bold?: boolean
  pitch?: number
  colour?: string
  align?: 'left' | 'center' | 'right'
  justify?: boolean
  /** Indent of the first line. */
  indent?: number
  left?: number
  width?: number
  /** Written before the first line, in the space left of `left`. */
  marker?: string
  /** Height that must still be free under the last two lines: what follows must not stand alone on a page. */
  reserve?: number
  parent?: Element
}

export interface Info {
  title: string
  author: string
  created: Date
}

export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: Element
  y = TOP
  private readonly widths = new Map<string, number>()

  readonly pitch: number

  constructor(fonts: Fonts, { title, author, created }: Info, pitch = PITCH) {
    this.pitch = pitch
    // In XMP pdfkit writes these two as they are.
    const plain = (text: string) => text.replace(/[<>&]/g, ' ')
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'zh-CN',
      tagged: true,
      displayTitle: true,
      subset: 'PDF/A-2a',
      font: fonts.regular as unknown as string,
      info: { Title: plain(title), Author: plain(author), Creator: 'Kaifong', Producer: 'Kaifong', CreationDate: created },
    })
    this.doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold)
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
  }

  lines(text: string, style: TextStyle): PlacedLine[] {
    const { size = BODY, bold = false, width = WIDTH, indent, justify } = style
    return breakLines(text, { width, em: size, indent, justify, measure: (part) => this.measure(part, size, bold) })
  }

  /** Signs are measured once each and added up: Chinese has no kerning, and Latin's is too small to move a line. */
  private measure(text: string, size: number, bold: boolean): number {
    let sum = 0
    for (const sign of text) {
      const key = bold ? `b${sign}` : sign
      let width = this.widths.get(key)
      if (width === undefined) {
        width = this.doc.font(bold ? 'bold' : 'regular', 1000).widthOfString(sign)
        this.widths.set(key, width)
      }
      sum += width
    }
    return (sum * size) / 1000
  }

  /** Writes a block and moves down. One element of the tree, however many pages it runs over. */
  text(tag: string, text: string | readonly PlacedLine[], style: TextStyle = {}): void {
    const { pitch = this.pitch, reserve = 0, marker, left = LEFT, parent = this.root } = style
    const lines = typeof text === 'string' ? this.lines(text, style) : text
    const element = this.doc.struct(tag, {}, () => {
      lines.forEach((line, at) => {
        const after = lines.length - 1 - at
        // Two lines stay together at either end, hence three or fewer altogether.
        const together = after < 2 || (at === 0 && after === 2) ? after * pitch + reserve : at === 0 ? pitch : 0
        if (at === 0 || after > 0) this.room(pitch + together)
        if (at === 0 && marker) this.put(marker, left - this.measure(marker, style.size ?? BODY, style.bold ?? false), 0, style)
        this.line(line, at, style)
        this.y += pitch
      })
    })
    parent.add(element)
    element.end()
  }

  /** Goes to a new page unless `height` is left on this one. */
  room(height: number): void {
    if (this.y + height <= BOTTOM || this.y === TOP) return
    this.doc.continueOnNewPage()
    this.y = TOP
  }

  private line(line: PlacedLine, at: number, style: TextStyle): void {
    const { left = LEFT, width = WIDTH, align = 'left', indent = 0 } = style
    const from = left + (at === 0 ? indent : 0)
    const spare = left + width - from - line.width
    this.put(line.text, from + (align === 'center' ? spare / 2 : align === 'right' ? spare : 0), line.spacing, style)
  }

  private put(text: string, x: number, characterSpacing: number, style: TextStyle): void {
    const { size = BODY, bold = false, pitch = this.pitch, colour = INK } = style
    this.doc.font(bold ? 'bold' : 'regular', size).fillColor(colour)
    this.doc.text(text, x, this.y + (pitch - this.doc.currentLineHeight()) / 2, { lineBreak: false, characterSpacing })
  }

  /** What is not read aloud: lines, page numbers. */
  aside(draw: () => void, type: 'Pagination' | 'Layout' = 'Layout'): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  /** The double red line: the thick one above at the head, below at the foot. */
  rule(y: number, thickAbove: boolean): void {
    const [first, second] = thickAbove ? [2, 0.7] : [0.7, 2]
    this.aside(() => {
      this.doc.strokeColor(RED)
      this.doc.lineWidth(first).moveTo(RULE.left, y).lineTo(RULE.right, y).stroke()
      this.doc
        .lineWidth(second)
        .moveTo(RULE.left, y + 3.2)
        .lineTo(RULE.right, y + 3.2)
        .stroke()
    })
  }

  get pages(): number {
    return this.doc.bufferedPageRange().count
  }
}
