/** Between the password and the second factor: a token in a short cookie, good for these pages only. */
import type { PasswordStep } from '../../../platform/accounts/index.ts'
import { localPath, type PageRequest, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'

const COOKIE = 'kaifong_pending'
const KEPT_SECONDS = 10 * 60

const options = (rooms: Pick<Rooms, 'secureCookies'>) =>
  ({ path: paths.deskSignIn, httpOnly: true, sameSite: 'lax', secure: rooms.secureCookies }) as const

export const pendingToken = (r: PageRequest): string | undefined => r.request.cookies[COOKIE]

export const dropPending = (r: PageRequest, rooms: Pick<Rooms, 'secureCookies'>): void =>
  void r.reply.clearCookie(COOKIE, options(rooms))

export function toSecondStep(
  r: PageRequest,
  rooms: Rooms,
  step: Exclude<PasswordStep, { next: 'in' }>,
  next: string | null = nextOf(r) ?? null,
): string {
  r.reply.setCookie(COOKIE, step.pending, { ...options(rooms), maxAge: KEPT_SECONDS })
  const path = `${paths.deskSignIn}/${step.next}`
  return next ? `${path}?${new URLSearchParams({ next })}` : path
}

/** Where to go afterwards: of this site. The door looks at it once more before it goes there. */
export function nextOf(r: PageRequest): string | undefined {
  const given = r.body.next ?? r.query.next
  return given && localPath(given) === given ? given : undefined
}
