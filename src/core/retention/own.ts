/** What a resident's account takes with it and what stays, by the classes of the pack. Pure. */
import { addDays, addMonths } from '../../platform/day.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { KindName } from './kinds.ts'
import { inForce, type RetentionClass } from './retention.ts'

/** One class that holds for something of hers. */
export interface Stay {
  class: RetentionClass
  /** Null while its time has not begun: a case that runs. */
  until: Day | null
}

/** On which day the time of a class is over, for what began then. */
export function dueOn({ period: { value, unit } }: Pick<RetentionClass, 'period'>, since: Day): Day {
  return unit === 'day' ? addDays(since, value) : addMonths(since, value * (unit === 'year' ? 12 : 1))
}

export interface OwnCase {
  id: string
  number: string
  matter: string
  status: string
  open: boolean
  /** Out of sight already: only stored. */
  putAway: boolean
  /** When it ended; null while it runs. */
  since: Date | null
  papers: number
}

/** Every class that covers the case, the earliest first. One that runs may still end either way: all of them. */
export function staysOf(classes: readonly RetentionClass[], one: OwnCase, today: Day): Stay[] {
  const { since } = one
  return inForce(classes, today)
    .filter(({ kind, matters }) => kind === 'case' && (!matters || matters.includes(one.matter)))
    .filter(({ statuses }) => one.open || (statuses as readonly string[] | undefined)?.includes(one.status))
    .filter(({ ends }) => !(one.putAway && ends === 'restrict'))
    .map((found) => ({ class: found, until: one.open || !since ? null : dueOn(found, dayOf(since)) }))
    .sort((a, b) => (a.until ?? '').localeCompare(b.until ?? ''))
}

/** Of kinds that have no row of their own to count from: the class as it stands. */
export const classesOf = (classes: readonly RetentionClass[], kinds: readonly KindName[], today: Day): RetentionClass[] =>
  inForce(classes, today).filter(({ kind }) => kinds.includes(kind))

/** What goes with an account; a hold on one of these kinds in her area keeps the account waiting. */
export const GOES_WITH_ACCOUNT: readonly KindName[] = ['draft', 'unbound-account']

/** Hourly looks leave a day for a repair; whoever looks after longer looks at a clock that may have jumped. */
export const MOST_HOURS_BETWEEN = 26
/** After a jump the clock has to go on evenly for so long before anybody's days count as over. */
export const EVEN_HOURS = 48

export interface Looked {
  at: Date
  evenSince: Date
}

/** What is remembered of this look, and whether the clock may be believed. `last`: null when nobody ever looked. */
export function lookOn(last: Looked | null, now: Date): Looked & { believed: boolean; jumped: boolean } {
  const hours = (from: Date) => (now.getTime() - from.getTime()) / 3_600_000
  const even = last !== null && hours(last.at) >= 0 && hours(last.at) <= MOST_HOURS_BETWEEN
  const evenSince = even ? last.evenSince : now
  return { at: now, evenSince, believed: hours(evenSince) >= EVEN_HOURS, jumped: last !== null && !even }
}
