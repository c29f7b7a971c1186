import type { Tx } from '../../../platform/database/tx.ts'
import { sql } from '../../../platform/database/tx.ts'
import type { Taken } from './use-cases/shapes.ts'

export interface NewRecord {
  id: string
  postId: string
  deviceId: string
  ofPost: string | null
  kind: string
  area: string
  bodyHash: Buffer
  sealed: Buffer | null
  seenAt: string
  sentAt: string
  now: Date
}

/** The row first: of two phones that send one record at the same moment the second waits, and gets the first one's answer. */
export async function insertRecord(tx: Tx, r: NewRecord): Promise<boolean> {
  const made =
    await tx.run(sql`insert into grid.field_record (id, post_id, device_id, of_post, kind, area, body_hash, sealed, seen_at, sent_at, received_at)
    values (${r.id}, ${r.postId}, ${r.deviceId}, ${r.ofPost}, ${r.kind}, ${r.area}, ${r.bodyHash}, ${r.sealed}, ${r.seenAt}, ${r.sentAt}, ${r.now}) on conflict (id) do nothing`)
  return made === 1
}

export const earlierRecord = (
  tx: Tx,
  id: string,
): Promise<{ bodyHash: Buffer; answer: Taken | null; postId: string; ofPost: string | null } | undefined> =>
  tx.maybe(
    sql<{
      bodyHash: Buffer
      answer: Taken | null
      postId: string
      ofPost: string | null
    }>`select body_hash as "bodyHash", answer, post_id as "postId", of_post as "ofPost" from grid.field_record where id = ${id}`,
  )

export const settleRecord = (tx: Tx, id: string, area: string, answer: Taken): void =>
  tx.atEnd(
    sql`update grid.field_record set answer = ${JSON.stringify(answer)}::jsonb, incident_id = ${answer.incidentId}, task_id = ${answer.taskId ?? null}, area = ${area} where id = ${id}`,
  )

/** By its token, since it may lie where whoever reported it sees nothing. */
export const placeOfReport = (tx: Tx, token: string): Promise<{ incidentId: string; area: string }> =>
  tx.one(
    sql<{
      incidentId: string
      area: string
    }>`select incident_id as "incidentId", area from grid.report_of_token(${token})`,
  )

/** Of a phone of one's own post; null where it is none. Sealed: the lock itself is in no table. */
export const ownLock = async (tx: Tx, deviceId: string): Promise<Buffer | null> =>
  (await tx.one(sql<{ lock: Buffer | null }>`select grid.own_lock(${deviceId}) as lock`)).lock

/** Of another post's phone, with the mark of who had it opened. */
export const recoverLock = async (tx: Tx, deviceId: string, ofPost: string, now: Date): Promise<Buffer | null> =>
  (await tx.one(sql<{ lock: Buffer | null }>`select grid.recover_lock(${deviceId}, ${ofPost}, ${now}) as lock`)).lock
