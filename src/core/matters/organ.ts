/** Which organ issues a document (发文机关), and what it is called in its number. Pure. */
import { type AreaLevel, ancestorAt, levelOf } from '../areas/index.ts'
import type { PackFile } from './pack/schema.ts'

export interface Organ {
  /** Under which its numbers are counted; never changes with a name. */
  code: string
  name: string
  /** Unique among the organs of the pack. */
  short: string
}

type Offices = Pick<PackFile, 'offices' | 'domains' | 'area_endings' | 'short_names'>

/** From the area up to the first level that has an office. */
const UPWARDS: readonly AreaLevel[] = ['community', 'street', 'district', 'city']

/** @throws Error when no level up to the city has an office, or the line is unknown: `pack check` proved both there */
export function organAt(pack: Offices, nameOf: (area: string) => string, domain: string, at: string): Organ {
  const levels = UPWARDS.slice(UPWARDS.indexOf(levelOf(at)))
  for (const level of levels) {
    const area = ancestorAt(at, level)
    const name = nameOf(area)
    const office = pack.offices.find((o) => o.level === level && (!o.ends || name.endsWith(o.ends)))
    if (!office) continue
    const line = pack.domains.find((d) => d.code === domain)
    if (!line) throw new Error(`the pack has no office line ${domain}`)
    // A bureau is one of a line; a street's office is the same for all.
    const bureau = office.name.includes('{organ}')
    const own = pack.short_names?.find((s) => s.area === area && (bureau ? s.domain === domain : s.domain === undefined))
    return {
      code: bureau ? `${area} ${line.organ.zh}` : area,
      name: office.name.replace('{area}', () => name).replace('{organ}', () => line.organ.zh),
      short:
        own?.short ?? office.short.replace('{area}', () => cut(name, pack.area_endings)).replace('{organ}', () => line.short),
    }
  }
  throw new Error(`the pack names no office for ${at}`)
}

/** 五山街道 → 五山. A name that is nothing but its ending stays. */
const cut = (name: string, endings: readonly string[]): string => {
  const end = endings.find((e) => name.endsWith(e) && name.length > e.length)
  return end ? name.slice(0, -end.length) : name
}
