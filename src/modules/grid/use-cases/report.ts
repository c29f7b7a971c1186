/** Something is reported: by a resident or anybody, by a grid worker, by the phone, by another system. */
import Type from 'typebox'
import { covers } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { FieldCrypto } from '../../../core/people/index.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id, newId, newPublicId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { stageDue } from '../due.ts'
import { checkedPoint, gridHolding, inWgs84, type Point, systems } from '../place.ts'
import { apiKeyOf, appendFact, facilityOf, gridsAround, insertIncident, insertReport, nearestCrossing } from '../store.ts'
import { givePhotos, PhotoIds } from './photos.ts'
import { reachableEmail, reachablePhone } from './reachable.ts'

/** Part of every ciphertext: never changes. */
export const REPORT_CONTEXT = 'grid.report'
/** What is sealed of a report. */
export interface Said {
  words: string
  place: string
  name: string
  phone: string
  /** Absent in reports from before it was asked for. */
  email?: string
  attributes: Record<string, string>
  /** Which of the class's conditions she says it is; absent where she did not say. */
  condition?: string
}
/** What she wrote each time that it was not solved, sealed beside her report. */
export const saidAgainOf = (crypto: Pick<FieldCrypto, 'open'>, sealed: Buffer | null): { at: string; words: string }[] =>
  sealed ? JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) : []
/** What is left of it when it is let go. */
export const NOTHING_SAID: Said = { words: '', place: '', name: '', phone: '', email: '', attributes: {} }

export const PlaceShape = Type.Object({
  /** Degrees, with the system that they were delivered in. */
  lon: Type.Optional(Type.Number()),
  lat: Type.Optional(Type.Number()),
  crs: Type.Optional(Type.Enum([...systems])),
  /** The token of an object's QR code. */
  facility: Type.Optional(Id),
  /** The community, where no point is given. */
  area: Type.Optional(Type.String({ pattern: '^[0-9]{12}$' })),
  text: Type.Optional(Type.String({ maxLength: 300 })),
})

export const ReportInput = Type.Object({
  classCode: Type.String({ maxLength: 60 }),
  words: Type.String({ maxLength: 4000 }),
  place: PlaceShape,
  name: Type.Optional(Type.String({ maxLength: 60 })),
  phone: Type.Optional(Type.String({ maxLength: 30 })),
  email: Type.Optional(Type.String({ maxLength: 254 })),
  attributes: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 500 }), { maxProperties: 40 })),
  /** Which of the conditions of the class it is, as far as the reporter can say; the officer who files decides. */
  condition: Type.Optional(Type.String({ maxLength: 60 })),
  /** By the clock of the device; ours is kept beside it. */
  seenAt: Type.Optional(Type.String({ format: 'date-time' })),
  /** The public id of an incident that this adds to (我也附议). */
  joins: Type.Optional(Id),
  channel: Type.Optional(Type.Enum(['page', 'worker', 'phone', 'open311', 'inspection'])),
  /** Left before, by `grid.leave-photo` or a phone of the field. */
  photos: Type.Optional(PhotoIds),
})
const Reported = Type.Object({ id: Id, token: Id, publicId: Id, number: Type.String(), joined: Type.Boolean() })

const WORKS = new Set(['worker', 'phone', 'inspection'])

/**
 * A report with a token of its own, always; and the incident that it begins, or joins. Nothing is dropped as a duplicate: officers link.
 * @throws Refusal incident.class_unknown · incident.place_* · incident.say_what · incident.joined_is_over · incident.joined_already ·
 *   incident.attribute_* · incident.condition_unknown · incident.phone_wrong · incident.email_wrong · open311.key_unknown
 */
export const report = command({
  operation: 'grid.report',
  permission: null,
  actors: ['public', 'resident', 'staff'],
  input: ReportInput,
  output: Reported,
  run: (work, input) => takeReport(work, input),
})

/**
 * A report by a program that has a key, which was let in and counted before; no path of the API leads here.
 * @throws Refusal as `report`, and open311.key_unknown
 */
export const reportByProgram = command({
  operation: 'grid.report-by-program',
  permission: null,
  actors: ['public'],
  input: Type.Object({ ...ReportInput.properties, apiKey: Type.String({ maxLength: 200 }) }),
  output: Reported,
  run: async (work, { apiKey, ...input }) => takeReport(work, input, { apiKeyId: await usedKey(work, apiKey) }),
})

/**
 * What `report` does, inside an act that is more. `acrossBorders`: a point elsewhere in the city is reported there, as anybody may.
 * `apiKeyId`: of the program that reports.
 */
export async function takeReport(
  work: Work,
  input: Type.Static<typeof ReportInput>,
  { acrossBorders = false, apiKeyId = null }: { acrossBorders?: boolean; apiKeyId?: string | null } = {},
): Promise<Type.Static<typeof Reported>> {
  const { tx, actor, now, call } = work
  const { crypto, packs } = call.platform.services
  const pack = packs.inForce()
  const channel = channelOf(work, input.channel)
  const joined = input.joins ? await joinedBy(work, input.joins) : null
  const of = pack.incidentClass(joined?.classCode ?? input.classCode)
  const words = input.words.trim()
  if (!words && of.code === OTHER) throw new Refusal('incident.say_what', 'invalid', { fields: [{ path: '/words' }] })
  const condition = input.condition && conditionOf(of, input.condition)
  const phone = reachablePhone(pack, input.phone)
  const email = reachableEmail(input.email)
  const attributes = checkedAttributes(of, input.attributes ?? {}, channel === 'open311' && !joined)
  const seenAt = input.seenAt ? new Date(input.seenAt) : now
  const where = joined ? whereJoined(pack, input.place) : await placeOf(work, pack, input.place, acrossBorders)
  const id = newId(now)
  const token = newPublicId()
  const incidentId = joined?.id ?? newId(now)
  const publicId = joined ? input.joins! : newPublicId()
  const said: Said = {
    words,
    place: input.place.text?.trim() ?? '',
    name: input.name?.trim() ?? '',
    phone,
    email,
    attributes,
    ...(condition ? { condition } : {}),
  }
  const sealed = crypto.seal(JSON.stringify(said), REPORT_CONTEXT)
  const due = joined ? null : stageDue(pack, 'verify', of.level, now).dueAt
  if (due)
    appendFact(work, incidentId, 1, { fact: 'reported', classCode: of.code, level: of.level, stageDueAt: due.toISOString() })
  // Sent one behind the other and waited for once: giving a number locks its street's counter until the commit.
  const [, , { number }] = await together([
    due &&
      insertIncident(tx, {
        id: incidentId,
        publicId,
        area: where.area!,
        gridId: where.gridId,
        channel,
        classCode: of.code,
        level: of.level,
        packHash: pack.hash,
        facilityId: where.facilityId,
        point: where.point,
        shown: where.shown,
        reportedAt: now,
        stageDueAt: due,
      }),
    insertReport(tx, {
      id,
      token,
      incidentId,
      channel,
      sealed,
      accountId: actor.kind === 'resident' ? actor.accountId : null,
      personId: actor.kind === 'resident' ? actor.personId : null,
      postId: actor.kind === 'staff' ? actor.post.id : null,
      apiKeyId,
      point: where.point,
      seenAt,
      reportedAt: now,
    }),
    tx.one(sql<{ number: string }>`select number from grid.report_of_token(${token})`),
  ])
  await givePhotos(tx, pack, token, input.photos ?? [])
  return { id, token, publicId, number, joined: joined !== null }
}

function conditionOf({ conditions }: ReturnType<LoadedPack['incidentClass']>, code: string): string {
  if (!conditions.some((one) => one.code === code))
    throw new Refusal('incident.condition_unknown', 'invalid', { fields: [{ path: '/condition' }] })
  return code
}

async function usedKey({ tx, now }: Work, key: string): Promise<string> {
  const found = await apiKeyOf(tx, key, dayOf(now))
  if (!found) throw new Refusal('open311.key_unknown', 'forbidden')
  return found.id
}

/** The class for what is none of the others: without words it says nothing. */
export const OTHER = 'something-else'

function channelOf({ actor }: Work, asked: string | undefined): string {
  if (actor.kind !== 'staff') return asked === 'open311' ? 'open311' : 'page'
  // Incidents are the grid line's: a post of another line would see nothing of what it wrote.
  if (!actor.post.permissions.includes('incident.report') || !actor.post.domains.includes('grid'))
    throw new Refusal('access.not_permitted', 'forbidden', { permission: 'incident.report' })
  return asked && WORKS.has(asked) ? asked : 'worker'
}

async function joinedBy({ tx, actor }: Work, publicId: string): Promise<{ id: string; classCode: string }> {
  const found = await tx.maybe(
    sql<{
      id: string
      classCode: string
      open: boolean
    }>`select id, class_code as "classCode", open from grid.incident_of_public_id(${publicId})`,
  )
  if (!found) throw new Refusal('incident.not_found', 'missing')
  if (!found.open) throw new Refusal('incident.joined_is_over', 'conflict')
  // One person is one voice, as far as it can be known who she is.
  if (actor.kind === 'resident') {
    const { again } = await tx.one(
      sql<{
        again: boolean
      }>`select exists (select from grid.report where incident_id = ${found.id} and account_id = ${actor.accountId}) as again`,
    )
    if (again) throw new Refusal('incident.joined_already', 'conflict')
  }
  return found
}

interface Where {
  area: string | null
  gridId: string | null
  facilityId: string | null
  point: Point | null
  shown: { lon: number; lat: number; name: string } | null
}
export type Place = { lon?: number; lat?: number; crs?: Point['crs']; facility?: string; area?: string; text?: string }

/** Who adds to something has its place; where she herself stood is kept if she says it. */
const whereJoined = (pack: LoadedPack, place: Place): Where => ({
  area: null,
  gridId: null,
  facilityId: null,
  point: pointOf(pack, place),
  shown: null,
})

const pointOf = (pack: LoadedPack, { lon, lat, crs = 'WGS84' }: Place): Point | null => {
  if (lon === undefined && lat === undefined) return null
  return checkedPoint({ lon: lon ?? Number.NaN, lat: lat ?? Number.NaN, crs }, pack.incidents.bounds)
}

/** By the object's code, else by the point, else by the community and the words for where in it. */
export async function placeOf(work: Work, pack: LoadedPack, place: Place, acrossBorders = false): Promise<Where> {
  const { tx, actor } = work
  const own = (area: string): string => {
    if (actor.kind === 'staff' && !covers(actor.post, area)) throw new Refusal('access.not_your_area', 'forbidden')
    return area
  }
  if (place.facility) {
    const facility = await facilityOf(tx, place.facility)
    if (!facility) throw new Refusal('incident.facility_unknown', 'missing')
    const { id, area, gridId, lon, lat, crs, name } = facility
    return { area: own(area), gridId, facilityId: id, point: { lon, lat, crs }, shown: { ...inWgs84({ lon, lat, crs }), name } }
  }
  const point = pointOf(pack, place)
  const [grids, crossing] = point ? await together([gridsAround(tx, point), nearestCrossing(tx, point)]) : [[], null]
  const grid = point && gridHolding(grids, point)
  const area = grid?.area ?? place.area
  if (!area)
    throw new Refusal(point ? 'incident.place_in_no_grid' : 'incident.place_missing', 'invalid', { fields: [{ path: '/place' }] })
  if (pack.areaName(area) === '') throw new Refusal('incident.area_unknown', 'invalid', { fields: [{ path: '/place/area' }] })
  if (!point && !place.text?.trim()) throw new Refusal('incident.say_where', 'invalid', { fields: [{ path: '/place/text' }] })
  const routed = acrossBorders && grid && area.startsWith(pack.pack.area)
  return { area: routed ? area : own(area), gridId: grid?.id ?? null, facilityId: null, point, shown: crossing ?? null }
}

/** A day, or a moment of one as other systems write it. `Date.parse` alone takes “flat 3” for one. */
const DAY = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/

export function checkedAttributes(
  of: ReturnType<LoadedPack['incidentClass']>,
  given: Record<string, string>,
  whole: boolean,
): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const { code, kind, required, choices } of of.attributes ?? []) {
    const value = given[code]?.trim() ?? ''
    const wrong = (why: string) =>
      new Refusal(`incident.attribute_${why}`, 'invalid', { code, fields: [{ path: `/attributes/${code}` }] })
    if (value === '') {
      // A page of ours lets somebody in a hurry go on; another system was told by the service definition what it must send.
      if (required && whole) throw wrong('missing')
      continue
    }
    if (kind === 'number' && !/^-?\d{1,12}([.]\d{1,6})?$/.test(value)) throw wrong('not_a_number')
    if (kind === 'day' && (!DAY.test(value) || Number.isNaN(Date.parse(value)))) throw wrong('not_a_day')
    if (kind === 'choice' && !choices?.some((one) => one.code === value)) throw wrong('not_a_choice')
    kept[code] = value
  }
  return kept
}
