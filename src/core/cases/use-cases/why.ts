/** Why: one's own case, a case in one's scope, and a matter that is only thought about. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { dayOf } from '../../../platform/time.ts'
import { personRead, query, type Work } from '../../../platform/use-case/use-case.ts'
import { isFromLine, type LoadedPack, type Matter } from '../../matters/index.ts'
import { personFacts, withoutGrantOf } from '../../people/index.ts'
import { type FactRead, factRead } from '../../rules/index.ts'
import type { Answer, Answers } from '../answer.ts'
import type { ConditionLine } from '../conditions.ts'
import { groundOfCase, loadOf, sharesAsked } from '../conditions.ts'
import { type Ground, groundOf } from '../ground.ts'
import { getCase } from '../store.ts'
import { type Input, inputsOf, refuseNonsense, suppose } from '../suppose.ts'
import { type Why, whyOn } from '../why.ts'
import { caseEntry } from './look.ts'
import { OnCase } from './shapes.ts'

type DecidedLine = Pick<ConditionLine, 'rule' | 'result'>

export interface CaseWhy extends Why {
  caseId: string
  number: string
  decidedOn: string | null
  /** Conditions that came out otherwise when it was decided: the rule or what is on record has changed since. */
  otherwise: DecidedLine[]
  /** She may object to a line: the case is not one that she took back or that went elsewhere. */
  open: boolean
  /** Objections to lines of this case that run, by `rule/line`. */
  objections: Record<string, string>
  /** Of an objection: the line that it is about, as she saw it, and what she says. */
  objection: { line: Extract<Answer, { kind: 'line' }>; words: string } | null
}

/** What an office found out about the others of a household stays there; whom she named and who has signed, she knows. */
const OF_OTHERS: ReadonlySet<string> = new Set(['unit.monthly_income_fen', 'unit.property_ok'])

export async function whyOfCase(work: Work, caseId: string, own: boolean): Promise<CaseWhy> {
  const { packs } = work.call.platform.services
  const found = await getCase(work.tx, caseId)
  // What was decided is explained by the law and the facts of that day, whatever has changed since.
  const now = found.state.decidedAt ?? work.now
  const known = await loadOf(work, found, dayOf(now))
  const facts = found.state.decidedAt ? await withoutGrantOf(work.tx, known.facts, found, dayOf(now)) : known.facts
  const loaded = { ...known, facts }
  const pack = found.state.decidedAt ? await packs.inForceAt(found.state.decidedAt) : packs.inForce()
  const shared = own && loaded.members.length > 0
  const why = whyOn(
    pack,
    pack.matter(found.matterCode),
    dayOf(now),
    groundOfCase({ now }, found, pack, loaded),
    (fact) => shared && OF_OTHERS.has(fact),
  )
  const decided = loaded.timeline.findLast((row) => row.fact === 'decided')?.payload.conditions as DecidedLine[] | undefined
  return {
    ...why,
    caseId,
    number: found.number,
    open: pack.matters.some(isFromLine) && !['withdrawn', 'not_accepted'].includes(found.state.status),
    objections: own ? await objectionsTo(work, caseId) : {},
    objection: objectionIn(loaded.answers),
    decidedOn: found.state.decidedAt ? dayOf(found.state.decidedAt) : null,
    otherwise: decided?.filter((then) => why.lines.some((line) => line.rule === then.rule && line.result !== then.result)) ?? [],
  }
}

/** Her own that run, by the line that each is about. */
async function objectionsTo({ tx }: Work, caseId: string): Promise<Record<string, string>> {
  const rows = await tx.rows(
    sql<{
      id: string
      about: string
    }>`select id, about from cases.case where starts_with(about, ${`${caseId}/`}) and open and status <> 'decided'`,
  )
  return Object.fromEntries(rows.map(({ id, about }) => [about.slice(caseId.length + 1), id]))
}

function objectionIn(answers: Answers): CaseWhy['objection'] {
  const line = Object.values(answers).find((answer) => answer.kind === 'line')
  const words = Object.values(answers).find((answer) => answer.kind === 'text')
  return line?.kind === 'line' ? { line, words: words?.kind === 'text' ? words.text : '' } : null
}

/** What a matter is judged by when nobody applies: her own facts, or none of anybody's. */
async function groundOfActor(work: Work, pack: LoadedPack, matter: Matter): Promise<Ground> {
  const { actor, tx } = work
  const today = dayOf(work.now)
  if (actor.kind !== 'resident' || !actor.personId)
    return { on: () => today, facts: (on) => ({ on, area: pack.pack.area }), sources: {} }
  const [facts, shares] = await Promise.all([
    personFacts(tx, actor.personId, today),
    sharesAsked(work, pack, matter, actor.personId),
  ])
  const area = facts.living_area ?? facts.hukou_area ?? pack.pack.area
  return groundOf(pack, facts, { area, applicationOn: today, today, answers: {}, ...(shares && { shares }) })
}

export interface MatterWhy extends Why {
  /** What can be supposed, and what is on record of it for who asks. */
  inputs: (Input & { known: FactRead | null })[]
  /** Her own facts were used. */
  own: boolean
}

/** Would it fit, and what if? A resident is judged by her own facts, everybody by what she supposes. Nothing is kept. */
export const explainMatter = query({
  operation: 'cases.explain-matter',
  permission: null,
  actors: ['public', 'resident'],
  input: Type.Object({
    matterCode: Type.String({ maxLength: 60 }),
    supposed: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 80 }),
        Type.Union([
          Type.String({ maxLength: 60 }),
          Type.Number(),
          Type.Boolean(),
          Type.Null(),
          Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 }),
        ]),
        { maxProperties: 50 },
      ),
    ),
  }),
  output: Type.Unsafe<MatterWhy>({}),
  async run(work, { matterCode, supposed = {} }): Promise<MatterWhy> {
    const pack = work.call.platform.services.packs.inForce()
    const matter = pack.matter(matterCode)
    const inputs = inputsOf(pack, matter)
    refuseNonsense(inputs, supposed)
    const ground = await groundOfActor(work, pack, matter)
    const today = dayOf(work.now)
    const own = work.actor.kind === 'resident' && work.actor.personId !== null
    const known = ground.facts(today)
    return {
      ...whyOn(pack, matter, today, suppose(ground, supposed)),
      inputs: inputs.map((input) => ({
        ...input,
        known: own && input.fact !== 'on' ? factRead(known, ground.sources, input.fact, input.type) : null,
      })),
      own,
    }
  },
})

/** Nobody else's: row security answers a foreign id like one that never existed. */
export const explainOwnCase = query({
  operation: 'cases.explain-own',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object(OnCase),
  output: Type.Unsafe<CaseWhy>({}),
  run: (work, { caseId }) => whyOfCase(work, caseId, true),
})

/** An identified person's facts, so that the entry is written first, with the case as its purpose. */
export const explainCase = personRead({
  operation: 'cases.explain',
  permission: 'case.read',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Type.Unsafe<CaseWhy>({}),
  about: caseEntry,
  run: (work, { caseId }) => whyOfCase(work, caseId, false),
})
