export { claimFirst, firstAdministrator } from './first-administrator.ts'
export { covers, guard, postOf } from './guard.ts'
export { type HeldPost, identify, isHeldOn, listPosts, type PermissionsOf, type Session } from './identify.ts'
export { recordRead } from './read-entry.ts'
