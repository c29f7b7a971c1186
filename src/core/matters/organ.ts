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
  const { office, area, line } = officeAt(pack, nameOf, domain, at)
  // A bureau is one of a line; a street's office is the same for all.
  const bureau = office.name.includes('{organ}')
  const own = pack.short_names?.find((s) => s.area === area && (bureau ? s.domain === domain : s.domain === undefined))
  const name = nameOf(area)
  return {
    code: bureau ? `${area} ${line.organ.zh}` : area,
    name: named(office.name, name, line.organ.zh),
    short: own?.short ?? named(office.short, cut(name, pack.area_endings), line.short),
  }
}

/** The same organ in English, of the English name of its area; undefined where the pack has no English for it. */
export function englishOrganAt(
  pack: Offices,
  nameOf: (area: string) => string,
  englishOf: (area: string) => string,
  domain: string,
  at: string,
): string | undefined {
  const { office, area, line } = officeAt(pack, nameOf, domain, at)
  return office.name_en && named(office.name_en, englishOf(area), line.organ.en)
}

const named = (form: string, area: string, organ: string): string =>
  form.replace('{area}', () => area).replace('{organ}', () => organ)

function officeAt(pack: Offices, nameOf: (area: string) => string, domain: string, at: string) {
  const levels = UPWARDS.slice(UPWARDS.indexOf(levelOf(at)))
  for (const level of levels) {
    const area = ancestorAt(at, level)
    const name = nameOf(area)
    const office = pack.offices.find((o) => o.level === level && (!o.ends || name.endsWith(o.ends)))
    if (!office) continue
    const line = pack.domains.find((d) => d.code === domain)
    if (!line) throw new Error(`the pack has no office line ${domain}`)
    return { office, area, line }
  }
  throw new Error(`the pack names no office for ${at}`)
}

/** 五山街道 → 五山. A name that is nothing but its ending stays. */
const cut = (name: string, endings: readonly string[]): string => {
  const end = endings.find((e) => name.endsWith(e) && name.length > e.length)
  return end ? name.slice(0, -end.length) : name
}
