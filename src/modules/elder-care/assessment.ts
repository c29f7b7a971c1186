/** 老年人能力评估: what an assessor sees, the level that it comes to, and when two views agree. Pure. */
import type { LoadedPack } from '../../core/matters/index.ts'
import { type Parameters as LawNumbers, readNumber } from '../../core/rules/index.ts'
import { judgeTable, type Table, tableFacts } from '../../core/tables/index.ts'
import { addMonths } from '../../platform/day.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'

/** As one assessor saw it. */
export interface Seen {
  assessedOn: Day
  /** By the code of the item. */
  scores: Readonly<Record<string, number>>
  coma: boolean
  /** Dementia or another disorder of the mind. Never leaves the sealed view but on the page of the assessment. */
  mental: boolean
  /** Falls, chokings, losses of way, self-harm and the like in the thirty days before. */
  events: number
}

export interface Scored {
  total: number
  /** By the score alone. */
  scoreLevel: number | null
  /** After the adjustments; null where the standard’s number for it is not confirmed. */
  level: number | null
  /** Which of them count. */
  adjusted: readonly ('coma' | 'mental' | 'events')[]
  nextOn: Day | null
}

/** The pack's table of the assessment. @throws Refusal `care.no_table` */
export function assessmentTable(pack: LoadedPack): Table & { assessment: NonNullable<Table['assessment']> } {
  const table = pack.tables.find((one) => one.assessment)
  if (!table?.assessment) throw new Refusal('care.no_table', 'missing')
  return { ...table, assessment: table.assessment }
}

interface Wrong {
  path: string
  code: string
  params?: Record<string, unknown>
}

/** What cannot be signed as it stands, in the order of the form: a day out of bounds, items without a grade. */
export function wrongIn(table: Table, seen: Pick<Seen, 'scores' | 'assessedOn'>, days: { from: Day; to: Day }): Wrong[] {
  const { assessedOn } = seen
  const day = assessedOn < days.from ? 'care.before_case' : assessedOn > days.to ? 'care.in_the_future' : null
  return [
    ...(day ? [{ path: '/assessedOn', code: day, params: days }] : []),
    ...table.questions
      .filter(({ code, options }) => !options?.some((option) => option.value === seen.scores[code]))
      .map(({ code }) => ({ path: `/${code}`, code: 'care.choose' })),
  ]
}

/** Refuses it, each at its field: `care.incomplete`. */
export function refuseUnfit(...of: Parameters<typeof wrongIn>): void {
  const fields = wrongIn(...of)
  if (fields.length > 0) throw new Refusal('care.incomplete', 'invalid', { fields })
}

export function scoreOf(pack: LoadedPack, seen: Seen, area: string): Scored {
  const table = assessmentTable(pack)
  const facts = tableFacts(table, seen.scores, { on: seen.assessedOn, area })
  const { total, level } = judgeTable(table, facts, { rules: (id) => pack.rule(id), parameters: pack.parameters })
  const number = numbersOf(table.assessment, facts, pack.parameters)
  const worst = Math.max(...(table.bands ?? []).map((band) => band.level))
  const scoreLevel = level ?? null
  const risky = number.riskEvents !== null && seen.events >= number.riskEvents
  return {
    total: total.value,
    scoreLevel,
    ...adjust(scoreLevel, worst, { coma: seen.coma, mental: seen.mental, risky }, number),
    nextOn: number.reassess === null ? null : addMonths(seen.assessedOn, number.reassess),
  }
}

interface Numbers {
  riskEvents: number | null
  raise: number | null
  comaLevel: number | null
  /** 1: two reasons raise it twice; 0: once. */
  addUp: number | null
  reassess: number | null
}

function numbersOf(
  { risk_events, raise, coma_level, add_up, reassess }: NonNullable<Table['assessment']>,
  facts: { on: Day; area: string },
  parameters: LawNumbers,
): Numbers {
  const of = (id: string): number | null => {
    const { value } = readNumber(id, facts, parameters)
    return typeof value === 'number' ? value : null
  }
  return { riskEvents: of(risk_events), raise: of(raise), comaLevel: of(coma_level), addUp: of(add_up), reassess: of(reassess) }
}

/** Coma settles the level; the others raise it, and never beyond the worst. What the standard leaves open is null where it matters. */
export function adjust(
  scoreLevel: number | null,
  worst: number,
  { coma, mental, risky }: { coma: boolean; mental: boolean; risky: boolean },
  { raise, comaLevel, addUp }: Pick<Numbers, 'raise' | 'comaLevel' | 'addUp'>,
): Pick<Scored, 'level' | 'adjusted'> {
  if (coma) return { level: comaLevel, adjusted: ['coma'] }
  const adjusted = [...(mental ? (['mental'] as const) : []), ...(risky ? (['events'] as const) : [])]
  if (adjusted.length === 0) return { level: scoreLevel, adjusted }
  if (scoreLevel === null || raise === null) return { level: scoreLevel === worst ? worst : null, adjusted }
  const raised = (times: number) => Math.min(worst, scoreLevel + raise * times)
  if (adjusted.length === 1 || raised(1) === raised(2)) return { level: raised(1), adjusted }
  return { level: addUp === null ? null : raised(addUp === 1 ? 2 : 1), adjusted }
}

export type Part = 'first' | 'second' | 'third'

/** A view as it is kept; `seen` is there where it is her own. */
export interface View {
  part: Part
  says: 'own' | 'same' | 'first' | 'second'
  officerId: string
  officerName: string
  recordedAt: Date
  documentId: string | null
  seen: Seen | null
}

/**
 * Where a round stands. `waits_second`: one view; `differs`: two that are not the same; `settled`: two people signed one view.
 * Nothing is averaged: a third person says which of two she found as well.
 */
export type Standing =
  | { status: 'none' }
  | { status: 'waits_second'; first: View }
  | { status: 'differs'; first: View; second: View }
  | { status: 'settled'; signed: View; by: readonly View[] }

/** What two views differ in: items by their code, and what changes a level by its name, in the order of the form. */
export function differences(table: Table, one: Seen, other: Seen): (string | 'coma' | 'mental' | 'events')[] {
  const items = table.questions.map(({ code }) => code).filter((code) => one.scores[code] !== other.scores[code])
  return [...items, ...(['coma', 'mental', 'events'] as const).filter((name) => one[name] !== other[name])]
}

export function standingOf(views: readonly View[]): Standing {
  const of = (part: Part) => views.find((view) => view.part === part)
  const [first, second, third] = [of('first'), of('second'), of('third')]
  if (!first) return { status: 'none' }
  if (!second) return { status: 'waits_second', first }
  if (second.says === 'same') return { status: 'settled', signed: first, by: [first, second] }
  if (!third) return { status: 'differs', first, second }
  const signed = third.says === 'second' ? second : first
  return { status: 'settled', signed, by: [signed, third] }
}
