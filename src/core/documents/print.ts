/** From a document's model to its PDF: rendered, signed, kept. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import type { DocumentModel } from './document.ts'
import { MODEL_CONTEXT } from './issue.ts'
import { NAME_CONTEXT } from './material.ts'
import { renderDocument } from './render.ts'
import { signDocument } from './sign.ts'

const LARGEST = 20_000_000

interface Row {
  number: string
  case_id: string
  model_sealed: Buffer
}

/** Two who print at the same moment make the same bytes; the first row stays. */
export async function printDocument(work: Work, documentId: string): Promise<void> {
  const { tx, now, call, actor } = work
  const { crypto, files } = call.platform.services
  const row = await tx.maybe(sql<Row>`select number, case_id, model_sealed from documents.document where id = ${documentId}`)
  if (!row) throw new Refusal('document.not_found', 'missing')
  const model = JSON.parse(crypto.open(row.model_sealed, MODEL_CONTEXT)) as DocumentModel
  const { pdf } = await renderDocument(model)
  const { signature, keyId } = signDocument(pdf, crypto)
  const stored = await files.put(pdf, { limit: LARGEST })
  const fileId = newId(now)
  await tx.run(sql`insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, account_id, case_id, added_at)
    values (${fileId}, ${stored.storedName}, ${stored.wrappedKey}, ${Buffer.from(stored.sha256, 'hex')}, ${stored.size}, 'application/pdf',
      ${crypto.seal(`${model.title} ${row.number}.pdf`, NAME_CONTEXT)}, ${'accountId' in actor ? actor.accountId : null}, ${row.case_id}, ${now})`)
  await tx.run(sql`insert into documents.print (document_id, file_id, signature, key_id, printed_at)
    values (${documentId}, ${fileId}, ${signature}, ${keyId}, ${now}) on conflict (document_id) do nothing`)
}

const AT_ONCE = 50

/** Prints what nobody has read yet, so that a QR code can soon be compared with its paper. */
export const printWaiting = job({
  operation: 'documents.print-waiting',
  permission: null,
  output: Type.Object({ printed: Type.Integer() }),
  async run(work) {
    const waiting = await work.tx.rows(sql<{ id: string }>`select d.id from documents.document d
      where not exists (select from documents.print p where p.document_id = d.id) order by d.issued_at limit ${AT_ONCE}`)
    for (const { id } of waiting) await printDocument(work, id)
    return { printed: waiting.length }
  },
})
