/** What another system reads of incidents: a list, single ones, and what happened meanwhile. One statement each. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import type { Fact, Outcome, Status } from '../incident.ts'
import { anybody } from '../use-cases/public.ts'

const Instant = Type.String({ format: 'date-time' })
/** Of one answer, as GeoReport v2 says it. */
export const MOST = 1000

/** As PostgreSQL writes an instant in UTC, to the microsecond: `2026-11-29 06:20:00.25`. */
export type UtcText = string

export interface OpenRequest {
  publicId: string
  classCode: string
  title: string | null
  area: string
  place: string | null
  lon: number | null
  lat: number | null
  status: Status
  outcome: Outcome | null
  open: boolean
  linked: boolean
  unitName: string | null
  reportedAt: UtcText
  changedAt: UtcText
  dueAt: UtcText | null
  /** The first that an officer has cleared. */
  photoId: string | null
}
// Read as a date and written as text again, what is only passed on was a fifth of this process's time for a list.
const utc = (column: string) => sql`(${sql.ref(column)} at time zone 'UTC')::text`
export const columns = sql`public_id as "publicId", class_code as "classCode", title, area, shown_place as place, lon, lat, status, outcome, open, linked, unit_name as "unitName", ${utc('reported_at')} as "reportedAt", ${utc('changed_at')} as "changedAt", ${utc('due_at')} as "dueAt", photo_id as "photoId"`

/** Of what officers have cleared, reported within a range, the newest first. */
export const listRequests = query({
  operation: 'grid.list-requests',
  permission: null,
  actors: anybody,
  input: Type.Object({
    from: Instant,
    to: Instant,
    classCodes: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 200 })),
    open: Type.Optional(Type.Boolean()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  }),
  output: Type.Unsafe<{ rows: OpenRequest[] }>({}),
  async run({ tx }, { from, to, classCodes, open, limit = MOST, offset = 0 }) {
    const ofClass = classCodes ? sql`and class_code = any(${classCodes}::text[])` : sql``
    const standing = open === undefined ? sql`` : sql`and open = ${open}`
    return {
      rows: await tx.rows(
        sql<OpenRequest>`select ${columns} from grid.public_request where reported_at between ${new Date(from)} and ${new Date(to)} ${ofClass} ${standing} order by reported_at desc, public_id limit ${limit} offset ${offset}`,
      ),
    }
  },
})

/** By their ids: what is not shown yet, for whoever was told its id. Ids that nobody has are left out. */
export const getRequests = query({
  operation: 'grid.get-requests',
  permission: null,
  actors: anybody,
  input: Type.Object({ ids: Type.Array(Id, { maxItems: MOST }) }),
  output: Type.Unsafe<{ rows: OpenRequest[] }>({}),
  async run({ tx }, { ids }) {
    return {
      rows: await tx.rows(
        sql<OpenRequest>`select ${columns} from grid.requests_of(${ids}::uuid[]) order by reported_at desc, public_id`,
      ),
    }
  },
})

export interface RequestUpdate {
  publicId: string
  /** With the id of the request the name of the update, for good. */
  mark: string
  fact: Fact['fact']
  how: 'on_site' | 'from_papers' | null
  unitName: string | null
  recordedAt: UtcText
}

/** What happened within a range with what officers have cleared, the oldest first, so that a client can go on from the last. */
export const listUpdates = query({
  operation: 'grid.list-updates',
  permission: null,
  actors: anybody,
  input: Type.Object({ from: Instant, to: Instant }),
  output: Type.Unsafe<{ rows: RequestUpdate[] }>({}),
  async run({ tx }, { from, to }) {
    return {
      rows: await tx.rows(sql<RequestUpdate>`select public_id as "publicId", mark, fact, how, unit_name as "unitName", ${utc('recorded_at')} as "recordedAt" from grid.public_fact
        where recorded_at between ${new Date(from)} and ${new Date(to)} order by recorded_at, public_id, mark limit ${MOST}`),
    }
  },
})
