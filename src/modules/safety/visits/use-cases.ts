/** 上门看望: each person on a page of the list is one look, written down before she is shown, with the warning as its purpose. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { type Call, command, job, personRead, query, type Work } from '../../../platform/use-case/use-case.ts'
import { findBroadcast } from '../broadcasts/store.ts'
import { emergenciesOf } from '../pack.ts'
import {
  type Asked,
  countNeedsOf,
  countToLookUp,
  forgetBefore,
  GROUPS,
  type Group,
  idsToLookUp,
  insertVisit,
  NEEDS,
  type Need,
  RESULTS,
  readPeople,
  type ToLookUp,
} from './store.ts'

const DAY = 86_400_000
export const PAGE = 20
const OfWarning = { id: Id }

/** Numbers alone, for who wrote the warning and who answers for it: nobody is named, and nobody is looked at. */
export interface NeedCounts {
  counts: Record<Group, number>
  needs: Partial<Record<Need, number>>
  helped: number
}

export interface LookUpList {
  /** It was withdrawn or corrected: since when. */
  ended: { as: string; at: Date } | null
  id: string
  headline: string
  /** Until when the list can be read. */
  until: Date
  counts: Record<Group, number>
}
export interface LookUpPage extends LookUpList {
  group: Group
  page: number
  people: ToLookUp[]
}

/** The list exists while the warning holds, and a few days longer. @throws Refusal `otherwise` · `lookup.over` */
async function listOf(
  work: Work,
  id: string,
  otherwise = 'lookup.no_list',
): Promise<{ asked: Asked; headline: string; until: Date; ended: LookUpList['ended'] }> {
  const post = postOf(work.actor)
  const warning = await findBroadcast(work.tx, id)
  const areas = warning ? withinBoth(post.areas, warning.area) : []
  if (!warning?.issuedAt || !warning.visits || areas.length === 0) throw new Refusal(otherwise, 'missing')
  const { reasons, days_after } = emergenciesOf(work).visits
  const end = warning.endedAt && warning.endedAt < warning.endsAt ? warning.endedAt : warning.endsAt
  const until = new Date(end.getTime() + days_after * DAY)
  if (work.now > until) throw new Refusal('lookup.over', 'conflict')
  const ended = warning.endedAt && { as: warning.status, at: warning.endedAt }
  return { asked: { broadcastId: id, areas, reasons, today: dayOf(work.now) }, headline: warning.headline, until, ended }
}

/** Where the post and the warning meet. */
const withinBoth = (own: readonly string[], area: string): string[] => [
  ...new Set(own.flatMap((one) => (covers({ areas: [area] }, one) ? [one] : covers({ areas: [one] }, area) ? [area] : []))),
]

export const countVisits = query({
  operation: 'safety.count-visits',
  permission: 'event.visit',
  actors: ['staff'],
  input: Type.Object(OfWarning),
  output: Type.Unsafe<LookUpList>({}),
  async run(work, { id }): Promise<LookUpList> {
    const { asked, headline, until, ended } = await listOf(work, id)
    return { id, headline, until, ended, counts: await countToLookUp(work.tx, asked) }
  },
})

export async function needsOf(work: Work, id: string): Promise<NeedCounts> {
  const { asked } = await listOf(work, id)
  const [counts, { needs, helped }] = await together([countToLookUp(work.tx, asked), countNeedsOf(work.tx, id)])
  return { counts, needs, helped }
}

export const countNeeds = query({
  operation: 'safety.count-needs',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object(OfWarning),
  output: Type.Unsafe<NeedCounts>({}),
  run: (work, { id }) => needsOf(work, id),
})

/** Whose looks were written down for this call: the list may have moved on by the time that it is read. */
const written = new WeakMap<Call, { group: Group; ids: readonly string[] }>()

export const readVisits = personRead({
  operation: 'safety.read-visits',
  permission: 'event.visit',
  actors: ['staff'],
  input: Type.Object({
    ...OfWarning,
    group: Type.Optional(Type.Enum([...GROUPS])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  output: Type.Unsafe<LookUpPage>({}),
  async about(work, { id, group, page = 1 }) {
    const { asked } = await listOf(work, id)
    const counts = group ? null : await countToLookUp(work.tx, asked)
    const shown = group ?? GROUPS.find((one) => counts![one] > 0) ?? 'open'
    const personIds = await idsToLookUp(work.tx, asked, shown, { most: PAGE, skip: (page - 1) * PAGE })
    written.set(work.call, { group: shown, ids: personIds })
    return { personIds, purpose: `safety:${id}`, caseId: null }
  },
  async run(work, { id, page = 1 }): Promise<LookUpPage> {
    const { asked, headline, until, ended } = await listOf(work, id)
    const { group, ids } = written.get(work.call)!
    const people = ids.length === 0 ? [] : await readPeople(work.tx, asked, ids)
    return {
      id,
      headline,
      until,
      ended,
      counts: await countToLookUp(work.tx, asked),
      group,
      page,
      people: people.map((one) => ({ ...one, tried: one.tried.map((each) => ({ ...each, at: new Date(each.at) })) })),
    }
  },
})

/** What came of it. Only of somebody who is on the list. */
export const noteVisit = command({
  operation: 'safety.note-visit',
  permission: 'event.visit',
  actors: ['staff'],
  input: Type.Object({
    ...OfWarning,
    personId: Id,
    result: Type.Enum([...RESULTS]),
    need: Type.Union([Type.Enum([...NEEDS]), Type.Null()]),
  }),
  output: Type.Object({ personId: Type.String() }),
  async run(work, { id, personId, result, need }) {
    const { asked } = await listOf(work, id, 'lookup.not_listed')
    if ((result === 'needs_help') !== (need !== null))
      throw new Refusal('lookup.say_need', 'invalid', { fields: [{ path: '/need' }] })
    const visit = { id: newId(work.now), personId, result, need, postId: postOf(work.actor).id, at: work.now }
    if ((await insertVisit(work.tx, asked, visit)) === 0) throw new Refusal('lookup.not_listed', 'missing')
    return { personId }
  },
})

/** The longest warning, its days after, and a month. */
const KEPT_DAYS = 90
export const forgetVisits = job({
  operation: 'safety.forget-visits',
  permission: null,
  output: Type.Object({ forgotten: Type.Integer() }),
  run: async ({ tx, now }) => ({ forgotten: await forgetBefore(tx, new Date(now.getTime() - KEPT_DAYS * DAY)) }),
})
