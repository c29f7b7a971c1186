/** Which community somebody means by what she types. Pure. */
import type { LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'

/** As many as a sentence can name. */
const NAMED = 6

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase()

/**
 * The one community whose name, or the name with its street before it, holds what was typed.
 * @throws Refusal at the field `community`: `hazard.no_such_community`, `hazard.which_community` naming some of them
 */
export function communityOf({ pack, areaName }: LoadedPack, typed: string): string {
  const wanted = bare(typed.slice(0, 60))
  const wrong = (code: string, params: Record<string, unknown> = {}) =>
    new Refusal('input.invalid', 'invalid', { fields: [{ path: '/community', code, params }] })
  if ([...wanted].length < 2) throw wrong('hazard.no_such_community')
  const named = pack.areas
    .filter(({ level, validTo }) => level === 'community' && validTo === null)
    .map(({ code, name }) => ({ code, name, full: `${areaName(code.slice(0, 9))}${name}` }))
    .filter(({ full }) => bare(full).includes(wanted))
  // 东 is in many names, but whoever types the whole of one means that one.
  const begins = named.filter(({ name, full }) => bare(name).startsWith(wanted) || bare(full).startsWith(wanted))
  const found = begins.length === 1 ? begins : named
  if (found.length === 0) throw wrong('hazard.no_such_community')
  if (found.length > 1)
    throw wrong('hazard.which_community', { names: found.slice(0, NAMED).map(({ full }) => full), n: found.length })
  return found[0]!.code
}
