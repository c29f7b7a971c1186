/** Decision to close. A machine may grant, never refuse: every outcome here is a named officer's, with reasons and remedies. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { act, type Open, type Outcome } from '../act.ts'
import { checkConditions } from '../conditions.ts'
import { takeEffect } from '../effect.ts'
import { Done, OnCase, ShortWords, Words } from './shapes.ts'

/** The document that the matter rests on has lapsed: a named officer of the line records on what basis it is decided. */
export const recordBasis = command({
  operation: 'cases.record-basis',
  permission: 'case.record-basis',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, basis: Words }),
  output: Done,
  run: (work, { caseId, basis }) => act(work, caseId, 'record_basis', () => ({ facts: [{ fact: 'basis_recorded', basis }] })),
})

const Decision = Type.Object({
  ...OnCase,
  outcome: Type.Enum(['granted', 'refused']),
  reasons: Type.String({ maxLength: 2000 }),
  amountFen: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 10_000_000 }), Type.Null()])),
})

async function decided(open: Open, { outcome, reasons, amountFen }: { outcome: 'granted' | 'refused'; reasons: string; amountFen?: number | null }): Promise<Outcome> {
  const { work, found, matter, newest } = open
  const conditions = await checkConditions(work, found, newest)
  if (outcome === 'refused' && !/\S{5,}/.test(reasons)) throw new Refusal('case.reasons_missing', 'invalid', { fields: [{ path: '/reasons', keyword: 'minLength' }] })
  // An unmet condition can be overruled only in writing; unknown ones do not refuse and do not block.
  if (outcome === 'granted' && conditions.lines.some((line) => line.result === 'not_met') && !/\S{5,}/.test(reasons))
    throw new Refusal('case.reasons_missing_for_unmet', 'invalid', { fields: [{ path: '/reasons', keyword: 'minLength' }] })
  const amount = outcome === 'granted' && matter.amount ? (amountFen ?? conditions.amountFen) : null
  if (outcome === 'granted' && matter.amount && amount === null) throw new Refusal('case.amount_missing', 'invalid', { fields: [{ path: '/amountFen', keyword: 'required' }] })
  const basis = found.state.lapseBasis ?? newest.basisText(matter)
  if (outcome === 'granted') await takeEffect(open, amount)
  return {
    facts: [
      {
        fact: 'decided',
        outcome,
        reasons,
        basis,
        amountFen: amount,
        conditions: conditions.lines.map(({ rule, result }) => ({ rule, result })),
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
  input: Decision,
  output: Done,
  run: (work, { caseId, ...decision }) => act(work, caseId, 'decide', (open) => decided(open, decision)),
})

/** 当场登记: acceptance and decision in one, at the counter. */
export const registerCase = command({
  operation: 'cases.register',
  permission: 'case.register',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, reasons: Type.String({ maxLength: 2000 }) }),
  output: Done,
  run: (work, { caseId, reasons }) =>
    act(work, caseId, 'register', async (open) => {
      const { found, newest, today } = open
      const outcome = await decided(open, { outcome: 'granted', reasons })
      const accepted = { fact: 'accepted' as const, on: today, byLaw: false, packHash: newest.hash, step: found.state.step ?? '', dueAt: null, dueProvisional: false }
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
  run: (work, { caseId }) =>
    act(work, caseId, 'issue', async ({ found, matter, newest }) => {
      const { outcome, amountFen, decidedAt } = found.state
      const decision = await decisionOf(work, caseId)
      const kind = outcome === 'refused' ? 'decision_refused' : matter.procedure === 'registration' ? 'registration_certificate' : 'decision_granted'
      return {
        facts: [{ fact: 'issued', at: work.now.toISOString() }],
        document: {
          kind,
          values: {
            reasons: decision.reasons || newest.words.meetsConditions,
            basis: decision.basis,
            amount_fen: amountFen === null ? '' : String(amountFen),
            decided_on: decidedAt?.toISOString() ?? '',
          },
        },
        message: { kind: 'issued' },
      }
    }),
})

function decisionOf(work: Work, caseId: string): Promise<{ reasons: string; basis: string }> {
  return work.tx.one(sql<{ reasons: string; basis: string }>`select payload->>'reasons' as reasons, payload->>'basis' as basis from cases.timeline
    where case_id = ${caseId} and fact = 'decided' order by seq desc limit 1`)
}

/** 送达回证: how and to whom it was handed over. */
export const deliverDecision = command({
  operation: 'cases.deliver',
  permission: 'case.deliver',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, how: Type.Enum(['online', 'window', 'post', 'visit']), to: ShortWords }),
  output: Done,
  run: (work, { caseId, how, to }) =>
    act(work, caseId, 'deliver', () => ({
      facts: [{ fact: 'delivered', how, to, at: work.now.toISOString() }],
      document: { kind: 'delivery', values: { how, to } },
      message: { kind: 'delivered' },
    })),
})

/** 办结. */
export const closeCase = command({
  operation: 'cases.close',
  permission: 'case.close',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) => act(work, caseId, 'close', () => ({ facts: [{ fact: 'closed', at: work.now.toISOString() }], message: { kind: 'closed' } })),
})
