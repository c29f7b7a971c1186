/** A matter's conditions, checked for one person, with what is unknown kept unknown. */
import type { Day } from '../../platform/time.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { listMaterials, type MaterialRow } from '../documents/index.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type PersonFacts, personFacts, ruleFacts, ruleSources, type Shares, sharesOf } from '../people/index.ts'
import { type Explanation, explain, type Facts, readsOf, rootOf, unitOf, type Working } from '../rules/index.ts'
import type { Answer, Answers } from './answer.ts'
import { listMembers, readAnswers, type UnitMemberRow } from './answer-store.ts'
import { type Found, listTimeline, type TimelineRow } from './store.ts'

export interface ConditionLine {
  rule: string
  result: 'met' | 'not_met' | 'unknown'
  explanation: Explanation
  /** Met before its time: what is not there yet, and the day on which it will be. */
  ahead?: { text: Explanation['text']; from: Day }
}
export interface Checked {
  lines: ConditionLine[]
  /** Null when unknown. */
  amountFen: number | null
  /** The sum by which the amount came out; empty when unknown. */
  working: readonly Working[]
}

interface Subject {
  area: string
  applicationOn: Day
  today: Day
  answers: Answers
  shares?: Shares
  unit?: Facts['unit']
  hasAddressProof?: boolean
}

function check(pack: LoadedPack, matter: Matter, person: PersonFacts, subject: Subject): Checked {
  const stated: Record<string, string | number | boolean> = Object.fromEntries(
    Object.entries(subject.answers).flatMap(([code, a]) => {
      const value = statedIn(a)
      return value === undefined ? [] : [[code, value]]
    }),
  )
  const given = ruleFacts(person, subject.shares)
  const sources = ruleSources(person)
  const onOf = (rule: string): Day => (pack.rule(rule).judged_by === 'application' ? subject.applicationOn : subject.today)
  const factsOn = (on: Day): Facts => ({
    on,
    area: subject.area,
    ...given,
    ...(subject.unit ? { unit: subject.unit } : {}),
    case: {
      ...(subject.hasAddressProof === undefined ? {} : { has_address_proof: subject.hasAddressProof }),
      ...(typeof stated.purpose === 'string' ? { purpose: stated.purpose } : {}),
    },
    answers: stated,
  })
  const lines = matter.conditions.map((rule): ConditionLine => {
    const told = (id: string) => explain(pack.rule(id), factsOn(onOf(id)), pack.parameters, { sources })
    const explanation = told(rule)
    const { ahead_of } = pack.rule(rule)
    const later = ahead_of && explanation.result === 'met' ? told(ahead_of) : null
    return {
      rule,
      result: explanation.result as ConditionLine['result'],
      explanation,
      ...(later?.metFrom ? { ahead: { text: later.text, from: later.metFrom } } : {}),
    }
  })
  const amount = matter.amount
    ? explain(pack.rule(matter.amount), factsOn(onOf(matter.amount)), pack.parameters, { sources })
    : null
  return { lines, amountFen: amount?.value ?? null, working: amount?.working ?? [] }
}

/** What a rule reads of an answer; undefined for what no rule may read. */
function statedIn(answer: Answer): string | number | boolean | undefined {
  if (answer.kind === 'choice') return answer.value
  if (answer.kind === 'text') return answer.text
  if (answer.kind === 'date') return answer.day
  if (answer.kind === 'number') return answer.number
  if (answer.kind === 'yes_no') return answer.yes
  return answer.kind === 'money' ? (answer.fen ?? undefined) : undefined
}

/** Whom she shares a home or a hukou book with, counted only for a matter whose rules ask. */
export async function sharesAsked(
  work: Pick<Work, 'tx' | 'now'>,
  pack: LoadedPack,
  matter: Matter,
  personId: string,
): Promise<Shares | undefined> {
  const rules = [...matter.conditions, ...(matter.amount ? [matter.amount] : [])].map((id) => pack.rule(id))
  const asked = rules.some((rule) => readsOf(rootOf(rule)).facts.some((fact) => /^(dwelling|hukou_household)\./.test(fact)))
  return asked ? sharesOf(work.tx, personId, dayOf(work.now)) : undefined
}

export const sharesOfCase = (work: Work, found: Found): Promise<Shares | undefined> => {
  const pack = work.call.platform.services.packs.inForce()
  return sharesAsked(work, pack, pack.matter(found.matterCode), found.applicantId)
}

/** What a case page has read already. */
export interface Loaded {
  facts: PersonFacts
  shares?: Shares | undefined
  answers: Answers
  members: readonly UnitMemberRow[]
  materials: readonly Held[]
  timeline: readonly Pick<TimelineRow, 'fact' | 'payload'>[]
}

interface DataCheck {
  monthlyIncomeFen: number | null
  propertyOk: boolean | null
}

/** For a case: its answers, its household, what the data check found. */
export function checkLoaded(
  work: Pick<Work, 'now'>,
  found: Found,
  pack: LoadedPack,
  { facts, shares, answers, members, materials, timeline }: Loaded,
): Checked {
  const checked = timeline.findLast((row) => row.fact === 'step_done' && row.payload.kind === 'data_check')?.payload.result as
    | DataCheck
    | undefined
  return check(pack, pack.matter(found.matterCode), facts, {
    area: found.originArea,
    applicationOn: dayOf(found.receivedAt),
    today: dayOf(work.now),
    answers,
    ...(shares && { shares }),
    unit: unitFacts(
      answers,
      members.map((m) => ({ monthly_income_fen: m.monthlyIncomeFen, authorised: !m.adult || m.authorisedAt !== null })),
      checked,
    ),
    hasAddressProof: provesAddress(pack.matter(found.matterCode), materials),
  })
}

export async function checkConditions(work: Work, found: Found, pack: LoadedPack): Promise<Checked> {
  const { tx } = work
  const [facts, shares, answers, members, materials, timeline] = await Promise.all([
    personFacts(tx, found.applicantId, dayOf(work.now)),
    sharesOfCase(work, found),
    readAnswers(work, found.id),
    listMembers(tx, found.id),
    listMaterials(tx, found.id, work.call.platform.services.crypto),
    listTimeline(tx, found.id),
  ])
  return checkLoaded(work, found, pack, { facts, shares, answers, members, materials, timeline })
}

type Held = Pick<MaterialRow, 'material' | 'withdrawnAt'>

/** A photo is no proof of where somebody lives: only what the matter says proves it. */
export const provesAddress = (matter: Pick<Matter, 'materials'>, held: readonly Held[]): boolean =>
  matter.materials.some(
    ({ code, proves }) => proves === 'address' && held.some((one) => one.material === code && one.withdrawnAt === null),
  )

/** For a draft, before anything is sent: the same rules, the same answers. */
export function previewConditions(
  work: Work,
  facts: PersonFacts,
  area: string,
  matter: Matter,
  answers: Answers,
  materials: readonly Held[],
  shares?: Shares,
): Checked {
  const today = dayOf(work.now)
  const members =
    answers.members?.kind === 'members'
      ? answers.members.members.map((m) => ({ monthly_income_fen: m.monthlyIncomeFen, authorised: undefined }))
      : []
  return check(work.call.platform.services.packs.inForce(), matter, facts, {
    area,
    applicationOn: today,
    today,
    answers,
    ...(shares && { shares }),
    unit: unitFacts(answers, members),
    hasAddressProof: provesAddress(matter, materials),
  })
}

/** The applicant is one of the unit. What an officer's check found outweighs what was declared. */
function unitFacts(
  answers: Answers,
  members: { monthly_income_fen: number | null; authorised: boolean | undefined }[],
  checked?: DataCheck,
): Facts['unit'] | undefined {
  const own = Object.values(answers).find((a) => a.kind === 'money')
  if (!answers.members && !own) return undefined
  const unit = unitOf([{ monthly_income_fen: own?.kind === 'money' ? own.fen : null, authorised: true }, ...members])
  return {
    ...unit,
    property_ok: checked?.propertyOk ?? undefined,
    ...(checked && checked.monthlyIncomeFen !== null ? { monthly_income_fen: checked.monthlyIncomeFen } : {}),
  }
}
