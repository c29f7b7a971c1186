/** A draft as it is kept: what is asked by the answers so far, and what was typed for questions that are not asked now. */
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Work } from '../../../platform/use-case/use-case.ts'
import { proxyIdOf, refuseOtherMatter } from '../../access/index.ts'
import { takeBackFiles } from '../../documents/index.ts'
import type { Matter, Question } from '../../matters/index.ts'
import type { Answers } from '../answer.ts'
import { answersAsked, materialsNotAsked, questionsFor } from '../branch.ts'

export const CONTEXT = 'cases.draft'

export interface Draft {
  id: string
  matter: Matter
  /** The questions of the matter that are asked by the answers so far. */
  asked: Question[]
  /** Of these questions alone. */
  answers: Answers
  /** The pack changed since the draft was last touched: it moved to the newest, and these questions are new. */
  changed: boolean
  submittedCaseId: string | null
  updatedAt: Date
}

/** What was typed for a question that is not asked now stays here, for the day on which it is asked again. */
type Kept = Draft & { kept: Answers }

interface Row {
  id: string
  matter_code: string
  pack_hash: string
  answers_sealed: Buffer
  submitted_case_id: string | null
  updated_at: Date
}

/** @throws Refusal `draft.not_found` */
export async function getDraft(work: Work, draftId: string, lock = false): Promise<Kept> {
  const { packs, crypto } = work.call.platform.services
  const row = await work.tx.maybe(
    sql<Row>`select id, matter_code, pack_hash, answers_sealed, submitted_case_id, updated_at from cases.draft where id = ${draftId} and proxy_id is not distinct from ${proxyIdOf(work.actor)}::uuid${lock ? sql` for update` : sql``}`,
  )
  if (!row) throw new Refusal('draft.not_found', 'missing')
  refuseOtherMatter(work.actor, row.matter_code)
  const pack = packs.inForce()
  const matter = pack.matter(row.matter_code)
  const all = JSON.parse(crypto.open(row.answers_sealed, CONTEXT)) as Answers
  // A draft follows the newest procedure: answers to questions that are gone are not sent.
  const kept = Object.fromEntries(Object.entries(all).filter(([code]) => matter.questions.some((q) => q.code === code)))
  return {
    id: row.id,
    matter,
    asked: questionsFor(matter, kept),
    answers: answersAsked(matter, kept),
    kept,
    changed: row.pack_hash !== pack.hash,
    submittedCaseId: row.submitted_case_id,
    updatedAt: row.updated_at,
  }
}

export const saveDraft = (work: Work, draft: Draft, answers: Answers): Promise<number> =>
  work.tx.run(sql`update cases.draft set answers_sealed = ${work.call.platform.services.crypto.seal(JSON.stringify(answers), CONTEXT)},
    pack_hash = ${work.call.platform.services.packs.inForce().hash}, updated_at = ${work.now} where id = ${draft.id}`)

/** Papers of a question that is no longer asked are often another's: they go with no case. */
export async function takeBackNotAsked(work: Work, draft: Draft): Promise<void> {
  const notAsked = [...materialsNotAsked(draft.matter, draft.answers)]
  if (notAsked.length === 0) return
  const gone = await work.tx.run(
    sql`delete from documents.material where draft_id = ${draft.id} and case_id is null and material = any(${notAsked}::text[])`,
  )
  if (gone > 0) await takeBackFiles(work.tx, draft.id, null, work.now)
}
