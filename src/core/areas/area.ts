/**
 * Area codes (统计用区划代码) cut to the length of their level. A code begins with the code of everything around it:
 * that is what row security, work lists and published counts rest on.
 */
import type { Day } from '../../platform/time.ts'

export const levels = ['city', 'district', 'street', 'community'] as const
export type AreaLevel = (typeof levels)[number]

export const lengthOf: Readonly<Record<AreaLevel, number>> = { city: 4, district: 6, street: 9, community: 12 }
const paddedLength = lengthOf.community

export interface Area {
  code: string
  name: string
  level: AreaLevel
  parentCode: string | null
  validFrom: Day
  /** Last day on which the area exists, or null. */
  validTo: Day | null
  /** The area that took over its people and cases, once it is gone. */
  successorCode: string | null
  source: string
}

const levelOfLength = new Map(levels.map((level) => [lengthOf[level], level]))

export const isAreaLevel = (text: string): text is AreaLevel => (levels as readonly string[]).includes(text)

/** Whether this is a code of some level; '' is not. */
export const isAreaCode = (code: string): boolean => levelOfLength.has(code.length) && /^[0-9]+$/.test(code)

export function levelOf(code: string): AreaLevel {
  const level = levelOfLength.get(code.length)
  if (!level || !isAreaCode(code)) throw new RangeError(`"${code}" is not an area code: it must be 4, 6, 9 or 12 digits`)
  return level
}

/**
 * A code as statistics write it, twelve digits with zeros behind, cut to its level. By level, never by trimming zeros:
 * 13 streets and 256 committees of Guangzhou alone end in zero (人民街道 is 440104010).
 */
export function cutToLevel(padded: string, level: AreaLevel): string {
  if (!/^[0-9]{12}$/.test(padded))
    throw new RangeError(`"${padded}" is not a padded area code: it must be ${paddedLength} digits`)
  const code = padded.slice(0, lengthOf[level])
  if (/[1-9]/.test(padded.slice(code.length))) {
    throw new RangeError(`"${padded}" is not a ${level}: digits follow after place ${code.length}; use ancestorAt to go up`)
  }
  return code
}

/** The area of a level that a code lies in; itself at its own level. */
export function ancestorAt(code: string, level: AreaLevel): string {
  if (lengthOf[levelOf(code)] < lengthOf[level])
    throw new RangeError(`"${code}" is a ${levelOf(code)}: no single ${level} holds it`)
  return code.slice(0, lengthOf[level])
}

/** The next level up, or null for a city. */
export function parentOf(code: string): string | null {
  const above = levels[levels.indexOf(levelOf(code)) - 1]
  return above ? code.slice(0, lengthOf[above]) : null
}

/**
 * Whether `inner` is `outer` or lies in it. What is no area code contains nothing and lies nowhere: a forgotten or
 * empty scope must see nothing, and '' is a prefix of everything.
 */
export const contains = (outer: string, inner: string): boolean =>
  isAreaCode(outer) && isAreaCode(inner) && inner.startsWith(outer)

/** The smallest area that holds all of these, or null when none does (two cities, or no codes). */
export function commonAncestor(codes: readonly string[]): string | null {
  let common: string | null = codes[0] ?? null
  for (const code of codes) {
    levelOf(code)
    while (common !== null && !contains(common, code)) common = parentOf(common)
  }
  return common
}
