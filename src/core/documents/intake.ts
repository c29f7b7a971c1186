/**
 * What a resident may attach: photos and PDF, told by their bytes and never by their name. The bytes are kept as they
 * came; a photo also gets a copy to be shown, made anew from its pixels, so that nothing hidden in it (place, camera,
 * script) reaches a reader. A file that somebody signed is kept byte for byte and gets no such copy.
 */
import { Refusal } from '../../platform/refusal.ts'
import type { Derivatives } from './decoding/pixels.ts'
import { decoding } from './decoding/pool.ts'

export interface IntakeLimits {
  maxBytes: number
  /** Pixels of an image after unpacking: a few kilobytes can claim a thousand million. */
  maxPixels: number
}

/** Raised whenever the same photo would give other pictures: `renewDerivatives` then makes them anew. */
export const RECIPE = 1
export const DERIVED_TYPE = 'image/jpeg'

export type { Derivatives }

export interface Attachment {
  mime: keyof typeof KINDS
  /** Without dot: for `cleanFileName`. */
  extension: string
  /** Absent for PDF and for whatever is signed. */
  derivatives?: Derivatives
}

const KINDS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' } as const
/** The prebuilt sharp has no HEVC decoder (patents); phones turn HEIC into JPEG when `accept` asks for JPEG. */
const HEIC = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence', 'image/avif'])
const MOVING = new Set(['image/apng', 'image/gif'])

/** What an `<input type="file">` should ask for. */
export const ACCEPTED = Object.keys(KINDS).join(',')

/** Throws `Refusal` of kind `invalid`, `attachment.*` or `file.too_large`; each says what to do. */
export async function takeAttachment(
  bytes: Buffer,
  limits: IntakeLimits,
  options: { signed?: boolean } = {},
): Promise<Attachment> {
  refuseSize(bytes, limits)
  const mime = await kindOf(bytes)
  const extension = KINDS[mime]
  if (mime === 'application/pdf') {
    if (!isWholePdf(bytes)) throw new Refusal('attachment.pdf_corrupt', 'invalid')
    return { mime, extension }
  }
  // Made even when it is thrown away: only decoding every line shows that an image is whole.
  const derivatives = await derive(bytes, limits.maxPixels)
  return options.signed ? { mime, extension } : { mime, extension, derivatives }
}

/** Of photos, and how people write them. */
export const PHOTO_KINDS: Readonly<Record<string, string>> = { jpg: 'JPG', png: 'PNG', webp: 'WebP' }
/** What an `<input type="file">` should ask for, of some kinds of photos. */
export const acceptedPhotos = (kinds: readonly string[]): string =>
  Object.entries(KINDS)
    .filter(([, kind]) => kinds.includes(kind))
    .map(([mime]) => mime)
    .join(',')

/** A photo of which nothing is kept but what is made of its pixels. Throws `Refusal` as `takeAttachment`, and `attachment.no_photo`. */
export async function takePhoto(bytes: Buffer, limits: IntakeLimits, kinds: readonly string[]): Promise<Derivatives> {
  refuseSize(bytes, limits)
  const none = new Refusal('attachment.no_photo', 'invalid', { kinds: kinds.map((kind) => PHOTO_KINDS[kind] ?? kind) })
  const mime = await kindOf(bytes, none)
  if (!kinds.includes(KINDS[mime])) throw none
  return derive(bytes, limits.maxPixels)
}

function refuseSize(bytes: Buffer, { maxBytes }: IntakeLimits): void {
  if (bytes.length === 0) throw new Refusal('attachment.empty', 'invalid')
  if (bytes.length > maxBytes)
    throw new Refusal('file.too_large', 'invalid', { limit: maxBytes, megabytes: Math.floor(maxBytes / 1_048_576) })
}

async function kindOf(bytes: Buffer, other = new Refusal('attachment.type_unsupported', 'invalid')): Promise<keyof typeof KINDS> {
  const { fileTypeFromBuffer } = await import('file-type')
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (mime in KINDS) return mime as keyof typeof KINDS
  if (HEIC.has(mime)) throw new Refusal('attachment.heic', 'invalid')
  throw MOVING.has(mime) ? new Refusal('attachment.image_animated', 'invalid') : other
}

/**
 * Both pictures, and what they look like, in a process of its own: see `decoding/pool.ts`. Throws `Refusal`
 * (`attachment.image_corrupt`, `.image_animated`, `.image_too_many_pixels`, `.image_too_hard`, `.busy`).
 */
export const derive = (bytes: Buffer, maxPixels: number): Promise<Derivatives> => decoding.derive(bytes, maxPixels)

/**
 * A PDF that has its end: header, `startxref` that points at a cross-reference, `%%EOF`. This does not say that it
 * displays; it refuses uploads cut off half way and other files renamed. Whoever serves a PDF must do so as a
 * download or in a sandbox: it may hold scripts, and a scan for them does not see compressed objects.
 */
function isWholePdf(bytes: Buffer): boolean {
  const tail = bytes.subarray(-2048).toString('latin1')
  const [, offset] = tail.match(/[\s\S]*startxref\s+(\d{1,12})\s+%%EOF/) ?? []
  if (offset === undefined) return false
  const at = Number(offset)
  // Some printers write a few bytes before the header and do not count them, hence the tolerance.
  const there = bytes.subarray(Math.max(0, at - 16), at + 1024).toString('latin1')
  return at < bytes.length && /(^|\s)xref\s|\d+\s+\d+\s+obj\b/.test(there)
}
