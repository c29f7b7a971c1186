/**
 * Changes to an officer's account that two administrators make together: her factors are taken away so that a link leads to new
 * ones (重置第二重验证), one of the three is stopped (停用), or a stopped account starts again. One proposes after having seen her, another kind of administrator approves.
 */
import { createHash } from 'node:crypto'
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { type AdministratorKind, CHANGE_WAITS_MS, LINK_MS } from '../administrators.ts'
import { covers, postOf } from '../guard.ts'

export const changeKinds = ['reset', 'stop', 'restart'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface Change {
  id: string
  kind: ChangeKind
  officerId: string
  officerName: string
  officerNumber: string
  organisation: string
  /** Of the organisation. */
  area: string
  /** The password was forgotten too. */
  withPassword: boolean
  why: string
  proposedBy: string
  proposedAt: Date
  /** Until then somebody may decide. */
  expiresAt: Date
  outcome: 'approved' | 'refused' | null
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  /** Who reads it proposed it, or it is about her. */
  own: boolean
  /** Who reads it proposed it. */
  mine: boolean
  /** The kind of administrator that decides. */
  decider: AdministratorKind
  /** Approved, and no new factor is set yet: whoever proposed it can make the link. */
  linkWaits: boolean
  /** Until when the link that was made works. */
  linkUntil: Date | null
}

const changesIn = async ({ tx, actor, now }: Pick<Work, 'tx' | 'actor' | 'now'>): Promise<Change[]> =>
  (
    await tx.rows(sql<Change>`select id, kind, officer_id as "officerId", officer_name as "officerName", officer_number as "officerNumber", organisation, area, with_password as "withPassword", why,
      proposed_by as "proposedBy", proposed_at as "proposedAt", expires_at as "expiresAt", outcome, decided_by as "decidedBy", decided_at as "decidedAt", reason, own, mine, decider,
      link_waits as "linkWaits", link_until as "linkUntil" from access.changes_in(${now}, ${dayOf(now)})`)
  ).filter((one) => covers(postOf(actor), one.area))

/** Neither decided nor over. */
export const changeWaits = (change: Pick<Change, 'outcome' | 'expiresAt'>, now: Date): boolean =>
  change.outcome === null && change.expiresAt > now

/** How long the link of an approved reset can be made; `access.changes_in` says the same. */
const LINK_WAITS_MS = 7 * 24 * 3_600_000

/** An approved reset that was used: its link no longer waits, although it still could. Later nobody can tell. */
export const changeDone = ({ kind, outcome, decidedAt, linkWaits, linkUntil }: Change, now: Date): boolean =>
  kind === 'reset' &&
  outcome === 'approved' &&
  !linkWaits &&
  linkUntil === null &&
  decidedAt !== null &&
  now.getTime() - decidedAt.getTime() < LINK_WAITS_MS

/** Changes of accounts in the own area: for who proposes, who approves, and the third who may have to. */
export const listChanges = query({
  operation: 'access.list-changes',
  permission: 'account.follow-change',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Change[]>({}),
  run: (work) => changesIn(work),
})

const at = (field: string, code: string, kind: 'invalid' | 'conflict' = 'invalid'): Refusal =>
  new Refusal(code, kind, { fields: [{ path: `/${field}`, code }] })

async function propose(
  { tx, actor, now }: Work,
  kind: ChangeKind,
  wanted: { officerId: string; withPassword: boolean; why: string },
): Promise<{ id: string }> {
  const why = wanted.why.trim()
  if (why === '') throw at('why', 'access.change_why_missing')
  await refuseElsewhere(tx, postOf(actor).areas, wanted.officerId)
  const id = newId(now)
  const until = new Date(now.getTime() + CHANGE_WAITS_MS)
  const { ended } = await tx.one(
    sql<{
      ended: string
    }>`select access.propose_change(${id}, ${kind}, ${wanted.officerId}, ${wanted.withPassword}, ${why}, ${now}, ${until}, ${dayOf(now)}) as ended`,
  )
  if (ended === 'own') throw new Refusal('access.not_ones_own_change', 'conflict')
  if (ended === 'another_kind') throw new Refusal('access.change_of_another_kind', 'conflict')
  if (ended === 'ended') throw new Refusal('access.already_ended', 'conflict')
  if (ended === 'not_stopped') throw new Refusal('access.not_stopped', 'conflict')
  if (ended === 'stopped') throw new Refusal('access.already_stopped', 'conflict')
  if (ended === 'takes_one') throw new Refusal('access.stopped_by_one', 'conflict')
  if (ended === 'waiting') throw new Refusal('access.change_waits', 'conflict')
  if (ended !== 'proposed') throw new Refusal('access.officer_not_found', 'missing')
  return { id }
}

/** Row security knows the smallest area around the post's; the exact ones are asked here. */
async function refuseElsewhere(tx: Tx, areas: readonly string[], officerId: string): Promise<void> {
  const { area } =
    (await tx.maybe(
      sql<{ area: string }>`select area from access.area_of_officer(${officerId}) as area where area is not null`,
    )) ?? {}
  if (area === undefined || !covers({ areas }, area)) throw new Refusal('access.officer_not_found', 'missing')
}

/** For an officer who lost her phone and her recovery codes, and stood before who proposes it. */
export const proposeReset = command({
  operation: 'access.propose-reset',
  permission: 'account.propose-change',
  actors: ['staff'],
  input: Type.Object({ officerId: Id, withPassword: Type.Boolean(), why: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String() }),
  run: (work, input) => propose(work, 'reset', input),
})

/** Wants one of the three administrators stopped; of everybody else `stopOfficer` is one person's. */
export const proposeStop = command({
  operation: 'access.propose-stop',
  permission: 'account.propose-change',
  actors: ['staff'],
  input: Type.Object({ officerId: Id, why: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String() }),
  run: (work, input) => propose(work, 'stop', { ...input, withPassword: false }),
})

/** Wants a stopped account to work again. */
export const proposeRestart = command({
  operation: 'access.propose-restart',
  permission: 'account.propose-change',
  actors: ['staff'],
  input: Type.Object({ officerId: Id, why: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String() }),
  run: (work, input) => propose(work, 'restart', { ...input, withPassword: false }),
})

/** Approves or refuses. With the approval of a reset every factor, code, linked identity and session of the account ends, of a stop every session. */
export const decideChange = command({
  operation: 'access.decide-change',
  permission: 'account.approve-change',
  actors: ['staff'],
  input: Type.Object({ id: Id, approve: Type.Boolean(), reason: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String(), outcome: Type.String() }),
  async run(work, { id, approve, reason }) {
    const { tx, now } = work
    if (!(await changesIn(work)).some((one) => one.id === id)) throw new Refusal('access.change_not_found', 'missing')
    const why = reason.trim()
    if (!approve && why === '') throw at('reason', 'access.refusal_reason_missing')
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select access.decide_change(${id}, ${approve}, ${why === '' ? null : why}, ${now}, ${dayOf(now)}) as ended`,
    )
    if (ended === 'own') throw new Refusal('access.not_ones_own_change', 'conflict')
    if (ended === 'another_kind') throw new Refusal('access.change_of_another_kind', 'conflict')
    if (ended === 'decided') throw new Refusal('access.already_decided', 'conflict')
    if (ended === 'proposer_ended') throw new Refusal('access.proposer_ended', 'conflict')
    if (ended === 'expired') throw new Refusal('access.change_expired', 'conflict')
    if (ended === 'officer_ended') throw new Refusal('access.already_ended', 'conflict')
    if (ended === 'not_stopped') throw new Refusal('access.not_stopped', 'conflict')
    if (ended === 'stopped') throw new Refusal('access.already_stopped', 'conflict')
    if (ended !== 'approved' && ended !== 'refused') throw new Refusal('access.change_not_found', 'missing')
    return { id, outcome: ended }
  },
})

/**
 * The link of an approved reset, for whoever proposed it: good once and for a day, its token made where the page is made and kept
 * as a hash. A newer one ends the one before, for a week after the approval.
 */
export const makeResetLink = command({
  operation: 'access.make-reset-link',
  permission: 'account.propose-change',
  actors: ['staff'],
  input: Type.Object({ id: Id, token: Type.String({ minLength: 20, maxLength: 80 }) }),
  output: Type.Object({ id: Type.String() }),
  async run(work, { id, token }) {
    const { tx, now } = work
    const found = (await changesIn(work)).find((one) => one.id === id && one.kind === 'reset')
    if (!found?.mine) throw new Refusal('access.change_not_found', 'missing')
    const digest = createHash('sha256').update(token).digest('hex')
    const until = new Date(now.getTime() + LINK_MS)
    const { ended } = await tx.one(
      sql<{ ended: string }>`select access.make_reset_link(${id}, ${digest}, ${now}, ${until}) as ended`,
    )
    if (ended === 'undecided') throw new Refusal('access.change_undecided', 'conflict')
    if (ended === 'over') throw new Refusal('access.link_over', 'conflict')
    if (ended !== 'done') throw new Refusal('access.change_not_found', 'missing')
    return { id }
  },
})
