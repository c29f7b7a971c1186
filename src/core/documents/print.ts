/** From a document's model to its PDF: rendered, signed, kept. */
import Type from 'typebox'
import type { Actor, Scope } from '../../platform/actor.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { Id, newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Call, command, job, query, type Work } from '../../platform/use-case/use-case.ts'
import { postOf } from '../access/index.ts'
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

/** Two who print at the same moment make the same bytes; the first row stays. Only the sweep's role says which bytes were issued. */
async function printDocument({ tx, now, call }: Work, documentId: string): Promise<void> {
  const { crypto, files } = call.platform.services
  const row = await tx.one(sql<Row>`select number, case_id, model_sealed from documents.document where id = ${documentId}`)
  const model = JSON.parse(crypto.open(row.model_sealed, MODEL_CONTEXT)) as DocumentModel
  const { pdf } = await renderDocument(model, crypto.pdfSigner)
  const { signature, keyId } = signDocument(pdf, crypto)
  const stored = await files.put(pdf, { limit: LARGEST })
  const fileId = newId(now)
  await tx.run(sql`insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, case_id, added_at)
    values (${fileId}, ${stored.storedName}, ${stored.wrappedKey}, ${Buffer.from(stored.sha256, 'hex')}, ${stored.size}, 'application/pdf',
      ${crypto.seal(`${model.title} ${row.number}.pdf`, NAME_CONTEXT)}, ${row.case_id}, ${now})`)
  await tx.run(sql`insert into documents.print (document_id, file_id, signature, key_id, printed_at)
    values (${documentId}, ${fileId}, ${signature}, ${keyId}, ${now}) on conflict (document_id) do nothing`)
}

const MINUTE_MS = 60_000
/** After 1, 2, 4 … minutes, and then once a day: somebody has to look, and the log has said so each time. */
const pauseAfter = (attempts: number): number => Math.min(2 ** (attempts - 1), 24 * 60) * MINUTE_MS

/** One paper in transactions of its own, in the sweep's role whoever asked. What fails is noted, logged and thrown. */
async function printAlone(call: Call, documentId: string): Promise<void> {
  const { db, guard, log, services } = call.platform
  const { pack } = services.packs.inForce()
  const actor: Actor = { kind: 'system', schedule: 'print-documents', scope: pack.area, domains: pack.domains.map((d) => d.code) }
  const scope = guard.admit(actor, null, null)
  const { now } = call
  try {
    await db.as(scope, (tx) => printDocument({ tx, actor, scope, now, call }, documentId))
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    const { attempts } = await db.as(scope, async (tx) => {
      const { attempts } = await tx.one(sql<{
        attempts: number
      }>`insert into documents.print_failure as f (document_id, attempts, last_at, next_at, reason)
        values (${documentId}, 1, ${now}, ${now}, ${reason}) on conflict (document_id) do update set attempts = f.attempts + 1, last_at = ${now}, reason = ${reason}
        returning attempts`)
      const next = new Date(now.getTime() + pauseAfter(attempts))
      await tx.run(sql`update documents.print_failure set next_at = ${next} where document_id = ${documentId}`)
      return { attempts }
    })
    log.error({ err: error, documentId, attempts }, 'a paper could not be printed')
    throw error
  }
}

/** For whoever reads a paper before the sweep came to it. What the reader may not see is not printed for her. */
export async function printIfWaiting(call: Call, scope: Scope, documentId: string): Promise<void> {
  const waiting = await call.platform.db.as(scope, (tx) =>
    tx.maybe(sql`select d.id from documents.document d
      where d.id = ${documentId} and not exists (select from documents.print p where p.document_id = d.id)`),
  )
  if (waiting) await printAlone(call, documentId)
}

const AT_ONCE = 50

/** Prints what nobody has read yet, so that a QR code can soon be compared with its paper. One that fails stops no other. */
export const printWaiting = job({
  operation: 'documents.print-waiting',
  permission: null,
  output: Type.Object({ printed: Type.Integer(), failed: Type.Integer() }),
  async run({ tx, now, call }) {
    const waiting = await tx.rows(sql<{
      id: string
    }>`select d.id from documents.document d left join documents.print_failure f on f.document_id = d.id
      where (f.next_at is null or f.next_at <= ${now}) and not exists (select from documents.print p where p.document_id = d.id)
      order by f.attempts nulls first, d.issued_at limit ${AT_ONCE}`)
    let failed = 0
    // Told by printAlone already; the next paper has its turn.
    for (const { id } of waiting) await printAlone(call, id).catch(() => failed++)
    return { printed: waiting.length - failed, failed }
  },
})

/** Papers of the post's areas that did not print and still wait. Above nought somebody looks at the log. */
export const countUnprinted = query({
  operation: 'documents.count-unprinted',
  permission: 'papers.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Object({ failed: Type.Integer() }),
  run: ({ tx, actor }) =>
    tx.one(sql<{
      failed: number
    }>`select count(*)::int as failed from documents.print_failure f join documents.document d on d.id = f.document_id join cases.case c on c.id = d.case_id
      where not exists (select from documents.print p where p.document_id = d.id)
        and exists (select from unnest(${[...postOf(actor).areas]}::text[]) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own))`),
})

// Papers that did not print, as whoever keeps the machine sees them: kinds and times, no number and no person.

export interface UnprintedPaper {
  id: string
  /** Code of the kind, as `documents.yaml` of the pack has it. */
  kind: string
  waitingSince: Date
  attempts: number
  lastAt: Date
  nextAt: Date
  /** Name of the fault; the log says more. */
  fault: string
}

const unprintedIn = (tx: Tx, areas: readonly string[]): Promise<UnprintedPaper[]> =>
  tx.rows(sql<UnprintedPaper>`select id, kind, waiting_since as "waitingSince", attempts, last_at as "lastAt", next_at as "nextAt", fault
    from documents.unprinted_in(${[...areas]}::text[])`)

/** The oldest first, at most five hundred. */
export const listUnprinted = query({
  operation: 'documents.list-unprinted',
  permission: 'node.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<UnprintedPaper[]>({}),
  run: ({ tx, actor }) => unprintedIn(tx, postOf(actor).areas),
})

/** The sweep takes the paper at its next turn, within a minute, instead of at the end of its pause. */
export const printAgain = command({
  operation: 'documents.print-again',
  permission: 'node.watch',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now }, { id }) {
    const { done } = await tx.one(
      sql<{ done: boolean }>`select documents.print_again(${id}, ${[...postOf(actor).areas]}::text[], ${now}) as done`,
    )
    if (!done) throw new Refusal('documents.not_waiting', 'missing')
    return { id }
  },
})
