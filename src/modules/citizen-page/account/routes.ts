import type { Rooms } from '../../rooms.ts'
import { channelRoutes } from './channels.ts'
import { confirmRoutes } from './confirm.ts'
import { deletionRoutes } from './deletion.ts'
import { detailRoutes } from './details.ts'
import { identityRoutes } from './identity.ts'
import { securityRoutes } from './security.ts'
import { undoRoutes } from './undo.ts'

export function accountRoutes(rooms: Rooms): void {
  securityRoutes(rooms)
  confirmRoutes(rooms)
  detailRoutes(rooms)
  channelRoutes(rooms)
  deletionRoutes(rooms)
  undoRoutes(rooms)
  identityRoutes(rooms)
}
