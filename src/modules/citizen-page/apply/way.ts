/** Where the pages of an application stand: one's own, or that of the person one acts for. */
import type { PageRequest } from '../../../ui/index.ts'

export interface Way {
  /** Its address: `/apply/<draft>`, or `/for/<proxy>/apply/<draft>`. */
  draft: string
  /** Where it is left to. */
  home: string
  /** Left for another day. */
  later: string
  /** Where the back link of its first page leads; the matter's own page when not given. */
  start?: string
  /** Whose it is, for who acts for her. */
  name?: string
}

export function wayOf({ params, call: { actor } }: Pick<PageRequest, 'params' | 'call'>, draftId = params.draftId ?? ''): Way {
  if (params.id === undefined) return { draft: `/apply/${draftId}`, home: '/me/cases', later: '/me/cases?kept=1' }
  const home = `/for/${params.id}`
  const name = actor.kind === 'proxy' ? { name: actor.name } : {}
  return { draft: `${home}/apply/${draftId}`, home, later: `${home}?done=kept`, start: home, ...name }
}
