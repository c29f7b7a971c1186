/**
 * Where a number of the law holds: an area of some level, a province (two digits, a level on which nobody works here), or
 * the whole country.
 */
import { lengthOf } from '../areas/area.ts'

const PROVINCE = 2
const LENGTHS: readonly number[] = [...Object.values(lengthOf), PROVINCE].sort((a, b) => b - a)

/** The jurisdiction of a rule of the whole country. */
export const COUNTRY = '0'

/** Of an area or a province. */
export const isRegionCode = (code: string): boolean => /^[0-9]+$/.test(code) && LENGTHS.includes(code.length)

/** Whether an area is, or lies in, another; the code of the other was checked when the rule was read. */
export const inArea = (code: string, area: string): boolean => code.startsWith(area)

/** An area and everything that contains it, nearest first, the country last. */
export function areaChain(code: string): string[] {
  return [...LENGTHS.filter((length) => length <= code.length).map((length) => code.slice(0, length)), COUNTRY]
}
