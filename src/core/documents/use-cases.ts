/** Files in, files and documents out. */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { Id, isId, newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Call, command, file, query, type ReadEntry, type Work } from '../../platform/use-case/use-case.ts'
import { covers, holdProxy, proxyIdOf, refuseNotSent, sentUnder } from '../access/index.ts'
import { keepDerivatives, storeDerivatives } from './derivative.ts'
import { mayReadKind } from './document.ts'
import { cleanFileName } from './file-name.ts'
import { DERIVED_TYPE, takeAttachment } from './intake.ts'
import { NAME_CONTEXT, takeBackFiles } from './material.ts'
import { printIfWaiting } from './print.ts'

const MOST_FILES = 20

const Added = Type.Object({ materialId: Id, fileId: Id })

/** Bytes come from the multipart parser of the route, never as text. */
const Bytes = Type.Unsafe<Uint8Array>({})

/** Unpacked and stored before the transaction: bytes that no row names in the end are swept. */
async function receive(call: Call, { bytes }: { bytes: Uint8Array }) {
  const { files, upload } = call.platform.services
  const taken = await takeAttachment(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), upload)
  return { taken, stored: await files.put(bytes, { limit: upload.maxBytes }) }
}
type Received = Awaited<ReturnType<typeof receive>>

async function keep(
  work: Work,
  where: { draftId: string | null; caseId: string | null },
  material: string,
  signed: boolean,
  fileName: string,
  { taken, stored }: Received,
) {
  const { tx, now, actor, call } = work
  const { crypto, files, words } = call.platform.services
  const { count } = await tx.one(sql<{ count: number }>`select count(*)::int as count from documents.material
    where (case_id = ${where.caseId} or (case_id is null and draft_id = ${where.draftId})) and withdrawn_at is null`)
  if (count >= MOST_FILES) throw new Refusal('file.too_many', 'conflict', { most: MOST_FILES })
  const name = cleanFileName(fileName, { extension: taken.extension, fallback: words.in('zh')('document.file_without_name') })
  const accountId = 'accountId' in actor ? actor.accountId : null
  const personId = actor.kind === 'resident' || actor.kind === 'proxy' ? actor.personId : null
  // All are in the store before a row names any; a photo is shown without where and when it was taken. What somebody signed stays as it is.
  const pictures = taken.derivatives && !signed ? await storeDerivatives(files, taken.derivatives) : []
  const fileId = newId(now)
  await tx.run(sql`insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, account_id, person_id, draft_id, case_id, added_at)
    values (${fileId}, ${stored.storedName}, ${stored.wrappedKey}, ${Buffer.from(stored.sha256, 'hex')}, ${stored.size}, ${taken.mime}, ${crypto.seal(name, NAME_CONTEXT)},
      ${accountId}, ${personId}, ${where.draftId}, ${where.caseId}, ${now})`)
  await keepDerivatives(tx, fileId, pictures, now)
  const materialId = newId(now)
  await tx.run(
    sql`insert into documents.material (id, draft_id, case_id, material, file_id, added_at) values (${materialId}, ${where.draftId}, ${where.caseId}, ${material}, ${fileId}, ${now})`,
  )
  return { materialId, fileId }
}

/** A photo or PDF for a material of a draft. */
export const addDraftFile = command({
  operation: 'documents.add-draft-file',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({
    draftId: Id,
    material: Type.String({ maxLength: 60 }),
    fileName: Type.String({ maxLength: 1000 }),
    bytes: Bytes,
  }),
  output: Added,
  prepare: receive,
  async run(work, { draftId, material, fileName }, received) {
    const draft = await work.tx.maybe(
      sql<{
        matter_code: string
        submitted_case_id: string | null
      }>`select matter_code, submitted_case_id from cases.draft where id = ${draftId} and proxy_id is not distinct from ${proxyIdOf(work.actor)}::uuid`,
    )
    if (!draft) throw new Refusal('draft.not_found', 'missing')
    if (draft.submitted_case_id) throw new Refusal('draft.already_submitted', 'conflict', { caseId: draft.submitted_case_id })
    return keep(work, { draftId, caseId: null }, material, signedOf(work, draft.matter_code, material), fileName, received)
  },
})

/** A file for a case: by the applicant who answers a correction, or who sent it for her, or by the officer who has the paper before her. */
export const addCaseFile = command({
  operation: 'documents.add-case-file',
  permission: null,
  actors: ['resident', 'proxy', 'staff'],
  level: 'A1',
  input: Type.Object({
    caseId: Id,
    material: Type.String({ maxLength: 60 }),
    fileName: Type.String({ maxLength: 1000 }),
    bytes: Bytes,
  }),
  output: Added,
  prepare: receive,
  async run(work, { caseId, material, fileName }, received) {
    const { actor } = work
    if (actor.kind === 'staff' && !actor.post.permissions.includes('case.receive'))
      throw new Refusal('access.not_permitted', 'forbidden', { permission: 'case.receive' })
    await refuseNotSent(work, caseId)
    await holdProxy(work)
    const find = (lock: boolean) =>
      work.tx.maybe(sql<{
        matter_code: string
        status: string
        origin_area: string
        handling_area: string
      }>`select matter_code, status, origin_area, handling_area
        from cases.case where id = ${caseId}${lock ? sql` for update` : sql``}`)
    // A community that received the application cannot lock it: the street handles it, and may add to it as long as nothing is accepted.
    const found = (await find(true)) ?? (await find(false))
    if (!found || (actor.kind === 'staff' && !covers(actor.post, found.origin_area) && !covers(actor.post, found.handling_area)))
      throw new Refusal('case.not_found', 'missing')
    if (!['received', 'correcting'].includes(found.status))
      throw new Refusal('case.not_now', 'conflict', { status: found.status, possible: [] })
    return keep(work, { draftId: null, caseId }, material, signedOf(work, found.matter_code, material), fileName, received)
  },
})

function signedOf(work: Work, matterCode: string, material: string): boolean {
  const known = work.call.platform.services.packs
    .inForce()
    .matter(matterCode)
    .materials.find((m) => m.code === material && (m.source !== 'shared' || m.register !== undefined))
  if (!known) throw new Refusal('material.not_found', 'missing')
  return known.signed ?? false
}

/** Before submission a file can be taken back: nobody sees it from then on, and `sweepFiles` ends it after the time of grace. */
export const removeDraftFile = command({
  operation: 'documents.remove-draft-file',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({ draftId: Id, materialId: Id }),
  output: Type.Object({ materialId: Id }),
  async run(work, { draftId, materialId }) {
    const { tx, now } = work
    const row = await tx.maybe(
      sql<{
        file_id: string
      }>`delete from documents.material where id = ${materialId} and case_id is null
        and draft_id = (select id from cases.draft where id = ${draftId} and proxy_id is not distinct from ${proxyIdOf(work.actor)}::uuid) returning file_id`,
    )
    if (!row) throw new Refusal('material.not_found', 'missing')
    await takeBackFiles(tx, draftId, row.file_id, now)
    return { materialId }
  },
})

export interface FileOut {
  /** A picture without metadata, made to be shown. */
  shown?: boolean
  bytes: Uint8Array
  mediaType: string
  name: string
}

/** Whose data leaves when staff open a file or a document of a case; null for a resident, who opens her own. Out of reach is not there. */
async function staffRead({ tx, actor, call }: Work, what: 'file' | 'document', id: string): Promise<ReadEntry | null> {
  if (actor.kind !== 'staff') return null
  if (!actor.post.permissions.includes('case.read'))
    throw new Refusal('access.not_permitted', 'forbidden', { permission: 'case.read' })
  // A printed paper is a file too: it is read by its kind, whichever address it is asked for at.
  const kind = sql.raw(
    what === 'document'
      ? 'd.kind'
      : '(select k.kind from documents.print p join documents.document k on k.id = p.document_id where p.file_id = d.id)',
  )
  const found = await tx.maybe(sql<{
    caseId: string
    applicantId: string
    originArea: string
    handlingArea: string
    kind: string | null
  }>`select c.id as "caseId", c.applicant_id as "applicantId", c.origin_area as "originArea", c.handling_area as "handlingArea",
      ${kind} as kind
    from ${sql.table(`documents.${what}`)} d join cases.case c on c.id = d.case_id where d.id = ${id}`)
  if (!found || !(covers(actor.post, found.originArea) || covers(actor.post, found.handlingArea)))
    throw new Refusal(`${what}.not_found`, 'missing')
  const forms = call.platform.services.packs.inForce().pack.documents
  if (found.kind !== null && !mayReadKind(forms, found.kind, actor.post.permissions))
    throw new Refusal('document.not_for_you', 'forbidden')
  return { personIds: [found.applicantId], purpose: 'case', caseId: found.caseId }
}

/**
 * A file's bytes, or those of a picture made from it. Of a photo an officer gets the shown copy alone, also where she asks for the file itself:
 * what a phone writes into a photo (where, when, with what) was given by nobody. Staff: a read of the applicant, entry first. Resident: only her own, by row security.
 */
export const readFile = file({
  operation: 'documents.read-file',
  permission: null,
  actors: ['resident', 'staff'],
  level: 'A0',
  input: Type.Object({ fileId: Id, as: Type.Optional(Type.Union([Type.Literal('shown'), Type.Literal('preview')])) }),
  output: Type.Unsafe<FileOut>({}),
  about: (work, { fileId }) => staffRead(work, 'file', fileId),
  async run(work, { fileId, as: asked }) {
    const as = asked ?? (work.actor.kind === 'staff' && (await hasPicture(work, fileId)) ? 'shown' : undefined)
    const row = await work.tx.maybe(
      as
        ? sql<Stored>`select d.stored_name, d.wrapped_key, ${DERIVED_TYPE} as media_type, f.name_sealed
            from documents.derivative d join documents.file f on f.id = d.file_id where d.file_id = ${fileId} and d.kind = ${as}`
        : sql<Stored>`select stored_name, wrapped_key, media_type, name_sealed from documents.file where id = ${fileId}`,
    )
    if (!row) throw new Refusal('file.not_found', 'missing')
    return { ...(await bytesOf(work, row)), shown: as !== undefined }
  },
})

const hasPicture = async ({ tx }: Work, fileId: string): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from documents.derivative where file_id = ${fileId} and kind = 'shown'`)) !== undefined

interface Stored {
  stored_name: string
  wrapped_key: Buffer
  media_type: string
  name_sealed: Buffer
}

async function bytesOf(work: Work, row: Stored): Promise<FileOut> {
  const { files, crypto } = work.call.platform.services
  return {
    bytes: await files.read(row.stored_name, row.wrapped_key),
    mediaType: row.media_type,
    name: crypto.open(row.name_sealed, NAME_CONTEXT),
  }
}

/** The PDF of a document of a case that the actor may see. */
export const readDocument = file({
  operation: 'documents.read-document',
  permission: null,
  actors: ['resident', 'staff'],
  level: 'A1',
  input: Type.Object({ documentId: Id }),
  output: Type.Unsafe<FileOut>({}),
  about: (work, { documentId }) => staffRead(work, 'document', documentId),
  prepare: (call, scope, { documentId }) => printIfWaiting(call, scope, documentId),
  run: (work, { documentId }) => printedOf(work, documentId),
})

async function printedOf(work: Work, documentId: string): Promise<FileOut> {
  const row = await work.tx.maybe(
    sql<Stored>`select f.stored_name, f.wrapped_key, f.media_type, f.name_sealed from documents.print p join documents.file f on f.id = p.file_id where p.document_id = ${documentId}`,
  )
  if (!row) throw new Refusal('document.not_found', 'missing')
  return bytesOf(work, row)
}

/** The receipt of what somebody sent for another, and no other paper: for her who sent it, and a look at whom it names. */
export const readReceiptByProxy = file({
  operation: 'documents.read-receipt-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A2',
  input: Type.Object({ documentId: Id }),
  output: Type.Unsafe<FileOut>({}),
  async about(work, { documentId }) {
    const { actor, tx } = work
    if (actor.kind !== 'proxy') throw new Refusal('access.not_for_you', 'forbidden')
    const receipt =
      await tx.maybe(sql`select 1 as one from documents.document d join cases.case c on c.id = d.case_id where d.id = ${documentId} and d.kind = 'receipt'
        and c.matter_code = any(${[...actor.matters]}::text[]) and ${sentUnder(actor.proxyId)}`)
    if (!receipt) throw new Refusal('document.not_found', 'missing')
    return { personIds: [actor.personId], purpose: 'proxy', caseId: null }
  },
  prepare: (call, scope, { documentId }) => printIfWaiting(call, scope, documentId),
  run: (work, { documentId }) => printedOf(work, documentId),
})

export interface PublicDocument {
  id: string
  kind: string
  number: string
  matter_code: string
  issued_at: Date
  void_at: Date | null
  /** Null until the paper was printed for the first time. */
  sha256: Buffer | null
  signature: Buffer | null
  /** The organ that issued it, as it stands on the paper. */
  issuer: string
}

/** What anyone sees who scans the QR code: number, matter, date and validity; no name. */
export const checkDocument = query({
  operation: 'documents.check-document',
  permission: null,
  actors: ['public', 'resident', 'officer', 'staff'],
  input: Type.Object({ documentId: Type.String({ maxLength: 60 }) }),
  output: Type.Unsafe<PublicDocument>({}),
  async run({ tx }, { documentId }) {
    const row = isId(documentId)
      ? await tx.maybe(sql<PublicDocument>`select * from documents.check_document(${documentId})`)
      : undefined
    if (!row) throw new Refusal('document.unknown', 'missing')
    return row
  },
})
