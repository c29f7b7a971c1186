import type { Rooms } from '../rooms.ts'
import { deskWhyRoutes, residentWhyRoutes } from './routes.ts'

/** 为什么: explanations of cases and matters, for residents and for the desk. */
export function explanations(rooms: Rooms): void {
  residentWhyRoutes(rooms)
  deskWhyRoutes(rooms)
}
