/** 免打扰: hours of the night in which only what concerns the account itself leaves. Pure. */
import { dayOf, TIME_ZONE } from '../../platform/time.ts'
import type { LoadedPack } from '../matters/index.ts'

export interface QuietHours {
  /** Hours of the day; from 21 until 8 goes over midnight. The same hour twice is no quiet at all. */
  from: number
  until: number
}

/** Null where the pack names none. */
export function quietHours(pack: Pick<LoadedPack, 'optionalNumber' | 'pack'>, now: Date): QuietHours | null {
  const read = (id: string) => pack.optionalNumber(id, pack.pack.area, dayOf(now))
  const [from, until] = [read('messages.quiet_from'), read('messages.quiet_until')]
  return from === null || until === null ? null : { from, until }
}

export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (!hours || hours.from === hours.until) return false
  const { hour } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE)
  return hours.from < hours.until ? hour >= hours.from && hour < hours.until : hour >= hours.from || hour < hours.until
}
