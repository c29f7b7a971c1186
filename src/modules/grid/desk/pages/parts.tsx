/** What the pages of incidents share: names, tones and dates. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { type Due, dueBy, type Tone, type View } from '../../../../ui/index.ts'
import type { IncidentState, Status } from '../../incident.ts'
import { delayName } from '../../pages/saying.ts'
import type { WhistleOf } from '../../use-cases/whistles.ts'

export const STATUS_TONE = {
  reported: 'info',
  verified: 'info',
  filed: 'info',
  dispatched: 'info',
  handling: 'info',
  hung: 'hold',
  handled: 'warn',
  checked: 'warn',
  closed: 'plain',
  not_filed: 'plain',
  void: 'plain',
  linked: 'plain',
} as const satisfies Record<Status, Tone>

export const OUTCOME_TONE = { confirmed: 'good', checked: 'good', unconfirmed: 'warn', not_solved: 'bad' } as const

export const className = (view: View, pack: LoadedPack, code: string): string => {
  const found = pack.incidents.classes.find((one) => one.code === code)
  return found ? pick(found.name, view.lang) : code
}

/** Where it stands, and once it has ended, how. */
export const stepWords = ({ t }: View, { status, outcome }: Pick<IncidentState, 'status' | 'outcome'>): string =>
  outcome ? t(`incident_desk.outcome.${outcome}`) : t(`incident_desk.step.${status}`)
export const stepTone = ({ status, outcome }: Pick<IncidentState, 'status' | 'outcome'>): Tone =>
  outcome ? OUTCOME_TONE[outcome] : STATUS_TONE[status]

/** What a whistle asks for next of who has the incident: to wait, to send it out, or to hand in what was done. */
export function nextOf(status: Status, whistle: WhistleOf['status'] | null): 'wait' | 'dispatch' | 'hand_in' | undefined {
  if (whistle === 'open' || whistle === 'done') return 'wait'
  if (whistle !== 'closed') return undefined
  return status === 'filed' ? 'dispatch' : status === 'dispatched' || status === 'handling' ? 'hand_in' : undefined
}

interface Stands {
  status: Status
  stageDueAt: Date | null
  wordBy: Date | null
  dueProvisional: boolean
  /** The code of why it is hung. */
  why?: string | null
}

/** Counted as outsiders see it counted. */
export function dueOfStage(view: View, pack: LoadedPack, now: Date, of: Stands): Due {
  if (of.status === 'hung') return { kind: 'paused', note: delayName(pack, of.why, view) }
  // Silence ends the waiting, and nobody is late by it.
  if (of.status === 'checked' && of.wordBy && of.wordBy > now) return dueBy(of.wordBy, now)
  if (!of.stageDueAt) return { kind: 'none', note: view.t(`incident_desk.step.${of.status}`) }
  return dueBy(of.stageDueAt, now, of.dueProvisional && of.status === 'handling')
}
