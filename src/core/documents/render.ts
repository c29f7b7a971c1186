/** The document on paper. What is printed is all in the model; this file only knows where it goes. */
import { buffer } from 'node:stream/consumers'
import type { PdfSigner } from '../../platform/crypto/crypto.ts'
import { Refusal } from '../../platform/refusal.ts'
import { startOf } from '../../platform/time.ts'
import type { Block, DocumentModel } from './document.ts'
import { drawFacts } from './facts-table.ts'
import { type Fonts, loadFonts, missingGlyphs, textOf } from './fonts.ts'
import { reserveSignature, signInside } from './pades.ts'
import { qrShape } from './qr.ts'
import { BODY, BOTTOM, FAINT, LEFT, PITCH, RED, RIGHT, Sheet, TIGHT_PITCH, WIDTH } from './sheet.ts'

export interface RenderedDocument {
  pdf: Buffer
  pages: number
}

const QR = { size: 82, caption: 9, pitch: 13 }
const SIGNATURE = { width: 22 * BODY, gap: 22, indent: 2 * BODY }

/**
 * The same model gives the same bytes. Throws `Refusal('document.glyph_missing')` when the font lacks a sign: ask
 * `missingGlyphs` before a number is taken, this is the last fence.
 */
export async function renderDocument(model: DocumentModel, signer: PdfSigner): Promise<RenderedDocument> {
  const fonts = await loadFonts()
  const missing = await missingGlyphs(textOf(model))
  if (missing.length > 0) throw new Refusal('document.glyph_missing', 'invalid', { glyphs: missing.join(' ') })

  let sheet = compose(model, fonts, PITCH)
  if (sheet.pages > 1) {
    // Where only the signature would stand over, GB/T 9704 draws the lines together.
    const tight = compose(model, fonts, TIGHT_PITCH)
    if (tight.pages < sheet.pages) sheet = tight
  }
  const pages = sheet.pages
  drawFeet(sheet, model, pages)
  reserveSignature(sheet.doc, { name: model.issuer, at: startOf(model.issuedOn) })
  const bytes = buffer(sheet.doc)
  sheet.doc.end()
  return { pdf: signInside(await bytes, signer), pages }
}

function compose(model: DocumentModel, fonts: Fonts, pitch: number): Sheet {
  // Title and number name the document, never a person: file lists and mail clients show this line.
  const info = { title: `${model.title} ${model.number}`, author: model.issuer, created: startOf(model.issuedOn) }
  const sheet = new Sheet(fonts, info, pitch)
  drawHead(sheet, model)
  drawBody(sheet, model)
  drawSignature(sheet, model)
  drawQr(sheet, model)
  sheet.root.end()
  return sheet
}

function drawHead(sheet: Sheet, model: DocumentModel): void {
  const size = [26, 23, 20, 17].find((one) => sheet.lines(model.issuer, { size: one, bold: true }).length === 1) ?? 17
  sheet.y = 62
  sheet.text('P', model.issuer, { size, bold: true, colour: RED, align: 'center', pitch: size * 1.5 })
  sheet.rule(sheet.y + 5, true)
  sheet.y += 16
  sheet.text('P', model.number, { align: 'right', pitch: 24 })
  sheet.y += 16
  sheet.text('H1', model.title, { size: 22, bold: true, align: 'center', pitch: 36 })
  sheet.y += 14
}

function drawBody(sheet: Sheet, model: DocumentModel): void {
  if (model.addressee) sheet.text('P', model.addressee, { justify: true })
  const basis =
    model.basis.length > 0 ? [model.labels.basis.replace('{laws}', () => model.basis.join(model.labels.basisJoin))] : []
  const blocks: Block[] = [...model.paragraphs, ...basis, ...model.remedies]
  blocks.forEach((block, at) => {
    const reserve = at === blocks.length - 1 ? closingHeight(sheet, model) : 0
    if (typeof block === 'string') sheet.text('P', block, { indent: 2 * BODY, justify: true, reserve })
    else if ('facts' in block) drawFacts(sheet, block.facts, reserve)
    else drawList(sheet, block.list, reserve)
  })
}

function drawList(sheet: Sheet, items: readonly string[], reserve: number): void {
  const list = sheet.doc.struct('L')
  sheet.root.add(list)
  const left = LEFT + (items.length > 9 ? 4 : 3.4) * BODY
  items.forEach((item, at) => {
    const entry = sheet.doc.struct('LI')
    list.add(entry)
    const last = at === items.length - 1
    const style = { left, width: RIGHT - left, justify: true, marker: `${at + 1}. `, parent: entry, reserve: last ? reserve : 0 }
    sheet.text('LBody', item, style)
    entry.end()
  })
  list.end()
}

/** The code stands beside the signature, not under it: most documents then need one page. */
function closingHeight(sheet: Sheet, model: DocumentModel): number {
  const signature = SIGNATURE.gap + (sheet.lines(model.issuer, { width: SIGNATURE.width }).length + 2) * sheet.pitch
  return Math.max(signature, qrHeight)
}
const qrHeight = 12 + QR.size + 2 * QR.pitch

function drawSignature(sheet: Sheet, model: DocumentModel): void {
  const right = { left: RIGHT - SIGNATURE.indent - SIGNATURE.width, width: SIGNATURE.width, align: 'right' as const }
  sheet.y += SIGNATURE.gap
  sheet.text('P', model.issuer, right)
  sheet.text('P', model.dated, right)
  sheet.text('P', model.seal, { ...right, size: 10.5, colour: FAINT })
}

function drawQr(sheet: Sheet, model: DocumentModel): void {
  const { doc } = sheet
  const top = BOTTOM - QR.size - 2 * QR.pitch
  const shape = qrShape(model.verifyUrl)
  const scale = QR.size / shape.size
  const figure = doc.struct('Figure', { alt: `${model.labels.scan} ${model.verifyUrl}` }, () => {
    // The dark modules, not the white zone around them, are in line with the text.
    doc
      .save()
      .translate(LEFT - shape.quiet * scale, top)
      .scale(scale)
    doc.path(shape.path).fill('#000').restore()
  })
  sheet.root.add(figure)
  figure.end()
  sheet.y = top + QR.size
  const caption = { size: QR.caption, pitch: QR.pitch, left: LEFT, width: WIDTH }
  sheet.text('Caption', model.labels.scan, { ...caption, bold: true })
  sheet.text('Caption', `${model.labels.number} ${model.number}`, caption)
}

function drawFeet(sheet: Sheet, model: DocumentModel, pages: number): void {
  const { doc } = sheet
  for (let page = 0; page < pages; page++) {
    doc.switchToPage(page)
    sheet.rule(BOTTOM + 16, false)
    const label = model.labels.page.replace('{page}', String(page + 1)).replace('{pages}', String(pages))
    sheet.aside(() => {
      doc.font('regular', 9).fillColor(FAINT)
      doc.text(model.footer, LEFT, BOTTOM + 28, { lineBreak: false })
      doc.text(label, RIGHT - doc.widthOfString(label), BOTTOM + 28, { lineBreak: false })
    }, 'Pagination')
  }
}
