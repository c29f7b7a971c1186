/** A2: once more a second factor, which counts for ten minutes; and signing in by passkey alone. */
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { headersOf, localPath, paths } from '../../../ui/index.ts'
import { confirmRoutes as confirmAgain } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'
import { ConfirmPage } from './pages/confirm.tsx'
import { PasskeyFailedPage } from './pages/passkey-failed.tsx'
import { afterSignIn, nextOf } from './session.ts'

export function confirmRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const { accounts } = rooms.platform.services
  confirmAgain(rooms, { kind: 'resident', path: paths.confirm, page: ConfirmPage, nextOf, otherwise: paths.security })

  pages.post(
    `${paths.signIn}/passkey`,
    async (r) => {
      const { accountId, cookies } = await throughDoor(r.call, 'account.sign-in', 'resident', () =>
        accounts.signInByPasskey('resident', r.body.response ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      r.reply.header('set-cookie', cookies)
      const next = localPath(r.body.next)
      return afterSignIn(rooms, accountId, next.startsWith(paths.signIn) || next.startsWith(paths.desk) ? paths.home : next)
    },
    async (r, problem) => PasskeyFailedPage({ view: r.view, message: problem.message, next: localPath(r.body.next) }),
  )
}
