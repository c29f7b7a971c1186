/** Pictures made from the pixels of a photo. Runs in the decoding process alone: what a stranger sent is unpacked nowhere else. */
import { Refusal } from '../../../platform/refusal.ts'
import { likenessOf } from '../likeness.ts'

/** A JPEG made from a photo. */
export interface Picture {
  bytes: Buffer
  width: number
  height: number
}

/** `shown`: what others look at; `preview`: small, for lists; `looks`: see `likeness.ts`. */
export interface Derivatives {
  shown: Picture
  preview: Picture
  looks: string | null
}

/** Longest side of the shown copy: a page of A4 is still readable. */
const SHOWN_SIDE = 2000
const SHOWN_QUALITY = 82
/** Of a preview: 56 px on a page, more for elders, on a screen of three dots a pixel. */
const PREVIEW_SIDE = 240
const PREVIEW_QUALITY = 70

/** Upright, in sRGB, on white, without any metadata; `shown` of at most 2000 pixels a side. */
export async function unpack(bytes: Buffer, maxPixels: number): Promise<Derivatives> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false) // its cache of recent pictures would keep people's papers in memory
  sharp.concurrency(1) // the other processor is for those who look at pages
  // `error` and not the default `warning`: many phones write JPEGs with harmless warnings.
  const input = { limitInputPixels: maxPixels, failOn: 'error' } as const
  const head = await sharp(bytes, { ...input, limitInputPixels: false })
    .metadata()
    .catch(asCorrupt)
  if (head.width * head.height > maxPixels) {
    throw new Refusal('attachment.image_too_many_pixels', 'invalid', { megapixels: Math.floor(maxPixels / 1_000_000) })
  }
  if ((head.pages ?? 1) > 1) throw new Refusal('attachment.image_animated', 'invalid')
  const shown = await sharp(bytes, input)
    .autoOrient()
    .resize(SHOWN_SIDE, SHOWN_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: SHOWN_QUALITY, mozjpeg: true })
    .toBuffer({ resolveWithObject: true })
    .catch(asCorrupt)
  // From the shown copy: the large one is unpacked once.
  const preview = await sharp(shown.data)
    .resize(PREVIEW_SIDE, PREVIEW_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: PREVIEW_QUALITY })
    .toBuffer({ resolveWithObject: true })
  return { shown: pictureOf(shown), preview: pictureOf(preview), looks: await likenessOf(preview.data) }
}

const pictureOf = ({ data, info }: { data: Buffer; info: { width: number; height: number } }): Picture => ({
  bytes: data,
  width: info.width,
  height: info.height,
})

function asCorrupt(cause: unknown): never {
  const refusal = new Refusal('attachment.image_corrupt', 'invalid')
  refusal.cause = cause
  throw refusal
}
