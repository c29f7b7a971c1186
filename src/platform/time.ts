/** A business day as `YYYY-MM-DD` in the pack's time zone. */
export type Day = string

/** Business days of the whole country; a pack of another zone would make this a setting. */
export const TIME_ZONE = 'Asia/Shanghai'

/** The business day on which an instant falls. */
export function dayOf(instant: Date): Day {
  const ms = instant.getTime()
  // One request asks for the day of its one instant again and again.
  if (ms !== latest.ms)
    latest = { ms, day: Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString() }
  return latest.day
}
let latest: { ms: number; day: Day } = { ms: Number.NaN, day: '' }

/** The first instant of a business day. */
export const startOf = (day: Day): Date => new Date(Temporal.PlainDate.from(day).toZonedDateTime(TIME_ZONE).epochMilliseconds)

/** The instant of a time `HH:MM` on a day; `24:00` is the end of the day. */
export function instantAt(day: Day, time: string): Date {
  const date = Temporal.PlainDate.from(day)
  const zoned =
    time === '24:00'
      ? date.add({ days: 1 }).toZonedDateTime(TIME_ZONE)
      : date.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time })
  return new Date(zoned.epochMilliseconds)
}
