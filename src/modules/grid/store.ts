import { createHash } from 'node:crypto'
import { covers } from '../../core/access/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import * as timeline from '../../core/timeline/index.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { Fact, IncidentState } from './incident.ts'
import { type Bounds, boxAround, inWgs84, type MultiPolygon, type Point, type Polygon, type System } from './place.ts'

/** An incident as it is kept: what never changes, and its state. */
export interface Found {
  id: string
  publicId: string
  number: string
  street: string
  area: string
  gridId: string | null
  channel: string
  packHash: string
  facilityId: string | null
  point: Point | null
  shownPlace: string | null
  reportedAt: Date
  state: IncidentState
}

type Row = Omit<Found, 'point' | 'state'> & { lon: number | null; lat: number | null; crs: System | null } & Omit<
    IncidentState,
    'stageDueAt' | 'dueAt' | 'handledAt' | 'checkedAt' | 'wordBy' | 'closedAt'
  > &
  Record<'stageDueAt' | 'dueAt' | 'handledAt' | 'checkedAt' | 'wordBy' | 'closedAt', Date | null>

const columns = sql`id, public_id as "publicId", number, street, area, grid_id as "gridId", channel, pack_hash as "packHash", facility_id as "facilityId", lon, lat, crs, shown_place as "shownPlace", reported_at as "reportedAt",
  status, class_code as "classCode", condition, level, shown, hidden_with as "hiddenWith", title, parent_id as "parentId", round, unit_id as "unitId", verified_by as "verifiedBy", filed_by as "filedBy", dispatched_by as "dispatchedBy", handled_by as "handledBy",
  stage_due_at as "stageDueAt", due_at as "dueAt", due_provisional as "dueProvisional", pauses, extension, handled_at as "handledAt", checked_at as "checkedAt", word_by as "wordBy", closed_at as "closedAt", outcome, was_late as "wasLate", seq`

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function found(row: Row): Found {
  const {
    id,
    publicId,
    number,
    street,
    area,
    gridId,
    channel,
    packHash,
    facilityId,
    lon,
    lat,
    crs,
    shownPlace,
    reportedAt,
    ...state
  } = row
  return {
    id,
    publicId,
    number,
    street,
    area,
    gridId,
    channel,
    packHash,
    facilityId,
    point: lon === null ? null : { lon, lat: lat!, crs: crs! },
    shownPlace,
    reportedAt,
    state: {
      ...state,
      stageDueAt: iso(state.stageDueAt),
      dueAt: iso(state.dueAt),
      handledAt: iso(state.handledAt),
      checkedAt: iso(state.checkedAt),
      wordBy: iso(state.wordBy),
      closedAt: iso(state.closedAt),
    },
  }
}

/** Row security knows the common ancestor of a post's areas; the exact set is asked here. What it hides was never there. */
const inView = (actor: Work['actor'], area: string): boolean => actor.kind !== 'staff' || covers(actor.post, area)

/** @throws Refusal `incident.not_found` alike for one that is not there and one out of sight */
export async function getIncident({ tx, actor }: Pick<Work, 'tx' | 'actor'>, id: string, lock = false): Promise<Found> {
  const row = await tx.maybe(sql<Row>`select ${columns} from grid.incident where id = ${id}${lock ? sql` for update` : sql``}`)
  if (!row || !inView(actor, row.area)) throw new Refusal('incident.not_found', 'missing')
  return found(row)
}

export interface NewIncident {
  id: string
  publicId: string
  area: string
  gridId: string | null
  channel: string
  classCode: string
  level: string
  packHash: string
  facilityId: string | null
  point: Point | null
  shown: { lon: number; lat: number; name: string } | null
  reportedAt: Date
  stageDueAt: Date
}

/** The database gives the number; whoever reports may not read the row, so it is asked for by the token. */
export const insertIncident = (tx: Tx, n: NewIncident): Promise<unknown> =>
  tx.run(sql`insert into grid.incident (id, public_id, street, area, grid_id, channel, class_code, level, pack_hash, facility_id, lon, lat, crs, shown_lon, shown_lat, shown_place, reported_at, status, stage_due_at, seq)
    values (${n.id}, ${n.publicId}, ${n.area.slice(0, 9)}, ${n.area}, ${n.gridId}, ${n.channel}, ${n.classCode}, ${n.level}, ${n.packHash}, ${n.facilityId}, ${n.point?.lon ?? null}, ${n.point?.lat ?? null}, ${n.point?.crs ?? null},
      ${n.shown?.lon ?? null}, ${n.shown?.lat ?? null}, ${n.shown?.name ?? null}, ${n.reportedAt}, 'reported', ${n.stageDueAt}, 1)`)

export interface NewReport {
  id: string
  token: string
  incidentId: string
  channel: string
  sealed: Buffer
  accountId: string | null
  apiKeyId: string | null
  personId: string | null
  postId: string | null
  point: Point | null
  seenAt: Date
  reportedAt: Date
}
export const insertReport = (tx: Tx, r: NewReport): Promise<unknown> =>
  tx.run(sql`insert into grid.report (id, token, incident_id, channel, sealed, account_id, person_id, post_id, api_key_id, lon, lat, crs, seen_at, reported_at)
    values (${r.id}, ${r.token}, ${r.incidentId}, ${r.channel}, ${r.sealed}, ${r.accountId}, ${r.personId}, ${r.postId}, ${r.apiKeyId}, ${r.point?.lon ?? null}, ${r.point?.lat ?? null}, ${r.point?.crs ?? null}, ${r.seenAt}, ${r.reportedAt})`)

/** Of a key only this is kept. */
export const apiKeyHash = (key: string): Buffer => createHash('sha256').update(key).digest()
/** @param usedOn the day of a report that comes with it */
export const apiKeyOf = (tx: Tx, key: string, usedOn: string | null): Promise<{ id: string; perMinute: number } | undefined> =>
  tx.maybe(
    sql<{
      id: string
      perMinute: number
    }>`select id, per_minute as "perMinute" from grid.api_key_of(${apiKeyHash(key)}, ${usedOn}::date)`,
  )

const TIMELINE: timeline.Timeline = { table: 'grid.timeline', of: 'incident_id', officersAlone: true }
export type TimelineRow = timeline.TimelineRow<Fact>
export const listTimeline = (tx: Tx, id: string): Promise<TimelineRow[]> => timeline.listTimeline(tx, TIMELINE, id)
export const factsOf = timeline.factsOf<Fact>

export const appendFact = (work: Work, id: string, seq: number, fact: Fact): void =>
  timeline.appendFact(work, TIMELINE, id, seq, fact)

/** State row and timeline row, with the commit. */
export function record(work: Work, id: string, fact: Fact, s: IncidentState): void {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const swept = sql`status = ${s.status}, stage_due_at = ${s.stageDueAt}, due_at = ${s.dueAt}, due_provisional = ${s.dueProvisional}, word_by = ${s.wordBy}, closed_at = ${s.closedAt}, outcome = ${s.outcome}, seq = ${s.seq}`
  const acted = sql`${swept}, class_code = ${s.classCode}, condition = ${s.condition}, level = ${s.level}, shown = ${s.shown}, hidden_with = ${s.hiddenWith}, title = ${s.title}, parent_id = ${s.parentId}, round = ${s.round}, unit_id = ${s.unitId},
    verified_by = ${s.verifiedBy}, filed_by = ${s.filedBy}, dispatched_by = ${s.dispatchedBy}, handled_by = ${s.handledBy}, pauses = ${json(s.pauses)}::jsonb, extension = ${json(s.extension)}::jsonb, handled_at = ${s.handledAt}, checked_at = ${s.checkedAt}, was_late = ${s.wasLate}`
  work.tx.atEnd(sql`update grid.incident set ${work.actor.kind === 'system' ? swept : acted} where id = ${id}`)
  appendFact(work, id, s.seq, fact)
}

export interface GridRow {
  id: string
  code: string
  name: string
  area: string
  boundary: Polygon | MultiPolygon
  crs: System
}
/** Grids whose boxes hold a point. */
export function gridsAround(tx: Tx, point: Point): Promise<GridRow[]> {
  const { lon, lat } = inWgs84(point)
  return tx.rows(sql<GridRow>`select id, code, name, area, boundary, crs from grid.grid
    where valid_to is null and box(point(west, south), point(east, north)) @> point(${lon}::float8, ${lat}::float8)`)
}

/** The nearest public point to show in place of this one; null where the street has none. */
export function nearestCrossing(tx: Tx, point: Point): Promise<{ lon: number; lat: number; name: string } | undefined> {
  const { lon, lat } = inWgs84(point)
  return tx.maybe(
    sql<{
      lon: number
      lat: number
      name: string
    }>`select lon, lat, name from grid.crossing order by point(lon, lat) <-> point(${lon}::float8, ${lat}::float8) limit 1`,
  )
}

export interface Facility extends Point {
  id: string
  classCode: string
  name: string
  area: string
  gridId: string | null
}
export const facilityOf = (tx: Tx, token: string): Promise<Facility | undefined> =>
  tx.maybe(
    sql<Facility>`select id, class_code as "classCode", name, area, grid_id as "gridId", lon, lat, crs from grid.facility where token = ${token} and ended_at is null`,
  )

export interface Alike {
  id: string
  number: string
  status: string
  classCode: string
  reportedAt: Date
  metres: number
  reports: number
}

/** Of the same class, near and lately: what may be the same thing. Nobody but an officer says that it is. */
export async function alike(
  { tx }: Work,
  pack: LoadedPack,
  of: Pick<Found, 'id' | 'area' | 'reportedAt'> & { point: Point; classCode: string },
): Promise<Alike[]> {
  const { metres, hours } = pack.incidents.near
  const [west, south, east, north]: Bounds = boxAround(of.point, metres)
  return tx.rows(sql<Alike>`select i.id, i.number, i.status, i.class_code as "classCode", i.reported_at as "reportedAt", (select count(*) from grid.report r where r.incident_id = i.id)::int as reports,
      round(111320 * sqrt(power(i.lat - ${of.point.lat}::float8, 2) + power((i.lon - ${of.point.lon}::float8) * cos(radians(${of.point.lat}::float8)), 2)))::int as metres
    from grid.incident i where i.open and i.id <> ${of.id} and i.class_code = ${of.classCode}
      and box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)) @> point(i.lon, i.lat)
      and i.reported_at between ${new Date(of.reportedAt.getTime() - hours * 3_600_000)} and ${new Date(of.reportedAt.getTime() + hours * 3_600_000)}
    order by i.reported_at, i.id limit 1000`)
}

export interface Unit {
  id: string
  name: string
  area: string
  /** It is asked first for a class of this kind. */
  usual: boolean
}
/** Whom an incident of a class can be sent to: units with somebody there who may take it on, the usual ones first. */
export async function unitsThatCan({ tx, now }: Work, pack: LoadedPack, area: string, classCode?: string): Promise<Unit[]> {
  const line = pack.incidents.classes.find(({ code }) => code === classCode)?.line
  const names = pack.incidents.lines.find(({ code }) => code === line)?.units ?? []
  const roles = pack.pack.roles.filter(({ permissions }) => permissions.includes('incident.handle')).map(({ code }) => code)
  const units = await tx.rows(
    sql<
      Omit<Unit, 'usual'>
    >`select id, name, area from grid.units_that_can(${area}, ${roles}::text[], ${dayOf(now)}::date) order by area desc, name, id`,
  )
  return units
    .map((unit) => ({ ...unit, usual: names.some((word) => unit.name.includes(word)) }))
    .toSorted((a, b) => Number(b.usual) - Number(a.usual))
}

/** Who is told: everybody who reported it or what was linked to it, and is known here. */
export function tellReporters(work: Work, id: string, news: Record<string, unknown>): void {
  work.tx.atEnd(sql`select grid.tell_reporters(${id}, ${JSON.stringify(news)}::jsonb, ${work.now})`)
}

/** Whether this officer ever verified or filed it, in any round: whoever did never sends it out. */
export const letIn = async ({ tx }: Work, id: string, officerId: string): Promise<boolean> =>
  (
    await tx.one(
      sql<{
        found: boolean
      }>`select exists (select from grid.timeline where incident_id = ${id} and fact in ('verified', 'filed') and payload->>'by' = ${officerId}) as found`,
    )
  ).found
