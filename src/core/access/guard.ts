/**
 * The check before anything is read: what the actor is, what her post is granted, how well she is known.
 * Row security stands behind it, and the use case's own check of the exact areas (`covers`) behind that.
 */
import type { Actor, Guard, IdentityLevel, Post, Scope } from '../../platform/actor.ts'
import { Refusal } from '../../platform/refusal.ts'

const RANK: Record<IdentityLevel, number> = { A0: 0, A1: 1, A2: 2 }

const nobody: Scope = { role: 'app_public', area: '', domains: [], subjects: [], accountId: null }

export const guard: Guard = {
  admit(actor, permission, level) {
    switch (actor.kind) {
      case 'public':
        if (permission || level) throw new Refusal('account.sign_in_first', 'forbidden')
        return nobody
      case 'resident':
      case 'proxy':
        if (level && RANK[actor.level] < RANK[level])
          throw new Refusal(actor.level === 'A0' ? 'account.bind_first' : 'account.confirm_first', 'forbidden')
        return {
          role: 'app_resident',
          area: actor.communityArea ?? '',
          domains: [],
          subjects: actor.personId ? [actor.personId] : [],
          accountId: actor.accountId,
        }
      case 'officer':
        if (permission) throw new Refusal('access.choose_post', 'forbidden')
        return { ...nobody, accountId: actor.accountId }
      case 'staff':
        if (permission && !actor.post.permissions.includes(permission))
          throw new Refusal('access.not_permitted', 'forbidden', { permission })
        return {
          role: 'app_staff',
          area: actor.post.scope,
          domains: actor.post.domains,
          subjects: [],
          accountId: actor.accountId,
          postId: actor.post.id,
        }
      case 'system':
        return { role: 'app_system', area: actor.scope, domains: actor.domains, subjects: [], accountId: null }
    }
  },
}

/** A proxy acts in the matters that were named, and in no other. Refusal: access.proxy_not_this_matter */
export function refuseOtherMatter(actor: Actor, matterCode: string): void {
  if (actor.kind === 'proxy' && !actor.matters.includes(matterCode))
    throw new Refusal('access.proxy_not_this_matter', 'forbidden', { matter: matterCode })
}

/** Of a row that carries `proxy_id`: what was begun for another is found while acting for her, and one's own is not. */
export const proxyIdOf = (actor: Actor): string | null => (actor.kind === 'proxy' ? actor.proxyId : null)

/** Does the post's exact set of areas hold `area`? Row security only knows their common ancestor. */
export const covers = (post: Pick<Post, 'areas'>, area: string): boolean => post.areas.some((own) => area.startsWith(own))

/** The post of an actor that must be staff; use cases that only staff may run call it. */
export function postOf(actor: Actor): Post {
  if (actor.kind !== 'staff') throw new Refusal('access.choose_post', 'forbidden')
  return actor.post
}
