/**
 * Document numbers (发文字号). The pattern is the pack's, for example `穗{organ}受〔{year}〕{n}号`; the store counts
 * `n` for each kind, organ and year without gaps, and asks here for the text.
 */
export interface NumberParts {
  /** Short name of the organ that issues: unique among those of the pack, which `pack check` sees to. */
  organ: string
  year: number
  /** From 1. By custom it is not padded (不编虚位). */
  sequence: number
}

const PARTS = ['{organ}', '{year}', '{n}']

/** What is wrong with a pattern, or undefined. A pattern without one of the three would number two documents alike. */
export function findNumberFault(pattern: string): string | undefined {
  for (const part of PARTS) {
    const times = pattern.split(part).length - 1
    if (times !== 1) return `${part} stands ${times} times in “${pattern}”, must be once`
  }
  const other = pattern.replace(/\{(organ|year|n)\}/g, '').match(/\{[^}]*\}/)
  return other ? `${other[0]} in “${pattern}” is not known; use {organ}, {year}, {n}` : undefined
}

export function formatNumber(pattern: string, { organ, year, sequence }: NumberParts): string {
  const fault = findNumberFault(pattern)
  if (fault) throw new Error(`documents: ${fault}`)
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`documents: ${sequence} is not a sequence number`)
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`documents: ${year} is not a year`)
  if (organ.trim() === '') throw new RangeError('documents: the organ that issues has no short name')
  return pattern
    .replace('{organ}', () => organ)
    .replace('{year}', String(year))
    .replace('{n}', String(sequence))
}
