import type { Rooms } from '../rooms.ts'
import { gridApi } from './api.ts'
import { borderRoutes } from './borders/routes.ts'
import { incidentDesk } from './desk/routes.ts'
import { fieldApi } from './field/api.ts'
import { fieldPages } from './field/routes.ts'
import { ogc } from './ogc/routes.ts'
import { open311 } from './open311/routes.ts'
import { gridRoutes } from './routes.ts'
import { taskRoutes } from './tasks/routes.ts'

export { waitsOfGrid } from './desk/routes.ts'
export { endWaiting, stripReports } from './jobs.ts'
export { type ApiKey, endApiKey, listApiKeys, makeApiKey, newApiKey, perMinutes } from './open311/keys.ts'
export { type Bounds, checkedPoint, type Point, type System, systems } from './place.ts'
export { holdsPrivateNumber } from './private-number.ts'
export { getIncident, letIn } from './store.ts'
export { noteWhistle, placeSaid, type WhistleFact, whistlesOf } from './use-cases/whistles.ts'

/** 网格: what is reported of a place, and what came of it. */
export function grid(rooms: Rooms): void {
  gridApi(rooms)
  fieldApi(rooms)
  fieldPages(rooms)
  incidentDesk(rooms)
  borderRoutes(rooms)
  taskRoutes(rooms)
  open311(rooms)
  gridRoutes(rooms)
  ogc(rooms)
}
