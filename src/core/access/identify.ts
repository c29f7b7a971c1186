/**
 * From a session to an actor. Read by the server as `kaifong_app`, before any scope exists.
 */
import type pg from 'pg'
import { FACTOR_COUNTS_MS } from '../../platform/accounts/index.ts'
import type { Actor, Post } from '../../platform/actor.ts'
import { beforeScope } from '../../platform/database/database.ts'
import { together } from '../../platform/database/tx.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'

export interface Session {
  accountId: string
  kind: 'resident' | 'staff'
  /** When this session last showed a second factor. */
  secondFactorAt: Date | null
  /** The phone may have another owner by now: the account falls back to A0. */
  doubted: boolean
  /** She asked for the account to be deleted: to every page but one she is nobody. */
  leaving: boolean
}

/** What a role may do; the pack says. */
export type PermissionsOf = (role: string) => readonly string[]

const RESIDENT = {
  name: 'resident_of',
  text: `select person_id, name, coalesce(community_area, '') as community_area from access.resident_of($1)`,
}
const OFFICER = { name: 'officer_of', text: 'select id from access.officer where account_id = $1 and ended_at is null' }
const POSTS = {
  name: 'posts_of_officer',
  text: `select p.id, p.officer_id as "officerId", o.name as "officerName", o.number as "officerNumber", p.role, p.organisation_id as "organisationId", g.name as "organisationName", p.areas, p.scope, p.domains,
      p.valid_from as "validFrom", p.valid_to as "validTo", p.ended_at is not null as ended
    from access.post p join access.officer o on o.id = p.officer_id join access.organisation g on g.id = p.organisation_id
    where o.account_id = $1 and o.ended_at is null order by p.valid_from, p.id`,
}
const POST = {
  name: 'post_with_account',
  text: `select o.account_id as "accountId", p.id, p.officer_id as "officerId", o.name as "officerName", p.role, p.organisation_id as "organisationId", p.areas, p.scope, p.domains,
      p.valid_from as "validFrom", p.valid_to as "validTo", p.ended_at is not null as ended
    from access.post p join access.officer o on o.id = p.officer_id where p.id = $1 and o.ended_at is null`,
}

export type HeldPost = Post & {
  organisationName: string
  officerNumber: string
  /** By an administrator, before its last day. */
  ended: boolean
}

/** The cookie that names the post an officer acts in; never trusted, `identify` looks it up. */
export const POST_COOKIE = 'kaifong_post'

/** Every post that an account's officer ever held; `isHeldOn` tells which are in force. */
export async function listPosts(pool: pg.Pool, accountId: string, permissionsOf: PermissionsOf): Promise<HeldPost[]> {
  const { rows } = await pool.query<Omit<HeldPost, 'permissions'>>({ ...POSTS, values: [accountId] })
  return rows.map((post) => ({ ...post, permissions: permissionsOf(post.role) }))
}

export const isHeldOn = (post: Pick<HeldPost, 'validFrom' | 'validTo' | 'ended'>, day: string): boolean =>
  !post.ended && post.validFrom <= day && (post.validTo === null || day <= post.validTo)

type Asked = Pick<pg.Pool, 'query'>

type FoundPost = Omit<Post, 'permissions'> & { accountId: string; ended: boolean }
/** A post with the account that holds it: whose it is gets compared, not asked, so that it travels beside the session. */
async function findPost(on: Asked, postId: string): Promise<FoundPost | undefined> {
  return (await on.query<FoundPost>({ ...POST, values: [postId] })).rows[0]
}

/** A second factor counts for ten minutes (architecture §6). */
export const isFresh = (secondFactorAt: Date | null, now: Date): boolean =>
  secondFactorAt !== null && now.getTime() - secondFactorAt.getTime() < FACTOR_COUNTS_MS

/**
 * @param sessionOf asks for the session on the connection it is given
 * @param chosenPostId the post that the officer chose to act in, from her cookie; checked afresh each time
 * @throws Refusal `access.post_ended` when that post is no longer in force
 */
export async function identify(
  pool: pg.Pool,
  sessionOf: (on: Asked) => Promise<Session | null>,
  chosenPostId: string | null,
  permissionsOf: PermissionsOf,
  now: Date,
): Promise<Actor> {
  const chosen = chosenPostId && isId(chosenPostId) ? chosenPostId : null
  const [session, held] = chosen
    ? await beforeScope(pool, (on) => together([sessionOf(on), findPost(on, chosen)]))
    : [await sessionOf(pool), undefined]
  if (!session || session.leaving) return { kind: 'public' }
  const { accountId } = session
  if (session.kind === 'resident') {
    const { rows } = await pool.query<{ person_id: string; name: string; community_area: string }>({
      ...RESIDENT,
      values: [accountId],
    })
    const bound = session.doubted ? undefined : rows[0]
    return {
      kind: 'resident',
      accountId,
      level: bound ? (isFresh(session.secondFactorAt, now) ? 'A2' : 'A1') : 'A0',
      personId: bound?.person_id ?? null,
      name: bound?.name ?? null,
      communityArea: bound?.community_area || null,
    }
  }
  if (held?.accountId === accountId) {
    const { accountId: _, ended, ...post } = held
    if (!isHeldOn({ ...post, ended }, dayOf(now)))
      throw new Refusal('access.post_ended', 'forbidden', { on: post.validTo ?? post.validFrom })
    return { kind: 'staff', accountId, post: { ...post, permissions: permissionsOf(post.role) } }
  }
  const { rows } = await pool.query<{ id: string }>({ ...OFFICER, values: [accountId] })
  if (!rows[0]) return { kind: 'public' }
  return { kind: 'officer', accountId, officerId: rows[0].id }
}
