/** A length of time as a person reads it: one number, one unit. */

/** `today` has value 0: the page says the time of day instead (今天 17:30). */
export type SpanUnit = 'today' | 'working_day' | 'calendar_day' | 'working_hour' | 'hour' | 'working_minute' | 'minute'

export interface Span {
  unit: SpanUnit
  value: number
}

/** Whole hours, or minutes under one hour; rounded down, so that nobody is told more time than there is. */
export function spanOf(ms: number, working: boolean): Span {
  const minutes = Math.floor(ms / 60_000)
  if (minutes >= 60) return { unit: working ? 'working_hour' : 'hour', value: Math.floor(minutes / 60) }
  return { unit: working ? 'working_minute' : 'minute', value: minutes }
}
