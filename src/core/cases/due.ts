/** When a case is due, by its own procedure's dated rows. Counted from acceptance, not from receipt. */
import type { Day } from '../../platform/time.ts'
import { startOf } from '../../platform/time.ts'
import { dueOf } from '../clocks/index.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import type { Due, Pause } from './case.ts'

interface Counted {
  pack: LoadedPack
  matter: Matter
  area: string
  from: Day
  pauses?: readonly Pause[]
  extraDays?: number
}

/**
 * The promised instant. The unit is the row's (working day, calendar day …); an approved extension is in the same unit.
 * Null while a pause is open: the clock stands still.
 */
export function promiseDue({ pack, matter, area, from, pauses = [], extraDays = 0 }: Counted): Due {
  return limitDue(pack, matter.limits.promise, area, from, pauses, extraDays)
}

/** By when the street looks at a new application: our own promise, counted from receipt. */
export const acceptanceDue = ({ pack, area, from }: Pick<Counted, 'pack' | 'area' | 'from'>): Due =>
  limitDue(pack, 'acceptance.promise', area, from, [], 0)

/** A pause counts by whole days: from the day it began to the day before the clock went on. */
const intervalOf = (p: Pause) => ({
  type: p.type,
  basis: { document: p.basis, clause: p.type },
  notice: p.notice,
  from: startOf(p.from),
  to: p.to === null ? null : startOf(p.to),
})

function limitDue(
  pack: LoadedPack,
  parameter: string,
  area: string,
  from: Day,
  pauses: readonly Pause[],
  extraDays: number,
): Due {
  const limit = pack.limit(parameter, area, from)
  const due = dueOf({
    from: startOf(from),
    limit: { value: limit.value + extraDays, unit: limit.unit },
    excluded: pauses.map(intervalOf),
    calendar: pack.calendar,
  })
  return { dueAt: due.state === 'running' ? due.dueAt.toISOString() : null, dueProvisional: due.provisional }
}

/** The last day to answer a correction notice in, or of a public notice. */
export function lastDayOf(pack: LoadedPack, parameter: string, area: string, from: Day): Day {
  const limit = pack.limit(parameter, area, from)
  return dueOf({ from: startOf(from), limit, calendar: pack.calendar }).dueOn
}
