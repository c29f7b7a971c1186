/**
 * Noto Sans SC, regular and bold: 30 890 signs, 10 MB a weight. Read when the first document is printed, and once:
 * parsing again for every document cost 60 ms each.
 */
import { fileURLToPath } from 'node:url'
import type { DocumentModel } from './document.ts'

/** What we use of the font that pdfkit has parsed (fontkit, which publishes no types). */
interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean
  layout(text: string): unknown
}
export interface Fonts {
  regular: Buffer
  bold: Buffer
  has(codePoint: number): boolean
}

const file = (path: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${path}`))

let loading: Promise<Fonts> | undefined

export function loadFonts(): Promise<Fonts> {
  loading ??= load().catch((error) => {
    loading = undefined // a disk that was full for a moment must not stop documents until the next start
    throw error
  })
  return loading
}

async function load(): Promise<Fonts> {
  const { default: PDFDocument } = await import('pdfkit')
  // pdfkit takes a parsed font as well as bytes; its types know only of bytes. It is asked to parse, so that we do
  // not depend on its parser's package ourselves.
  const parse = (path: string): ParsedFont => {
    const document = new PDFDocument({ autoFirstPage: false, font: file(path) }) as unknown as { _font: { font: ParsedFont } }
    const font = document._font?.font
    if (typeof font?.layout !== 'function')
      throw new Error(`documents: this pdfkit does not show its parsed font; look at ${import.meta.url}`)
    return font
  }
  const regular = parse('400Regular/NotoSansSC_400Regular.ttf')
  const bold = parse('700Bold/NotoSansSC_700Bold.ttf')
  return {
    regular: regular as unknown as Buffer,
    bold: bold as unknown as Buffer,
    has: (codePoint) => regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint),
  }
}

/** U+FFFD has a glyph, and says that a sign was lost on the way here. */
const LOST = 0xfffd

/** Signs that the font was found to have: the same few hundred stand in every document. */
const printable = new Set<number>()

/** Signs that would be printed as an empty box, each once, in order. Asked before a number is taken. */
export async function missingGlyphs(text: string): Promise<string[]> {
  const fonts = await loadFonts()
  const signs = [...text.toWellFormed()].filter((sign) => {
    const codePoint = sign.codePointAt(0)!
    if (printable.has(codePoint)) return false
    const lacks = codePoint === LOST || !fonts.has(codePoint)
    if (!lacks) printable.add(codePoint)
    return lacks
  })
  return [...new Set(signs)]
}

/** Every text that is printed. */
export function textOf(model: DocumentModel): string {
  const blocks = model.paragraphs.flatMap((block) =>
    typeof block === 'string' ? [block] : 'list' in block ? block.list : block.facts.flat(),
  )
  const { labels } = model
  const phrases = [labels.scan, labels.number, labels.page, labels.basis, labels.basisJoin, model.seal, model.footer, model.dated]
  return [
    model.issuer,
    model.title,
    model.number,
    model.addressee ?? '',
    ...blocks,
    ...model.basis,
    ...model.remedies,
    ...phrases,
  ].join('')
}
