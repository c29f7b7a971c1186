/**
 * What a decisive act would do, before it is confirmed: worked out by the very functions that do it, so that the page cannot
 * promise something else. Nothing is written, numbered or told.
 */
import Type from 'typebox'
import { personRead } from '../../../platform/use-case/use-case.ts'
import { ancestorAt } from '../../areas/index.ts'
import { type DocumentModel, draftDocument } from '../../documents/index.ts'
import type { Step } from '../../matters/index.ts'
import { getPerson } from '../../people/index.ts'
import type { Open, Outcome } from '../act.ts'
import { apply, type CaseState, type Fact } from '../case.ts'
import { decisionPaper, isCertificate } from '../decision-paper.ts'
import { type Paper, paperOf } from '../paper.ts'
import { stepOf } from '../possible.ts'
import { accepted, competenceRefused, correctionRequested } from './acceptance.ts'
import { closed, decided, issued } from './decide.ts'
import { type CasePage, caseEntry, loadCase } from './look.ts'
import { Note, OnCase, ShortWords, Words } from './shapes.ts'
import { noticePublished } from './steps.ts'

const Asked = Type.Union([
  Type.Object({ ...OnCase, action: Type.Literal('accept') }),
  Type.Object({
    ...OnCase,
    action: Type.Literal('request_correction'),
    missing: Type.Array(ShortWords, { maxItems: 20 }),
    text: Words,
  }),
  Type.Object({ ...OnCase, action: Type.Literal('refuse_competence'), organ: ShortWords, reason: Words }),
  Type.Object({
    ...OnCase,
    action: Type.Literal('decide'),
    outcome: Type.Enum(['granted', 'refused']),
    reasons: Note,
    amountFen: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 10_000_000 }), Type.Null()])),
  }),
  Type.Object({ ...OnCase, action: Type.Literal('publish_notice') }),
  Type.Object({ ...OnCase, action: Type.Literal('issue') }),
  Type.Object({ ...OnCase, action: Type.Literal('close') }),
])
type Asked = Type.Static<typeof Asked>

export interface Preview {
  /** Where the case stands afterwards, and who then has it. */
  state: Pick<CaseState, 'status' | 'step' | 'dueAt' | 'dueProvisional' | 'correction' | 'notice' | 'outcome' | 'amountFen'>
  step: Step | undefined
  handlingArea: string
  /** What the decision will rest on. */
  basis: string | null
  /** As it goes out, but for its number; for a decision the paper that is made of it in the next act. */
  paper: DocumentModel | null
  /** The paper goes out with this act; otherwise it waits for the next. */
  paperNow: boolean
  /** The applicant is told. */
  told: boolean
}

/** @returns `preview` null where this post cannot do it now: `page.may` says why */
export const previewAct = personRead({
  operation: 'cases.preview-act',
  permission: 'case.read',
  actors: ['staff'],
  input: Asked,
  output: Type.Unsafe<{ page: CasePage; preview: Preview | null }>({}),
  about: caseEntry,
  async run(work, asked) {
    const { page, open } = await loadCase(work, asked.caseId)
    return { page, preview: page.may[asked.action] === true ? await previewOf(open, asked) : null }
  },
})

function planOf(open: Open, asked: Asked): Outcome | Promise<Outcome> {
  switch (asked.action) {
    case 'accept':
      return accepted(open)
    case 'request_correction':
      return correctionRequested(open, asked)
    case 'refuse_competence':
      return competenceRefused(asked)
    case 'decide':
      return decided(open, asked)
    case 'publish_notice':
      return noticePublished(open)
    case 'issue':
      return issued(open)
    case 'close':
      return closed(open)
  }
}

async function previewOf(open: Open, asked: Asked): Promise<Preview> {
  const { work, found, matter, newest, today } = open
  const { facts, document, message } = await planOf(open, asked)
  const state = facts.reduce<CaseState>(apply, found.state)
  const step = stepOf(matter, state.step)
  const decision = facts.find((fact) => fact.fact === 'decided')
  const paper = document ?? (decision ? await paperAfter(open, decision) : null)
  const person = await getPerson(work.tx, found.applicantId)
  return {
    state,
    step,
    handlingArea: step ? ancestorAt(found.originArea, step.level) : state.handlingArea,
    basis: decision?.basis ?? null,
    paper: paper && draftDocument(paperOf(work, { ...found, state }, newest, paper, person), today),
    paperNow: document !== undefined,
    told: message !== undefined,
  }
}

/** The letter that a decision becomes; a certificate says what is on record once it is decided. */
async function paperAfter(open: Open, { fact: _, ...decision }: Extract<Fact, { fact: 'decided' }>): Promise<Paper | null> {
  if (isCertificate(open.matter)) return null
  return decisionPaper(open, decision)
}
