import type { Rooms } from '../rooms.ts'
import { citizenApi } from './api.ts'

/** 市民网页: the resident's front door. */
export function citizenPage({ api }: Rooms): void {
  citizenApi(api)
}
