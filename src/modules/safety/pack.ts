import type { Emergencies, LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'

/** @throws Refusal `event.no_pack` where nobody has written how emergencies are handled here */
export function emergenciesIn({ pack }: LoadedPack): Emergencies {
  if (!pack.emergencies) throw new Refusal('event.no_pack', 'missing')
  return pack.emergencies
}

export const emergenciesOf = (work: Pick<Work, 'call'>): Emergencies => emergenciesIn(work.call.platform.services.packs.inForce())
