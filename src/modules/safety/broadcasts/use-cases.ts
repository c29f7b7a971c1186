/** What an area is told: drafted by one, issued by another at the level that may, corrected by another text or withdrawn. */
import Type from 'typebox'
import { covers, inAreas, postOf } from '../../../core/access/index.ts'
import { isAreaCode } from '../../../core/areas/index.ts'
import type { BroadcastKind } from '../../../core/matters/index.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { emergenciesOf } from '../pack.ts'
import { Instant, notBlank, Plain } from '../shapes.ts'
import { needsOf } from '../visits/use-cases.ts'
import { type Broadcast, endFault, levelFits, mayEnd, standingOf } from './broadcast.ts'
import { forgetShown } from './shown.ts'
import {
  type DeskBroadcast,
  findBroadcast,
  insertDraft,
  listBroadcastsOf,
  listShown,
  lockBroadcast,
  markEnded,
  markIssued,
} from './store.ts'

const Maybe = (most: number) => Type.Union([Plain(most), Type.Null()])
const OnIt = { id: Id }
const Done = Type.Object({ id: Type.String() })

function kindOf(work: Work, code: string): BroadcastKind {
  const kind = emergenciesOf(work).broadcasts.find((one) => one.code === code)
  if (!kind) throw new Refusal('broadcast.kind_unknown', 'invalid', { fields: [{ path: '/kind' }] })
  return kind
}

export const draftBroadcast = command({
  operation: 'safety.draft-broadcast',
  permission: 'warning.draft',
  actors: ['staff'],
  input: Type.Object({
    area: Plain(12),
    kind: Plain(40),
    colour: Maybe(40),
    headline: Plain(60),
    body: Plain(600),
    headlineEn: Maybe(120),
    bodyEn: Maybe(1500),
    issuer: Plain(100),
    issuerNumber: Plain(60),
    endsAt: Instant,
    /** Whether those who may need it are visited while it holds. */
    visits: Type.Boolean(),
    /** The one whose place it takes. */
    corrects: Type.Union([Id, Type.Null()]),
  }),
  output: Done,
  async run(work, input) {
    const post = postOf(work.actor)
    if (!isAreaCode(input.area) || !covers(post, input.area)) throw new Refusal('event.not_your_area', 'forbidden')
    const kind = kindOf(work, input.kind)
    const colour = kind.coloured ? input.colour : null
    if (kind.coloured && !emergenciesOf(work).colours.some(({ code }) => code === colour))
      throw new Refusal('broadcast.colour_unknown', 'invalid', { fields: [{ path: '/colour' }] })
    const endsAt = new Date(input.endsAt)
    const fault = endFault(endsAt, work.now)
    if (fault) throw new Refusal(fault, 'invalid', { fields: [{ path: '/endsAt' }] })
    if (input.corrects !== null) {
      const earlier = await inHand(work, input.corrects)
      if (earlier.status !== 'issued') throw new Refusal('broadcast.not_now', 'conflict')
      // Whoever read the earlier one would hear nothing of it any more.
      if (!covers({ areas: [input.area] }, earlier.area))
        throw new Refusal('broadcast.corrects_all', 'invalid', { fields: [{ path: '/area' }] })
      // Who waits for somebody at the door would be asked for no more; a withdrawal asks about her first.
      if (earlier.visits && !input.visits)
        throw new Refusal('broadcast.corrects_visits', 'invalid', { fields: [{ path: '/visits' }] })
    }
    const id = newId(work.now)
    await insertDraft(
      work.tx,
      {
        id,
        area: input.area,
        kind: kind.code,
        colour,
        headline: notBlank(input.headline, 'headline'),
        body: notBlank(input.body, 'body'),
        headlineEn: input.headlineEn?.trim() || null,
        bodyEn: input.bodyEn?.trim() || null,
        issuer: kind.passed_on ? notBlank(input.issuer, 'issuer') : '',
        issuerNumber: kind.passed_on ? notBlank(input.issuerNumber, 'issuerNumber') : '',
        endsAt,
        visits: input.visits,
        corrects: input.corrects,
        draftedBy: post.id,
        drafterId: post.officerId,
      },
      work.now,
    )
    return { id }
  },
})

/** Seen, and in the post's own area. @throws Refusal `broadcast.not_found` · `event.handled_above` */
async function inHand(work: Work, id: string, over = 'broadcast.not_now'): Promise<DeskBroadcast> {
  const locked = await lockBroadcast(work.tx, id)
  const found = await getBroadcast(work, id)
  if (!covers(postOf(work.actor), found.area)) throw new Refusal('event.handled_above', 'forbidden')
  // Row security locks what can still be changed; the rest is over.
  if (!locked) throw new Refusal(over, 'conflict')
  return found
}

/** What a higher level has issued, no lower one ends; a kind that has left the pack ends where it lies. */
function refuseFromBelow(work: Work, { kind: code }: DeskBroadcast, refusal = 'broadcast.ended_above'): void {
  const kind = emergenciesOf(work).broadcasts.find((one) => one.code === code)
  if (kind && !mayEnd(kind, postOf(work.actor))) throw new Refusal(refusal, 'forbidden')
}

async function getBroadcast(work: Work, id: string): Promise<DeskBroadcast> {
  const found = await findBroadcast(work.tx, id)
  const { areas } = postOf(work.actor)
  if (!found || !areas.some((own) => found.area.startsWith(own) || own.startsWith(found.area)))
    throw new Refusal('broadcast.not_found', 'missing')
  return found
}

/** By somebody else than who wrote it. What it corrects ends in the same moment. */
export const issueBroadcast = command({
  operation: 'safety.issue-broadcast',
  permission: 'warning.issue',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Done,
  async run(work, { id }) {
    const post = postOf(work.actor)
    const found = await inHand(work, id)
    if (found.status !== 'draft') throw new Refusal('broadcast.not_now', 'conflict')
    if (!levelFits(kindOf(work, found.kind), post)) throw new Refusal('broadcast.not_your_level', 'forbidden')
    if (found.drafterId === post.officerId) throw new Refusal('broadcast.own_draft', 'forbidden')
    const fault = endFault(found.endsAt, work.now)
    if (fault) throw new Refusal(fault, 'conflict')
    if (found.corrects !== null) refuseFromBelow(work, await inHand(work, found.corrects, 'broadcast.corrected_already'))
    if (found.corrects !== null && (await markEnded(work.tx, found.corrects, 'corrected', post.id, null, work.now)) === 0)
      throw new Refusal('broadcast.corrected_already', 'conflict')
    await markIssued(work.tx, id, { postId: post.id, officerId: post.officerId }, work.now)
    forgetShown(work.call.platform)
    return { id }
  },
})

/** A warning that holds no longer, or never did: it stays to be read, marked as withdrawn. */
export const withdrawBroadcast = command({
  operation: 'safety.withdraw-broadcast',
  permission: 'warning.issue',
  actors: ['staff'],
  input: Type.Object({
    ...OnIt,
    why: Plain(500),
    /** She has read that people still wait. */
    sure: Type.Optional(Type.Boolean()),
  }),
  output: Done,
  async run(work, { id, why, sure = false }) {
    const found = await inHand(work, id)
    if (standingOf(found, work.now) !== 'issued') throw new Refusal('broadcast.not_now', 'conflict')
    refuseFromBelow(work, found)
    const reason = notBlank(why, 'why')
    if (found.visits && !sure) {
      const { help, again, open } = (await needsOf(work, id)).counts
      if (help + again + open > 0) throw new Refusal('broadcast.people_wait', 'conflict', { help, again, open })
    }
    await markEnded(work.tx, id, 'withdrawn', postOf(work.actor).id, reason, work.now)
    forgetShown(work.call.platform)
    return { id }
  },
})

export const dropDraft = command({
  operation: 'safety.drop-draft',
  permission: 'warning.draft',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Done,
  async run(work, { id }) {
    const found = await inHand(work, id)
    if (found.status !== 'draft') throw new Refusal('broadcast.not_now', 'conflict')
    // A text that waits for a level above is taken away by that level, or by who wrote it.
    if (found.drafterId !== postOf(work.actor).officerId) refuseFromBelow(work, found, 'broadcast.drafted_for_above')
    await markEnded(work.tx, id, 'dropped', postOf(work.actor).id, null, work.now)
    return { id }
  },
})

const MOST = 100
export const listBroadcasts = query({
  operation: 'safety.list-broadcasts',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ broadcasts: DeskBroadcast[] }>({}),
  async run(work) {
    const own = inAreas(postOf(work.actor), 'b.area', { above: true })
    return { broadcasts: await listBroadcastsOf(work.tx, own, work.now, MOST) }
  },
})

export const readBroadcast = query({
  operation: 'safety.read-broadcast',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Type.Unsafe<DeskBroadcast>({}),
  run: (work, { id }) => getBroadcast(work, id),
})

/** What holds now, and what held until yesterday. For everybody. */
export const listWarnings = query({
  operation: 'safety.list-warnings',
  permission: null,
  actors: ['public', 'resident', 'staff', 'officer'],
  input: Type.Object({}),
  output: Type.Unsafe<{ warnings: Broadcast[] }>({}),
  run: async ({ tx, now }) => ({ warnings: await listShown(tx, now) }),
})
