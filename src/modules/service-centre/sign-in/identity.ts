/** Signing in through an identity service, and linking one's account to it. Only where the settings name a service. */
import { AWAY_SECONDS, openAway, sealAway } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { recordDoor, throughDoor } from '../../../platform/use-case/audit.ts'
import { headersOf, type PageRequest, paths, problemOf } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { arrive } from '../desk/door.ts'
import { GonePage } from './pages/factor.tsx'
import { nextOf, toSecondStep } from './pending.ts'
import { refuseStale, sessionOf } from './security.ts'

const PATH = `${paths.deskSignIn}/identity`
const BACK = `${PATH}/back`
const COOKIE = 'kaifong_identity'

export function identityRoutes(rooms: Rooms): void {
  const { pages, secureCookies } = rooms
  const identity = rooms.identity.staff
  if (!identity) return
  const { accounts, crypto, publicUrl } = rooms.platform.services
  // Lax: the way back is a link from another site.
  const cookie = { path: PATH, httpOnly: true, sameSite: 'lax', secure: secureCookies } as const

  const go = async (r: PageRequest, link: string | null): Promise<string> => {
    const { url, kept } = await identity.start(`${publicUrl}${BACK}`)
    const away = { kept, next: nextOf(r) ?? null, link, at: r.call.now.getTime() }
    r.reply.setCookie(COOKIE, sealAway(crypto, away), { ...cookie, maxAge: AWAY_SECONDS })
    return url
  }
  pages.get(PATH, (r) => go(r, null))
  pages.get(`${PATH}/link`, async (r) => {
    const session = await sessionOf(r, rooms)
    await refuseStale(r, rooms, session)
    return go(r, session.accountId)
  })

  pages.get(BACK, async (r) => {
    try {
      r.reply.clearCookie(COOKIE, cookie)
      const away = openAway(crypto, r.request.cookies[COOKIE], r.call.now)
      const found = await identity.finish(away.kept, new URL(r.request.url, publicUrl))
      if (away.link) {
        const session = await sessionOf(r, rooms)
        if (session.accountId !== away.link) throw new Refusal('account.identity_failed', 'conflict')
        await throughDoor(r.call, 'account.link-identity', r.call.actor.kind, async () => {
          await accounts.linkIdentity(session.accountId, found, r.call.now)
          return { accountId: session.accountId }
        })
        return `${paths.deskSecurity}?done=linked`
      }
      const step = await throughDoor(r.call, 'account.password', 'officer', () =>
        accounts.signInByIdentity('staff', found, headersOf(r), r.call.now),
      )
      if (step.next !== 'in') return toSecondStep(r, rooms, step, away.next)
      await recordDoor(r.call, 'account.sign-in', 'done', { kind: 'officer', accountId: step.accountId })
      return arrive(r, rooms, step, away.next ?? undefined)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error
      if (error.cause)
        rooms.platform.log.warn({ err: error.cause, requestId: r.request.id }, 'an identity service was not believed')
      return GonePage({ view: r.view, next: undefined, message: problemOf(error, r.view).message })
    }
  })

  pages.post(`${paths.deskSecurity}/unlink`, async (r) => {
    const session = await sessionOf(r, rooms)
    await refuseStale(r, rooms, session)
    await throughDoor(r.call, 'account.unlink-identity', r.call.actor.kind, async () => {
      await accounts.unlinkIdentity(session.accountId, identity.issuer)
      return { accountId: session.accountId }
    })
    return `${paths.deskSecurity}?done=unlinked`
  })
}
