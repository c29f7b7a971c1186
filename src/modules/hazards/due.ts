/** When the stage that a hazard is in ends, by the pack's limits. Pure. */
import { dueOf, type Limit } from '../../core/clocks/index.ts'
import { type HazardLimitCode, hazardLimit, type LoadedPack } from '../../core/matters/index.ts'
import { type Day, instantAt, startOf } from '../../platform/time.ts'
import { type ClockRow, type Due, type HazardState, runs } from './hazard.ts'

/** A day ends for a keeper when it is over, not when offices close. */
const END_OF_DAY = '23:59'

export function clocked(pack: LoadedPack, clock: ClockRow): Due {
  const due = dueOf({ from: startOf(clock.from), limit: hazardLimit(pack, clock.limit), calendar: pack.calendar })
  return { dueAt: due.dueAt.toISOString(), dueProvisional: due.provisional, clock }
}

/** The last day of a limit that begins on a day. */
export const lastDay = (pack: LoadedPack, limit: HazardLimitCode, from: Day): Day =>
  dueOf({ from: startOf(from), limit: hazardLimit(pack, limit), calendar: pack.calendar }).dueOn

/** The longest time that may be given to a keeper from a day. */
export function longestOf(pack: LoadedPack, { grade }: Pick<HazardState, 'grade'>, from: Day): { day: Day; limit: Limit } {
  const code = grade === 'serious' ? 'rectify_serious' : 'rectify_general'
  return { day: lastDay(pack, code, from), limit: hazardLimit(pack, code) }
}

/** Of the state that an act has led to. A stage that goes on keeps its date: undefined. */
export function dueAfter(pack: LoadedPack, before: HazardState, after: HazardState, today: Day): Due | undefined {
  const [was, is] = [runs(before), runs(after)]
  if (is === null) return { dueAt: null, dueProvisional: false, clock: null }
  if (is === 'until') {
    const until = after.items?.until
    return was === 'until' && before.items?.until === until ? undefined : ownDay(until)
  }
  // Somebody registered it anew, or it went round: counted from today. The same stage as before goes on.
  if (was === is && before.seq > 0 && before.cameBack === after.cameBack) return undefined
  return clocked(pack, { limit: is, from: is === 'look_within' && after.lookFrom ? after.lookFrom : today })
}

const ownDay = (until: Day | undefined): Due => ({
  dueAt: until ? instantAt(until, END_OF_DAY).toISOString() : null,
  dueProvisional: false,
  clock: null,
})
