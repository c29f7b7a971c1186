import type { Rooms } from '../rooms.ts'
import { hazardRoutes } from './routes.ts'

export { waitsOfHazards } from './desk/routes.ts'
export { tendHazards } from './jobs.ts'

/** 隐患: found, registered, told, put right, rechecked, struck off, looked at again. */
export function hazards(rooms: Rooms): void {
  hazardRoutes(rooms)
}
