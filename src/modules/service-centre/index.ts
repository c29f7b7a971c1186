import type { Rooms } from '../rooms.ts'
import { serviceCentreApi } from './api.ts'
import { deskRoutes } from './desk/routes.ts'
import { findingRoutes } from './finding/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { windowRoutes } from './window/routes.ts'

export { type DeskShell, deskShell, shortArea } from './desk/shell.ts'
export { readNewPassword } from './sign-in/new-password.ts'
export { NewPassword, newPasswordLabels } from './sign-in/pages/new-password.tsx'

/** 政务服务中心: the window and the desk of street, community and district. */
export function serviceCentre(rooms: Rooms): void {
  serviceCentreApi(rooms.api)
  deskRoutes(rooms)
  signInRoutes(rooms)
  windowRoutes(rooms)
  findingRoutes(rooms)
}
