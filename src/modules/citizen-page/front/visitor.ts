/** Who is looking, as these pages need to know it. */
import type { PageRequest } from '../../../ui/index.ts'

/** `nobody` also for officers: the front has nothing of theirs. */
export type Visitor = 'nobody' | 'by-phone' | 'bound'

export function visitorOf({ call: { actor } }: Pick<PageRequest, 'call'>): Visitor {
  if (actor.kind !== 'resident') return 'nobody'
  return actor.personId ? 'bound' : 'by-phone'
}
