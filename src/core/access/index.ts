export { type Binding, bind, bindingOf, documentsSeen, unbind } from './bind.ts'
export { claimFirst, firstAdministrator, isFirstToken } from './first-administrator.ts'
export { covers, guard, postOf } from './guard.ts'
export {
  type HeldPost,
  identify,
  isFresh,
  isHeldOn,
  listPosts,
  type PermissionsOf,
  POST_COOKIE,
  type Session,
} from './identify.ts'
export { recordRead, sealedLogs } from './read-entry.ts'
export { undoableSince, undoBinding } from './undo.ts'
export {
  changePhone,
  chooseDisplay,
  type Display,
  listOwnReads,
  type OwnRead,
  type OwnReads,
  readDisplay,
} from './use-cases.ts'
