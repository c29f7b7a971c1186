/** The link of a reset: behind it a password, and then the page that sets the new second factor. */
import { placeWords } from '../../../core/access/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { readNewPassword } from './new-password.ts'
import { ResetPage } from './pages/reset.tsx'
import { toSecondStep } from './pending.ts'

export function resetRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const { accounts, packs } = rooms.platform.services

  const show = async (r: PageRequest, problem?: Problem) => {
    const token = r.query.token ?? r.body.token ?? ''
    if (r.call.actor.kind !== 'public') return ResetPage({ view: r.view, token: '', reset: null, closed: 'desk.reset.signed_in' })
    const reset = await accounts.resetOf(token, r.call.now)
    const errors = problem && (Object.keys(problem.errors).length > 0 ? problem.errors : { password: problem.message })
    return ResetPage({ view: r.view, token, reset, closed: 'account.reset_gone', errors: reset ? errors : undefined })
  }
  pages.get(paths.deskReset, (r) => show(r))
  pages.post(
    paths.deskReset,
    async (r) => {
      const { token = '', password = '' } = r.body
      if (r.call.actor.kind !== 'public') throw new Refusal('desk.reset.signed_in', 'conflict')
      const reset = await accounts.resetOf(token, r.call.now)
      if (!reset) throw new Refusal('account.reset_gone', 'conflict')
      if (reset.withPassword) readNewPassword(r.body)
      else if (password === '') throw new Refusal('answer.missing', 'invalid', { fields: [{ path: '/password' }] })
      const step = await throughDoor(r.call, 'account.reset-link', 'officer', () =>
        accounts.startByLink(token, { password, words: placeWords(packs.inForce()) }, r.call.now, r.request.ip),
      )
      return toSecondStep(r, rooms, { ...step, next: 'enrol' })
    },
    show,
  )
}
