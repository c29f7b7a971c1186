/**
 * 居住证 (居住证暂行条例, article 10): endorsed every year, within the month before each full year. Late, it is suspended; endorsed
 * again it works again, and its years count from that day.
 */
import { addMonths, fullMonths } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'

export interface PermitSpell {
  /** The day from which its years count. */
  since: Day
  /** The last day on which the next endorsement is in time: that of the next full year itself, in the holder's favour. */
  until: Day
  /** The days on which a late endorsement made the years begin anew. */
  restarted: readonly Day[]
}

/** What the endorsements made of a permit. One that came before its month changes nothing: that year is not endorsed by it. */
export function permitSpell(issuedOn: Day, endorsedOn: readonly Day[]): PermitSpell {
  let since = issuedOn
  let years = 1
  const restarted: Day[] = []
  for (const day of [...endorsedOn].sort()) {
    if (day > addMonths(since, 12 * years)) {
      since = day
      years = 1
      restarted.push(day)
    } else if (day >= addMonths(since, 12 * years - 1)) years += 1
  }
  return { since, until: addMonths(since, 12 * years), restarted }
}

/** Full months that count on a day; null while the permit is suspended: what they are is then said by the next endorsement. */
export const permitMonths = ({ since, until }: Pick<PermitSpell, 'since' | 'until'>, on: Day): number | null =>
  on > until ? null : fullMonths(since, on)

/** When the next endorsement can be made, both days included. */
export const endorseBetween = ({ until }: Pick<PermitSpell, 'until'>): { from: Day; to: Day } => ({
  from: addMonths(until, -1),
  to: until,
})
