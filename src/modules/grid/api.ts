/** Paths of the API, one sentence each. */
import type { Rooms } from '../rooms.ts'
import { endApiKey, listApiKeys, makeApiKey } from './open311/keys.ts'
import * as acts from './use-cases/acts.ts'
import { listFeed, listServed, readFacility, readGround, readPublicIncident, settlePlace } from './use-cases/around.ts'
import * as delay from './use-cases/delay.ts'
import { followReport, listOwnReports, sayOfReport } from './use-cases/follow.ts'
import { hideIncident, showIncident } from './use-cases/hide.ts'
import { listFacilities, listIncidents } from './use-cases/look.ts'
import { listPublicIncidents, mapPublicIncidents } from './use-cases/public.ts'
import { readIncident, readReporters } from './use-cases/read-incident.ts'
import { report } from './use-cases/report.ts'
import { showPhoto } from './use-cases/see-photos.ts'

export function gridApi({ api }: Rooms): void {
  api('POST', '/reports', report)
  api('GET', '/reports', listOwnReports)
  api('GET', '/reports/:token', followReport)
  api('POST', '/reports/:token/word', sayOfReport)
  api('GET', '/public/incidents', listPublicIncidents)
  api('GET', '/public/incidents/map', mapPublicIncidents)
  api('GET', '/public/incidents/latest', listFeed)
  api('GET', '/public/incidents/:publicId', readPublicIncident)
  api('GET', '/public/grids', readGround)
  api('GET', '/public/communities', listServed)
  api('GET', '/public/facilities/:token', readFacility)
  api('POST', '/public/places', settlePlace)
  api('GET', '/programs', listApiKeys)
  api('POST', '/programs', makeApiKey)
  api('POST', '/programs/:id/end', endApiKey)
  api('GET', '/facilities', listFacilities)
  api('GET', '/incidents', listIncidents)
  api('GET', '/incidents/:id', readIncident)
  api('GET', '/incidents/:id/reporters', readReporters)
  api('POST', '/photos/:photoId/showing', showPhoto)
  api('POST', '/incidents/:id/verification', acts.verifyIncident)
  api('POST', '/incidents/:id/filing', acts.fileIncident)
  api('POST', '/incidents/:id/filing/refusal', acts.refuseFiling)
  api('POST', '/incidents/:id/void', acts.voidIncident)
  api('POST', '/incidents/:id/children', acts.linkIncidents)
  api('POST', '/incidents/:id/unlinking', acts.unlinkIncident)
  api('POST', '/incidents/:id/dispatch', acts.dispatchIncident)
  api('POST', '/incidents/:id/recall', acts.recallIncident)
  api('POST', '/incidents/:id/taking-on', acts.takeOnIncident)
  api('POST', '/incidents/:id/return', acts.returnIncident)
  api('POST', '/incidents/:id/extension', delay.requestExtension)
  api('POST', '/incidents/:id/extension/approval', delay.approveExtension)
  api('POST', '/incidents/:id/hanging', delay.hangIncident)
  api('POST', '/incidents/:id/resumption', delay.resumeIncident)
  api('POST', '/incidents/:id/handling', acts.handInIncident)
  api('POST', '/incidents/:id/check', acts.passCheck)
  api('POST', '/incidents/:id/rework', acts.failCheck)
  api('POST', '/incidents/:id/unsolved', acts.closeUnsolved)
  api('POST', '/incidents/:id/hiding', hideIncident)
  api('POST', '/incidents/:id/showing', showIncident)
}
