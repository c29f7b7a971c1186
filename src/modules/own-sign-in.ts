/** What residents and officers do alike to their own sign-in: whose session it is, a factor shown once more, where passkeys work. */
import type { VNode } from 'preact'
import type { AccountKind, HeldFactors, Session } from '../platform/accounts/index.ts'
import { Refusal } from '../platform/refusal.ts'
import { throughDoor } from '../platform/use-case/audit.ts'
import type { Errors, PageRequest, Problem, View } from '../ui/index.ts'
import type { Rooms } from './rooms.ts'

type With = Pick<Rooms, 'platform'>

/** The actor of a call knows her account, not through which session. */
export async function sessionAs(kind: AccountKind, r: PageRequest, { platform }: With): Promise<Session> {
  const session = await platform.services.accounts.sessionOf(r.request.headers.cookie, r.call.now)
  if (!session || session.leaving) throw new Refusal('account.sign_in_first', 'forbidden')
  if (session.kind !== kind) throw new Refusal('access.not_for_you', 'forbidden')
  return session
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

export interface ConfirmProps {
  view: View
  /** Where to go afterwards. */
  next: string | null
  held: HeldFactors
  passkey: object | null
  elsewhere: string | null
  errors?: Errors
}

export interface Confirming {
  kind: AccountKind
  path: string
  page: (props: ConfirmProps) => VNode
  /** Of this site and of this kind of account. */
  nextOf: (r: PageRequest) => string | null
  /** Where one goes who was on the way to nowhere. */
  otherwise: string
}

/** Once more a second factor, which counts for ten minutes. */
export function confirmRoutes(rooms: Rooms, { kind, path, page, nextOf, otherwise }: Confirming): void {
  const { pages } = rooms
  const { accounts } = rooms.platform.services
  const show = async (r: PageRequest, problem?: Problem) => {
    const { accountId } = await sessionAs(kind, r, rooms)
    const held = await accounts.factorsOf(accountId)
    return page({
      view: r.view,
      next: nextOf(r),
      held,
      passkey: held.passkeys.length > 0 ? await accounts.passkeyRequest(accountId, r.call.now) : null,
      elsewhere: elsewhereOf(r, rooms, path),
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  }
  const confirmed = async (r: PageRequest, prove: (session: Session) => Promise<void>) => {
    const session = await sessionAs(kind, r, rooms)
    await throughDoor(r.call, 'account.confirm', r.call.actor.kind, async () => {
      await prove(session)
      return { accountId: session.accountId }
    })
    return nextOf(r) ?? otherwise
  }
  pages.get(path, (r) => show(r))
  pages.post(path, (r) => confirmed(r, (s) => accounts.confirmWithCode(s, r.body.code ?? '', r.call.now, r.request.ip)), show)
  pages.post(
    `${path}/passkey`,
    (r) => confirmed(r, (s) => accounts.confirmWithPasskey(s, r.body.response ?? '', r.call.now, r.request.ip)),
    show,
  )
}
