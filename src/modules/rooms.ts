import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { DemoOutbox } from '../core/messages/index.ts'
import type { DemoCast } from '../demo/index.ts'
import type { IdentityService } from '../platform/accounts/index.ts'
import type { Api } from '../platform/http/api.ts'
import type { Platform } from '../platform/platform.ts'
import type { PageRequest, Pages, Tone } from '../ui/index.ts'

/** Something that waits for a post: how many, in words, and where to go. */
export interface Wait {
  href: string
  label: string
  count: number
  tone: Tone
}

/** What waits for whoever asks, so far as her post lets her see it. */
export type WaitsFor = (r: PageRequest) => Promise<readonly Wait[]>

/** How much of one kind of work is where: cells as they are read, one row an area. */
export interface FigureTable {
  code: string
  title: string
  note: string
  columns: readonly string[]
  rows: readonly { code: string; cells: readonly string[]; late: boolean }[]
  total: readonly string[]
  /** Its list, for who may open it. */
  href?: string
}
export type FiguresFor = (r: PageRequest, area: string | undefined) => Promise<readonly FigureTable[]>

/** How something of a case stands, in words: what is so, and what to do next. */
export interface Standing {
  text: string
  tone: 'info' | 'warn' | 'good'
}

/** How the ability assessment of a case stands, for whoever may assess. */
export type AssessmentFor = (r: PageRequest, caseId: string) => Promise<Standing>

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
  /** For the first page of a post: its lists beside the cases. */
  waits: WaitsFor
  /** For the page of figures: work that is no case. */
  figures: FiguresFor
  /** For the page of a case whose applicant is assessed. */
  assessment: AssessmentFor
  /** Identity services through which people sign in; null where none is set. */
  identity: { staff: IdentityService | null; residents: IdentityService | null }
}
