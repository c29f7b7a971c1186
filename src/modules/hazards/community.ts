/** Which communities somebody may mean by what she types. Pure. */
import type { LoadedPack } from '../../core/matters/index.ts'
import type { View } from '../../ui/index.ts'

/** As many as a street has, and no list that nobody reads. */
const MOST = 40

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase()

export interface Communities {
  /** Codes, those whose name begins with what was typed first. */
  codes: string[]
  /** There are others that fit. */
  more: boolean
}

/**
 * Communities whose name, or the name with district and street before it, holds what was typed, in either language. They are only offered:
 * a name that two districts have would send somebody to the wrong one.
 */
export function communitiesNamed(pack: LoadedPack, { t }: Pick<View, 't'>, typed: string): Communities {
  const wanted = bare(typed.slice(0, 60))
  if ([...wanted].length < 2) return { codes: [], more: false }
  const found = pack.pack.areas
    .filter(({ level, validTo }) => level === 'community' && validTo === null)
    .map(({ code, name }) => {
      const street = `${pack.areaName(code.slice(0, 9))}${name}`
      const rows = [`${pack.areaName(code.slice(0, 6))}${street}`, pack.areaIn(t, 'en', code), pack.areaRowIn(t, 'en', code)]
      return { code, called: [name, street, ...rows].map(bare) }
    })
    .filter(({ called }) => called.some((one) => one.includes(wanted)))
    .map(({ code, called }) => ({ code, begins: called[0]!.startsWith(wanted) }))
    .sort((a, b) => Number(b.begins) - Number(a.begins))
  return { codes: found.slice(0, MOST).map(({ code }) => code), more: found.length > MOST }
}
