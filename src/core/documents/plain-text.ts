/**
 * Signs that a reader does not see but that change what is read: controls, zero-width signs, direction overrides.
 * Private-use signs and signs newer than this program stay: some names are written with them, and a name must never
 * lose a sign unnoticed; `missingGlyphs` reports them before issue. For the same reason there is no NFC here, which
 * would swap compatibility ideographs for others.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const BREAK = /\r\n|[\r\n\u2028\u2029]/
const SPACES = /[\p{Zs}\t]+/gu

/** One line: nothing unseen, single spaces (the full-width space U+3000 becomes a plain one). */
export const oneLine = (text: string): string => text.split(BREAK).join(' ').replace(SPACES, ' ').replace(UNSEEN, '').trim()

/** Paragraphs as a person typed them, each cleaned; empty ones are dropped. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(BREAK)
    .map(oneLine)
    .filter((line) => line !== '')
