import type { T } from '../../platform/words.ts'

/** Numbers of the law are Chinese numerals; anything else says in words that the clause is still to be looked up. */
export const isClauseKnown = (clause: string): boolean =>
  /^[\p{Number}〇零一二三四五六七八九十百至、，第条款项（）,–-]+$/u.test(clause)

/** It says itself what its numbers count: 第二十四条第一款. */
export const isClauseNamed = (clause: string): boolean => /[第条]/u.test(clause)

const OPEN_NUMBER = /^文号待核(?:（(\d{4}) 年）)?$/u

/** False of a text without one, too. */
export const isNumberKnown = (number: string | undefined): number is string => !!number && !OPEN_NUMBER.test(number)

/** The number of an official text as a page tells it: where it is still to be looked up, in the language of the page. */
export function documentNumber(t: T, number: string): string {
  const open = OPEN_NUMBER.exec(number)
  if (!open) return number
  return open[1] ? t('matter.number_open_of', { year: open[1] }) : t('matter.number_open')
}
