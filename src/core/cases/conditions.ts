/** A matter's conditions, checked for one person, with what is unknown kept unknown. */
import { type Day, dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { listMaterials, type MaterialRow } from '../documents/index.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type PersonFacts, personFacts, type Shares, sharesOf } from '../people/index.ts'
import { type Facts, readsOf, rootOf, unitOf } from '../rules/index.ts'
import type { Answers } from './answer.ts'
import { listMembers, readGiven, type UnitMemberRow } from './answer-store.ts'
import { answersAsked } from './branch.ts'
import { type Checked, checkOn, type Ground, groundOf } from './ground.ts'
import { ownWordOf } from './materials.ts'
import { type Found, listTimeline, type TimelineRow } from './store.ts'

export type { Checked, ConditionLine } from './ground.ts'

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

export interface DataCheck {
  monthlyIncomeFen: number | null
  propertyOk: boolean | null
}

/** For a case: its answers, its household, what the data check found. */
export const checkLoaded = (work: Pick<Work, 'now'>, found: Found, pack: LoadedPack, loaded: Loaded): Checked =>
  checkOn(pack, pack.matter(found.matterCode), groundOfCase(work, found, pack, loaded))

/** What a case is judged on. */
export function groundOfCase(
  work: Pick<Work, 'now'>,
  found: Found,
  pack: LoadedPack,
  { facts, shares, answers: given, members, materials, timeline }: Loaded,
): Ground {
  const answers = answersAsked(pack.matter(found.matterCode), given)
  const checked = timeline.findLast((row) => row.fact === 'step_done' && row.payload.kind === 'data_check')?.payload.result as
    | DataCheck
    | undefined
  return groundOf(pack, facts, {
    area: found.originArea,
    applicationOn: dayOf(found.receivedAt),
    today: dayOf(work.now),
    answers,
    ...(shares && { shares }),
    unit: unitFacts(
      answers,
      // Silence is neither yes nor no.
      ownWordOf(timeline) === null ? undefined : true,
      members.map((m) => ({ monthly_income_fen: m.monthlyIncomeFen, authorised: !m.adult || m.authorisedAt !== null })),
      checked,
    ),
    hasAddressProof: provesAddress(pack.matter(found.matterCode), materials),
    dataChecked: checked !== undefined && (checked.monthlyIncomeFen !== null || checked.propertyOk !== null),
    incomeChecked: checked !== undefined && checked.monthlyIncomeFen !== null,
  })
}

export async function loadOf(work: Work, found: Found, on: Day = dayOf(work.now)): Promise<Loaded> {
  const { tx } = work
  const [facts, shares, answers, members, materials, timeline] = await Promise.all([
    personFacts(tx, found.applicantId, on),
    sharesOfCase(work, found),
    readGiven(work, found.id),
    listMembers(tx, found.id),
    listMaterials(tx, found.id, work.call.platform.services.crypto),
    listTimeline(tx, found.id),
  ])
  return { facts, shares, answers, members, materials, timeline }
}

export const checkConditions = async (work: Work, found: Found, pack: LoadedPack): Promise<Checked> =>
  checkLoaded(work, found, pack, await loadOf(work, found))

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
  const pack = work.call.platform.services.packs.inForce()
  const ground = groundOf(pack, facts, {
    area,
    applicationOn: today,
    today,
    answers,
    ...(shares && { shares }),
    unit: unitFacts(answers, work.actor.kind === 'proxy' ? undefined : true, members),
    hasAddressProof: provesAddress(matter, materials),
  })
  return checkOn(pack, matter, ground)
}

/** The applicant is one of the unit, and `own` says whether she has agreed to the check. What an officer's check found outweighs what was declared. */
function unitFacts(
  answers: Answers,
  own: boolean | undefined,
  members: { monthly_income_fen: number | null; authorised: boolean | undefined }[],
  checked?: DataCheck,
): Facts['unit'] | undefined {
  const earned = Object.values(answers).find((a) => a.kind === 'money')
  if (!answers.members && !earned && !checked) return undefined
  const unit = unitOf([{ monthly_income_fen: earned?.kind === 'money' ? earned.fen : null, authorised: own }, ...members])
  return {
    ...unit,
    property_ok: checked?.propertyOk ?? undefined,
    ...(checked && checked.monthlyIncomeFen !== null ? { monthly_income_fen: checked.monthlyIncomeFen } : {}),
  }
}
