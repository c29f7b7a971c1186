import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import type { Broadcast } from './broadcast.ts'

/** With who wrote and who issued it, for the desk. */
export interface DeskBroadcast extends Broadcast {
  /** Whether those who may need it are visited while it holds. */
  visits: boolean
  draftedAt: Date
  drafterId: string
  drafterName: string | null
  issuerName: string | null
  endedWhy: string | null
}

const columns = sql`b.id, b.area, b.kind, b.colour, b.headline, b.body, b.headline_en as "headlineEn", b.body_en as "bodyEn", b.issuer, b.issuer_number as "issuerNumber",
  b.ends_at as "endsAt", b.status, b.issued_at as "issuedAt", b.ended_at as "endedAt", b.corrects`
const desk = sql`${columns}, b.visits, b.drafted_at as "draftedAt", b.drafter_id as "drafterId", b.ended_why as "endedWhy", d.officer_name as "drafterName", i.officer_name as "issuerName"
  from safety.broadcast b left join access.officer_of_post d on d.post_id = b.drafted_by left join access.officer_of_post i on i.post_id = b.issued_by`

export const findBroadcast = (tx: Tx, id: string): Promise<DeskBroadcast | undefined> =>
  tx.maybe(sql<DeskBroadcast>`select ${desk} where b.id = ${id}`)

/** Locked, when it is in hand. */
export const lockBroadcast = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(sql`select id from safety.broadcast where id = ${id} for update`)) !== undefined

/** Drafts and what holds first, then the newest. */
export const listBroadcastsOf = (tx: Tx, own: RawBuilder<boolean>, now: Date, most: number): Promise<DeskBroadcast[]> =>
  tx.rows(
    sql<DeskBroadcast>`select ${desk} where ${own} order by b.status = 'draft' desc, (b.status = 'issued' and b.ends_at > ${now}) desc, b.drafted_at desc, b.id desc limit ${most}`,
  )

export const listShown = (tx: Tx, now: Date): Promise<Broadcast[]> =>
  tx.rows(sql<Broadcast>`select ${columns} from safety.shown_broadcasts(${now}) b`)

interface Draft extends Omit<Broadcast, 'status' | 'issuedAt' | 'endedAt'> {
  visits: boolean
  draftedBy: string
  drafterId: string
}
export const insertDraft = (tx: Tx, d: Draft, now: Date): Promise<number> =>
  tx.run(sql`insert into safety.broadcast (id, area, kind, colour, headline, body, headline_en, body_en, issuer, issuer_number, ends_at, corrects, visits, drafted_at, drafted_by, drafter_id)
    values (${d.id}, ${d.area}, ${d.kind}, ${d.colour}, ${d.headline}, ${d.body}, ${d.headlineEn}, ${d.bodyEn}, ${d.issuer}, ${d.issuerNumber}, ${d.endsAt}, ${d.corrects}, ${d.visits}, ${now}, ${d.draftedBy}, ${d.drafterId})`)

export const markIssued = (tx: Tx, id: string, by: { postId: string; officerId: string }, now: Date): Promise<number> =>
  tx.run(
    sql`update safety.broadcast set status = 'issued', issued_at = ${now}, issued_by = ${by.postId}, issuer_id = ${by.officerId} where id = ${id} and status = 'draft'`,
  )

export const markEnded = (
  tx: Tx,
  id: string,
  as: 'dropped' | 'corrected' | 'withdrawn',
  by: string,
  why: string | null,
  now: Date,
): Promise<number> =>
  tx.run(
    sql`update safety.broadcast set status = ${as}, ended_at = ${now}, ended_by = ${by}, ended_why = ${why} where id = ${id} and status = ${as === 'dropped' ? 'draft' : 'issued'}`,
  )
