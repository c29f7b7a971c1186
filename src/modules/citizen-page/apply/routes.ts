import type { Rooms } from '../../rooms.ts'
import { caseRoutes } from './case-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { sentRoutes } from './sent-routes.ts'

/** An application from its first question to its receipt, and one's own cases afterwards. */
export function applyRoutes(rooms: Rooms): void {
  draftRoutes(rooms)
  caseRoutes(rooms)
  fileRoutes(rooms)
  sentRoutes(rooms)
}
