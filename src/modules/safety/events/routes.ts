/** Emergencies: what officers report, whom they tell, and where it stands. */
import type { Rooms } from '../../rooms.ts'
import {
  acknowledgeEvent,
  closeEvent,
  listEvents,
  openEvent,
  readEvent,
  reportEvent,
  setResponse,
  tellEvent,
} from './use-cases.ts'

export function eventRoutes({ api }: Rooms): void {
  api('GET', '/events', listEvents)
  api('POST', '/events', openEvent)
  api('GET', '/events/:id', readEvent)
  api('POST', '/events/:id/report', reportEvent)
  api('POST', '/events/:id/telling', tellEvent)
  api('POST', '/events/:id/acknowledgement', acknowledgeEvent)
  api('POST', '/events/:id/response', setResponse)
  api('POST', '/events/:id/closing', closeEvent)
}
