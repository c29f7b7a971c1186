/** A resident's API: every use case a line. */
import * as cases from '../../core/cases/index.ts'
import { checkDocument } from '../../core/documents/index.ts'
import {
  chooseChannels,
  listChannels,
  listMessages,
  markMessagesRead,
  proveEmail,
  removeEmail,
  requestEmailCode,
} from '../../core/messages/index.ts'
import { readOwnRuleFacts } from '../../core/people/index.ts'
import type { Api } from '../../platform/http/api.ts'

export function citizenApi(api: Api): void {
  api('POST', '/drafts', cases.startDraft)
  api('GET', '/drafts', cases.listDrafts)
  api('GET', '/drafts/:draftId', cases.readDraft)
  api('POST', '/drafts/:draftId/answers/:question', cases.answerQuestion)
  api('POST', '/drafts/:draftId/submission', cases.submitDraft)
  api('POST', '/drafts/:draftId/removal', cases.discardDraft)
  api('GET', '/me/cases', cases.listOwnCases)
  api('GET', '/me/cases/:caseId', cases.readOwnCase)
  api('POST', '/me/cases/:caseId/correction', cases.answerCorrection)
  api('POST', '/me/cases/:caseId/agreement', cases.agreeToCheck)
  api('POST', '/me/cases/:caseId/withdrawal', cases.withdrawCase)
  api('POST', '/me/cases/:caseId/materials/:materialId/withdrawal', cases.withdrawMaterial)
  api('POST', '/me/cases/:caseId/rating', cases.rateCase)
  api('GET', '/me/notices', cases.listNotices)
  api('POST', '/me/notices/:noticeId/objection', cases.objectToNotice)
  api('GET', '/me/authorisations', cases.listAuthorisations)
  api('POST', '/me/authorisations/:memberId', cases.authoriseCheck)
  api('GET', '/me/facts', readOwnRuleFacts)
  api('GET', '/me/messages', listMessages)
  api('POST', '/me/messages/read', markMessagesRead)
  api('GET', '/me/channels', listChannels)
  api('POST', '/me/channels', chooseChannels)
  api('POST', '/me/email/code', requestEmailCode)
  api('POST', '/me/email', proveEmail)
  api('POST', '/me/email/removal', removeEmail)
  api('GET', '/documents/:documentId', checkDocument)
}
