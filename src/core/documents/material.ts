/** Files that people give for a material, and documents that exist, in SQL. Names are sealed: they often hold a person's. */
import { sql, type Tx } from '../../platform/database/tx.ts'

export const NAME_CONTEXT = 'documents.file.name'

interface Opens {
  open(sealed: Uint8Array, context: string): string
}

export interface MaterialRow {
  id: string
  material: string
  fileId: string
  /** There is a copy without metadata that pages show: of photos, unless somebody signed them. */
  shown: boolean
  /** Pixels of the small picture for lists; null without one. */
  preview: { width: number; height: number } | null
  name: string
  mediaType: string
  size: number
  addedAt: Date
  withdrawnAt: Date | null
  withdrawnWhy: string | null
}

const select = sql`select m.id, m.material, m.file_id as "fileId", exists (select from documents.derivative d where d.file_id = f.id and d.kind = 'shown') as shown,
  (select json_build_object('width', d.width, 'height', d.height) from documents.derivative d where d.file_id = f.id and d.kind = 'preview') as preview, f.name_sealed as "nameSealed",
  f.media_type as "mediaType", f.size, m.added_at as "addedAt", m.withdrawn_at as "withdrawnAt", m.withdrawn_why as "withdrawnWhy"
  from documents.material m join documents.file f on f.id = m.file_id`

const named = (rows: (Omit<MaterialRow, 'name'> & { nameSealed: Buffer })[], crypto: Opens): MaterialRow[] =>
  rows.map(({ nameSealed, ...row }) => ({ ...row, name: crypto.open(nameSealed, NAME_CONTEXT) }))

export const listDraftMaterials = async (tx: Tx, draftId: string, crypto: Opens): Promise<MaterialRow[]> =>
  named(
    await tx.rows(
      sql<
        Omit<MaterialRow, 'name'> & { nameSealed: Buffer }
      >`${select} where m.draft_id = ${draftId} and m.case_id is null order by m.added_at`,
    ),
    crypto,
  )

export const listMaterials = async (tx: Tx, caseId: string, crypto: Opens): Promise<MaterialRow[]> =>
  named(
    await tx.rows(
      sql<Omit<MaterialRow, 'name'> & { nameSealed: Buffer }>`${select} where m.case_id = ${caseId} order by m.added_at`,
    ),
    crypto,
  )

/** A submitted draft's files become the case's. */
export function attachDraftFiles(tx: Tx, draftId: string, caseId: string): void {
  tx.atEnd(sql`update documents.file set case_id = ${caseId} where draft_id = ${draftId} and case_id is null`)
  tx.atEnd(sql`update documents.material set case_id = ${caseId} where draft_id = ${draftId} and case_id is null`)
}

/** Of a draft that is not sent: one file, or with null all that no material names any more. From now on nobody sees them. */
export async function takeBackFiles(tx: Tx, draftId: string, fileId: string | null, now: Date): Promise<void> {
  await tx.one(sql`select documents.take_back(${draftId}, ${fileId}::uuid, ${now}) as files`)
}

export interface DocumentRow {
  id: string
  kind: string
  number: string
  seq: number
  issuedAt: Date
  voidAt: Date | null
  /** `superseded`: a later one of the case took its place. */
  voidWhy: string | null
}

export const listDocuments = (tx: Tx, caseId: string): Promise<DocumentRow[]> =>
  tx.rows(
    sql<DocumentRow>`select id, kind, number, seq, issued_at as "issuedAt", void_at as "voidAt", void_why as "voidWhy" from documents.document where case_id = ${caseId} order by issued_at, seq`,
  )
