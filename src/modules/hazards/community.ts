/** Which community somebody means by what she types. Pure. */
import type { LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { View } from '../../ui/index.ts'

/** As many as a sentence can name. */
const NAMED = 6

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase()

/**
 * The one community whose name, or the name with its street before it, holds what was typed, in either language.
 * @throws Refusal at the field `community`: `hazard.no_such_community`, `hazard.which_community` naming some of them
 */
export function communityOf(pack: LoadedPack, { t, lang }: Pick<View, 't' | 'lang'>, typed: string): string {
  const wanted = bare(typed.slice(0, 60))
  const wrong = (code: string, params: Record<string, unknown> = {}) =>
    new Refusal('input.invalid', 'invalid', { fields: [{ path: '/community', code, params }] })
  if ([...wanted].length < 2) throw wrong('hazard.no_such_community')
  const named = pack.pack.areas
    .filter(({ level, validTo }) => level === 'community' && validTo === null)
    .map(({ code, name }) => {
      const full = `${pack.areaName(code.slice(0, 9))}${name}`
      return { code, called: [name, full, pack.areaIn(t, 'en', code), pack.areaRowIn(t, 'en', code)].map(bare) }
    })
    .filter(({ called }) => called.some((one) => one.includes(wanted)))
  // 东 is in many names, but whoever types the whole of one means that one.
  const begins = named.filter(({ called }) => called.some((one) => one.startsWith(wanted)))
  const found = begins.length === 1 ? begins : named
  if (found.length === 0) throw wrong('hazard.no_such_community')
  if (found.length > 1)
    throw wrong('hazard.which_community', {
      names: found.slice(0, NAMED).map(({ code }) => pack.areaRowIn(t, lang, code)),
      n: found.length,
    })
  return found[0]!.code
}
