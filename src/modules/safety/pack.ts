import { covers } from '../../core/access/index.ts'
import { type AreaLevel, levelOf, levels } from '../../core/areas/index.ts'
import type { Emergencies, LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { View } from '../../ui/index.ts'

/** @throws Refusal `event.no_pack` where nobody has written how emergencies are handled here */
export function emergenciesIn({ pack }: LoadedPack): Emergencies {
  if (!pack.emergencies) throw new Refusal('event.no_pack', 'missing')
  return pack.emergencies
}

export const emergenciesOf = (work: Pick<Work, 'call'>): Emergencies => emergenciesIn(work.call.platform.services.packs.inForce())

export const LOCAL: readonly AreaLevel[] = ['street', 'community']
/** Areas that a post can choose from, as its reader calls them. */
export const areasOf = (
  pack: LoadedPack,
  { t, lang }: Pick<View, 't' | 'lang'>,
  post: { areas: readonly string[] },
  of: readonly AreaLevel[] = levels,
): { code: string; name: string }[] =>
  pack.pack.areas
    .filter(({ code, validTo }) => validTo === null && covers(post, code) && of.includes(levelOf(code)))
    .map(({ code }) => ({ code, name: pack.areaIn(t, lang, code) }))
