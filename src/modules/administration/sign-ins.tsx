/** The security administrator's watch over sign-ins: who is signed in, which names rest, how often the door was tried. */
import { endOfficersSessions, listSignIns, releaseSignIn } from '../../core/access/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { SignInPage } from './pages/sign-in.tsx'
import { SIGN_INS, SignInsPage } from './pages/sign-ins.tsx'

export function signInWatchRoutes(rooms: Rooms): void {
  const { pages } = rooms

  pages.get(SIGN_INS, async (r) => {
    const shell = await deskShell(r, rooms)
    return <SignInsPage {...shell} found={await listSignIns.run(r.call, {})} all={r.query.list === 'all'} now={r.call.now} />
  })

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const officer = (await listSignIns.run(r.call, {})).officers.find((one) => one.officerId === r.params.id)
    if (!officer) throw new Refusal('access.officer_not_found', 'missing')
    return <SignInPage {...shell} officer={officer} done={r.query.done} typed={r.body} newKey={r.newKey} problem={problem} />
  }
  const back = (r: PageRequest, done: string) => `${SIGN_INS}/${r.params.id}?done=${done}`
  pages.get(`${SIGN_INS}/:id`, (r) => show(r))
  pages.post(
    `${SIGN_INS}/:id/end`,
    async (r) => {
      const { session } = r.body
      await endOfficersSessions.run(r.call, { officerId: idOf(r.params.id), sessionId: session === 'all' ? null : idOf(session) })
      return back(r, 'ended')
    },
    show,
  )
  pages.post(
    `${SIGN_INS}/:id/release`,
    async (r) => {
      await releaseSignIn.run(r.call, { officerId: idOf(r.params.id), reason: r.body.reason ?? '' })
      return back(r, 'released')
    },
    show,
  )
}

/** A mistyped id is somebody who is not there. */
function idOf(given: string | undefined): string {
  if (!given || !isId(given)) throw new Refusal('access.officer_not_found', 'missing')
  return given
}
