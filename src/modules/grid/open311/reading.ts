/**
 * What a client sent, read for the use cases. By the specification a parameter that is empty is one that was not sent, and what
 * it does not know is left alone. Pure.
 */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'

export type Sent = Readonly<Record<string, unknown>>

const DAY_MS = 86_400_000
const RANGE_DAYS = 90
/** Paged through so far; whoever wants more asks for other dates. */
const MOST_PAGED = 10_000
/** Of a description, by the specification. */
const MOST_WORDS = 4000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => UUID.test(text)

const refused = (reason: string, params: Record<string, unknown> = {}) => new Refusal(`open311.${reason}`, 'invalid', params)

/** The last of several: what a form's later field says holds. */
export const one = (sent: Sent, name: string): string => {
  const value = sent[name]
  const last = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' ? last.trim() : ''
}

/** "can be declared multiple times, comma delimited": either way. */
const several = (sent: Sent, name: string): string[] =>
  [sent[name]]
    .flat()
    .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
    .map((value) => value.trim())
    .filter((value) => value !== '')

export function refuseElsewhere(sent: Sent, pack: LoadedPack, host: string): void {
  const name = one(sent, 'jurisdiction_id')
  if (name && ![pack.pack.area, pack.pack.code, host].includes(name))
    throw new Refusal('open311.jurisdiction_unknown', 'missing', { name, own: pack.pack.area })
}

function instant(sent: Sent, name: string): Date | null {
  // A plus sign that nobody escaped arrives as a space.
  const text = one(sent, name).replace(/ (\d\d:\d\d)$/, '+$1')
  if (text === '') return null
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw refused('date_unreadable', { name })
  return new Date(at)
}

/** The range of an answer: the most recent 90 days, or the 90 days that one end begins or closes. */
export function rangeOf(sent: Sent, now: Date): { from: string; to: string } {
  const [start, end] = [instant(sent, 'start_date'), instant(sent, 'end_date')]
  if (start && end && start > end) throw refused('dates_backwards')
  if (start && end && end.getTime() - start.getTime() > RANGE_DAYS * DAY_MS) throw refused('range_too_long')
  const whole = RANGE_DAYS * DAY_MS
  const to = end ?? (start ? new Date(start.getTime() + whole) : now)
  const from = start ?? new Date(to.getTime() - whole)
  return { from: from.toISOString(), to: to.toISOString() }
}

function count(sent: Sent, name: string, most: number): number | undefined {
  const text = one(sent, name)
  if (text === '') return undefined
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > most) throw refused('number_unreadable', { name, most })
  return value
}

export function filterOf(sent: Sent, now: Date, most: number) {
  const statuses = new Set(several(sent, 'status'))
  for (const status of statuses) if (status !== 'open' && status !== 'closed') throw refused('status_unknown')
  const classCodes = several(sent, 'service_code')
  if (classCodes.length > 200) throw refused('too_many', { most: 200 })
  // Not in the specification, but what endpoints elsewhere have.
  const limit = count(sent, 'page_size', most) ?? most
  const page = count(sent, 'page', 1000) ?? 1
  if (page * limit > MOST_PAGED) throw refused('paged_too_far', { most: MOST_PAGED })
  return {
    ...rangeOf(sent, now),
    ...(classCodes.length > 0 ? { classCodes: classCodes.map((code) => code.slice(0, 60)) } : {}),
    ...(statuses.size === 1 ? { open: statuses.has('open') } : {}),
    limit,
    offset: (page - 1) * limit,
  }
}

export function idsOf(sent: Sent, most: number): string[] | null {
  const ids = several(sent, 'service_request_id').map((id) => id.toLowerCase())
  if (ids.length === 0) return null
  if (ids.length > most) throw refused('too_many', { most })
  return ids.filter(isId)
}

function short(sent: Sent, name: string, most: number): string {
  const text = one(sent, name)
  if (text.length > most) throw refused('too_long', { name, most })
  return text
}

export function descriptionOf(sent: Sent): string {
  return short(sent, 'description', MOST_WORDS)
}

/** `attribute[CODE]`, and `attribute[CODE][]` of a list. */
function attributesOf(sent: Sent): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(sent)) {
    const code = /^attribute\[([^[\]]{1,60})\](\[\])?$/.exec(key)?.[1]
    if (!code) continue
    if (Array.isArray(value) && value.length > 1) throw refused('several_values', { name: code })
    const text = String(Array.isArray(value) ? value[0] : value).trim()
    if (text.length > 500) throw refused('too_long', { name: key, most: 500 })
    if (text !== '') attributes[code] = text
  }
  return attributes
}

function pointOf(sent: Sent): { lon: number; lat: number; crs: 'WGS84' } | null {
  const [lat, long] = [one(sent, 'lat'), one(sent, 'long')]
  if (lat === '' && long === '') return null
  const number = (text: string): number => (/^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : Number.NaN)
  const [north, east] = [number(lat), number(long)]
  if (Number.isNaN(north) || Number.isNaN(east)) throw refused('location_half')
  return { lon: east, lat: north, crs: 'WGS84' }
}

/** As people write a place: without what it is. */
const spoken = (name: string): string => name.replace(/(社区)?(居民委员会|居委会|村民委员会|村委会)$|街道$|社区$/u, '')

/** The one community that an address names, with its street where several have its name; null where it names none or several. */
export function communityIn(pack: LoadedPack, address: string): string | null {
  const named = (name: string): boolean => {
    const short = spoken(name)
    return short.length > 1 && address.includes(short)
  }
  const found = pack.pack.areas.filter(({ code, name }) => code.length === 12 && named(name))
  // A longer name that holds a shorter one is the one that was meant.
  const longest = found.filter((a) => !found.some((b) => b !== a && spoken(b.name).length > spoken(a.name).length && spoken(b.name).includes(spoken(a.name)))) // biome-ignore format: one thought
  const inStreet = longest.filter(({ code }) => named(pack.areaName(code.slice(0, 9))))
  const [only, ...others] = inStreet.length > 0 ? inStreet : longest
  return only && others.length === 0 ? only.code : null
}

function placeOf(sent: Sent, pack: LoadedPack) {
  const point = pointOf(sent)
  const text = short(sent, 'address_string', 300)
  const given = one(sent, 'address_id')
  const id = given.toLowerCase()
  const isArea = /^\d{12}$/.test(id) && pack.areaName(id) !== ''
  if (id !== '' && !isArea && !isId(id)) throw refused('address_id_unknown', { id: given.slice(0, 60) })
  if (!point && id === '' && text === '') throw refused('location_missing')
  if (id !== '' && !isArea) return { facility: id, text }
  const area = isArea ? id : communityIn(pack, text)
  // A point says by itself which community it is; words alone must.
  if (!point && !area) throw refused('address_in_no_community', { text: text.slice(0, 60) })
  return { ...point, ...(area ? { area } : {}), text: text || (isArea && !point ? pack.areaName(id) : '') }
}

/** Of the sender only what she is called by and how to reach her is kept: no device, no account elsewhere. */
export function saidOf(sent: Sent) {
  const given = [short(sent, 'first_name', 60), short(sent, 'last_name', 60)]
  const name = (given.some((part) => /\p{Script=Han}/u.test(part)) ? given.toReversed().join('') : given.join(' ')).trim()
  if (name.length > 60) throw refused('too_long', { name: 'first_name, last_name', most: 60 })
  // Not fetched: what a stranger's address holds is opened by no server of ours, but by an officer who wants to.
  const media = one(sent, 'media_url')
  const words = [descriptionOf(sent), /^https?:\/\/\S+$/.test(media) ? media : ''].filter((part) => part !== '').join('\n')
  if (words.length > MOST_WORDS) throw refused('too_long', { name: 'description', most: MOST_WORDS })
  return { words, name, phone: short(sent, 'phone', 30), email: short(sent, 'email', 254), channel: 'open311' as const }
}

/** For `grid.report`. */
export function reportOf(sent: Sent, pack: LoadedPack) {
  const classCode = one(sent, 'service_code')
  if (classCode === '') throw refused('service_code_missing')
  const known = pack.incidentClass(classCode)
  return { classCode: known.code, ...saidOf(sent), place: placeOf(sent, pack), attributes: attributesOf(sent) }
}
