/** The door in two steps, and what an officer does to her own sign-in. */
import type { Rooms } from '../../rooms.ts'
import { identityRoutes } from './identity.ts'
import { resetRoutes } from './reset.ts'
import { secondStepRoutes } from './second-step.ts'
import { securityRoutes } from './security.ts'

export function signInRoutes(rooms: Rooms): void {
  secondStepRoutes(rooms)
  resetRoutes(rooms)
  securityRoutes(rooms)
  identityRoutes(rooms)
}
