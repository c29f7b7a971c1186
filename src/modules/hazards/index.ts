import type { Rooms } from '../rooms.ts'
import { hazardRoutes } from './routes.ts'

export { tendHazards } from './jobs.ts'
export { beginRepair, recheckHazard, sayDone, strikeOff, tellKeeper } from './use-cases/follow.ts'
export { acknowledgeHazard, orderHazard, transferHazard } from './use-cases/power.ts'
export { registerHazard } from './use-cases/register.ts'
export { reportHazard } from './use-cases/report.ts'

/** 隐患: found, registered, told, put right, rechecked, struck off, looked at again. */
export function hazards(rooms: Rooms): void {
  hazardRoutes(rooms)
}
