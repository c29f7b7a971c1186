import type { Rooms } from '../rooms.ts'
import { accountRoutes } from './account/routes.ts'
import { citizenApi } from './api.ts'
import { applyRoutes } from './apply/routes.ts'
import { certificateRoutes } from './certificates/routes.ts'
import { foundRoutes } from './found/routes.ts'
import { frontRoutes } from './front/routes.ts'
import { proxyRoutes } from './proxies/routes.ts'
import { receiptRoute } from './receipts/routes.ts'
import { tableRoutes } from './tables/routes.ts'

/** 市民网页: the resident's front door. */
export function citizenPage(rooms: Rooms): void {
  citizenApi(rooms.api)
  frontRoutes(rooms)
  applyRoutes(rooms)
  accountRoutes(rooms)
  proxyRoutes(rooms)
  certificateRoutes(rooms)
  foundRoutes(rooms)
  receiptRoute(rooms)
  tableRoutes(rooms)
}
