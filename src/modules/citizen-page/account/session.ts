/** The session of a resident: the actor of a call knows her account, not through which session. */
import { isFresh } from '../../../core/access/index.ts'
import { hasFactor, type Session } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { localPath, type PageRequest, paths } from '../../../ui/index.ts'
import { sessionAs } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'

type With = Pick<Rooms, 'platform'>

export const sessionOf = (r: PageRequest, rooms: With): Promise<Session> => sessionAs('resident', r, rooms)

/** Whoever asked for her account to be deleted signs in to keep it, or not; there is nothing else that she could do. */
export const afterSignIn = async ({ platform }: With, accountId: string, next: string): Promise<string> =>
  (await platform.services.accounts.deletionAskedAt(accountId)) ? paths.leaving : next

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
