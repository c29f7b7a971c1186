/** Signing in through the identity service for residents, and linking one's account to it. Only where the settings name one. */
import { AWAY_SECONDS, openAway, sealAway } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { headersOf, localPath, type PageRequest, paths, problemOf } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { PasskeyFailedPage } from './pages/passkey-failed.tsx'
import { afterSignIn, refuseChange, sessionOf } from './session.ts'

const PATH = `${paths.signIn}/identity`
const BACK = `${PATH}/back`
const COOKIE = 'kaifong_identity'

export function identityRoutes(rooms: Rooms): void {
  const { pages, secureCookies } = rooms
  const service = rooms.identity.residents
  if (!service) return
  const { accounts, crypto, publicUrl } = rooms.platform.services
  // Lax: the way back is a link from another site.
  const cookie = { path: PATH, httpOnly: true, sameSite: 'lax', secure: secureCookies } as const

  const go = async (r: PageRequest, link: string | null): Promise<string> => {
    const { url, kept } = await service.start(`${publicUrl}${BACK}`)
    const away = { kept, next: localPath(r.query.next), link, at: r.call.now.getTime() }
    r.reply.setCookie(COOKIE, sealAway(crypto, away), { ...cookie, maxAge: AWAY_SECONDS })
    return url
  }
  pages.get(PATH, (r) => go(r, null))
  pages.get(`${PATH}/link`, async (r) => {
    const session = await sessionOf(r, rooms)
    await refuseChange(r, rooms, session)
    return go(r, session.accountId)
  })

  pages.get(BACK, async (r) => {
    try {
      r.reply.clearCookie(COOKIE, cookie)
      const away = openAway(crypto, r.request.cookies[COOKIE], r.call.now)
      const found = await service.finish(away.kept, new URL(r.request.url, publicUrl))
      if (away.link) {
        const session = await sessionOf(r, rooms)
        if (session.accountId !== away.link) throw new Refusal('account.identity_failed', 'conflict')
        await throughDoor(r.call, 'account.link-identity', 'resident', async () => {
          await accounts.linkIdentity(session.accountId, found, r.call.now)
          return { accountId: session.accountId }
        })
        return `${paths.security}?done=linked`
      }
      const step = await throughDoor(r.call, 'account.sign-in', 'resident', () =>
        accounts.signInByIdentity('resident', found, headersOf(r), r.call.now),
      )
      if (step.next !== 'in') throw new Error('a resident has no second step')
      r.reply.header('set-cookie', step.cookies)
      const next = localPath(away.next)
      return await afterSignIn(
        rooms,
        step.accountId,
        next.startsWith(paths.signIn) || next.startsWith(paths.desk) ? paths.home : next,
      )
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error
      if (error.cause)
        rooms.platform.log.warn({ err: error.cause, requestId: r.request.id }, 'an identity service was not believed')
      const message =
        error.code === 'account.identity_unlinked' ? r.view.t('own_account.unlinked') : problemOf(error, r.view).message
      return PasskeyFailedPage({ view: r.view, message, next: paths.home })
    }
  })

  pages.post(`${paths.security}/unlink`, async (r) => {
    const session = await sessionOf(r, rooms)
    await refuseChange(r, rooms, session)
    await throughDoor(r.call, 'account.unlink-identity', 'resident', async () => {
      await accounts.unlinkIdentity(session.accountId, service.issuer)
      return { accountId: session.accountId }
    })
    return `${paths.security}?done=unlinked`
  })
}
