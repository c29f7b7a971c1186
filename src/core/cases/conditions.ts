/** A matter's conditions, checked for one person, with what is unknown kept unknown. */
import type { Day } from '../../platform/time.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { personFacts } from '../people/index.ts'
import { evaluate, explain, type Explanation, type Facts, type Sources, unitOf } from '../rules/index.ts'
import { sql } from '../../platform/database/tx.ts'
import type { Answers } from './answer.ts'
import { listMembers, readAnswers } from './answer-store.ts'
import type { Found } from './store.ts'

export interface ConditionLine {
  rule: string
  result: 'met' | 'not_met' | 'unknown'
  explanation: Explanation
}
export interface Checked {
  lines: ConditionLine[]
  /** Null when unknown. */
  amountFen: number | null
}

interface Subject {
  personId: string
  area: string
  applicationOn: Day
  today: Day
  answers: Answers
  unit?: Facts['unit']
  hasAddressProof?: boolean
}

async function check(work: Pick<Work, 'tx'>, pack: LoadedPack, matter: Matter, subject: Subject): Promise<Checked> {
  const person = await personFacts(work.tx, subject.personId, subject.today)
  const given = {
    born_on: person.born_on ?? undefined,
    sex: person.sex ?? undefined,
    hukou_area: person.hukou_area ?? undefined,
    dwelling_area: person.dwelling?.area ?? undefined,
    residence_since: person.residence_since,
    receives: person.receives,
    monthly_income_fen: person.monthly_income_fen ?? undefined,
  }
  const stated = Object.fromEntries(Object.entries(subject.answers).flatMap(([code, a]) => (a.kind === 'choice' ? [[code, a.value]] : a.kind === 'text' ? [[code, a.text]] : [])))
  const sources: Record<string, Sources[string]> = {}
  for (const [fact, from] of Object.entries({ born_on: 'born_on', sex: 'sex', hukou_area: 'hukou', dwelling_area: 'dwelling', residence_since: 'residence', receives: 'receives', monthly_income_fen: 'monthly_income_fen' } as const)) {
    const source = person.provenance[from]
    if (source) sources[`person.${fact}`] = { source: source.source, recordedAt: source.recorded_at }
  }
  const onOf = (rule: string): Day => (pack.rule(rule).judged_by === 'application' ? subject.applicationOn : subject.today)
  const factsOn = (on: Day): Facts => ({
    on,
    area: subject.area,
    person: given,
    ...(subject.unit ? { unit: subject.unit } : {}),
    case: { ...(subject.hasAddressProof === undefined ? {} : { has_address_proof: subject.hasAddressProof }), ...(stated.purpose ? { purpose: stated.purpose } : {}) },
    answers: stated,
  })
  const lines = matter.conditions.map((rule): ConditionLine => {
    const explanation = explain(pack.rule(rule), factsOn(onOf(rule)), pack.parameters, { sources })
    return { rule, result: explanation.result as ConditionLine['result'], explanation }
  })
  const amount = matter.amount ? evaluate(pack.rule(matter.amount), factsOn(onOf(matter.amount)), pack.parameters) : null
  return { lines, amountFen: typeof amount === 'number' ? amount : null }
}

/** For a case: its answers, its household, what the data check found. */
export async function checkConditions(work: Work, found: Found, pack: LoadedPack): Promise<Checked> {
  const answers = await readAnswers(work, found.id)
  const members = await listMembers(work.tx, found.id)
  const checked = await work.tx.maybe(sql<{ result: { monthlyIncomeFen: number | null; propertyOk: boolean | null } }>`select payload->'result' as result from cases.timeline
    where case_id = ${found.id} and fact = 'step_done' and payload->>'kind' = 'data_check' order by seq desc limit 1`)
  const proof = await work.tx.maybe(sql`select id from documents.material where case_id = ${found.id} and withdrawn_at is null limit 1`)
  return check(work, pack, pack.matter(found.matterCode), {
    personId: found.applicantId,
    area: found.originArea,
    applicationOn: dayOf(found.receivedAt),
    today: dayOf(work.now),
    answers,
    unit: unitFacts(answers, members.map((m) => ({ monthly_income_fen: m.monthlyIncomeFen, authorised: !m.adult || m.authorisedAt !== null })), checked?.result),
    hasAddressProof: proof !== undefined,
  })
}

/** For a draft, before anything is sent: the same rules, the same answers. */
export function previewConditions(work: Work, personId: string, area: string, matter: Matter, answers: Answers, hasFiles: boolean): Promise<Checked> {
  const today = dayOf(work.now)
  const members = answers.members?.kind === 'members' ? answers.members.members.map((m) => ({ monthly_income_fen: m.monthlyIncomeFen, authorised: undefined })) : []
  return check(work, work.call.platform.services.packs.inForce(), matter, { personId, area, applicationOn: today, today, answers, unit: unitFacts(answers, members), hasAddressProof: hasFiles })
}

/** The applicant is one of the unit. What an officer's check found outweighs what was declared. */
function unitFacts(
  answers: Answers,
  members: { monthly_income_fen: number | null; authorised: boolean | undefined }[],
  checked?: { monthlyIncomeFen: number | null; propertyOk: boolean | null },
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
