/** What offices and units are called on a page in the reader's language. Pure. */
import type { Lang, T } from '../../platform/words.ts'
import { levelOf } from '../areas/index.ts'
import { englishOrganAt, organAt } from './organ.ts'
import type { LoadedPack } from './packs.ts'

interface Reader {
  t: T
  lang: Lang
}

const english = new WeakMap<LoadedPack, ReadonlyMap<string, string>>()

/** An office or a unit, by the name under which it is on record: in English where the pack names it or makes its name. */
export function organisationIn(pack: LoadedPack, { t, lang }: Reader, name: string): string {
  if (lang !== 'en') return name
  const known = english.get(pack) ?? namesOf(pack, t)
  english.set(pack, known)
  return known.get(name) ?? name
}

/** Who has something of this line in hand at an area: the office there, or the area itself where the pack knows none. */
export function officeIn(pack: LoadedPack, reader: Reader, domain: string, area: string): string {
  const office = pack.officeName(domain, area)
  return office === pack.areaName(area) ? pack.areaIn(reader.t, reader.lang, area) : organisationIn(pack, reader, office)
}

function namesOf(loaded: LoadedPack, t: T): ReadonlyMap<string, string> {
  const { pack, areaName } = loaded
  const withOffice = (pack.english_names ?? []).filter(({ area }) => pack.offices.some(({ level }) => level === levelOf(area)))
  const made = withOffice.flatMap(({ area }) =>
    pack.domains.flatMap(({ code }): [string, string][] => {
      const inEnglish = englishOrganAt(pack, areaName, (one) => loaded.areaIn(t, 'en', one), code, area)
      return inEnglish ? [[organAt(pack, areaName, code, area).name, inEnglish]] : []
    }),
  )
  return new Map([...made, ...(pack.english_organisations ?? []).map((one): [string, string] => [one.organisation, one.name])])
}
