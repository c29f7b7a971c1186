import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import type { Day } from '../../../platform/time.ts'
import type { Asker, Camera, RequestStatus } from './camera.ts'

const columns = sql`c.id, c.area, c.place, c.purpose, c.keeper, c.contact, c.retention_days as "retentionDays", c.sign, c.basis, c.recorded_at as "recordedAt", c.lon, c.lat, c.crs`

export const listShownCameras = (tx: Tx, within: string, most: number, skip: number): Promise<Camera[]> =>
  tx.rows(sql<Camera>`select ${columns} from safety.public_camera c where c.area >= ${within} and c.area < ${`${within}~`}
    order by c.area, c.place, c.id limit ${most} offset ${skip}`)

export const findShownCamera = (tx: Tx, id: string): Promise<Camera | undefined> =>
  tx.maybe(sql<Camera>`select ${columns} from safety.public_camera c where c.id = ${id}`)

export const insertCamera = (tx: Tx, c: Camera, by: string, replaces: string | null): Promise<number> =>
  tx.run(sql`insert into safety.camera (id, area, place, purpose, keeper, contact, retention_days, sign, basis, recorded_at, recorded_by, replaces, lon, lat, crs)
    values (${c.id}, ${c.area}, ${c.place}, ${c.purpose}, ${c.keeper}, ${c.contact}, ${c.retentionDays}, ${c.sign}, ${c.basis}, ${c.recordedAt}, ${by}, ${replaces}, ${c.lon}, ${c.lat}, ${c.crs})`)

export const endCamera = (
  tx: Tx,
  id: string,
  as: 'replaced' | 'removed',
  by: string,
  why: string | null,
  now: Date,
): Promise<number> =>
  tx.run(
    sql`update safety.camera set status = ${as}, ended_at = ${now}, ended_by = ${by}, ended_why = ${why} where id = ${id} and status = 'current'`,
  )

export const areaOfCamera = (tx: Tx, id: string): Promise<{ area: string } | undefined> =>
  tx.maybe(sql<{ area: string }>`select area from safety.camera where id = ${id} and status = 'current' for update`)

export interface FootageRequest {
  id: string
  cameraId: string
  area: string
  asker: Asker
  organ: string | null
  organNumber: string | null
  fromAt: Date
  toAt: Date
  reason: string
  receivedAt: Date
  dueOn: Day
  status: RequestStatus
  decidedAt: Date | null
  reasons: string | null
}
/** As an officer sees it. */
export interface DeskRequest extends FootageRequest {
  personId: string | null
  personName: string | null
  receiverId: string | null
  deciderName: string | null
  camera: Camera
}
export interface Handout {
  id: string
  at: Date
  how: 'viewed' | 'copy'
  receiver: string
  officerName: string | null
}

const request = sql`r.id, r.camera_id as "cameraId", r.area, r.asker, r.organ, r.organ_number as "organNumber", r.from_at as "fromAt", r.to_at as "toAt", r.reason,
  r.received_at as "receivedAt", r.due_on as "dueOn", r.status, r.decided_at as "decidedAt", r.reasons`

/** What waits comes first, the oldest first. Nobody is named. */
export const listRequests = (tx: Tx, own: RawBuilder<boolean>, most: number): Promise<(FootageRequest & { place: string })[]> =>
  tx.rows(sql<
    FootageRequest & { place: string }
  >`select ${request}, c.place from safety.footage_request r join safety.camera c on c.id = r.camera_id where ${own}
    order by r.status = 'waiting' desc, case when r.status = 'waiting' then r.received_at end, r.received_at desc, r.id limit ${most}`)

export const findRequest = (tx: Tx, id: string): Promise<DeskRequest | undefined> =>
  tx.maybe(sql<DeskRequest>`select ${request}, r.person_id as "personId", p.name as "personName", r.receiver_id as "receiverId", o.officer_name as "deciderName",
      jsonb_build_object('id', c.id, 'area', c.area, 'place', c.place, 'purpose', c.purpose, 'keeper', c.keeper, 'contact', c.contact, 'retentionDays', c.retention_days, 'sign', c.sign, 'basis', c.basis) as camera
    from safety.footage_request r join safety.camera c on c.id = r.camera_id left join people.person p on p.id = r.person_id
      left join access.officer_of_post o on o.post_id = r.decided_by where r.id = ${id}`)

export const lockRequest = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(sql`select id from safety.footage_request where id = ${id} for update`)) !== undefined

export const listOwnRequests = (tx: Tx): Promise<FootageRequest[]> =>
  tx.rows(sql<FootageRequest>`select ${request} from safety.footage_request r order by r.received_at desc, r.id limit 100`)

interface NewRequest extends Omit<FootageRequest, 'status' | 'decidedAt' | 'reasons'> {
  personId: string | null
  received: { postId: string; officerId: string } | null
}
/** False: she has one running for this camera. */
export async function insertRequest(tx: Tx, r: NewRequest): Promise<boolean> {
  const common = sql`${r.id}, ${r.cameraId}, ${r.area}, ${r.asker}, ${r.fromAt}, ${r.toAt}, ${r.reason}, ${r.receivedAt}, ${r.dueOn}`
  const names = sql`id, camera_id, area, asker, from_at, to_at, reason, received_at, due_on`
  const written = r.received
    ? await tx.run(sql`insert into safety.footage_request (${names}, organ, organ_number, received_by, receiver_id)
        values (${common}, ${r.organ}, ${r.organNumber}, ${r.received.postId}, ${r.received.officerId})`)
    : await tx.run(sql`insert into safety.footage_request (${names}, person_id) values (${common}, ${r.personId})
        on conflict (person_id, camera_id) where status = 'waiting' and person_id is not null do nothing`)
  return written === 1
}

export const decideRequest = (
  tx: Tx,
  id: string,
  d: { status: 'approved' | 'refused'; reasons: string; postId: string; officerId: string },
  now: Date,
): Promise<number> =>
  tx.run(sql`update safety.footage_request set status = ${d.status}, reasons = ${d.reasons}, decided_at = ${now}, decided_by = ${d.postId}, decider_id = ${d.officerId}
    where id = ${id} and status = 'waiting'`)

export const withdrawRequest = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update safety.footage_request set status = 'withdrawn', decided_at = ${now} where id = ${id} and status = 'waiting'`)

export const listHandouts = (tx: Tx, requestId: string): Promise<Handout[]> =>
  tx.rows(sql<Handout>`select h.id, h.at, h.how, h.receiver, o.officer_name as "officerName" from safety.footage_handout h
    left join access.officer_of_post o on o.post_id = h.post_id where h.request_id = ${requestId} order by h.at, h.id`)

/** Without the officer's name, whose view shows a resident nothing. */
export const listOwnHandouts = (tx: Tx, requestId: string): Promise<Handout[]> =>
  tx.rows(
    sql<Handout>`select h.id, h.at, h.how, h.receiver, null as "officerName" from safety.footage_handout h where h.request_id = ${requestId} order by h.at, h.id`,
  )

export const insertHandout = (
  tx: Tx,
  h: Omit<Handout, 'officerName'>,
  requestId: string,
  postId: string,
  now: Date,
): Promise<number> =>
  tx.run(
    sql`insert into safety.footage_handout (id, request_id, at, how, receiver, post_id, recorded_at) values (${h.id}, ${requestId}, ${h.at}, ${h.how}, ${h.receiver}, ${postId}, ${now})`,
  )

export const countRequests = (tx: Tx): Promise<{ year: number; asker: Asker; status: RequestStatus; n: number }[]> =>
  tx.rows(
    sql<{
      year: number
      asker: Asker
      status: RequestStatus
      n: number
    }>`select year, asker, status, n from safety.footage_counts()`,
  )
