/** Through the door of the desk: signing in, choosing a post, signing out, the first administrator. */
import {
  claimFirst,
  type HeldPost,
  isFirstToken,
  isHeldOn,
  listPosts,
  POST_COOKIE,
  placeWords,
} from '../../../core/access/index.ts'
import type { SignedIn } from '../../../platform/accounts/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { recordDoor, throughDoor, whoOf } from '../../../platform/use-case/audit.ts'
import { headersOf, type PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { readNewPassword } from '../sign-in/new-password.ts'
import { toSecondStep } from '../sign-in/pending.ts'

/** Only a page of the desk: an address to come back to is never somebody else's. */
export const deskPath = (path: string | undefined): string =>
  path && /^\/desk(?:[/?][^\s\\]*)?$/.test(path) && !/^\/desk\/(?:sign-|post)/.test(path) ? path : '/desk'

const postsOf = (rooms: Rooms, accountId: string): Promise<HeldPost[]> =>
  listPosts(rooms.pool, accountId, rooms.platform.services.packs.inForce().permissionsOf)

// Goes with the browser window, like the officer's session.
const keepPost = (r: PageRequest, rooms: Rooms, postId: string): void => {
  r.reply.setCookie(POST_COOKIE, postId, { path: '/', httpOnly: true, sameSite: 'lax', secure: rooms.secureCookies })
}

/** @returns where to go: to the second step, or in (a demo's account that has none) */
export async function signIn(r: PageRequest, rooms: Rooms): Promise<string> {
  const { username = '', password = '', next } = r.body
  if (username.trim() === '') throw missing('username')
  if (password === '') throw missing('password')
  const step = await throughDoor(r.call, 'account.password', 'officer', () =>
    rooms.platform.services.accounts.signInStaff(username, password, headersOf(r), r.call.now, r.request.ip),
  )
  if (step.next !== 'in') return toSecondStep(r, rooms, step)
  await recordDoor(r.call, 'account.sign-in', 'done', { kind: 'officer', accountId: step.accountId })
  return arrive(r, rooms, step, next)
}

/** With a session: straight in with the only post, otherwise to choose one. */
export async function arrive(r: PageRequest, rooms: Rooms, { accountId, cookies }: SignedIn, next?: string): Promise<string> {
  r.reply.header('set-cookie', cookies)
  const inForce = (await postsOf(rooms, accountId)).filter((post) => isHeldOn(post, r.view.today))
  const to = deskPath(next)
  if (inForce.length === 1) {
    keepPost(r, rooms, inForce[0]!.id)
    return to
  }
  return to === '/desk' ? '/desk/post' : `/desk/post?next=${encodeURIComponent(to)}`
}

const missing = (field: string): Refusal => new Refusal('answer.missing', 'invalid', { fields: [{ path: `/${field}` }] })

/** Every post of who is signed in, in force or not. @throws Refusal `account.sign_in_first`, `access.not_for_you` */
export async function ownPosts(r: PageRequest, rooms: Rooms): Promise<HeldPost[]> {
  const { actor } = r.call
  if (actor.kind === 'public') throw new Refusal('account.sign_in_first', 'forbidden')
  if (actor.kind !== 'officer' && actor.kind !== 'staff') throw new Refusal('access.not_for_you', 'forbidden')
  return postsOf(rooms, actor.accountId)
}

export async function choosePost(r: PageRequest, rooms: Rooms): Promise<string> {
  const { post } = await throughDoor(r.call, 'access.choose-post', 'officer', async () => {
    const post = (await ownPosts(r, rooms)).find((one) => one.id === r.body.postId)
    if (!post) throw new Refusal('desk.post_not_held', 'conflict')
    if (!isHeldOn(post, r.view.today))
      throw new Refusal(post.validFrom > r.view.today ? 'desk.post_not_yet' : 'access.post_ended', 'conflict')
    return { post, accountId: whoOf(r.call.actor).accountId ?? '' }
  })
  keepPost(r, rooms, post.id)
  return deskPath(r.body.next)
}

export async function signOut(r: PageRequest, rooms: Rooms): Promise<string> {
  const { cookies } = await rooms.platform.services.accounts.signOut(r.request.headers.cookie, headersOf(r))
  await recordDoor(r.call, 'account.sign-out', 'done', whoOf(r.call.actor))
  r.reply.header('set-cookie', cookies)
  r.reply.clearCookie(POST_COOKIE, { path: '/' })
  return '/desk/sign-in'
}

export const firstIsOpen = (r: PageRequest, rooms: Rooms): Promise<boolean> =>
  isFirstToken(rooms.pool, r.query.token ?? r.body.token ?? '', r.call.now)

/** The account is made only for who holds the console's token; of two at once one wins. */
export async function claim(r: PageRequest, rooms: Rooms): Promise<string> {
  const { token = '', name = '', username = '' } = r.body
  const password = readNewPassword(r.body, ['name', 'username'])
  if (!(await firstIsOpen(r, rooms))) throw new Refusal('desk.token_used', 'conflict')
  const { accounts, packs } = rooms.platform.services
  const { accountId } = await accounts.createStaffAccount({
    username,
    password,
    name: name.trim(),
    words: placeWords(packs.inForce()),
    now: r.call.now,
  })
  // No office line: an administrator opens accounts and posts, and sees no resident.
  if (
    !(await claimFirst(
      rooms.pool,
      token,
      { accountId, name: name.trim(), area: packs.inForce().pack.area, domains: [] },
      r.call.now,
    ))
  )
    throw new Refusal('desk.token_used', 'conflict')
  return `/desk/sign-in?${new URLSearchParams({ username, set: 'password' })}`
}
