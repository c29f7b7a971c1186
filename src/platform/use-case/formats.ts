/** Days and instants that come in. */
import Format from 'typebox/format'

/** No place is further from UTC; PostgreSQL keeps no year zero and reads no second 60 the way that JavaScript does. */
const FURTHEST_MINUTES = 14 * 60

const isDay = (text: string): boolean => Format.IsDate(text) && !text.startsWith('0000')

function isInstant(text: string): boolean {
  if (!Format.IsDateTime(text) || !isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text))) return false
  const [, hours, minutes] = /[+-](\d\d):(\d\d)$/.exec(text) ?? []
  return hours === undefined || Number(hours) * 60 + Number(minutes) <= FURTHEST_MINUTES
}

/** What either of the two would fail on is no day and no instant, wherever it is sent. A check knows it that is compiled afterwards. */
export function readDaysAsKept(): void {
  Format.Set('date', isDay)
  Format.Set('date-time', isInstant)
}
