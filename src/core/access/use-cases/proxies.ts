/** 代办: given by the person herself or at the window, taken on by whoever types the code, ended by any of them at any time. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Id, newPublicId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, query, type UseCase, type Work } from '../../../platform/use-case/use-case.ts'
import { tell } from '../../messages/index.ts'
import { CODE_DAYS, proxyCodeOf, proxyDigest, readCode, shownCode } from '../proxies.ts'

export interface OwnProxy {
  id: string
  /** I am the one for whom it is done, or the one who does it. */
  side: 'principal' | 'proxy'
  /** Of the other; null while nobody has typed the code. */
  name: string | null
  matters: string[]
  validTo: Day
  state: 'waiting' | 'running' | 'over'
  /** Last moment for typing the code. */
  codeUntil: Date | null
}

const selfOf = ({ actor }: Work): string => {
  if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
  return actor.personId
}

const wrong = (field: string, code: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal(code, 'invalid', { ...params, fields: [{ path: `/${field}`, code, params }] })

/** Who acts for me and for whom I act, running ones first. */
export const listOwnProxies = query({
  operation: 'access.list-own-proxies',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<OwnProxy[]>({}),
  async run(work): Promise<OwnProxy[]> {
    const me = selfOf(work)
    const today = dayOf(work.now)
    return work.tx.rows(sql<OwnProxy>`select x.id, case when x.principal_id = ${me} then 'principal' else 'proxy' end as side,
        case when x.principal_id = ${me} then access.proxy_name(x.id) else (select o.name from access.principal_of(x.id, ${today}::date) o) end as name,
        x.matters, x.valid_to as "validTo",
        case when x.ended_at is not null or ${isLapsed(work.now)} then 'over'
          when x.proxy_id is null then 'waiting' else 'running' end as state,
        case when x.proxy_id is null then x.code_until end as "codeUntil"
      from access.proxy x order by 6 desc, x.given_at desc limit 100`)
  },
})

const Given = {
  matters: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }),
  validTo: Type.String({ maxLength: 10 }),
}
export const MadeProxy = Type.Object({ id: Id, madeAt: Type.String() })
const Shown = Type.Object({ id: Id, code: Type.Union([Type.String(), Type.Null()]) })
/** So long the same form shows its code again. */
const SHOWN_MS = 10 * 60_000

/**
 * The code is added to the answer on its way out: an answer that is kept never holds it. Null when the form is sent again later.
 * @param inner leaves the proxy with the code of `call`
 */
export function showingCode<I extends Type.TSchema>(inner: UseCase<I, typeof MadeProxy>): UseCase<I, typeof Shown> {
  return {
    ...inner,
    output: Shown,
    async run(given, input) {
      const call = { ...given, key: given.key ?? newPublicId() }
      const { id, madeAt } = await inner.run(call, input)
      const fresh = call.now.getTime() - Date.parse(madeAt) < SHOWN_MS
      return { id, code: fresh ? shownCode(proxyCodeOf(call.platform.services.crypto, call)) : null }
    },
  }
}

export interface GivenProxy {
  matters: readonly string[]
  validTo: string
}

/** A code for whoever is to act for me. A2: it opens what is mine to somebody else. Refusals: proxy.* */
const giveProxyKept = command({
  operation: 'access.give-proxy',
  permission: null,
  actors: ['resident'],
  level: 'A2',
  input: Type.Object(Given),
  output: MadeProxy,
  run: (work, given) => insertProxy(work, selfOf(work), given),
})
export const giveProxy = showingCode(giveProxyKept)

/** What an officer wrote down of the paper that was signed before her. */
export interface SignedPaper {
  postId: string
  /** Whom it names. */
  named: string
  documentSeen: string
  reason: string
}

/** @param paper of the window; without it she gives it herself. She is told either way. */
export async function insertProxy(
  work: Work,
  principalId: string,
  given: GivenProxy,
  paper?: SignedPaper,
): Promise<{ id: string; madeAt: string }> {
  const { matters, from, to } = checked(work, given)
  const id = newPublicId()
  const code = proxyCodeOf(work.call.platform.services.crypto, { actor: work.actor, key: work.call.key ?? id })
  const codeUntil = new Date(work.now.getTime() + CODE_DAYS * 86_400_000)
  const how = paper ? sql`'window', ${paper.postId}, ${paper.named}, ${paper.documentSeen}, ${paper.reason}` : sql`'own'`
  const columns = paper ? sql`, post_id, named, document_seen, reason` : sql``
  await work.tx.run(sql`insert into access.proxy (id, principal_id, matters, valid_from, valid_to, given_at, code_digest, code_until, given_how${columns})
    values (${id}, ${principalId}, ${matters}::text[], ${from}, ${to}, ${work.now}, ${proxyDigest(code)}, ${codeUntil}, ${how})`)
  tell(work, {
    personId: principalId,
    caseId: null,
    kind: 'proxy_given',
    params: { on: from, until: to, ...(paper && { named: paper.named }) },
  })
  return { id, madeAt: work.now.toISOString() }
}

/** Nobody can use it any more: its last day has passed, or nobody took it on in time. */
const isLapsed = (now: Date) => sql`(x.valid_to < ${dayOf(now)}::date or (x.proxy_id is null and x.code_until <= ${now}))`

/**
 * Ends all that somebody gave and that still runs or waits, or one.
 * @returns how many
 */
export async function endProxiesOf(work: Work, principalId: string, postId: string, proxyId?: string): Promise<number> {
  const ended = await work.tx.rows(sql<{
    given: Day
  }>`update access.proxy x set ended_at = ${work.now}, ended_by = 'officer', ended_post_id = ${postId}, code_digest = null
    where x.principal_id = ${principalId} and x.ended_at is null and not ${isLapsed(work.now)}${proxyId ? sql` and x.id = ${proxyId}` : sql``}
    returning x.valid_from as given`)
  if (ended.length > 0)
    tell(work, {
      personId: principalId,
      caseId: null,
      kind: 'proxy_ended',
      // Of one she is told which it was: who she let act may be somebody whom this post does not see.
      params: { on: dayOf(work.now), ...(proxyId && { given: ended[0]!.given }) },
    })
  return ended.length
}

function checked(work: Work, { matters, validTo }: GivenProxy): { matters: string[]; from: Day; to: Day } {
  const pack = work.call.platform.services.packs.inForce()
  const today = dayOf(work.now)
  const known = [...new Set(matters)].filter((code) => pack.matters.some((matter) => matter.code === code))
  if (known.length === 0 || known.length < new Set(matters).size) throw wrong('matters', 'proxy.choose_matters')
  const latest = Temporal.PlainDate.from(today).add({ years: 1 }).toString()
  if (!/^\d{4}-\d{2}-\d{2}$/.test(validTo) || !isCalendarDay(validTo)) throw wrong('validTo', 'answer.no_such_day')
  if (validTo < today || validTo > latest) throw wrong('validTo', 'proxy.until', { from: today, to: latest })
  return { matters: known, from: today, to: validTo }
}

const isCalendarDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

const take = async ({ tx, now }: Work, code: string, me: string): Promise<string | null> =>
  (
    await tx.one(
      sql<{ id: string | null }>`select access.take_proxy(${proxyDigest(code)}, ${me}, ${now}, ${dayOf(now)}::date) as id`,
    )
  ).id

/** Takes it on. Ten wrong codes an hour, then it waits. Refusals: proxy.code_wrong · rate.* */
export const takeProxy = command({
  operation: 'access.take-proxy',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ code: Type.String({ maxLength: 60 }) }),
  output: Type.Object({ id: Id }),
  async run(work, { code }) {
    const me = selfOf(work)
    const { rate } = work.call.platform.services
    await rate.hit(`proxy:${me}`, 10, 3600, work.now)
    const typed = readCode(code)
    const taken = typed === null ? null : await take(work, typed, me)
    if (taken === null) throw wrong('code', 'proxy.code_wrong')
    const other = await work.tx.maybe(
      sql<{
        principalId: string
      }>`select principal_id as "principalId" from access.principal_of(${taken}, ${dayOf(work.now)}::date)`,
    )
    if (other) tell(work, { personId: other.principalId, caseId: null, kind: 'proxy_taken', params: { on: dayOf(work.now) } })
    return { id: taken }
  },
})

/** By either of the two, at any time and without a reason. */
export const endProxy = command({
  operation: 'access.end-proxy',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ id: Id }),
  output: Type.Object({ id: Id }),
  async run(work, { id }) {
    const me = selfOf(work)
    const ended = await work.tx.rows(sql<{ id: string }>`update access.proxy set ended_at = ${work.now}, code_digest = null,
      ended_by = case when principal_id = ${me} then 'principal' else 'proxy' end where id = ${id} and ended_at is null returning id`)
    if (ended.length === 0) throw new Refusal('access.proxy_gone', 'missing')
    return { id }
  },
})
