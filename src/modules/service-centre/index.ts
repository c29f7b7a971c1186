import type { Rooms } from '../rooms.ts'
import { serviceCentreApi } from './api.ts'

/** 政务服务中心: the window and the desk of street, community and district. */
export function serviceCentre({ api }: Rooms): void {
  serviceCentreApi(api)
}
