import type { Rooms } from '../rooms.ts'
import { citizenApi } from './api.ts'
import { frontRoutes } from './front/routes.ts'
import { applyRoutes } from './apply/routes.ts'

/** 市民网页: the resident's front door. */
export function citizenPage(rooms: Rooms): void {
  citizenApi(rooms.api)
  frontRoutes(rooms)
  applyRoutes(rooms)
}
