/** The session of a resident: the actor of a call knows her account, not through which session. */
import { isFresh } from '../../../core/access/index.ts'
import { hasFactor, type Session } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { localPath, type PageRequest, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'

type With = Pick<Rooms, 'platform'>

export async function sessionOf(r: PageRequest, { platform }: With): Promise<Session> {
  const session = await platform.services.accounts.sessionOf(r.request.headers.cookie, r.call.now)
  if (!session) throw new Refusal('account.sign_in_first', 'forbidden')
  if (session.kind !== 'resident') throw new Refusal('access.not_for_you', 'forbidden')
  return session
}

/** Ways to sign in are changed by whoever showed one of them, if there is one, and never on a doubted number. */
export async function refuseChange(r: PageRequest, { platform }: With, session: Session): Promise<void> {
  if (session.doubted) throw new Refusal('account.phone_doubted', 'conflict')
  if (isFresh(session.secondFactorAt, r.call.now)) return
  if (hasFactor(await platform.services.accounts.factorsOf(session.accountId)))
    throw new Refusal('account.confirm_first', 'conflict')
}

/** Where to go afterwards: of this site, and of a resident. */
export function nextOf(r: PageRequest): string | null {
  const given = r.body.next ?? r.query.next
  if (!given) return null
  const next = localPath(given)
  return next === paths.home || next.startsWith(paths.confirm) || next.startsWith(paths.desk) ? null : next
}

/** A browser ties passkeys to a host name. Open under another one, the page names the right address. */
export function elsewhereOf(r: PageRequest, { platform }: With, path = r.view.path): string | null {
  const { rpId, url } = platform.services.accounts.passkeyPlace
  return r.request.hostname.replace(/:\d+$/, '') === rpId ? null : `${url}${path}`
}

/** A mistyped id is one that is not there. */
export function uuidOf(given: string | undefined): string {
  if (!given || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given))
    throw new Refusal('account.factor_missing', 'conflict')
  return given
}
