import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { DemoOutbox } from '../core/messages/index.ts'
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
  outbox: DemoOutbox | null
  secureCookies: boolean
}

