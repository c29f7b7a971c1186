/** The desk's API: every use case a line. */
import * as cases from '../../core/cases/index.ts'
import { countUnprinted } from '../../core/documents/index.ts'
import { readSending } from '../../core/messages/index.ts'
import type { Api } from '../../platform/http/api.ts'

export function serviceCentreApi(api: Api): void {
  api('GET', '/work', cases.listWork)
  api('GET', '/figures', cases.readFigures)
  api('GET', '/unprinted-papers', countUnprinted)
  api('GET', '/sending', readSending)
  api('POST', '/window/cases', cases.receiveAtWindow)
  api('POST', '/window/cases/:caseId/correction', cases.answerCorrectionAtWindow)
  api('GET', '/cases/:caseId', cases.readCase)
  api('POST', '/cases/:caseId/correction-notice', cases.requestCorrection)
  api('POST', '/cases/:caseId/competence-refusal', cases.refuseCompetence)
  api('POST', '/cases/:caseId/acceptance', cases.acceptCase)
  api('POST', '/cases/:caseId/registration', cases.registerCase)
  api('POST', '/cases/:caseId/confirmation', cases.confirmCase)
  api('POST', '/cases/:caseId/review', cases.reviewCase)
  api('POST', '/cases/:caseId/return', cases.sendBackCase)
  api('POST', '/cases/:caseId/survey', cases.recordSurvey)
  api('POST', '/cases/:caseId/survey-confirmation', cases.confirmSurvey)
  api('POST', '/cases/:caseId/data-check', cases.recordDataCheck)
  api('POST', '/cases/:caseId/members/:memberId/paper-authorisation', cases.recordPaperAuthorisation)
  api('POST', '/cases/:caseId/authorisation', cases.completeAuthorisation)
  api('POST', '/cases/:caseId/notice', cases.publishNotice)
  api('POST', '/cases/:caseId/notice-end', cases.endNotice)
  api('POST', '/cases/:caseId/objections/:objectionId/answer', cases.answerObjection)
  api('POST', '/cases/:caseId/pause', cases.pauseCase)
  api('POST', '/cases/:caseId/resumption', cases.resumeCase)
  api('POST', '/cases/:caseId/extension-request', cases.requestExtension)
  api('POST', '/cases/:caseId/extension', cases.approveExtension)
  api('POST', '/cases/:caseId/basis', cases.recordBasis)
  api('POST', '/cases/:caseId/basis-correction', cases.correctBasis)
  api('POST', '/cases/:caseId/decision', cases.decideCase)
  api('POST', '/cases/:caseId/issue', cases.issueDecision)
  api('POST', '/cases/:caseId/delivery', cases.deliverDecision)
  api('POST', '/cases/:caseId/closure', cases.closeCase)
}
