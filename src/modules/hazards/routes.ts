/** 隐患 as an API: one path a use case. */
import type { Rooms } from '../rooms.ts'
import { hazardDesk } from './desk/routes.ts'
import { ownReports } from './own/routes.ts'
import {
  beginRepair,
  lookAgain,
  recheckHazard,
  regradeHazard,
  reopenHazard,
  sayDone,
  strikeOff,
  tellKeeper,
} from './use-cases/follow.ts'
import { listHazards, readHazard } from './use-cases/look.ts'
import { acknowledgeHazard, orderHazard, returnHazard, transferHazard } from './use-cases/power.ts'
import { dismissHazard, inspectHazard, registerHazard } from './use-cases/register.ts'
import { listOwnReports, readOwnReport, reportHazard } from './use-cases/report.ts'

export function hazardRoutes(rooms: Rooms): void {
  hazardDesk(rooms)
  ownReports(rooms)
  const { api } = rooms
  api('GET', '/hazards', listHazards)
  api('POST', '/hazards', registerHazard)
  api('GET', '/hazards/:id', readHazard)
  api('POST', '/hazards/:id/inspection', inspectHazard)
  api('POST', '/hazards/:id/dismissal', dismissHazard)
  api('POST', '/hazards/:id/notice', tellKeeper)
  api('POST', '/hazards/:id/repair', beginRepair)
  api('POST', '/hazards/:id/completion', sayDone)
  api('POST', '/hazards/:id/recheck', recheckHazard)
  api('POST', '/hazards/:id/striking-off', strikeOff)
  api('POST', '/hazards/:id/second-look', lookAgain)
  api('POST', '/hazards/:id/reopening', reopenHazard)
  api('POST', '/hazards/:id/grade', regradeHazard)
  api('POST', '/hazards/:id/order', orderHazard)
  api('POST', '/hazards/:id/transfer', transferHazard)
  api('POST', '/hazards/:id/receipt', acknowledgeHazard)
  api('POST', '/hazards/:id/return', returnHazard)
  api('GET', '/me/hazards', listOwnReports)
  api('POST', '/me/hazards', reportHazard)
  api('GET', '/me/hazards/:id', readOwnReport)
}
