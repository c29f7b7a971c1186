/** A post is made by two people: a system administrator proposes it, a security administrator approves it. */
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { isDay } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { commonAncestor, levelOf, levels } from '../../areas/index.ts'
import type { LoadedPack } from '../../matters/index.ts'
import { isAdministrator } from '../administrators.ts'
import { covers, postOf } from '../guard.ts'
import { organisationWithin } from './organisations.ts'

export interface Proposal {
  id: string
  officerId: string
  officerName: string
  officerNumber: string
  role: string
  organisation: string
  lentBy: string | null
  areas: string[]
  domains: string[]
  validFrom: Day
  validTo: Day | null
  proposedBy: string
  proposedAt: Date
  /** Until then somebody may decide. */
  expiresAt: Date
  /** null while it waits; `first` is the one that nobody could approve, `over` one that nobody decided in time. */
  outcome: 'approved' | 'refused' | 'first' | 'over' | null
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  /** Who reads it proposed it, or it is a post of hers. */
  own: boolean
}

export const proposalsIn = (tx: Tx, now: Date): Promise<Proposal[]> =>
  tx.rows(sql<Proposal>`select id, officer_id as "officerId", officer_name as "officerName", officer_number as "officerNumber", role, organisation, lent_by as "lentBy", areas, domains,
    valid_from as "validFrom", valid_to as "validTo", proposed_by as "proposedBy", proposed_at as "proposedAt", expires_at as "expiresAt", coalesce(outcome, case when expires_at <= ${now} then 'over' end) as outcome, decided_by as "decidedBy", decided_at as "decidedAt", reason, own
    from access.proposals_in()`)

const within = (post: Pick<Post, 'areas'>, proposal: Proposal): boolean => proposal.areas.every((area) => covers(post, area))

const at = (field: string, code: string, kind: 'invalid' | 'conflict' = 'invalid'): Refusal =>
  new Refusal(code, kind, { fields: [{ path: `/${field}`, code }] })

const DayShape = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

interface Wanted {
  role: string
  areas: readonly string[]
  domains: readonly string[]
  validFrom: Day
  validTo: Day | null
}

/** What the pack says of a post: role, level of its areas, its lines. @returns the lines; administrators have none */
function fitting(pack: LoadedPack, wanted: Wanted, today: Day): readonly string[] {
  const role = pack.pack.roles.find((one) => one.code === wanted.role)
  if (!role) throw at('role', 'answer.choose')
  if (wanted.areas.some((area) => pack.areaName(area) === ''))
    throw new Refusal('access.area_not_found', 'missing', { fields: [{ path: '/areas' }] })
  if (!isDay(wanted.validFrom)) throw at('validFrom', 'answer.no_such_day')
  if (wanted.validTo !== null && !isDay(wanted.validTo)) throw at('validTo', 'answer.no_such_day')
  if (wanted.validTo !== null && wanted.validTo < wanted.validFrom) throw at('validTo', 'access.dates_in_order')
  if (wanted.validTo !== null && wanted.validTo < today) throw at('validTo', 'access.dates_over')
  // An administrator has the area that she administers, of whatever level.
  if (isAdministrator(wanted.role)) return []
  const level = levels.indexOf(role.level as (typeof levels)[number])
  if (wanted.areas.some((area) => levels.indexOf(levelOf(area)) !== level)) throw at('areas', 'access.area_of_another_level')
  const known = new Set(pack.pack.domains.map((domain) => domain.code))
  if (wanted.domains.length === 0 || wanted.domains.some((domain) => !known.has(domain))) throw at('domains', 'answer.choose')
  return wanted.domains
}

/** Proposes a post, or a secondment when it is at another organisation than the officer's own. */
export const proposePost = command({
  operation: 'access.propose-post',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({
    officerId: Id,
    organisationId: Id,
    role: Type.String({ maxLength: 60 }),
    areas: Type.Array(Type.String({ pattern: '^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' }), { minItems: 1, maxItems: 40 }),
    domains: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 }),
    validFrom: DayShape,
    validTo: Type.Union([DayShape, Type.Null()]),
  }),
  output: Type.Object({ id: Type.String(), outcome: Type.String() }),
  async run({ tx, actor, now, call }, { officerId, organisationId, role, areas, domains, validFrom, validTo }) {
    const post = postOf(actor)
    // Before the pack is asked: an area of elsewhere answers like one that does not exist.
    if (!areas.every((area) => covers(post, area)))
      throw new Refusal('access.area_not_found', 'missing', { fields: [{ path: '/areas' }] })
    const officers = await tx.rows(
      sql<{ id: string; area: string }>`select id, area from access.officers_in() where ended_at is null`,
    )
    if (!officers.some((one) => one.id === officerId && covers(post, one.area)))
      throw new Refusal('access.officer_not_found', 'missing')
    const organisation = await organisationWithin(tx, post, organisationId)
    const lines = fitting(call.platform.services.packs.inForce(), { role, areas, domains, validFrom, validTo }, dayOf(now))
    const scope = commonAncestor(areas)
    if (!scope) throw at('areas', 'access.area_not_found')
    const id = newId(now)
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select access.propose_post(${id}, ${newId(now)}, ${officerId}, ${organisation.id}, ${role}, ${[...areas]}::text[], ${scope}, ${[...lines]}::text[], ${validFrom}::date, ${validTo}::date, ${now}) as ended`,
    )
    if (ended === 'own') throw new Refusal('access.not_ones_own', 'conflict')
    if (ended === 'lent_without_end') throw at('validTo', 'access.lent_without_end')
    if (ended === 'second_kind') throw at('role', 'access.second_kind', 'conflict')
    if (ended !== 'proposed' && ended !== 'first') throw new Refusal('access.officer_not_found', 'missing')
    return { id, outcome: ended }
  },
})

/** Posts that were proposed in the own area, those that wait first. */
export const listProposals = query({
  operation: 'access.list-proposals',
  permission: 'post.approve',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Proposal[]>({}),
  run: async ({ tx, actor, now }) => (await proposalsIn(tx, now)).filter((one) => within(postOf(actor), one)),
})

/** Approves or refuses a proposed post. Nobody decides on what she proposed, or on a post of her own. */
export const decidePost = command({
  operation: 'access.decide-post',
  permission: 'post.approve',
  actors: ['staff'],
  input: Type.Object({ id: Id, approve: Type.Boolean(), reason: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String(), outcome: Type.String() }),
  async run({ tx, actor, now }, { id, approve, reason }) {
    const found = (await proposalsIn(tx, now)).find((one) => one.id === id)
    if (!found || !within(postOf(actor), found)) throw new Refusal('access.proposal_not_found', 'missing')
    const why = reason.trim()
    if (!approve && why === '') throw at('reason', 'access.refusal_reason_missing')
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select access.decide_post(${id}, ${approve}, ${why === '' ? null : why}, ${newId(now)}, ${now}) as ended`,
    )
    if (ended === 'own') throw new Refusal('access.not_ones_own_proposal', 'conflict')
    if (ended === 'decided') throw new Refusal('access.already_decided', 'conflict')
    if (ended === 'second_kind') throw new Refusal('access.second_kind', 'conflict')
    if (ended === 'officer_ended') throw new Refusal('access.officer_ended', 'conflict')
    if (ended === 'expired') throw new Refusal('access.proposal_expired', 'conflict')
    if (ended === 'proposer_ended') throw new Refusal('access.proposer_ended', 'conflict')
    if (ended !== 'approved' && ended !== 'refused') throw new Refusal('access.proposal_not_found', 'missing')
    return { id, outcome: ended }
  },
})
