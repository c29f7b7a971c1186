import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { DemoOutbox } from '../core/messages/index.ts'
import type { DemoCast } from '../demo/index.ts'
import type { IdentityService } from '../platform/accounts/index.ts'
import type { Api } from '../platform/http/api.ts'
import type { Platform } from '../platform/platform.ts'
import type { Pages } from '../ui/index.ts'

/** What a room's routes are given. */
export interface Rooms {
  app: FastifyInstance
  platform: Platform
  pages: Pages
  api: Api
  pool: pg.Pool
  demo: boolean
  /** Who can sign in to a demo; null otherwise. */
  cast: DemoCast | null
  outbox: DemoOutbox | null
  /** Between the SMS gateway and this node; null where none is set. */
  smsSecret: string | null
  secureCookies: boolean
  /** Identity services through which people sign in; null where none is set. */
  identity: { staff: IdentityService | null; residents: IdentityService | null }
}
