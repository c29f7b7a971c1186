import type { Rooms, WaitsFor } from '../rooms.ts'
import { broadcastRoutes, waitsOfWarnings } from './broadcasts/routes.ts'
import { cameraRoutes, waitsOfFootage } from './cameras/routes.ts'
import { eventRoutes, waitsOfEvents } from './events/routes.ts'
import { planRoutes } from './plans/routes.ts'
import { visitRoutes } from './visits/routes.ts'
import { watchRoutes } from './watch/routes.ts'

export { runningWarnings } from './broadcasts/banner.ts'
export { tellWarnings } from './broadcasts/tell.ts'
export { forgetVisits } from './visits/use-cases.ts'

/** 平安社区: emergencies, warnings, cameras, duty, plans, watch groups. */
export function safety(rooms: Rooms): void {
  eventRoutes(rooms)
  broadcastRoutes(rooms)
  visitRoutes(rooms)
  cameraRoutes(rooms)
  planRoutes(rooms)
  watchRoutes(rooms)
}

/** What waits for the post in these rooms. */
export const waitsOfSafety: WaitsFor = async (r) => [
  ...(await waitsOfWarnings(r)),
  ...(await waitsOfEvents(r)),
  ...(await waitsOfFootage(r)),
]
