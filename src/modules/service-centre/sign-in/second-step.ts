/** The second page of the door: a factor is shown, or the first one is made. */
import { noteOwn } from '../../../core/access/index.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { headersOf, type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import { elsewhereOf } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'
import { arrive } from '../desk/door.ts'
import { EnrolPage } from './pages/enrol.tsx'
import { FactorPage, GonePage } from './pages/factor.tsx'
import { RecoveryPage } from './pages/recovery.tsx'
import { dropPending, nextOf, pendingToken } from './pending.ts'

const FACTOR = `${paths.deskSignIn}/factor`
const ENROL = `${paths.deskSignIn}/enrol`

export function secondStepRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const { accounts } = rooms.platform.services

  const showFactor = async (r: PageRequest, problem?: Problem) => {
    const pending = await accounts.pendingOf(pendingToken(r), r.call.now)
    if (!pending) return GonePage({ view: r.view, next: nextOf(r) })
    return FactorPage({
      view: r.view,
      next: nextOf(r),
      totp: pending.held.totp !== null,
      recovery: pending.held.recoveryLeft > 0,
      passkey: pending.held.passkeys.length > 0 ? await accounts.passkeyRequest(pending.accountId, r.call.now) : null,
      elsewhere: elsewhereOf(r, rooms),
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  }
  pages.get(FACTOR, (r) => showFactor(r))
  pages.post(
    FACTOR,
    async (r) => {
      const signedIn = await throughDoor(r.call, 'account.sign-in', 'officer', () =>
        accounts.finishWithCode(pendingToken(r), r.body.code ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      dropPending(r, rooms)
      return arrive(r, rooms, signedIn, nextOf(r))
    },
    showFactor,
  )
  pages.post(
    `${FACTOR}/passkey`,
    async (r) => {
      const signedIn = await throughDoor(r.call, 'account.sign-in', 'officer', () =>
        accounts.finishWithPasskey(pendingToken(r), r.body.response ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      dropPending(r, rooms)
      return arrive(r, rooms, signedIn, nextOf(r))
    },
    showFactor,
  )

  const showEnrol = async (r: PageRequest, problem?: Problem) => {
    const pending = await accounts.pendingOf(pendingToken(r), r.call.now)
    if (!pending) return GonePage({ view: r.view, next: nextOf(r) })
    const { accountId, username } = pending
    const app = r.view.t('ui.desk_name')
    return EnrolPage({
      view: r.view,
      next: nextOf(r),
      offer: accounts.offerTotp(accountId, app, username, r.call.now, r.body.sealed),
      passkey: await accounts.passkeyCreation({ id: accountId, name: username }, app, r.call.now),
      elsewhere: elsewhereOf(r, rooms),
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  }
  pages.get(ENROL, (r) => showEnrol(r))
  const enrol = async (r: PageRequest, first: { sealed: string; code: string } | { response: string }) => {
    const { recovery, byLink, ...signedIn } = await throughDoor(r.call, 'account.sign-in', 'officer', () =>
      accounts.enrol(pendingToken(r), first, headersOf(r), r.call.now),
    )
    dropPending(r, rooms)
    if (byLink) await noteOwn(rooms.pool, signedIn.accountId, 'factor_set', r.call.now)
    const to = await arrive(r, rooms, signedIn, nextOf(r))
    return RecoveryPage({ view: r.view, codes: recovery, to })
  }
  pages.post(`${ENROL}/totp`, (r) => enrol(r, { sealed: r.body.sealed ?? '', code: r.body.code ?? '' }), showEnrol)
  pages.post(`${ENROL}/passkey`, (r) => enrol(r, { response: r.body.response ?? '' }), showEnrol)

  // A passkey alone: what one has, and who one is. On failure the page says so and offers the password.
  pages.post(
    `${paths.deskSignIn}/passkey`,
    async (r) => {
      const signedIn = await throughDoor(r.call, 'account.sign-in', 'officer', () =>
        accounts.signInByPasskey('staff', r.body.response ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      return arrive(r, rooms, signedIn, nextOf(r))
    },
    async (r, problem) => GonePage({ view: r.view, next: nextOf(r), message: problem.message }),
  )
}
