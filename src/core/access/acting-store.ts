/** What whoever acts for another may do and go on with. */
import { sql } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/use-case/use-case.ts'

/** What a fact says of who did it, where somebody did it for her. */
export interface ByProxy {
  proxyId?: string
  proxyName?: string
}

/** Of a case that whoever asks sent under the proxy in whose name she asks. */
export const sentUnder = (proxyId: string) =>
  sql`exists (select from cases.timeline t where t.case_id = c.id and t.seq = 1 and t.payload->>'proxyId' = ${proxyId})`

/**
 * Held until the commit: who ends it at this moment comes before, and nothing is done, or after, and it is done.
 * @returns what the fact says of who did it; empty for everybody else
 * @throws Refusal access.proxy_gone · account.confirm_first
 */
export async function holdProxy({ tx, actor }: Pick<Work, 'tx' | 'actor'>): Promise<ByProxy> {
  if (actor.kind !== 'proxy') return {}
  if (actor.level !== 'A2') throw new Refusal('account.confirm_first', 'forbidden')
  const held = await tx.maybe(sql`select 1 as one from access.proxy where id = ${actor.proxyId} and ended_at is null for share`)
  if (!held) throw new Refusal('access.proxy_gone', 'missing')
  const { name } = await tx.one(sql<{ name: string }>`select access.proxy_name(${actor.proxyId}) as name`)
  return { proxyId: actor.proxyId, proxyName: name }
}

/** Whoever acts for another goes on with what she sent, in a matter that she was given. Anything else is not there. */
export async function refuseNotSent({ tx, actor }: Pick<Work, 'tx' | 'actor'>, caseId: string): Promise<void> {
  if (actor.kind !== 'proxy') return
  const sent = await tx.maybe(
    sql`select 1 as one from cases.case c where c.id = ${caseId} and c.matter_code = any(${[...actor.matters]}::text[]) and ${sentUnder(actor.proxyId)}`,
  )
  if (!sent) throw new Refusal('case.not_found', 'missing')
}
