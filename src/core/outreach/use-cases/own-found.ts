/** 为您找到的: what somebody was found for, looked at by herself. */
import Type from 'typebox'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import { query, type Work } from '../../../platform/use-case/use-case.ts'
import { maskedIdNumberOf, type PersonFacts } from '../../people/index.ts'
import { markOf, type NoPage, type OnePage, onePageOf } from '../one-page.ts'
import type { OwnFound } from '../own-found.ts'
import { ownSearch } from './own-load.ts'

export const MatterCode = Type.Object({ matterCode: Type.String({ maxLength: 60 }) })

export interface FoundList {
  /** Null where nobody has searched yet, or too long ago. */
  searchedOn: Day | null
  found: OwnFound[]
  /** Matters that she does not want to be found for. */
  stopped: string[]
}

export interface FoundPage {
  found: OwnFound
  facts: PersonFacts
  /** Masked. */
  idNumber: string | null
  page: OnePage | NoPage
  /** Of what the page shows; goes back with the button. */
  mark: string
}

export async function foundList(work: Work): Promise<FoundList> {
  const { searchedOn, found, stopped } = await ownSearch(work)
  // What is certain first: the sure hundred yuan must not stand below what may be.
  const order: readonly OwnFound['standing'][] = ['fits', 'confirm', 'gone']
  return { searchedOn, found: found.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing)), stopped }
}

/** @throws Refusal `found.not_found` for what no search found, or so long ago that it does not count any more */
export async function foundPage(work: Work, matterCode: string): Promise<FoundPage> {
  const { services } = work.call.platform
  const matter = services.packs.inForce().matter(matterCode)
  const { found: all, facts } = await ownSearch(work, matterCode)
  const [found] = all
  // 不要找我 holds for whoever acts for her, too.
  if (!found || (found.stopped && work.actor.kind === 'proxy')) throw new Refusal('found.not_found', 'missing')
  const personId = (work.actor as { personId: string }).personId
  const idNumber = await maskedIdNumberOf(work.tx, services.crypto, personId)
  const page = onePageOf(matter, facts, work.actor.kind === 'proxy')
  return { found, facts, idNumber, page, mark: typeof page === 'string' ? '' : markOf(page.shown, facts, idNumber) }
}

export const listOwnFound = query({
  operation: 'outreach.list-own-found',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<FoundList>({}),
  run: (work) => foundList(work),
})

export const readOwnFound = query({
  operation: 'outreach.read-own-found',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: MatterCode,
  output: Type.Unsafe<FoundPage>({}),
  run: (work, { matterCode }) => foundPage(work, matterCode),
})
