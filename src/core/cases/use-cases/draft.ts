/** An application being written: kept sealed after every page, continued on any device, submitted once. */
import Type from 'typebox'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, personRead, query, type Work } from '../../../platform/use-case/use-case.ts'
import { proxyIdOf, refuseOtherMatter } from '../../access/index.ts'
import { attachDraftFiles, listDraftMaterials, type MaterialRow, takeBackFiles } from '../../documents/index.ts'
import { isFromLine, type Material } from '../../matters/index.ts'
import { factsByProxy, getPerson, maskedIdNumberOf, type PersonFacts, personFacts } from '../../people/index.ts'
import { type Answer, inOrder, isOutOfOrder, readAnswer } from '../answer.ts'
import { refuseApplicantAsMember } from '../answer-store.ts'
import { isAsked, materialsNotAsked, openQuestions, questionsFor } from '../branch.ts'
import { type Checked, previewConditions, sharesAsked } from '../conditions.ts'
import { notOnRecord } from '../materials.ts'
import { withoutHousehold } from '../own-view.ts'
import { receive } from '../receive.ts'
import { lookOf } from './by-proxy.ts'
import { CONTEXT, type Draft, getDraft, saveDraft, takeBackNotAsked } from './kept-draft.ts'
import { Done } from './shapes.ts'

/** Whose application it is: one's own, or of whom one acts for. */
const subjectOf = ({ actor }: Work): string | null =>
  actor.kind === 'resident' || actor.kind === 'proxy' ? actor.personId : null

export const startDraft = command({
  operation: 'cases.start-draft',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({ matterCode: Type.String({ maxLength: 60 }) }),
  output: Type.Object({ draftId: Id }),
  async run(work, { matterCode }) {
    const { packs, crypto } = work.call.platform.services
    const pack = packs.inForce()
    const matter = pack.matter(matterCode)
    const { actor } = work
    if (actor.kind !== 'resident' && actor.kind !== 'proxy') throw new Refusal('access.not_for_you', 'forbidden')
    refuseOtherMatter(actor, matter.code)
    if (isFromLine(matter)) throw new Refusal('line.from_explanation', 'conflict')
    // One draft a matter: starting again goes on where the last one stopped.
    await work.tx.run(sql`insert into cases.draft (id, account_id, person_id, proxy_id, matter_code, pack_hash, answers_sealed, created_at, updated_at)
      values (${newId(work.now)}, ${actor.accountId}, ${actor.personId}, ${proxyIdOf(actor)}, ${matter.code}, ${pack.hash}, ${crypto.seal('{}', CONTEXT)}, ${work.now}, ${work.now})
      on conflict (account_id, matter_code, proxy_id) where submitted_case_id is null do nothing`)
    const open = await work.tx.one(
      sql<{
        id: string
      }>`select id from cases.draft where account_id = ${actor.accountId} and matter_code = ${matter.code} and proxy_id is not distinct from ${proxyIdOf(work.actor)}::uuid and submitted_case_id is null`,
    )
    return { draftId: open.id }
  },
})

/** Facts that a person may see of herself, or somebody who acts for her; null at A0, which has none. */
async function knownFacts(work: Work): Promise<PersonFacts | null> {
  const personId = subjectOf(work)
  if (!personId) return null
  return (work.actor.kind === 'proxy' ? factsByProxy : personFacts)(work.tx, personId, dayOf(work.now))
}

/** Where money goes is hers alone to say: whoever acts for her may confirm the account that is on record, and name no other. */
export function refuseOtherAccount({ actor }: Work, code: string, answer: Answer | null): void {
  if (actor.kind === 'proxy' && answer?.kind === 'bank_account' && !answer.stored)
    throw new Refusal('draft.account_is_hers', 'invalid', {
      name: actor.name,
      fields: [{ path: `/${code}`, code: 'draft.account_is_hers', params: { name: actor.name } }],
    })
}

export const isKnown = (kind: string, facts: PersonFacts | null): boolean =>
  kind === 'bank_account' ? !!facts?.bank : kind === 'address' ? !!facts?.dwelling?.address : facts !== null

/** One page's answer, checked and kept. An answer that is wrong is refused and the page keeps what was typed. */
export const answerQuestion = command({
  operation: 'cases.answer-question',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({
    draftId: Id,
    question: Type.String({ maxLength: 60 }),
    typed: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })),
  }),
  output: Type.Object({ draftId: Id, next: Type.Union([Type.String(), Type.Null()]) }),
  async run(work, { draftId, question: code, typed }) {
    const draft = await getDraft(work, draftId, true)
    if (draft.submittedCaseId) throw new Refusal('draft.already_submitted', 'conflict', { caseId: draft.submittedCaseId })
    const question = draft.matter.questions.find((q) => q.code === code)
    if (!question) throw new Refusal('draft.question_unknown', 'missing')
    if (!isAsked(draft.matter, code, draft.answers)) throw new Refusal('draft.question_not_asked', 'conflict')
    const facts = await knownFacts(work)
    // What was not shown is not confirmed: at A0 there is nothing to say yes to, and the question stays open.
    const answer =
      question.kind === 'confirm' && !facts ? null : readAnswer(question, typed, dayOf(work.now), isKnown(question.kind, facts))
    if (question.kind === 'files') await requireMaterials(work, draft, question.materials ?? [])
    refuseOtherAccount(work, code, answer)
    const subject = subjectOf(work)
    if (subject) await refuseApplicantAsMember(work, subject, code, answer)
    const { [code]: _, ...others } = draft.kept
    inOrder(question, answer, others)
    // A beginning that was moved behind its end leaves the end open: it is asked for again.
    for (const later of draft.matter.questions)
      if (answer && later.not_before === code && isOutOfOrder(later, others[later.code], { ...others, [code]: answer }))
        delete others[later.code]
    const answers = answer ? { ...others, [code]: answer } : others
    await saveDraft(work, draft, answers)
    const asked = questionsFor(draft.matter, answers)
    return { draftId, next: asked[asked.findIndex((q) => q.code === code) + 1]?.code ?? null }
  },
})

async function requireMaterials(work: Work, draft: Draft, codes: readonly string[]): Promise<void> {
  const given = await listDraftMaterials(work.tx, draft.id, work.call.platform.services.crypto)
  for (const code of codes) {
    const material = draft.matter.materials.find((m) => m.code === code)
    if (material?.required && !given.some((g) => g.material === code))
      throw new Refusal('draft.material_missing', 'invalid', {
        fields: [{ path: `/file-${code}`, code: 'draft.material_missing' }],
      })
  }
}

export interface DraftView {
  draft: Draft
  facts: PersonFacts | null
  /** Masked. */
  idNumber: string | null
  materials: MaterialRow[]
  /** Shared papers of which nothing is on record of her; none while nobody knows who she is. */
  notOnRecord: Material[]
  open: string[]
  checked: Checked | null
}

async function view(work: Work, draftId: string): Promise<DraftView> {
  const { packs, crypto } = work.call.platform.services
  const { kept: _, ...draft } = await getDraft(work, draftId)
  const [facts, personId] = [await knownFacts(work), subjectOf(work)]
  const notAsked = materialsNotAsked(draft.matter, draft.answers)
  const given = await listDraftMaterials(work.tx, draft.id, crypto)
  const materials = given.filter(({ material }) => !notAsked.has(material))
  const inForce = packs.inForce()
  // Where her whereabouts are hidden from who acts for her, the number of the law is that of the whole place.
  const area = facts?.living_area ?? facts?.hukou_area ?? (facts?.whereabouts_hidden ? inForce.pack.area : null)
  const shares = personId ? await sharesAsked(work, inForce, inForce.matter(draft.matter.code), personId) : undefined
  const checked = facts && area ? previewConditions(work, facts, area, draft.matter, draft.answers, materials, shares) : null
  return {
    draft,
    facts,
    idNumber: facts && personId ? await maskedIdNumberOf(work.tx, crypto, personId) : null,
    materials,
    notOnRecord: facts ? notOnRecord(draft.matter, facts) : [],
    open: openQuestions(draft.matter, draft.answers),
    checked: checked && withoutHousehold(checked),
  }
}

/** The draft with one's own facts, what is still open, and whether the conditions are met. Only the person herself. */
export const readDraft = query({
  operation: 'cases.read-draft',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({ draftId: Id }),
  output: Type.Unsafe<DraftView>({}),
  run: (work, { draftId }) => view(work, draftId),
})

/** The same for whoever acts for her, with a second factor: each page shows what is on record of another, and is a look. */
export const readDraftByProxy = personRead({
  operation: 'cases.read-draft-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A2',
  input: Type.Object({ draftId: Id }),
  output: Type.Unsafe<DraftView>({}),
  async about(work, { draftId }) {
    await getDraft(work, draftId)
    return lookOf(work)
  },
  run: (work, { draftId }) => view(work, draftId),
})

export interface DraftLine {
  id: string
  matterCode: string
  updatedAt: Date
}

export const listDrafts = query({
  operation: 'cases.list-drafts',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<DraftLine[]>({}),
  run: (work) =>
    work.tx.rows(
      sql<DraftLine>`select id, matter_code as "matterCode", updated_at as "updatedAt" from cases.draft where submitted_case_id is null and proxy_id is not distinct from ${proxyIdOf(work.actor)}::uuid order by updated_at desc limit 50`,
    ),
})

/** Submitted once: the draft becomes a case, its files become the case's. Needs a bound person (A1). */
export const submitDraft = command({
  operation: 'cases.submit-draft',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A1',
  input: Type.Object({ draftId: Id, declared: Type.Literal('yes') }),
  output: Done,
  async run(work, { draftId }) {
    const personId = subjectOf(work)
    if (!personId) throw new Refusal('account.bind_first', 'forbidden')
    if (work.actor.kind === 'proxy' && work.actor.level !== 'A2') throw new Refusal('account.confirm_first', 'forbidden')
    const draft = await getDraft(work, draftId, true)
    if (draft.submittedCaseId) {
      const earlier = await work.tx.one(
        sql<{ number: string; status: string }>`select number, status from cases.case where id = ${draft.submittedCaseId}`,
      )
      return { caseId: draft.submittedCaseId, ...earlier, documentId: null }
    }
    const open = openQuestions(draft.matter, draft.answers)
    if (open.length > 0) throw new Refusal('draft.incomplete', 'conflict', { question: open[0] })
    for (const question of draft.asked)
      if (question.kind === 'files') await requireMaterials(work, draft, question.materials ?? [])
    await takeBackNotAsked(work, draft)
    const [applicant, files] = await together([
      getPerson(work.tx, personId),
      listDraftMaterials(work.tx, draft.id, work.call.platform.services.crypto),
    ])
    const done = await receive(work, {
      applicant,
      matter: draft.matter,
      channel: 'phone',
      answers: draft.answers,
      given: files.map((f) => f.material),
    })
    attachDraftFiles(work.tx, draft.id, done.caseId)
    work.tx.atEnd(
      sql`update cases.draft set submitted_case_id = ${done.caseId}, answers_sealed = ${work.call.platform.services.crypto.seal('{}', CONTEXT)}, updated_at = ${work.now} where id = ${draft.id}`,
    )
    return done
  },
})

export const discardDraft = command({
  operation: 'cases.discard-draft',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A0',
  input: Type.Object({ draftId: Id }),
  output: Type.Object({ draftId: Id }),
  async run(work, { draftId }) {
    const draft = await getDraft(work, draftId, true)
    if (draft.submittedCaseId) throw new Refusal('draft.already_submitted', 'conflict', { caseId: draft.submittedCaseId })
    await work.tx.run(sql`delete from documents.material where draft_id = ${draftId} and case_id is null`)
    await takeBackFiles(work.tx, draftId, null, work.now)
    await work.tx.run(sql`delete from cases.draft where id = ${draftId}`)
    return { draftId }
  },
})
