/** When a stage of an incident, or its handling, should be over. Pure: the pack and the hour are given. */
import { dueOf, type Interval, type Limit } from '../../core/clocks/index.ts'
import type { IncidentLevel, LoadedPack } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { IncidentState, Pause } from './incident.ts'

export type StageName = 'verify' | 'dispatch' | 'take_on' | 'check'

export function stageDue(pack: LoadedPack, stage: StageName, level: IncidentLevel, from: Date) {
  const { dueAt, provisional } = dueOf({ from, limit: pack.incidents.stages[stage][level], calendar: pack.calendar })
  return { dueAt, provisional }
}

export function conditionOf(pack: LoadedPack, { classCode, condition }: Pick<IncidentState, 'classCode' | 'condition'>) {
  const found = pack.incidentClass(classCode).conditions.find(({ code }) => code === condition)
  if (!found) throw new Refusal('incident.condition_unknown', 'invalid')
  return found
}

const intervalOf = ({ reason, basis, notice, from, to }: Pause): Interval => ({
  type: reason,
  basis: { document: basis, clause: '—' },
  notice,
  from: new Date(from),
  to: to === null ? null : new Date(to),
})

/** How much longer it may be, in the unit of the condition's own limit. */
export const mostExtension = (pack: LoadedPack, state: Pick<IncidentState, 'classCode' | 'condition'>): Limit => {
  const { limit } = conditionOf(pack, state)
  return { ...limit, value: limit.value * pack.incidents.extension.most_times_the_limit }
}

/** The limit of the condition from when the unit was sent, without what hung; an approved extension adds to it, in its unit. */
export function handlingDue(
  pack: LoadedPack,
  state: Pick<IncidentState, 'classCode' | 'condition' | 'pauses' | 'extension'>,
  from: Date,
): { dueAt: string; dueProvisional: boolean } {
  const { limit } = conditionOf(pack, state)
  const whole: Limit = { ...limit, value: limit.value + (state.extension?.approvedAt ? state.extension.by : 0) }
  const due = dueOf({ from, limit: whole, excluded: state.pauses.map(intervalOf), calendar: pack.calendar })
  if (due.state !== 'running') throw new Error('what hangs has no date')
  return { dueAt: due.dueAt.toISOString(), dueProvisional: due.provisional }
}

/** What a reporter's word begins anew, by the status and the level that it finds: she may read neither. */
export function newRoundDue(pack: LoadedPack, from: Date): Record<'reported' | 'filed', Record<IncidentLevel, string>> {
  const of = (stage: StageName) => ({
    A: stageDue(pack, stage, 'A', from).dueAt.toISOString(),
    B: stageDue(pack, stage, 'B', from).dueAt.toISOString(),
    C: stageDue(pack, stage, 'C', from).dueAt.toISOString(),
  })
  return { reported: of('verify'), filed: of('dispatch') }
}

/** Until when a reporter's word is awaited. */
export const wordUntil = (pack: LoadedPack, from: Date): string =>
  dueOf({ from, limit: pack.incidents.word, calendar: pack.calendar }).dueAt.toISOString()
