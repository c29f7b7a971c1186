/**
 * Document numbers (发文字号). The pattern is the pack's, for example `穗{area}受〔{year}〕{n}号`; the store counts
 * `n` for each kind, area and year without gaps, and asks here for the text.
 */
export interface NumberParts {
  /** Short name of the area that issues: unique among the areas of the pack. */
  area: string
  year: number
  /** From 1. By custom it is not padded (不编虚位). */
  sequence: number
}

const PARTS = ['{area}', '{year}', '{n}']

/** What is wrong with a pattern, or undefined. A pattern without one of the three would number two documents alike. */
export function findNumberFault(pattern: string): string | undefined {
  for (const part of PARTS) {
    const times = pattern.split(part).length - 1
    if (times !== 1) return `${part} stands ${times} times in “${pattern}”, must be once`
  }
  const other = pattern.replace(/\{(area|year|n)\}/g, '').match(/\{[^}]*\}/)
  return other ? `${other[0]} in “${pattern}” is not known; use {area}, {year}, {n}` : undefined
}

export function formatNumber(pattern: string, { area, year, sequence }: NumberParts): string {
  const fault = findNumberFault(pattern)
  if (fault) throw new Error(`documents: ${fault}`)
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`documents: ${sequence} is not a sequence number`)
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`documents: ${year} is not a year`)
  if (area.trim() === '') throw new RangeError('documents: the area that issues has no short name')
  return pattern
    .replace('{area}', () => area)
    .replace('{year}', String(year))
    .replace('{n}', String(sequence))
}
