import type { FieldCrypto } from '../../core/people/index.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { Part, Seen, View } from './assessment.ts'

/** Part of every ciphertext: never changes. */
export const VIEW_CONTEXT = 'care.view'

interface Row {
  round: number
  part: Part
  says: View['says']
  sealed: Buffer | null
  officer_id: string
  officer_name: string | null
  recorded_at: Date
  document_id: string | null
}

/** The views of the newest round of a case, sealed ones opened by `crypto`, or left closed; round 0 where there is none. */
export async function newestRound(tx: Tx, crypto: FieldCrypto | null, caseId: string): Promise<{ round: number; views: View[] }> {
  const rows =
    await tx.rows(sql<Row>`select v.round, v.part, v.says, v.sealed, v.officer_id, o.officer_name, v.recorded_at, v.document_id
    from care.view v left join access.officer_of_post o on o.post_id = v.post_id where v.case_id = ${caseId} order by v.round desc, v.recorded_at`)
  const round = rows[0]?.round ?? 0
  return {
    round,
    views: rows
      .filter((row) => row.round === round)
      .map((row) => ({
        part: row.part,
        says: row.says,
        officerId: row.officer_id,
        officerName: row.officer_name ?? '',
        recordedAt: row.recorded_at,
        documentId: row.document_id,
        seen: row.sealed && crypto && (JSON.parse(crypto.open(row.sealed, VIEW_CONTEXT)) as Seen),
      })),
  }
}

interface NewView {
  id: string
  caseId: string
  round: number
  part: Part
  says: View['says']
  seen: Seen | null
  officerId: string
  postId: string
  documentId: string | null
}

export const insertView = (tx: Tx, crypto: FieldCrypto, view: NewView, now: Date): void =>
  tx.atEnd(sql`insert into care.view (id, case_id, round, part, says, sealed, officer_id, post_id, document_id, recorded_at)
    values (${view.id}, ${view.caseId}, ${view.round}, ${view.part}, ${view.says}, ${view.seen && crypto.seal(JSON.stringify(view.seen), VIEW_CONTEXT)},
      ${view.officerId}, ${view.postId}, ${view.documentId}, ${now})`)
