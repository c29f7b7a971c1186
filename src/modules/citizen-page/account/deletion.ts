/** 删除我的账号: what goes and what stays, asked once; and keeping it, for whoever signs in again within seven days. */
import { isFresh } from '../../../core/access/index.ts'
import { maskPhone } from '../../../core/people/index.ts'
import { deletionWaits, readOwnKeeping } from '../../../core/retention/index.ts'
import { deletedOn, hasFactor, maskEmail, type Session, UNDO_DAYS } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { DeletionPage } from './pages/deletion.tsx'
import { KeptPage, LastPage, LeavingPage } from './pages/leaving.tsx'
import { refuseChange, sessionOf } from './session.ts'

const HOME = paths.deletion

export function deletionRoutes(rooms: Rooms): void {
  const { pages, pool, platform, outbox } = rooms
  const { accounts, packs, words, publicUrl } = platform.services

  /** The session of whoever may be leaving: the only page that such a session opens. */
  const leavingSession = async (r: PageRequest): Promise<Session | null> => {
    const session = await accounts.sessionOf(r.request.headers.cookie, r.call.now)
    return session?.leaving ? session : null
  }
  const phoneOf = async (accountId: string): Promise<string> => {
    const phone = await accounts.phoneOf(accountId)
    return phone === null ? '' : maskPhone(phone)
  }

  pages.get(HOME, async (r) => {
    if (await leavingSession(r)) return paths.leaving
    const session = await sessionOf(r, rooms)
    const { accountId } = session
    const held = await accounts.factorsOf(accountId)
    const email = await accounts.emailOf(accountId)
    return DeletionPage({
      view: r.view,
      pack: packs.inForce(),
      keeping: await readOwnKeeping.run(r.call, {}),
      on: dayOf(deletedOn(r.call.now)),
      phone: await phoneOf(accountId),
      email: email && maskEmail(email.email),
      held,
      bound: r.call.actor.kind === 'resident' && r.call.actor.personId !== null,
      doubted: session.doubted,
      waits: await deletionWaits(pool, platform, accountId, r.call.now),
      proof: !hasFactor(held) ? 'code' : isFresh(session.secondFactorAt, r.call.now) ? 'shown' : 'factor',
    })
  })

  const last = async (r: PageRequest, problem?: Problem) => {
    const session = await sessionOf(r, rooms)
    await refuseChange(r, rooms, session)
    return LastPage({
      view: r.view,
      on: dayOf(deletedOn(r.call.now)),
      phone: await phoneOf(session.accountId),
      byCode: !hasFactor(await accounts.factorsOf(session.accountId)),
      outbox: outbox !== null,
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  }
  pages.get(`${HOME}/last`, async (r) => ((await leavingSession(r)) ? paths.leaving : last(r)))
  pages.post(
    `${HOME}/code`,
    async (r) => {
      const session = await sessionOf(r, rooms)
      await refuseChange(r, rooms, session)
      const phone = await accounts.phoneOf(session.accountId)
      if (phone === null) throw new Refusal('account.phone_missing', 'conflict')
      await accounts.requestPhoneCode(phone, r.call.now, r.request.ip)
      return `${HOME}/last`
    },
    last,
  )

  pages.post(
    HOME,
    async (r) => {
      // The second of two taps: what the first one did stands.
      if (await leavingSession(r)) return paths.leaving
      const session = await sessionOf(r, rooms)
      await throughDoor(r.call, 'account.ask-deletion', 'resident', async () => {
        await refuseChange(r, rooms, session)
        if (!hasFactor(await accounts.factorsOf(session.accountId)))
          await accounts.proveOwnPhone(session.accountId, r.body.code ?? '', r.call.now, r.request.ip)
        if (await accounts.askDeletion(session, r.call.now)) await tell(r, session.accountId)
        return session
      })
      return paths.leaving
    },
    last,
  )

  /** Once, on the phone: that it was asked, and until when it can be kept. Whoever did not ask signs in and keeps it. */
  const tell = async (r: PageRequest, accountId: string): Promise<void> => {
    const phone = await accounts.phoneOf(accountId)
    const until = dayOf(deletedOn(r.call.now))
    const text = words.in('zh')('sms.deletion_asked', { until, days: UNDO_DAYS, link: `${publicUrl}${paths.signIn}` })
    if (phone === null || !(await accounts.tellPhone(phone, text)))
      platform.log.warn({ requestId: r.call.requestId }, 'a phone could not be told that its account is to be deleted')
  }

  pages.get(paths.leaving, async (r) => {
    const session = await leavingSession(r)
    const asked = session && (await accounts.deletionAskedAt(session.accountId))
    // Kept in another tab, or signed out since.
    if (!asked) return r.call.actor.kind === 'resident' ? HOME : paths.home
    return LeavingPage({
      view: r.view,
      on: dayOf(deletedOn(asked)),
      over: deletedOn(asked) <= r.call.now,
      phone: await phoneOf(session.accountId),
      waits: await deletionWaits(pool, platform, session.accountId, r.call.now),
    })
  })
  pages.post(`${HOME}/keep`, async (r) => {
    const session = await accounts.sessionOf(r.request.headers.cookie, r.call.now)
    if (session?.kind !== 'resident') throw new Refusal('account.sign_in_first', 'forbidden')
    // Tapped twice, or kept on another device meanwhile: it is hers either way.
    if (session.leaving)
      await throughDoor(r.call, 'account.keep', 'resident', async () => {
        await accounts.keepAccount(session.accountId)
        return session
      })
    return `${HOME}/kept`
  })
  pages.get(`${HOME}/kept`, async (r) => KeptPage({ view: r.view }))
}
