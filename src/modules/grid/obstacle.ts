/** Which acts a post can do with an incident now, and why not the others. Pure. */
import type { Post } from '../../platform/actor.ts'
import { type Action, type IncidentState, permissionOf, possible } from './incident.ts'

/** Why `action` cannot be done by this post now, as a refusal code; null when it can. */
export function obstacleOf(
  action: Action,
  state: IncidentState,
  post: Pick<Post, 'permissions' | 'officerId' | 'organisationId'>,
): string | null {
  if (!(possible[state.status] as readonly Action[]).includes(action)) return 'incident.not_now'
  if (!post.permissions.includes(permissionOf[action])) return 'access.not_permitted'
  const { officerId } = post
  switch (action) {
    case 'dispatch':
      return officerId === state.verifiedBy || officerId === state.filedBy ? 'incident.who_verifies_never_dispatches' : null
    case 'take_on':
    case 'return':
    case 'hand_in':
      return post.organisationId === state.unitId ? null : 'incident.not_your_unit'
    case 'request_extension':
      if (post.organisationId !== state.unitId) return 'incident.not_your_unit'
      return state.extension ? 'incident.extension_asked' : null
    case 'approve_extension':
      return state.extension && !state.extension.approvedAt ? null : 'incident.extension_not_asked'
    case 'pass_check':
    case 'fail_check':
      return officerId === state.handledBy || post.organisationId === state.unitId ? 'incident.not_ones_own_work' : null
    case 'hide':
      return state.shown || state.hiddenWith ? null : 'incident.hidden_already'
    case 'show':
      return state.shown ? 'incident.shown_already' : null
    default:
      return null
  }
}

export type May = Partial<Record<Action, true | string>>
/** Every act that the status allows and the post is granted: true, or the refusal code that says why not. */
export function mayOf(state: IncidentState, post: Post): May {
  const may: May = {}
  for (const action of possible[state.status]) {
    const obstacle = obstacleOf(action, state, post)
    if (obstacle !== 'access.not_permitted') may[action] = obstacle ?? true
  }
  return may
}
