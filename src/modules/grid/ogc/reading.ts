/** The query of a list of features, read for the use case. Pure. */
import { Refusal } from '../../../platform/refusal.ts'
import { isCrs84, LIMIT } from './description.ts'
import { MOST_FEATURES } from './use-cases.ts'

type Box = [west: number, south: number, east: number, north: number]
type Sent = Readonly<Record<string, unknown>>
const refused = (reason: string) => new Refusal(`ogc.${reason}`, 'invalid')
const text = (sent: Sent, name: string): string => String(sent[name] ?? '')

function boxOf(sent: Sent): Box | undefined {
  const given = text(sent, 'bbox')
  if (!isCrs84(text(sent, 'bbox-crs')) || !isCrs84(text(sent, 'crs'))) throw refused('crs_unknown')
  if (given === '') return undefined
  const parts = given.split(',').map((part) => (/^\s*[+-]?\d{1,3}(\.\d{1,20})?\s*$/.test(part) ? Number(part) : Number.NaN))
  // West of more than east lies over the antimeridian. Six are a box with heights, of which nothing here has one.
  const [west, south, east, north] = parts.length === 6 ? [parts[0], parts[1], parts[3], parts[4]] : parts
  const right =
    (parts.length === 4 || parts.length === 6) &&
    parts.every((part) => !Number.isNaN(part)) &&
    [west!, east!].every((degrees) => Math.abs(degrees) <= 180) &&
    [south!, north!].every((degrees) => Math.abs(degrees) <= 90) &&
    south! <= north!
  if (!right) throw refused('bbox_unreadable')
  return [west!, south!, east!, north!]
}

/** An instant, or two with a slash between, either open as `..` or empty. A day is the whole day in UTC. */
function timeOf(sent: Sent): { from?: string; to?: string } {
  // A plus sign that nobody escaped arrives as a space; T and Z may be small.
  const given = text(sent, 'datetime')
    .replace(/ (?=\d\d:\d\d)/g, '+')
    .toUpperCase()
  if (given === '') return {}
  const ends = given.split('/')
  if (ends.length > 2) throw refused('datetime_unreadable')
  const [from, to = from] = ends
  const instant = (end: string, rest: string): string | null => {
    if (end === '..' || end === '') return null
    const whole = /^\d{4}-\d\d-\d\d$/.test(end) ? `${end}T${rest}` : end
    const isOne = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(whole)
    if (!isOne || Number.isNaN(Date.parse(whole))) throw refused('datetime_unreadable')
    return new Date(whole).toISOString()
  }
  const [begins, ends_] = [instant(from!, '00:00:00Z'), instant(to!, '23:59:59.999Z')]
  if (begins && ends_ && begins > ends_) throw refused('datetime_unreadable')
  return { ...(begins ? { from: begins } : {}), ...(ends_ ? { to: ends_ } : {}) }
}

function limitOf(sent: Sent): number {
  const given = text(sent, 'limit')
  if (given === '') return LIMIT
  if (!/^\d{1,7}$/.test(given) || Number(given) < 1) throw refused('number_unreadable')
  // More than the most is the most, as the standard says.
  return Math.min(Number(given), MOST_FEATURES)
}

export function readQuery(sent: Sent) {
  const [box, area, classCode, after] = [boxOf(sent), text(sent, 'area'), text(sent, 'class'), text(sent, 'after')]
  if (after.length > 60) throw refused('after_unknown')
  if (area !== '' && !/^\d{4,12}$/.test(area)) throw refused('number_unreadable')
  return {
    ...timeOf(sent),
    ...(box ? { box } : {}),
    ...(area ? { area } : {}),
    ...(classCode ? { classCode: classCode.slice(0, 60) } : {}),
    limit: limitOf(sent),
    ...(after ? { after } : {}),
  }
}
