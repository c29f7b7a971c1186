export { type Answers, claimText, type Member, plainText, readAnswer, refuseAll, tried } from './answer.ts'
export { askedAtWindow, askedFor } from './asked.ts'
export { isAsked, materialsNotAsked, questionsFor } from './branch.ts'
export {
  type Action,
  actions,
  type CaseState,
  type Fact,
  possible,
  rebuild,
  type StaffAction,
  type Status,
  type Surveyor,
  type Without,
} from './case.ts'
export { notIssued } from './certificate-asked.ts'
export { type Checked, type ConditionLine, type DataCheck, previewConditions, sharesAsked } from './conditions.ts'
export { recomputeProvisional, takeDownNotices } from './jobs.ts'
export { agreedBy, isAccountedFor, notOnRecord, type OwnWord } from './materials.ts'
export { withoutHousehold } from './own-view.ts'
export { issuePaper } from './paper.ts'
export { remindPermits } from './permit-jobs.ts'
export type { May } from './possible.ts'
export { asksHousehold, stepOf } from './possible.ts'
export { casesThatDiffer } from './rebuilt-store.ts'
export { type Received, receive } from './receive.ts'
export { type Found, factsOf, getCase, getCaseForUpdate, listTimeline, type TimelineRow } from './store.ts'
export { ANOTHER, type Input, type Supposed } from './suppose.ts'
export { acceptCase, refuseCompetence, requestCorrection } from './use-cases/acceptance.ts'
export {
  agreeToCheck, answerCorrection, listAuthorisations, listNotices, type NoticeView, type OwnAuthorisation, objectToNotice, rateCase, withdrawCase, withdrawMaterial,
} from './use-cases/applicant.ts' // biome-ignore format: one list
export { type CaseByProxy, listCasesByProxy, lookOf, proxyOf, readSentByProxy, type SentCase } from './use-cases/by-proxy.ts'
export { approveExtension, pauseCase, requestExtension, resumeCase } from './use-cases/clock.ts'
export {
  closeCase,
  correctBasis,
  decideCase,
  deliverDecision,
  issueDecision,
  recordBasis,
  registerCase,
} from './use-cases/decide.ts'
export {
  answerQuestion,
  type DraftLine,
  type DraftView,
  discardDraft,
  listDrafts,
  readDraft,
  readDraftByProxy,
  startDraft,
  submitDraft,
} from './use-cases/draft.ts'
export type { Draft } from './use-cases/kept-draft.ts'
export { objectToLine } from './use-cases/line-objection.ts'
export {
  type CasePage, caseEntry, caseIdOfNumber, type FigureRow, type Figures, listOwnCases, type OwnCase, type OwnCaseLine, readCase, readFigures, readOwnCase,
} from './use-cases/look.ts' // biome-ignore format: one list
export { checkOwnConditions, type OwnConditions } from './use-cases/own-conditions.ts'
export { type Preview, previewAct } from './use-cases/preview.ts'
export {
  answerObjection, authoriseCheck, completeAuthorisation, confirmCase, endNotice, publishNotice, recordDataCheck, recordPaperAuthorisation, reviewCase, sendBackCase,
} from './use-cases/steps.ts' // biome-ignore format: one list
export { type Colleague, confirmSurvey, recordSurvey } from './use-cases/survey.ts'
export { type CaseWhy, explainCase, explainMatter, explainOwnCase, type MatterWhy } from './use-cases/why.ts'
export { answerCorrectionAtWindow, receiveAtWindow } from './use-cases/window.ts'
export { type List, lists, listWork, type WorkList, type WorkListRow } from './use-cases/work-list.ts'
export type { Why, WhyAmount, WhyLine } from './why.ts'
