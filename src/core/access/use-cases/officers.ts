/** The officers of an administrator's area, their posts, and what ends at once. */
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../guard.ts'
import { type OpenInvitation, openInvitations } from './invitations.ts'
import { type Organisation, organisationsIn } from './organisations.ts'
import { type Proposal, proposalsIn } from './proposals.ts'

export interface Officer {
  id: string
  name: string
  number: string
  organisationId: string
  organisation: string
  /** Of the organisation. */
  area: string
  endedAt: Date | null
  endedBy: string | null
  endedWhy: string | null
  /** 停用: until two administrators start it again. */
  stoppedAt: Date | null
  stoppedBy: string | null
  stoppedWhy: string | null
}

export interface OfficersPost {
  id: string
  officerId: string
  role: string
  organisation: string
  /** 借调: who lends her. */
  lentBy: string | null
  areas: string[]
  domains: string[]
  validFrom: Day
  validTo: Day | null
  endedAt: Date | null
  endedBy: string | null
  endedWhy: string | null
}

export interface Administration {
  officers: Officer[]
  posts: OfficersPost[]
  invitations: OpenInvitation[]
  proposals: Proposal[]
  organisations: Organisation[]
}

export const officersIn = async (tx: Tx, post: Pick<Post, 'areas'>): Promise<Officer[]> =>
  (
    await tx.rows(
      sql<Officer>`select id, name, number, organisation_id as "organisationId", organisation, area, ended_at as "endedAt", ended_by as "endedBy", ended_why as "endedWhy",
        stopped_at as "stoppedAt", stopped_by as "stoppedBy", stopped_why as "stoppedWhy" from access.officers_in()`,
    )
  ).filter((one) => covers(post, one.area))

const postsIn = (tx: Tx): Promise<OfficersPost[]> =>
  tx.rows(
    sql<OfficersPost>`select id, officer_id as "officerId", role, organisation, lent_by as "lentBy", areas, domains, valid_from as "validFrom", valid_to as "validTo", ended_at as "endedAt", ended_by as "endedBy", ended_why as "endedWhy" from access.posts_in()`,
  )

const all = (post: Pick<Post, 'areas'>, areas: readonly string[]): boolean => areas.every((area) => covers(post, area))

/** Officers, posts, invitations, proposals and organisations of the own area. */
export const listOfficers = query({
  operation: 'access.list-officers',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Administration>({}),
  async run({ tx, actor, now }) {
    const post = postOf(actor)
    const officers = await officersIn(tx, post)
    const own = new Set(officers.map((one) => one.id))
    return {
      officers,
      posts: (await postsIn(tx)).filter((one) => own.has(one.officerId) || all(post, one.areas)),
      invitations: await openInvitations(tx, post.areas, now),
      proposals: (await proposalsIn(tx, now)).filter((one) => all(post, one.areas)),
      organisations: await organisationsIn(tx, post),
    }
  },
})

const Ending = Type.Object({ id: Id, reason: Type.String({ maxLength: 200 }) })

function reasonOf(typed: string, missing = 'access.end_reason_missing'): string {
  const reason = typed.trim()
  if (reason === '') throw new Refusal(missing, 'invalid', { fields: [{ path: '/reason', code: missing }] })
  return reason
}

/** What the database answers to an ending. */
function settle(ended: string, missing: string): void {
  if (ended === 'own') throw new Refusal('access.not_ones_own', 'conflict')
  if (ended === 'last_approver') throw new Refusal('access.last_approver', 'conflict')
  if (ended === 'takes_two') throw new Refusal('access.stopped_by_two', 'conflict')
  if (ended === 'ended') throw new Refusal('access.already_ended', 'conflict')
  if (ended === 'stopped') throw new Refusal('access.already_stopped', 'conflict')
  if (ended !== 'done') throw new Refusal(missing, 'missing')
}

/** Ends a post at once; with the last one her sessions end too. One of the three is stopped by two before. */
export const endPost = command({
  operation: 'access.end-post',
  permission: 'account.manage',
  actors: ['staff'],
  input: Ending,
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now }, { id, reason }) {
    const found = (await postsIn(tx)).find((one) => one.id === id)
    if (!found || !all(postOf(actor), found.areas)) throw new Refusal('access.post_not_found', 'missing')
    const { ended } = await tx.one(
      sql<{ ended: string }>`select access.end_post(${id}, ${reasonOf(reason)}, ${now}, ${dayOf(now)}) as ended`,
    )
    settle(ended, 'access.post_not_found')
    return { id }
  },
})

/** Ends an officer's account, and every post with it. One of the three is stopped by two before. */
export const endOfficer = command({
  operation: 'access.end-officer',
  permission: 'account.manage',
  actors: ['staff'],
  input: Ending,
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now }, { id, reason }) {
    const found = (await officersIn(tx, postOf(actor))).find((one) => one.id === id)
    if (!found) throw new Refusal('access.officer_not_found', 'missing')
    const { ended } = await tx.one(
      sql<{ ended: string }>`select access.end_officer(${id}, ${reasonOf(reason)}, ${now}, ${dayOf(now)}) as ended`,
    )
    settle(ended, 'access.officer_not_found')
    return { id }
  },
})

/** 停用: the account opens nothing from now on and its sessions end; two administrators start it again. One of the three: `proposeStop`. */
export const stopOfficer = command({
  operation: 'access.stop-officer',
  permission: 'account.manage',
  actors: ['staff'],
  input: Ending,
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now }, { id, reason }) {
    const found = (await officersIn(tx, postOf(actor))).find((one) => one.id === id)
    if (!found) throw new Refusal('access.officer_not_found', 'missing')
    const why = reasonOf(reason, 'access.stop_reason_missing')
    const { ended } = await tx.one(
      sql<{ ended: string }>`select access.stop_officer(${id}, ${why}, ${now}, ${dayOf(now)}) as ended`,
    )
    settle(ended, 'access.officer_not_found')
    return { id }
  },
})
