import type { Rooms } from '../rooms.ts'
import { broadcastRoutes } from './broadcasts/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { visitRoutes } from './visits/routes.ts'

export { runningWarnings } from './broadcasts/banner.ts'
export { forgetVisits } from './visits/use-cases.ts'

/** 平安社区: emergencies and warnings. */
export function safety(rooms: Rooms): void {
  eventRoutes(rooms)
  broadcastRoutes(rooms)
  visitRoutes(rooms)
}
