/** Signing in by phone: ask for a code, type it, come back to where one was. */
import { chooseDisplay, readDisplay } from '../../../core/access/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { recordDoor, throughDoor, whoOf } from '../../../platform/use-case/audit.ts'
import type { Call } from '../../../platform/use-case/use-case.ts'
import {
  type Errors,
  headersOf,
  keepSettings,
  localPath,
  type PageRequest,
  type Problem,
  paths,
  settingsIn,
} from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { byPasskey } from '../account/other-ways.tsx'
import { afterSignIn } from '../account/session.ts'
import { OutboxPage } from './pages/outbox.tsx'
import { CodePage, PhonePage } from './pages/sign-in.tsx'
import { visitorOf } from './visitor.ts'

const COOKIE = 'kaifong_sign_in'
const CONTEXT = 'citizen_page.sign_in'
/** As long as somebody looks for the message; the code itself ends sooner. */
const KEPT_SECONDS = 15 * 60

const signInPath = (next: string): string => `${paths.signIn}?${new URLSearchParams({ next })}`
export const codePath = (next: string): string => `${paths.signIn}/code?${new URLSearchParams({ next })}`

export function signInRoutes(rooms: Rooms): void {
  const { pages, platform, cast, outbox, secureCookies } = rooms
  const { accounts, crypto } = platform.services
  const cookie = { path: paths.signIn, httpOnly: true, sameSite: 'lax', secure: secureCookies } as const

  const keepPhone = (r: PageRequest, phone: string) =>
    r.reply.setCookie(COOKIE, crypto.seal(phone, CONTEXT).toString('base64url'), { ...cookie, maxAge: KEPT_SECONDS })
  const keptPhone = ({ request }: PageRequest): string | null => {
    const sealed = request.cookies[COOKIE]
    if (!sealed) return null
    try {
      return crypto.open(Buffer.from(sealed, 'base64url'), CONTEXT)
    } catch {
      return null // another key or a changed cookie: the phone is asked for again
    }
  }
  /**
   * What was chosen on another phone holds here too; who never chose keeps with the account what this browser shows. Signing in
   * never takes large text or contrast away: whoever put it on here, before signing in, needs it now.
   */
  const bringDisplay = async (r: PageRequest, accountId: string): Promise<void> => {
    const actor = { kind: 'resident', accountId, level: 'A0', personId: null, name: null, communityArea: null } as const
    const call: Call = { ...r.call, actor }
    const kept = await readDisplay.run(call, {})
    const helps = { ...(kept.mode === 'elder' && { mode: kept.mode }), ...(kept.theme === 'contrast' && { theme: kept.theme }) }
    keepSettings(r.reply, helps, secureCookies)
    const { mode, theme } = settingsIn(r.request)
    const fresh = { ...(!kept.mode && mode && { mode }), ...(!kept.theme && theme && { theme }) }
    if (Object.keys(fresh).length > 0) await chooseDisplay.run(call, fresh)
  }
  const phonePage = async (r: PageRequest, typed: string, errors?: Errors) =>
    PhonePage({
      view: r.view,
      next: nextOf(r),
      typed,
      cast,
      already: visitorOf(r) !== 'nobody',
      more: await byPasskey(r, rooms, nextOf(r)),
      ...(errors ? { errors } : {}),
    })
  const codePage = (r: PageRequest, phone: string, errors?: Errors) =>
    CodePage({ view: r.view, next: nextOf(r), tail: phone.slice(-4), outbox: outbox !== null, ...(errors ? { errors } : {}) })

  pages.get(paths.signIn, async (r) => {
    // Signed in, and still nobody: the account is to be deleted, which the page to keep it says.
    const session = await accounts.sessionOf(r.request.headers.cookie, r.call.now)
    if (session?.leaving) return paths.leaving
    return phonePage(r, cast?.residents.find((one) => one.phone === r.query.phone)?.phone ?? '')
  })

  pages.post(
    paths.signIn,
    async (r) => {
      // “Send again” on the code page gives no phone: it is the one that is kept.
      const phone = r.body.again ? (keptPhone(r) ?? '') : (r.body.phone ?? '')
      await accounts.requestPhoneCode(phone, r.call.now, r.request.ip)
      keepPhone(r, phone.trim())
      return codePath(nextOf(r))
    },
    async (r, problem) => {
      const kept = r.body.again ? keptPhone(r) : null
      return kept ? codePage(r, kept, { code: problem.message }) : phonePage(r, r.body.phone ?? '', { phone: problem.message })
    },
    { at: (r) => (r.body.again && keptPhone(r) ? codePath(nextOf(r)) : signInPath(nextOf(r))) },
  )

  pages.get(`${paths.signIn}/code`, async (r) => {
    const phone = keptPhone(r)
    return phone ? codePage(r, phone) : phonePage(r, '', { phone: r.view.t('front.sign_in.phone_forgotten') })
  })

  pages.post(
    `${paths.signIn}/code`,
    async (r) => {
      const phone = keptPhone(r)
      if (!phone) throw new Refusal('front.sign_in.phone_forgotten', 'conflict')
      const { accountId, cookies } = await throughDoor(r.call, 'account.sign-in', 'resident', () =>
        accounts.verifyPhoneCode(phone, r.body.code ?? '', headersOf(r), r.call.now, r.request.ip),
      )
      r.reply.clearCookie(COOKIE, cookie).header('set-cookie', cookies)
      await bringDisplay(r, accountId)
      return afterSignIn(rooms, accountId, nextOf(r))
    },
    async (r, { message }: Problem) => {
      const phone = keptPhone(r)
      return phone ? codePage(r, phone, { code: message }) : phonePage(r, '', { phone: message })
    },
    { at: (r) => codePath(nextOf(r)) },
  )

  pages.post(paths.signOut, async (r) => {
    const { cookies } = await accounts.signOut(r.request.headers.cookie, headersOf(r))
    await recordDoor(r.call, 'account.sign-out', 'done', whoOf(r.call.actor))
    r.reply.header('set-cookie', cookies)
    return paths.home
  })

  // Elsewhere than in a demo database this address does not exist.
  if (outbox)
    pages.get('/demo/outbox', async (r) =>
      OutboxPage({
        view: r.view,
        lines: await outbox.list(),
        back: codePath(nextOf(r)),
        again: `/demo/outbox?${new URLSearchParams({ next: nextOf(r) })}`,
      }),
    )
}

/** Where to go afterwards: of this site, and never back to signing in. */
function nextOf(r: PageRequest): string {
  const next = localPath(r.body.next ?? r.query.next)
  return next.startsWith(paths.signIn) || next.startsWith(paths.signOut) ? paths.home : next
}
