/** Receipt to acceptance: 一次性告知, 不予受理, 受理. */
import Type from 'typebox'
import { together } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { listMaterials } from '../../documents/index.ts'
import type { Material } from '../../matters/index.ts'
import { personFacts } from '../../people/index.ts'
import { act, type Open, type Outcome } from '../act.ts'
import type { Answers } from '../answer.ts'
import { listMembers, readAnswers } from '../answer-store.ts'
import { besideOf, withQuestions } from '../asked.ts'
import { isAsked, materialsNotAsked } from '../branch.ts'
import { notIssued } from '../certificate-asked.ts'
import { lastDayOf, promiseDue } from '../due.ts'
import { missingMaterials, ownWordOf } from '../materials.ts'
import { stepAfter } from '../possible.ts'
import { listTimeline } from '../store.ts'
import { Done, OnCase, ShortWords, Words } from './shapes.ts'

/** Everything that is missing, once. Afterwards nothing more may be asked for; what stays out ends in reminders and a written decision. */
export const requestCorrection = command({
  operation: 'cases.request-correction',
  permission: 'case.correct',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, missing: Type.Array(ShortWords, { maxItems: 20 }), text: Words }),
  output: Done,
  run: (work, { caseId, missing, text }) =>
    act(work, caseId, 'request_correction', (open) => correctionRequested(open, { missing, text })),
})

export async function correctionRequested(
  { work, found, procedure, matter, today }: Open,
  { missing, text }: { missing: readonly string[]; text: string },
): Promise<Outcome> {
  const known = new Set([...matter.materials.map((m) => m.code), ...matter.questions.map((q) => q.code)])
  const strange = missing.filter((code) => !known.has(code))
  if (strange.length > 0)
    throw new Refusal('case.material_unknown', 'invalid', {
      fields: [{ path: '/missing', keyword: 'enum' }],
      strange: strange.join(', '),
    })
  refuseNotAsked(matter, await readAnswers(work, found.id, matter), missing)
  const answerBy = lastDayOf(procedure, matter.limits.correction, found.originArea, today)
  const asked = withQuestions(matter, missing)
  const beside = besideOf(matter, asked)
  return {
    facts: [
      { fact: 'correction_requested', missing: asked, ...(beside.length > 0 && { beside }), text, askedOn: today, answerBy },
    ],
    document: {
      kind: 'correction_notice',
      fill: { answer_by_on: answerBy },
      lists: { corrections: [...nameMissing(matter, missing), text] },
    },
    message: { kind: 'correction_requested', params: { answerBy, missing } },
  }
}

/** Nobody is asked for what her answers do not call for: an answer that has to change is asked for itself. */
function refuseNotAsked(matter: Open['matter'], answers: Answers, missing: readonly string[]): void {
  const papers = materialsNotAsked(matter, answers)
  const questions = matter.questions.filter(({ code }) => !isAsked(matter, code, answers))
  const strange = missing.filter((code) => papers.has(code) || questions.some((question) => question.code === code))
  if (strange.length > 0)
    throw new Refusal('case.material_not_asked', 'invalid', {
      fields: [{ path: '/missing', code: 'case.material_not_asked', params: { names: nameMissing(matter, strange).join('、') } }],
      names: nameMissing(matter, strange).join('、'),
    })
}

const nameMissing = (
  matter: { materials: { code: string; name: { zh: string } }[]; questions: { code: string; ask: { zh: string } }[] },
  codes: readonly string[],
): string[] =>
  codes.map(
    (code) =>
      matter.materials.find((m) => m.code === code)?.name.zh ?? matter.questions.find((q) => q.code === code)?.ask.zh ?? code,
  )

/** Not ours: says who is competent (不予受理 + 告知有权机关), with remedies. */
export const refuseCompetence = command({
  operation: 'cases.refuse-competence',
  permission: 'case.refuse-competence',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, organ: ShortWords, reason: Words }),
  output: Done,
  run: (work, { caseId, organ, reason }) => act(work, caseId, 'refuse_competence', () => competenceRefused({ organ, reason })),
})

export function competenceRefused({ organ: typed, reason }: { organ: string; reason: string }): Outcome {
  const organ = addressInBrackets(typed)
  return {
    facts: [{ fact: 'competence_refused', organ, reason }],
    document: { kind: 'not_accepted', fill: { competent_organ: organ, reason } },
    message: { kind: 'competence_refused', params: { organ } },
  }
}

/** Officers write name, address and telephone in one line; every sentence goes on after the name, so that the rest is bracketed. */
const addressInBrackets = (organ: string): string =>
  organ.replace(/^([^，,；;（(]+)[，,；;]\s*(.+?)[，,；;。]*$/u, (_, name: string, rest: string) => `${name.trim()}（${rest}）`)

/** 受理: the promise starts to run. Procedure is pinned to the pack in force. */
export const acceptCase = command({
  operation: 'cases.accept',
  permission: 'case.accept',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) => act(work, caseId, 'accept', accepted),
})

/** The application stays received: an officer says that it is none of ours, or has it called by its right name. */
export async function refuseNotIssued({ work, found, newest, matter }: Open): Promise<void> {
  const certificate = notIssued(newest, matter, await readAnswers(work, found.id, matter))
  if (certificate)
    throw new Refusal('case.certificate_not_issued', 'conflict', { name: certificate.name.zh, go: certificate.go?.zh ?? '—' })
}

/** What the matter asks for and the case does not have, as it is now. */
export async function missingNow({
  work,
  found,
  matter,
  today,
}: Pick<Open, 'work' | 'found' | 'matter' | 'today'>): Promise<Material[]> {
  const [facts, materials, members, answers, timeline] = await together([
    personFacts(work.tx, found.applicantId, today),
    listMaterials(work.tx, found.id, work.call.platform.services.crypto),
    listMembers(work.tx, found.id),
    readAnswers(work, found.id, matter),
    listTimeline(work.tx, found.id),
  ])
  return missingMaterials(matter, facts, { materials, members, answers, ownWord: ownWordOf(timeline) })
}

export async function accepted(open: Open): Promise<Outcome> {
  const { found, newest, matter, today } = open
  await refuseNotIssued(open)
  const next = stepAfter(matter, found.state.step ?? '')
  if (!next) throw new Error(`${matter.code}: no step after ${found.state.step}`)
  const lacking = (await missingNow(open)).filter(({ required }) => required).map(({ name }) => name.zh)
  const due = promiseDue({ pack: newest, matter, area: found.originArea, from: today })
  return {
    facts: [{ fact: 'accepted', on: today, byLaw: false, packHash: newest.hash, step: next.code, ...due }],
    document: {
      kind: 'acceptance',
      fill: {
        accepted_on: today,
        promise_due_on: due.dueAt ? dayOf(new Date(due.dueAt)) : undefined,
        ...(lacking.length > 0 ? { lacking: lacking.join('、') } : { complete: 1 }),
      },
    },
    message: { kind: 'accepted', params: { dueAt: due.dueAt } },
  }
}
