/**
 * What a picture looks like, in 64 bits: the same photo saved anew, smaller or in another format differs in few of them, another photo in
 * about half. Of the picture as a whole; it tells nothing of who or what is in it, and no picture can be made from it.
 *
 * The usual pHash: 32×32 grey values, their cosine transform, and of the 64 slowest waves (but the mean) whether each is above the middle
 * one. Written here, since npm's only one on sharp (`sharp-phash`) was last kept in 2024 and does not tell a picture with nothing in it:
 * black and white ones would all look alike. A difference hash (dHash) was tried: on drawn streets with noise it moved twice as far when
 * saved anew.
 */

const SIDE = 32
const WAVES = 8
/** [wave][pixel] */
const COSINES = Array.from({ length: WAVES + 1 }, (_, wave) =>
  Array.from({ length: SIDE }, (_, at) => Math.cos(((2 * at + 1) * wave * Math.PI) / (2 * SIDE))),
)
/** Vertical and horizontal wave; the mean is left out and one more brings them to 64. */
const ASKED = Array.from({ length: WAVES * WAVES }, (_, n) => (n === 0 ? [WAVES, 0] : [Math.floor(n / WAVES), n % WAVES])) as [
  number,
  number,
][]

/**
 * Strength of the waves, in grey values out of 255. Photos measured had 4 and more; an empty picture 0, one with the noise of a sensor in
 * the dark 0.05.
 */
const NOTHING_IN_IT = 0.5

/**
 * Of how many of the 64 bits two pictures may differ and be told as alike. Measured: saved at quality 15 to 40, at a quarter of the width
 * and as WebP 0 to 4; with a date printed on it up to 8; two percent cut off each side mostly 2 to 8; of 20 000 pairs of different ones
 * none below 8. Ten percent cut off or a turn by 90° is not known again (16 and more).
 */
export const ALIKE_WITHIN = 6

/** @returns 64 digits, 0 or 1; null for a picture with nothing in it, which looks like every other such */
export async function likenessOf(picture: Buffer): Promise<string | null> {
  const { default: sharp } = await import('sharp')
  const grey = await sharp(picture).greyscale().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer()
  const strengths = ASKED.map(([down, across]) => {
    let sum = 0
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) sum += COSINES[down]![y]! * COSINES[across]![x]! * grey[y * SIDE + x]!
    return sum / (SIDE * (SIDE / 4))
  })
  if (Math.sqrt(strengths.reduce((sum, one) => sum + one * one, 0) / strengths.length) < NOTHING_IN_IT) return null
  const middle = strengths.toSorted((a, b) => a - b)[strengths.length / 2]!
  return strengths.map((one) => (one > middle ? '1' : '0')).join('')
}
