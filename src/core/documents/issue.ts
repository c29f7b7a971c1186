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
 * The next number of an organ, kind and year, for a case that the caller may leave a paper in. Numbers have no gaps, so whoever
 * takes one keeps every other act of that organ and kind waiting until her transaction ends: it is asked last, when nothing is
 * left but to write.
 */
export async function nextDocumentNumber({ tx, now }: Work, caseId: string, organ: Organ, kind: string): Promise<number> {
  const year = Number(dayOf(now).slice(0, 4))
  const { n } = await tx.one(
    sql<{ n: number | null }>`select documents.next_number(${caseId}, ${organ.code}, ${kind}, ${year}) as n`,
  )
  if (n === null) throw new Error(`no number of ${organ.code} for a ${kind} of this case`)
  return n
}

/**
 * The row goes in with the commit.
 * @param sequence from `nextDocumentNumber`, for the same case, organ and kind
 * @returns the public id that the QR code carries
 * @throws Refusal `document.glyph_missing`, never a box in somebody's name; the number is then free again
 */
export async function issueDocument(work: Work, request: IssueRequest, sequence: number): Promise<string> {
  const { tx, now, call } = work
  const { crypto, publicUrl } = call.platform.services
  const kind = kindOf(request)
  const id = newPublicId()
  const today = dayOf(now)
  const model = build(request, today, sequence, `${publicUrl}/d/${id}`)
  const lacking = await missingGlyphs(textOf(model))
  if (lacking.length > 0) throw new Refusal('document.glyph_missing', 'conflict', { glyphs: lacking.join(' ') })
  tx.atEnd(sql`insert into documents.document (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_by, issued_at)
    values (${id}, ${kind.code}, ${model.number}, ${request.caseId}, ${request.street}, ${request.organ.name}, ${request.matterCode}, ${crypto.seal(JSON.stringify(model), MODEL_CONTEXT)}, ${request.seq},
      ${work.actor.kind === 'staff' ? work.actor.post.id : null}, ${now})`)
  return id
}
