/** 登录与安全: an officer's own factors and devices. */
import { isFresh, listNotices, listPosts, markSeen, noteOwn, placeWords } from '../../../core/access/index.ts'
import { hasFactor, type Session } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import { confirmRoutes, elsewhereOf, sessionAs, uuidOf } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'
import { deskPath } from '../desk/door.ts'
import { readNewPassword } from './new-password.ts'
import { ConfirmPage } from './pages/confirm.tsx'
import { PasswordPage } from './pages/password.tsx'
import { RecoveryPage } from './pages/recovery.tsx'
import { SecurityPage } from './pages/security.tsx'
import { nextOf } from './pending.ts'

const SECURITY = paths.deskSecurity
const CONFIRM = `${SECURITY}/confirm`

export function securityRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const { accounts } = rooms.platform.services

  const show = async (r: PageRequest, problem?: Problem) => {
    const session = await sessionOf(r, rooms)
    const held = await accounts.factorsOf(session.accountId)
    const fresh = !hasFactor(held) || isFresh(session.secondFactorAt, r.call.now)
    const app = r.view.t('ui.desk_name')
    const name = r.view.who ?? app
    return SecurityPage({
      view: r.view,
      held,
      fresh,
      required: !rooms.demo,
      notices: await listNotices(rooms.pool, session.accountId),
      devices: await accounts.devicesOf(session, r.call.now),
      offer: fresh ? accounts.offerTotp(session.accountId, app, name, r.call.now, r.body.sealed) : null,
      passkey: fresh ? await accounts.passkeyCreation({ id: session.accountId, name }, app, r.call.now) : null,
      elsewhere: elsewhereOf(r, rooms, SECURITY),
      identity: rooms.identity.staff && {
        label: rooms.identity.staff.label,
        since: await accounts.identityOf(session.accountId, rooms.identity.staff.issuer),
      },
      done: r.query.done,
      ...(problem ? { errors: { [r.body.code === undefined ? 'main' : 'code']: problem.message } } : {}),
    })
  }
  pages.get(SECURITY, (r) => show(r))

  /** One's own act on one's own sign-in, within ten minutes of a factor if there is one. */
  const on = (
    path: string,
    operation: Parameters<typeof throughDoor>[1],
    act: (r: PageRequest, session: Session) => Promise<string[] | null | string>,
  ) =>
    pages.post(
      `${SECURITY}/${path}`,
      async (r) => {
        const session = await sessionOf(r, rooms)
        const { result } = await throughDoor(r.call, operation, r.call.actor.kind, async () => {
          await refuseStale(r, rooms, session)
          return { accountId: session.accountId, result: await act(r, session) }
        })
        if (Array.isArray(result)) return RecoveryPage({ view: r.view, codes: result, to: SECURITY })
        return `${SECURITY}?done=${result ?? 'added'}`
      },
      show,
    )
  on('totp', 'account.add-factor', (r, { accountId }) =>
    accounts.addTotp(accountId, r.body.sealed ?? '', r.body.code ?? '', r.call.now),
  )
  on('passkey', 'account.add-factor', (r, { accountId }) =>
    accounts.addPasskey(accountId, r.body.response ?? '', r.request.headers['user-agent'] ?? null, r.call.now),
  )
  on('recovery', 'account.new-recovery-codes', (_, { accountId }) => accounts.newRecoveryCodes(accountId))
  on('remove', 'account.remove-factor', async (r, { accountId }) => {
    await accounts.removeFactor(accountId, 'staff', r.body.factor === 'totp' ? 'totp' : { passkey: uuidOf(r.body.factor) })
    return 'removed'
  })
  on('end', 'account.end-sessions', async (r, session) => {
    await accounts.endDevices(session, r.body.session === 'others' ? 'others' : { sessionId: uuidOf(r.body.session) })
    return 'ended'
  })

  // Said and done in one tap, with no factor: it only takes the note off the desk.
  pages.post(`${SECURITY}/seen`, async (r) => {
    const { accountId } = await sessionOf(r, rooms)
    await throughDoor(r.call, 'account.see-notices', r.call.actor.kind, async () => {
      await markSeen(rooms.pool, accountId, r.call.now)
      return { accountId }
    })
    return `${SECURITY}?done=seen`
  })

  const showPassword = async (r: PageRequest, problem?: Problem) => {
    const session = await sessionOf(r, rooms)
    return PasswordPage({
      view: r.view,
      username: await accounts.usernameOf(session.accountId),
      ...(problem
        ? { errors: Object.keys(problem.errors).length > 0 ? problem.errors : { [fieldOf(problem)]: problem.message } }
        : {}),
    })
  }
  pages.get(paths.deskPassword, async (r) => {
    const session = await sessionOf(r, rooms)
    // Before she types: a form that comes back empty because of a factor is typed twice.
    return (await isStale(r, rooms, session))
      ? `${CONFIRM}?${new URLSearchParams({ next: paths.deskPassword })}`
      : showPassword(r)
  })
  pages.post(
    paths.deskPassword,
    async (r) => {
      const session = await sessionOf(r, rooms)
      const next = readNewPassword(r.body, ['old'])
      await throughDoor(r.call, 'account.change-password', r.call.actor.kind, async () => {
        await refuseStale(r, rooms, session)
        const pack = rooms.platform.services.packs.inForce()
        const posts = await listPosts(rooms.pool, session.accountId, pack.permissionsOf)
        const words = [...posts.flatMap((post) => [post.officerNumber, post.organisationName]), ...placeWords(pack)]
        await accounts.changePassword(session, { old: r.body.old ?? '', next, words }, r.call.now, r.request.ip)
        await noteOwn(rooms.pool, session.accountId, 'password_changed', r.call.now)
        return { accountId: session.accountId }
      })
      return `${SECURITY}?done=password`
    },
    showPassword,
  )

  confirmRoutes(rooms, {
    kind: 'staff',
    path: CONFIRM,
    page: ConfirmPage,
    nextOf: (r) => {
      const to = deskPath(nextOf(r))
      return to === paths.desk ? null : to
    },
    otherwise: SECURITY,
  })
}

/** A refusal that names no field is about the old password or about the new one. */
const fieldOf = ({ refusal }: Problem): string => (/old_password|locked|confirm_first/.test(refusal.code) ? 'old' : 'password')

export const sessionOf = (r: PageRequest, rooms: Pick<Rooms, 'platform'>): Promise<Session> => sessionAs('staff', r, rooms)

/** A factor is there, and none was shown within ten minutes. */
const isStale = async (r: PageRequest, { platform }: Pick<Rooms, 'platform'>, session: Session): Promise<boolean> =>
  !isFresh(session.secondFactorAt, r.call.now) && hasFactor(await platform.services.accounts.factorsOf(session.accountId))

export async function refuseStale(r: PageRequest, rooms: Pick<Rooms, 'platform'>, session: Session): Promise<void> {
  if (await isStale(r, rooms, session)) throw new Refusal('account.confirm_first', 'conflict')
}
