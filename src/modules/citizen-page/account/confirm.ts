/** A2: once more a second factor, which counts for ten minutes; and signing in by passkey alone. */

import type { Session } from '../../../platform/accounts/index.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { headersOf, localPath, type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { ConfirmPage } from './pages/confirm.tsx'
import { PasskeyFailedPage } from './pages/passkey-failed.tsx'
import { elsewhereOf, nextOf, sessionOf } from './session.ts'

const CONFIRM = paths.confirm

export function confirmRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const { accounts } = rooms.platform.services

  const show = async (r: PageRequest, problem?: Problem) => {
    const { accountId } = await sessionOf(r, rooms)
    const held = await accounts.factorsOf(accountId)
    return ConfirmPage({
      view: r.view,
      next: nextOf(r),
      held,
      passkey: held.passkeys.length > 0 ? await accounts.passkeyRequest(accountId, r.call.now) : null,
      elsewhere: elsewhereOf(r, rooms),
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  }
  const confirmed = async (r: PageRequest, prove: (session: Session) => Promise<void>) => {
    const session = await sessionOf(r, rooms)
    await throughDoor(r.call, 'account.confirm', 'resident', async () => {
      await prove(session)
      return { accountId: session.accountId }
    })
    return nextOf(r) ?? paths.security
  }
  pages.get(CONFIRM, (r) => show(r))
  pages.post(CONFIRM, (r) => confirmed(r, (s) => accounts.confirmWithCode(s, r.body.code ?? '', r.call.now, r.request.ip)), show)
  pages.post(
    `${CONFIRM}/passkey`,
    (r) => confirmed(r, (s) => accounts.confirmWithPasskey(s, r.body.response ?? '', r.call.now, r.request.ip)),
    show,
  )

  pages.post(
    `${paths.signIn}/passkey`,
    async (r) => {
      const { cookies } = await throughDoor(r.call, 'account.sign-in', 'resident', () =>
        accounts.signInByPasskey('resident', r.body.response ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      r.reply.header('set-cookie', cookies)
      const next = localPath(r.body.next)
      return next.startsWith(paths.signIn) || next.startsWith(paths.desk) ? paths.home : next
    },
    async (r, problem) => PasskeyFailedPage({ view: r.view, message: problem.message, next: localPath(r.body.next) }),
  )
}
