/** Pages of the three administrators under /desk/administration, and the link of an invitation. */
import type { Rooms } from '../rooms.ts'
import { actsRoutes } from './acts.tsx'
import { approvalRoutes } from './approval.tsx'
import { invitationRoutes } from './invitation.tsx'
import { officerRoutes } from './officers.tsx'
import { holdRoutes, retentionRoutes } from './retention.tsx'

export function administrationRoutes(rooms: Rooms): void {
  officerRoutes(rooms)
  invitationRoutes(rooms)
  approvalRoutes(rooms)
  actsRoutes(rooms)
  retentionRoutes(rooms)
  holdRoutes(rooms)
}
