/** What a search found for somebody, looked at again with what is on record now. */
import { together } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import type { Work } from '../../../platform/use-case/use-case.ts'
import { previewConditions, sharesAsked, withoutHousehold } from '../../cases/index.ts'
import { hidesWhereabouts, type PersonFacts, personFacts, withoutWhereabouts } from '../../people/index.ts'
import { type OwnFound, standingOf } from '../own-found.ts'
import { newestSearches, runningCases, stoppedMatters } from '../own-store.ts'

export interface OwnSearch {
  /** As whoever asks may see them. */
  facts: PersonFacts
  /** The newest day that was searched; null where no search covers her, or none that is still good. */
  searchedOn: Day | null
  found: OwnFound[]
  stopped: string[]
}

/** Of herself, or of whom a proxy acts for: then in the named matters alone. */
export async function ownSearch(work: Work, only?: string): Promise<OwnSearch> {
  const { tx, actor, now } = work
  if ((actor.kind !== 'resident' && actor.kind !== 'proxy') || !actor.personId)
    throw new Refusal('account.bind_first', 'forbidden')
  const { personId } = actor
  const today = dayOf(now)
  const pack = work.call.platform.services.packs.inForce()
  const [known, hidden, running, stopped] = await together([
    personFacts(tx, personId, today),
    hidesWhereabouts(tx, personId),
    runningCases(tx, personId),
    stoppedMatters(tx, personId),
  ])
  const facts = hidden && actor.kind === 'proxy' ? withoutWhereabouts(known) : known
  const place = known.living_area ?? known.hukou_area
  if (!place) return { facts, searchedOn: null, found: [], stopped }
  const lines = (await newestSearches(tx, personId, place, today)).filter(
    ({ matterCode }) =>
      pack.matters.some((matter) => matter.code === matterCode && matter.outreach?.searched) &&
      (actor.kind === 'resident' || actor.matters.includes(matterCode)),
  )
  const found: OwnFound[] = []
  for (const { list, ...line } of lines) {
    if (!list || (only && line.matterCode !== only)) continue
    const matter = pack.matter(line.matterCode)
    const shares = await sharesAsked(work, pack, matter, personId)
    // Where her whereabouts are hidden no rule may tell them either: the number of the law is then that of the whole place.
    const area = facts.living_area ?? facts.hukou_area ?? pack.pack.area
    const checked = withoutHousehold(previewConditions(work, facts, area, matter, {}, [], shares))
    found.push({
      ...line,
      list,
      standing: standingOf(checked),
      checked,
      running: running.find(({ matterCode }) => matterCode === line.matterCode) ?? null,
      stopped: stopped.includes(line.matterCode),
    })
  }
  return {
    facts,
    searchedOn:
      lines
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? null,
    found,
    stopped,
  }
}
