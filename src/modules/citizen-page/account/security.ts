/** 登录与安全: ways to sign in, devices, and undoing a binding that she did not ask for. */
import { isFresh, undoableSince, undoBinding } from '../../../core/access/index.ts'
import { maskPhone } from '../../../core/people/index.ts'
import { hasFactor, type Session } from '../../../platform/accounts/index.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import { elsewhereOf, uuidOf } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'
import { AppPage } from './pages/app.tsx'
import { CodesPage } from './pages/codes.tsx'
import { SecurityPage } from './pages/security.tsx'
import { UnbindPage } from './pages/unbind.tsx'
import { refuseChange, sessionOf } from './session.ts'

const SECURITY = paths.security

export function securityRoutes(rooms: Rooms): void {
  const { pages, pool } = rooms
  const { accounts } = rooms.platform.services
  const service = rooms.identity.residents

  const show = async (r: PageRequest, problem?: Problem) => {
    const session = await sessionOf(r, rooms)
    const { accountId } = session
    const held = await accounts.factorsOf(accountId)
    const fresh = !session.doubted && (!hasFactor(held) || isFresh(session.secondFactorAt, r.call.now))
    const phone = await accounts.phoneOf(accountId)
    return SecurityPage({
      view: r.view,
      held,
      fresh,
      doubted: session.doubted,
      phone: phone && maskPhone(phone),
      boundSince: await undoableSince(pool, { accountId }, r.call.now),
      devices: await accounts.devicesOf(session, r.call.now),
      passkey: fresh
        ? await accounts.passkeyCreation({ id: accountId, name: nameFor(r) }, r.view.t('ui.name'), r.call.now)
        : null,
      elsewhere: elsewhereOf(r, rooms, SECURITY),
      identity: service && { label: service.label, since: await accounts.identityOf(accountId, service.issuer) },
      done: r.query.done,
      ...(problem ? { errors: { main: problem.message } } : {}),
    })
  }
  pages.get(SECURITY, (r) => show(r))
  pages.get(`${SECURITY}/unbind`, async (r) => {
    await sessionOf(r, rooms)
    return UnbindPage({ view: r.view })
  })

  /** Outside, at once, and not only in the inbox of whoever did it. */
  const tellPhone = async (accountId: string, key: string): Promise<void> => {
    const { words, publicUrl } = rooms.platform.services
    const phone = await accounts.phoneOf(accountId)
    if (phone) await accounts.tellPhone(phone, words.in('zh')(key, { link: `${publicUrl}${SECURITY}` }))
  }

  type Act = (r: PageRequest, session: Session) => Promise<string[] | string | null>
  const act = async (r: PageRequest, operation: Parameters<typeof throughDoor>[1], free: boolean, perform: Act) => {
    const session = await sessionOf(r, rooms)
    const { result } = await throughDoor(r.call, operation, 'resident', async () => {
      if (!free) await refuseChange(r, rooms, session)
      return { accountId: session.accountId, result: await perform(r, session) }
    })
    if (CHANGES_WAYS_IN.has(operation)) await tellPhone(session.accountId, 'sms.sign_in_changed')
    return Array.isArray(result) ? CodesPage({ view: r.view, codes: result }) : `${SECURITY}?done=${result ?? 'added'}`
  }
  const on = (path: string, operation: Parameters<typeof throughDoor>[1], perform: Act, free = false) =>
    pages.post(`${SECURITY}/${path}`, (r) => act(r, operation, free, perform), show)

  on('passkey', 'account.add-factor', (r, { accountId }) =>
    accounts.addPasskey(accountId, r.body.response ?? '', r.request.headers['user-agent'] ?? null, r.call.now),
  )
  on('recovery', 'account.new-recovery-codes', (_, { accountId }) => accounts.newRecoveryCodes(accountId))
  on('remove', 'account.remove-factor', async (r, { accountId }) => {
    await accounts.removeFactor(accountId, 'resident', r.body.factor === 'totp' ? 'totp' : { passkey: uuidOf(r.body.factor) })
    return 'removed'
  })
  // Ending is never made harder than letting in.
  on(
    'end',
    'account.end-sessions',
    async (r, session) => {
      await accounts.endDevices(session, r.body.session === 'others' ? 'others' : { sessionId: uuidOf(r.body.session) })
      return 'ended'
    },
    true,
  )
  on(
    'unbind',
    'account.undo-binding',
    async (r, session) => {
      await undoBinding(pool, { accountId: session.accountId }, r.call.now)
      await accounts.endDevices(session, 'others')
      await tellPhone(session.accountId, 'sms.unbound_by_self')
      return 'unbound'
    },
    true,
  )

  const showApp = async (r: PageRequest, problem?: Problem) => {
    const session = await sessionOf(r, rooms)
    await refuseChange(r, rooms, session)
    const offer = accounts.offerTotp(session.accountId, r.view.t('ui.name'), nameFor(r), r.call.now, r.body.sealed)
    return AppPage({ view: r.view, offer, ...(problem ? { errors: { code: problem.message } } : {}) })
  }
  pages.get(`${SECURITY}/app`, (r) => showApp(r))
  pages.post(
    `${SECURITY}/app`,
    (r) =>
      act(r, 'account.add-factor', false, (_, { accountId }) =>
        accounts.addTotp(accountId, r.body.sealed ?? '', r.body.code ?? '', r.call.now),
      ),
    showApp,
  )
}

const CHANGES_WAYS_IN: ReadonlySet<string> = new Set([
  'account.add-factor',
  'account.remove-factor',
  'account.new-recovery-codes',
])

/** What the phone's own list of passkeys and apps calls this one. */
const nameFor = (r: PageRequest): string => r.view.who ?? r.view.t('ui.phone_only')
