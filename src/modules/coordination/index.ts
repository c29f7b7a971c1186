import type { Rooms } from '../rooms.ts'
import { coordinationApi } from './api.ts'
import { coordinationDesk } from './desk/routes.ts'

export { waitsOfWhistles } from './desk/routes.ts'
export { escalateUnanswered } from './jobs.ts'

/** 联动: what one office cannot do alone, called for by a whistle. */
export function coordination(rooms: Rooms): void {
  coordinationApi(rooms)
  coordinationDesk(rooms)
}
