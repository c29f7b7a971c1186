import type { Rooms } from '../rooms.ts'
import { eventRoutes } from './events/routes.ts'

export { acknowledgeEvent, closeEvent, openEvent, reportEvent, setResponse, tellEvent } from './events/use-cases.ts'

/** 平安社区: emergencies. */
export function safety(rooms: Rooms): void {
  eventRoutes(rooms)
}
