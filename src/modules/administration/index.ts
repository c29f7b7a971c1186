import type { Rooms } from '../rooms.ts'
import { administrationRoutes } from './routes.ts'

export { waitsForAdministrator } from './routes.ts'

/** 三员管理: officers, posts and the record of acts. */
export function administration(rooms: Rooms): void {
  administrationRoutes(rooms)
}
