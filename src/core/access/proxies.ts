/** 代办人: who acts for whom. The code that makes it, and the actor of whoever acts. */
import { createHash } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import { sql } from '../../platform/database/tx.ts'
import { isId } from '../../platform/id.ts'
import type { Platform } from '../../platform/platform.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { FieldCrypto } from '../people/index.ts'
import { guard } from './guard.ts'

/** Letters and digits that nobody takes for one another; sixteen of them are not guessed, also by who holds the table. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 16
/** A code waits so long for whoever is to type it. */
export const CODE_DAYS = 7

/**
 * The code of one form that was sent: whoever sends it twice, by a double click or a reload, gets the same one, and nobody chooses it.
 * Only who holds the blind key can work it out, so it stands in no table and in no answer that is kept.
 */
export function proxyCodeOf(crypto: Pick<FieldCrypto, 'blind'>, { actor, key }: { actor: Actor; key: string }): string {
  const account = 'accountId' in actor ? actor.accountId : ''
  // The last 32 bytes are the hash; what is before them names the key.
  let left = BigInt(`0x${crypto.blind(`${actor.kind} ${account} ${key}`, 'access.proxy.code').subarray(-32).toString('hex')}`)
  let code = ''
  while (code.length < LENGTH) {
    code += SIGNS[Number(left % BigInt(SIGNS.length))]
    left /= BigInt(SIGNS.length)
  }
  return code
}
export const shownCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
/** As typed; null for what can be no code. */
export const readCode = (typed: string): string | null => {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign)) ? code : null
}
export const proxyDigest = (code: string): string => createHash('sha256').update(`proxy ${code}`).digest('hex')

export type Proxied = Extract<Actor, { kind: 'proxy' }>

/**
 * The actor of a resident who acts for another. Looked up at each request; what was ended a moment ago does nothing.
 * Refusals: account.sign_in_first · account.bind_first · access.proxy_gone
 */
export async function asProxy(platform: Platform, actor: Actor, proxyId: string, now: Date): Promise<Proxied> {
  if (actor.kind === 'public') throw new Refusal('account.sign_in_first', 'forbidden')
  if (actor.kind !== 'resident') throw new Refusal('access.not_for_you', 'forbidden')
  const scope = guard.admit(actor, null, 'A1')
  const held = isId(proxyId)
    ? await platform.db.as(scope, (tx) =>
        tx.maybe(sql<{ personId: string; name: string; area: string; matters: string[] }>`
          select principal_id as "personId", name, community_area as area, matters from access.principal_of(${proxyId}, ${dayOf(now)}::date)`),
      )
    : undefined
  if (!held) throw new Refusal('access.proxy_gone', 'missing')
  return {
    kind: 'proxy',
    accountId: actor.accountId,
    level: actor.level,
    proxyId,
    personId: held.personId,
    name: held.name,
    communityArea: held.area || null,
    matters: held.matters,
  }
}
