/** Decision to close. A machine may grant, never refuse: every outcome here is a named officer's, with reasons and remedies. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { bindingOf, postOf } from '../../access/index.ts'
import { listDocuments } from '../../documents/index.ts'
import { isFromLine, type Matter } from '../../matters/index.ts'
import { getPerson, type Person } from '../../people/index.ts'
import { act, type Open, type Outcome } from '../act.ts'
import { readAnswers } from '../answer-store.ts'
import type { Without } from '../case.ts'
import { isUnlisted } from '../certificate-asked.ts'
import { type Checked, checkConditions } from '../conditions.ts'
import { type Decided, decisionPaper, decisionPaperOf } from '../decision-paper.ts'
import { answerLine, takeEffect } from '../effect.ts'
import { isAccountedFor, openReasons } from '../materials.ts'
import { missingNow, refuseNotIssued } from './acceptance.ts'
import { Done, Note, OnCase, ShortWords, Words } from './shapes.ts'

const ShortNote = Type.String({ maxLength: 200 })

/** The document that the matter rests on has lapsed: a named officer of the line records on what basis it is decided. */
export const recordBasis = command({
  operation: 'cases.record-basis',
  permission: 'case.record-basis',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, basis: Words }),
  output: Done,
  run: (work, { caseId, basis }) => act(work, caseId, 'record_basis', () => ({ facts: [{ fact: 'basis_recorded', basis }] })),
})

/**
 * The basis was recorded wrongly: a second entry beside the first, with the reason. What was decided by then stays as it was
 * decided; the correction is seen beside it and changes no paper.
 */
export const correctBasis = command({
  operation: 'cases.correct-basis',
  permission: 'case.record-basis',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, basis: Words, reason: Words }),
  output: Done,
  run: (work, { caseId, basis, reason }) =>
    act(work, caseId, 'correct_basis', ({ found }) => {
      const was = found.state.lapseBasis ?? ''
      const afterDecision = found.state.decidedAt !== null
      return { facts: [{ fact: 'basis_corrected', basis, was, reason, afterDecision }] }
    }),
})

const DecisionInput = Type.Object({
  ...OnCase,
  outcome: Type.Enum(['granted', 'refused']),
  reasons: Type.String({ maxLength: 2000 }),
  amountFen: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 10_000_000 }), Type.Null()])),
})

interface Decision {
  outcome: 'granted' | 'refused'
  reasons: string
  amountFen?: number | null
  without?: Without[]
}

interface Weighed {
  outcome: Decision['outcome']
  reasons: string
  /** What the officer wrote. */
  typed: number | null
  amount: number | null
  /** A certificate that is on neither list. */
  unlisted: boolean
}

/** The sum and the reasons that a decision needs, everything that lacks at once. @throws Refusal of the first, with the fields of all */
function refuseLacking(matter: Matter, conditions: Checked, { outcome, reasons, typed, amount, unlisted }: Weighed): void {
  const granted = outcome === 'granted'
  const lacking: { path: string; code: string }[] = []
  if (typed !== null && !matter.amount && !matter.one_off) lacking.push({ path: '/amountFen', code: 'case.amount_not_paid' })
  if (granted && matter.amount && amount === null) lacking.push({ path: '/amountFen', code: 'case.amount_missing' })
  const why = /\S{5,}/.test(reasons) ? null : reasonsFor()
  if (why) lacking.push({ path: '/reasons', code: why })
  if (lacking[0]) throw new Refusal(lacking[0].code, 'invalid', { fields: lacking })

  function reasonsFor(): string | null {
    if (!granted || isFromLine(matter)) return 'case.reasons_missing'
    // An unmet condition can be overruled only in writing; unknown ones do not refuse and do not block.
    if (conditions.lines.some((line) => line.result === 'not_met')) return 'case.reasons_missing_for_unmet'
    // Another sum than the rules give is somebody's judgement, and judgement has reasons.
    if (matter.amount && (amount === null || amount !== conditions.amountFen)) return 'case.reasons_missing_for_amount'
    if (unlisted) return 'case.reasons_missing_for_unlisted'
    return matter.one_off && amount === null ? 'case.relief_missing' : null
  }
}

/** What is decided, on which basis; the reasons that it needs are asked for here. */
export async function decided(open: Open, { outcome, reasons, amountFen, without = [] }: Decision): Promise<Outcome> {
  const { work, found, matter, newest } = open
  const conditions = await checkConditions(work, found, newest)
  const amount = outcome === 'granted' ? (amountFen ?? conditions.amountFen) : null
  if (outcome === 'granted') await refuseNotIssued(open)
  const unlisted = outcome === 'granted' && isUnlisted(newest, matter, await readAnswers(work, found.id, matter))
  refuseLacking(matter, conditions, { outcome, reasons, typed: amountFen ?? null, amount, unlisted })
  const basis = found.state.lapseBasis ?? newest.basisLines(matter).join('；')
  return {
    ...(isFromLine(matter)
      ? { effect: () => answerLine(open, outcome, reasons) }
      : outcome === 'granted'
        ? { effect: () => takeEffect(open, amount) }
        : {}),
    facts: [
      {
        fact: 'decided',
        outcome,
        reasons,
        basis,
        amountFen: amount,
        conditions: conditions.lines.map(({ rule, result }) => ({ rule, result })),
        ...(without.length > 0 ? { without } : {}),
        at: work.now.toISOString(),
      },
    ],
    message: { kind: outcome === 'granted' ? 'decided_granted' : 'decided_refused' },
  }
}

export const decideCase = command({
  operation: 'cases.decide',
  permission: 'case.decide',
  actors: ['staff'],
  input: DecisionInput,
  output: Done,
  run: (work, { caseId, ...decision }) => act(work, caseId, 'decide', (open) => decided(open, decision)),
})

/** Nothing comes after a registration on the spot that would notice: what is not there is accounted for before it. */
async function refuseUnexcused(open: Open, without: readonly Without[]): Promise<Without[]> {
  const missing = await missingNow(open)
  const fields = openReasons(missing, without)
  if (fields.length > 0)
    throw new Refusal('case.materials_missing', 'invalid', {
      fields,
      missing: missing
        .filter(isAccountedFor)
        .map((m) => m.name.zh)
        .join('、'),
    })
  return without.filter((one) => missing.some((m) => m.code === one.material))
}

/** 当场登记: acceptance and decision in one, at the counter. */
export const registerCase = command({
  operation: 'cases.register',
  permission: 'case.register',
  actors: ['staff'],
  input: Type.Object({
    ...OnCase,
    reasons: Note,
    without: Type.Optional(
      Type.Array(Type.Object({ material: Type.String({ maxLength: 60 }), reason: ShortNote, basis: ShortNote }), {
        maxItems: 20,
      }),
    ),
  }),
  output: Done,
  run: (work, { caseId, reasons, without = [] }) =>
    act(work, caseId, 'register', async (open) => {
      const { found, newest, today } = open
      const excused = await refuseUnexcused(open, without)
      const outcome = await decided(open, { outcome: 'granted', reasons, without: excused })
      const accepted = {
        fact: 'accepted' as const,
        on: today,
        byLaw: false,
        packHash: newest.hash,
        step: found.state.step ?? '',
        dueAt: null,
        dueProvisional: false,
      }
      return { ...outcome, facts: [accepted, ...outcome.facts] }
    }),
})

/** 制证: the decision becomes a numbered document. */
export const issueDecision = command({
  operation: 'cases.issue',
  permission: 'case.issue',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) => act(work, caseId, 'issue', issued),
})

export async function issued(open: Open): Promise<Outcome> {
  const { work, found } = open
  return {
    facts: [{ fact: 'issued', at: work.now.toISOString() }],
    document: await decisionPaper(open, await decisionOf(work, found.id)),
    message: { kind: 'issued' },
  }
}

const decisionOf = async (work: Work, caseId: string): Promise<Decided> =>
  (
    await work.tx.one(sql<{ payload: Decided }>`select payload from cases.timeline
    where case_id = ${caseId} and fact = 'decided' order by seq desc limit 1`)
  ).payload

/** 送达回证: how and to whom it was handed over. */
export const deliverDecision = command({
  operation: 'cases.deliver',
  permission: 'case.deliver',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, how: Type.Enum(['online', 'window', 'post', 'visit']), to: ShortWords }),
  output: Done,
  run: (work, { caseId, how, to }) =>
    act(work, caseId, 'deliver', async ({ found, matter, newest }) => {
      const kind = decisionPaperOf(matter, found.state.outcome)
      const [decision] = (await listDocuments(work.tx, found.id)).filter((d) => d.kind === kind).reverse()
      if (!decision) throw new Refusal('case.not_issued', 'conflict')
      // Remedies count from delivery: nothing reaches online somebody who does not sign in.
      if (how === 'online' && !(await bindingOf(work.tx, found.applicantId)))
        throw new Refusal('case.no_account_online', 'invalid', { fields: [{ path: '/how', code: 'case.no_account_online' }] })
      const title = newest.pack.documents.kinds.find((k) => k.code === decision.kind)?.title.zh ?? decision.kind
      return {
        facts: [{ fact: 'delivered', how, to, at: work.now.toISOString() }],
        document: {
          kind: 'delivery',
          fill: {
            document_title: title,
            document_number: decision.number,
            recipient: recipientOf(await getPerson(work.tx, found.applicantId), to),
            method: `document.how.${how}`,
            server: postOf(work.actor).officerName,
          },
          words: ['method'],
        },
        message: { kind: 'delivered' },
      }
    }),
})

/** 受送达人 is the applicant by name; who took it for her, or that she did, stands beside it as it was written. */
const recipientOf = ({ name }: Pick<Person, 'name'>, to: string): string =>
  to.trim() === name ? name : `${name}（${to.trim()}）`

/** 办结. */
export const closeCase = command({
  operation: 'cases.close',
  permission: 'case.close',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) => act(work, caseId, 'close', closed),
})

export const closed = ({ work, found, today }: Open): Outcome => ({
  facts: [{ fact: 'closed', at: work.now.toISOString() }],
  document: {
    kind: 'closure',
    fill: {
      closed_on: today,
      outcome: `document.outcome.${found.state.outcome}`,
      accepted_on: found.state.acceptedOn ?? today,
    },
    words: ['outcome'],
  },
  message: { kind: 'closed' },
})
