/** A phone, a paper, an account: as many digits as nothing else has that is written about a place. */
const DIGITS = /\d{7,}/
/** 2026-11-29, 2026年11月29日 and the like are days and nobody's. */
const DAYS = /(?<!\d)(?:19|20)\d{2}(?:\s?[-/.年]\s?)\d{1,2}(?:\s?[-/.月]\s?)\d{1,2}(?!\d)日?/g

/** Whether a text that many read holds a number that may be somebody's, however it is broken up. */
export const holdsPrivateNumber = (text: string): boolean =>
  DIGITS.test(
    text
      .normalize('NFKC')
      .replaceAll(DAYS, 'd')
      .replaceAll(/[^\p{L}\p{N}]/gu, ''),
  )
