import type { Rooms } from '../rooms.ts'
import { careRoutes } from './routes.ts'

/** 养老服务: what is assessed of elderly applicants. */
export function elderCare(rooms: Rooms): void {
  careRoutes(rooms)
}
