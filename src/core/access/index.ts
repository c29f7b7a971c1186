export { administrators, isAdministrator, type OrganisationKind, organisationKinds } from './administrators.ts'
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
export { listActs, type RecordedAct, type RecordedActs } from './use-cases/acts.ts'
export {
  acceptInvitation,
  type Invited,
  inviteOfficer,
  newInvitationToken,
  type OpenInvitation,
  readInvitation,
  withdrawInvitation,
} from './use-cases/invitations.ts'
export { type Administration, endOfficer, endPost, listOfficers, type Officer, type OfficersPost } from './use-cases/officers.ts'
export { addOrganisation, type Organisation } from './use-cases/organisations.ts'
export {
  changePhone,
  chooseDisplay,
  type Display,
  listOwnReads,
  type OwnRead,
  type OwnReads,
  readDisplay,
} from './use-cases/own.ts'
export { decidePost, listProposals, type Proposal, proposePost } from './use-cases/proposals.ts'
