export { claimFirst, firstAdministrator, isFirstToken } from './first-administrator.ts'
export { covers, guard, postOf } from './guard.ts'
export { type HeldPost, identify, isHeldOn, listPosts, POST_COOKIE, type PermissionsOf, type Session } from './identify.ts'
export { recordRead } from './read-entry.ts'
