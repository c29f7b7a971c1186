/**
 * Area codes, cut to the length of their level: province 2, city 4, district 6, street 9, community 12.
 * By level, never by trimming zeros: a street's code may end in 0.
 */
const LENGTHS = [12, 9, 6, 4, 2] as const

/** The jurisdiction of a rule of the whole country. */
export const COUNTRY = '0'

export const isAreaCode = (code: string): boolean => /^[0-9]+$/.test(code) && (LENGTHS as readonly number[]).includes(code.length)

/** Whether an area is, or lies in, another. */
export const inArea = (code: string, area: string): boolean => code.startsWith(area)

/** An area and everything that contains it, nearest first, the country last. */
export function areaChain(code: string): string[] {
  return [...LENGTHS.filter((length) => length <= code.length).map((length) => code.slice(0, length)), COUNTRY]
}
