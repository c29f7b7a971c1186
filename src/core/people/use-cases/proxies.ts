/** 代办 at the window, for who has no phone: an officer sees her, her card and the paper that she signed. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, personRead, type Work } from '../../../platform/use-case/use-case.ts'
import { bindingOf, documentsSeen, endProxiesOf, insertProxy, MadeProxy, postOf, showingCode } from '../../access/index.ts'
import { getPersonInReach, openIdentity } from '../store.ts'
import { Typed } from './shapes.ts'

const wrong = (field: string, code: string): Refusal => new Refusal(code, 'invalid', { fields: [{ path: `/${field}`, code }] })

const recordProxyKept = command({
  operation: 'people.record-proxy',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({
    personId: Id,
    signedPaper: Type.Literal('seen'),
    documentSeen: Typed,
    named: Typed,
    reason: Typed,
    matters: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }),
    validTo: Type.String({ maxLength: 10 }),
  }),
  output: MadeProxy,
  async run(work, { personId, signedPaper: _, documentSeen, named, reason, ...given }) {
    const principal = await getPersonInReach(work, personId)
    if (!(documentsSeen as readonly string[]).includes(documentSeen)) throw wrong('documentSeen', 'access.document_choose')
    const name = named.normalize('NFKC').trim()
    if ([...name].length < 2 || [...name].length > 60) throw wrong('named', 'proxy.named_missing')
    if (await isSameName(work, name, principal.name)) throw wrong('named', 'proxy.named_herself')
    const why = reason.trim()
    if (why === '' || [...why].length > 200) throw wrong('reason', 'proxy.reason_missing')
    const made = await insertProxy(work, personId, given, {
      postId: postOf(work.actor).id,
      named: name,
      documentSeen,
      reason: why,
    })
    await tellWhoHasNoAccount(work, personId)
    return made
  },
})
export const recordProxy = showingCode(recordProxyKept)

const isSameName = async ({ tx }: Work, one: string, other: string): Promise<boolean> =>
  (await tx.one(sql<{ same: boolean }>`select access.same_name(${one}, ${other}) as same`)).same

/** A message waits for an account. The phone on record is told too where there is none: it may have been somebody else at the window. */
async function tellWhoHasNoAccount(work: Work, personId: string): Promise<void> {
  if (await bindingOf(work.tx, personId)) return
  const { accounts, crypto, words, packs } = work.call.platform.services
  const { phone } = await openIdentity(work.tx, crypto, personId)
  if (!phone) return
  const hotline = packs.inForce().matters[0]?.catalogue.link_way ?? ''
  const sent = await accounts.tellPhone(phone, words.in('zh')('sms.proxy_given', { hotline }))
  if (!sent) work.call.platform.log.warn({ requestId: work.call.requestId }, 'a phone could not be told of a proxy')
}

/** All that she gave, or the one that she names: for who comes and says so. Refusal: access.proxy_gone */
export const revokeProxies = command({
  operation: 'people.revoke-proxies',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id, proxyId: Type.Optional(Id) }),
  output: Type.Object({ personId: Id, ended: Type.Integer() }),
  async run(work, { personId, proxyId }) {
    await getPersonInReach(work, personId)
    const ended = await endProxiesOf(work, personId, postOf(work.actor).id, proxyId)
    if (proxyId && ended === 0) throw new Refusal('access.proxy_gone', 'missing')
    return { personId, ended }
  },
})

export interface GivenProxy {
  id: string
  /** Of the paper that was signed at the window; null when she gave it on her own phone. */
  number: string | null
  /** On the paper, or of who took it on as far as this post sees her. */
  name: string | null
  documentSeen: string | null
  reason: string | null
  officerName: string | null
  organisationName: string | null
  matters: string[]
  validFrom: Day
  validTo: Day
  state: 'waiting' | 'running'
}

const listedOf = ({ now }: Work, personId: string) =>
  sql`x.principal_id = ${personId} and x.ended_at is null and x.valid_to >= ${dayOf(now)}::date and (x.proxy_id is not null or x.code_until > ${now})`

/** Whom she lets act for her now: read to her at the window, so that she can say which one is to end. */
export const readProxies = personRead({
  operation: 'people.read-proxies',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id }),
  output: Type.Unsafe<{ personId: string; name: string; proxies: GivenProxy[] }>({}),
  async about(work, { personId }) {
    await getPersonInReach(work, personId)
    // Who took it on is named on the list: she sees in her own that it was read.
    const taken = await work.tx.rows(
      sql<{
        id: string
      }>`select distinct x.proxy_id as id from access.proxy x where x.proxy_id is not null and ${listedOf(work, personId)}`,
    )
    return { personIds: [personId, ...taken.map(({ id }) => id)], purpose: 'window-service', caseId: null }
  },
  async run(work, { personId }) {
    const { name } = await getPersonInReach(work, personId)
    const proxies =
      await work.tx.rows(sql<GivenProxy>`select x.id, x.number, coalesce(x.named, p.name) as name, x.document_seen as "documentSeen", x.reason, o.officer_name as "officerName",
        o.organisation_name as "organisationName", x.matters, x.valid_from as "validFrom", x.valid_to as "validTo", case when x.proxy_id is null then 'waiting' else 'running' end as state
      from access.proxy x left join people.person p on p.id = x.proxy_id left join access.officer_of_post o on o.post_id = x.post_id
      where ${listedOf(work, personId)}
      order by x.given_at desc limit 100`)
    return { personId, name, proxies }
  },
})
