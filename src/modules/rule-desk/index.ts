import type { Rooms } from '../rooms.ts'
import { ruleRoutes } from './routes.ts'

/** 规则: where authors read rules, try them out and propose files. */
export function ruleDesk(rooms: Rooms): void {
  ruleRoutes(rooms)
}
