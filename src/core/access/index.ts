export { type ByProxy, holdProxy, refuseNotSent, sentUnder } from './acting-store.ts'
export {
  type AdministratorKind,
  administrators,
  isAdministrator,
  type OrganisationKind,
  organisationKinds,
  proposerFor,
} from './administrators.ts'
export { placeWords } from './around.ts'
export { type Binding, bind, bindingOf, documentsSeen, unbind } from './bind.ts'
export { claimFirst, firstAdministrator, isFirstToken } from './first-administrator.ts'
export { covers, guard, postOf, proxyIdOf, refuseOtherMatter } from './guard.ts'
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
export { inAreas } from './in-areas.ts'
export { type AccountNotice, countUnseen, listNotices, markSeen, noteOwn } from './notices.ts'
export { asProxy, CODE_DAYS, type Proxied } from './proxies.ts'
export { recordRead, sealedLogs } from './read-entry.ts'
export { undoableSince, undoBinding } from './undo.ts'
export { listActs, type RecordedAct, type RecordedActs } from './use-cases/acts.ts'
export {
  type Change,
  type ChangeKind,
  changeDone,
  changeKinds,
  changeWaits,
  decideChange,
  listChanges,
  makeResetLink,
  proposeReset,
  proposeRestart,
  proposeStop,
} from './use-cases/changes.ts'
export {
  acceptInvitation,
  type Invited,
  inviteOfficer,
  newLinkToken,
  type OpenInvitation,
  readInvitation,
  withdrawInvitation,
} from './use-cases/invitations.ts'
export {
  type Administration,
  endOfficer,
  endPost,
  listOfficers,
  type Officer,
  type OfficersPost,
  stopOfficer,
} from './use-cases/officers.ts'
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
export {
  endProxiesOf,
  endProxy,
  giveProxy,
  insertProxy,
  listOwnProxies,
  MadeProxy,
  type OwnProxy,
  type SignedPaper,
  showingCode,
  takeProxy,
} from './use-cases/proxies.ts'
export {
  endOfficersSessions,
  type FailedTries,
  listSignIns,
  type OfficersSignIn,
  releaseSignIn,
  type SignIns,
} from './use-cases/sign-ins.ts'
