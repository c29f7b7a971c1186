/** A business day as `YYYY-MM-DD` in the pack's time zone. */
export type Day = string

/** Business days of the whole country; a pack of another zone would make this a setting. */
export const TIME_ZONE = 'Asia/Shanghai'

/** The business day on which an instant falls. */
export const dayOf = (instant: Date): Day =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString()

/** The first instant of a business day. */
export const startOf = (day: Day): Date => new Date(Temporal.PlainDate.from(day).toZonedDateTime(TIME_ZONE).epochMilliseconds)

/** `day` moved by whole calendar days. */
export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()
