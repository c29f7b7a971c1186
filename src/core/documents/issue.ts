/**
 * A document is numbered, dated and fixed in the transaction of the act that leaves it behind. The PDF is printed and
 * signed afterwards, by whoever reads it first or by the sweep: printing takes 20 ms of the one thread that everybody
 * waits for, and the model holds every word, so that the paper cannot come out otherwise later.
 */
import { sql } from '../../platform/database/tx.ts'
import { newPublicId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { Procedure } from '../matters/matter.ts'
import type { Organ } from '../matters/organ.ts'
import { buildDocument } from './build.ts'
import type { DocumentForms, DocumentModel, DocumentValues } from './document.ts'
import { missingGlyphs, textOf } from './fonts.ts'

export interface IssueRequest {
  kind: string
  caseId: string
  /** The street whose case it is. */
  street: string
  /** Who issues, whose numbers it takes: heading, signature and number name the same. */
  organ: Organ
  matterCode: string
  procedure: Procedure
  /** Place of the act in the case's timeline. */
  seq: number
  forms: DocumentForms
  fill: DocumentValues['fill']
  lists?: DocumentValues['lists']
  basis?: readonly string[]
}

function kindOf({ forms, kind }: IssueRequest) {
  const found = forms.kinds.find((k) => k.code === kind)
  if (!found) throw new Error(`no document kind ${kind} in the pack`)
  return found
}

const build = (request: IssueRequest, issuedOn: Day, sequence: number, verifyUrl: string): DocumentModel =>
  buildDocument(
    kindOf(request),
    {
      issuer: request.organ.name,
      issuedOn,
      organ: request.organ.short,
      sequence,
      procedure: request.procedure,
      verifyUrl,
      fill: request.fill,
      ...(request.lists ? { lists: request.lists } : {}),
      ...(request.basis ? { basis: request.basis } : {}),
    },
    request.forms.labels,
  )

/** The document as it would be issued on this day, without number and address: those exist only once it is. */
export const draftDocument = (request: IssueRequest, issuedOn: Day): DocumentModel => ({
  ...build(request, issuedOn, 1, ''),
  number: '',
})

export const MODEL_CONTEXT = 'documents.document.model'

/**
 * @returns the public id that the QR code carries
 * @throws Refusal `document.glyph_missing` before anything is numbered in vain, never a box in somebody's name
 */
export async function issueDocument(work: Work, request: IssueRequest): Promise<string> {
  const { tx, now, call } = work
  const { crypto, publicUrl } = call.platform.services
  const kind = kindOf(request)
  const id = newPublicId()
  const today = dayOf(now)
  const year = Number(today.slice(0, 4))
  const { n } = await tx.one(
    sql<{ n: number }>`select documents.next_number(${request.caseId}, ${request.organ.code}, ${kind.code}, ${year}) as n`,
  )
  const model = build(request, today, n, `${publicUrl}/d/${id}`)
  const lacking = await missingGlyphs(textOf(model))
  if (lacking.length > 0) throw new Refusal('document.glyph_missing', 'conflict', { glyphs: lacking.join(' ') })
  await tx.run(sql`insert into documents.document (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_by, issued_at)
    values (${id}, ${kind.code}, ${model.number}, ${request.caseId}, ${request.street}, ${request.organ.name}, ${request.matterCode}, ${crypto.seal(JSON.stringify(model), MODEL_CONTEXT)}, ${request.seq},
      ${work.actor.kind === 'staff' ? work.actor.post.id : null}, ${now})`)
  return id
}
