/** The paper that carries a decision to its person: the decision itself, or the certificate that the matter gives. */
import { dayOf } from '../../platform/time.ts'
import { capitalYuan, plainYuan } from '../documents/index.ts'
import { isFromLine, type Matter } from '../matters/index.ts'
import { maskedIdNumberOf, personFacts } from '../people/index.ts'
import type { Open } from './act.ts'
import { readAnswers } from './answer-store.ts'
import type { CaseState, Fact } from './case.ts'
import type { Paper } from './paper.ts'
import { printedAnswers } from './printed-answers.ts'

export type Decided = Omit<Extract<Fact, { fact: 'decided' }>, 'fact'>

const GRANTED = 'decision_granted'
const REFUSED = 'decision_refused'

/** Kind of that paper: what the matter promises as its result, or the refusal. */
export const decisionPaperOf = (matter: Matter, outcome: CaseState['outcome']): string =>
  outcome === 'refused' && !isFromLine(matter) ? REFUSED : matter.catalogue.result.sample

/** A certificate says what the register says once the decision is written: before it there is none to show. */
export const isCertificate = (matter: Matter): boolean => matter.catalogue.result.sample !== GRANTED && !isFromLine(matter)

/** What the decision document says: of a grant what is given, of a refusal each condition that is not met. */
export async function decisionPaper(open: Open, decided: Decided): Promise<Paper> {
  const { work, matter } = open
  const { outcome, amountFen, at, reasons, basis, conditions } = decided
  // Whether it was right or not, an objection is answered by one kind of paper.
  if (isFromLine(matter)) {
    const line = Object.values(await readAnswers(work, open.found.id, matter)).find((each) => each.kind === 'line')
    if (line?.kind !== 'line') throw new Error(`${open.found.number}: no line is objected to`)
    return {
      kind: matter.catalogue.result.sample,
      fill: {
        outcome: `document.line.${outcome}`,
        reason: reasons,
        about_number: line.number,
        condition: open.newest.rule(line.rule).text.zh,
      },
      words: ['outcome'],
      basis: [basis],
    }
  }
  if (outcome === 'refused') {
    const { packs } = work.call.platform.services
    const unmet = conditions.filter((c) => c.result === 'not_met').map((c) => packs.inForce().rule(c.rule).text.zh)
    return { kind: REFUSED, fill: { reason: reasons }, lists: { unmet }, basis: [basis] }
  }
  if (isCertificate(matter)) return certificate(open, decided)
  return {
    kind: GRANTED,
    fill: {
      decision: `document.decision.${amountFen === null ? 'granted' : matter.one_off ? 'once' : 'amount'}`,
      effective_on: dayOf(new Date(at)),
      reason: reasons || undefined,
    },
    words: ['decision'],
    ...(amountFen === null ? {} : { wordParams: { yuan: plainYuan(amountFen), capitals: capitalYuan(amountFen) } }),
    basis: [basis],
  }
}

/** Each kind of the pack prints what it needs of this. */
async function certificate({ work, found, matter, today }: Open, { at }: Decided): Promise<Paper> {
  const [facts, idNumber, answers] = await Promise.all([
    personFacts(work.tx, found.applicantId, today),
    maskedIdNumberOf(work.tx, work.call.platform.services.crypto, found.applicantId),
    readAnswers(work, found.id, matter),
  ])
  const kind = facts.disability?.kind
  return {
    kind: matter.catalogue.result.sample,
    fill: {
      name: facts.name,
      sex: `document.sex.${facts.sex ?? 'unknown'}`,
      id_number: idNumber ?? '—',
      address: facts.dwelling?.address ?? '—',
      registered_on: dayOf(new Date(at)),
      ...printedAnswers(matter, answers),
      ...(facts.permit ? { counts_from_on: facts.permit.since, valid_to_on: facts.permit.until } : {}),
      ...(facts.disability ? { grade: facts.disability.grade } : {}),
      ...(kind ? { disability_kind: `people.disability.${kind}` } : {}),
    },
    words: ['sex', 'disability_kind'],
  }
}
