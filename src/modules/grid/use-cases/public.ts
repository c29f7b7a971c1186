/** What anybody sees: open incidents and what became of the others, as a list and in a box of the map; and one's own reports. */
import Type from 'typebox'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql, type Tx, together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { newRoundDue } from '../due.ts'
import type { Outcome, Status } from '../incident.ts'
import { givePhotos, PhotoIds } from './photos.ts'
import { REPORT_CONTEXT, type Said, saidAgainOf } from './report.ts'
import { type OwnPhoto, photosOfToken } from './see-photos.ts'

export interface PublicIncident {
  publicId: string
  number: string
  area: string
  classCode: string
  level: string
  title: string | null
  place: string | null
  lon: number | null
  lat: number | null
  reportedAt: Date
  status: Status
  round: number
  dueAt: Date | null
  closedAt: Date | null
  outcome: Outcome | null
}
/** With what a list says beside it. */
export interface ListedIncident extends PublicIncident {
  /** How many reported it. */
  reports: number
  unitName: string | null
  wordBy: Date | null
  /** By when it is to be sent out or checked. */
  stageDueAt: Date | null
  /** Its date went by before it was handed in. */
  wasLate: boolean
  /** The code of why it is hung or was given longer. */
  why: string | null
  /** It was linked to another one: how it stands is how that one stands. */
  goesOnAs: { publicId: string; number: string } | null
}

export const anybody = ['public', 'resident', 'staff', 'officer'] as const
export const shown = sql`public_id as "publicId", number, area, class_code as "classCode", level, title, shown_place as place, shown_lon as lon, shown_lat as lat, reported_at as "reportedAt", status, round, due_at as "dueAt", closed_at as "closedAt", outcome`
export const listed = sql`${shown}, reports, unit_name as "unitName", word_by as "wordBy", stage_due_at as "stageDueAt", was_late as "wasLate", why, parent_public_id as "parentId"`
export type ListedRow = Omit<ListedIncident, 'goesOnAs'> & { parentId: string | null }
export const publicLists = ['open', 'overdue', 'waiting', 'ended', 'all'] as const
const PAGE = 20
/** An answer for a map: more than this is no map that anybody reads. */
const MOST_ON_MAP = 20_000

const Area = Type.String({ pattern: '^[0-9]{4,12}$' })

export interface PublicList {
  rows: ListedIncident[]
  more: boolean
  counts: {
    open: number
    overdue: number
    waiting: number
    confirmed: number
    checked: number
    unconfirmed: number
    notSolved: number
    notFiled: number
    /** Of those that ended: handed in after their date, or not at all. */
    endedLate: number
  }
}

export const inList = (list: (typeof publicLists)[number], now: Date) =>
  ({
    open: sql`open`,
    overdue: sql`open and handled_at is null and due_at < ${now}`,
    waiting: sql`status = 'checked'`,
    // What was linked goes on as its parent.
    ended: sql`not open and status <> 'linked'`,
    all: sql`true`,
  })[list]

/** What was linked goes on as its parent: one truth, here as in Open311 and OGC API. */
export async function standingAsParents<R extends ListedRow>(tx: Tx, rows: readonly R[]): Promise<(R & ListedIncident)[]> {
  const wanted = [...new Set(rows.flatMap(({ parentId }) => parentId ?? []))]
  const parents =
    wanted.length === 0
      ? []
      : await tx.rows(sql<ListedRow>`select ${listed} from grid.public_incident where public_id = any(${wanted}::uuid[])`)
  return rows.map((row) => {
    const parent = parents.find(({ publicId }) => publicId === row.parentId)
    if (!parent) return { ...row, goesOnAs: null }
    const { status, outcome, round, dueAt, closedAt, unitName, wordBy, stageDueAt, wasLate, why, publicId, number } = parent
    const stands = { status, outcome, round, dueAt, closedAt, unitName, wordBy, stageDueAt, wasLate, why }
    return { ...row, ...stands, goesOnAs: { publicId, number } }
  })
}

/**
 * By area, class and words, the newest first; the counts are of the last 30 days and name each way of ending apart.
 * Words stand in the title or in the public place, are the number, or name a community or a kind.
 */
export const listPublicIncidents = query({
  operation: 'grid.list-public',
  permission: null,
  actors: anybody,
  input: Type.Object({
    list: Type.Optional(Type.Enum([...publicLists])),
    area: Area,
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  output: Type.Unsafe<PublicList>({}),
  async run({ tx, now, call }, { list = 'open', area, classCode, words, page = 1 }) {
    const named = words === undefined ? null : namedBy(call.platform.services.packs.inForce(), area, words)
    const said = named
      ? sql`(strpos(lower(title), lower(${words})) > 0 or strpos(lower(shown_place), lower(${words})) > 0 or number = upper(${words})
          or area = any(${named.areas}::text[]) or class_code = any(${named.classes}::text[]))`
      : sql`true`
    const inArea = sql`area >= ${area} and area < ${`${area}~`} and (${classCode ?? null}::text is null or class_code = ${classCode ?? null}) and ${said}`
    const since = new Date(now.getTime() - 30 * 86_400_000)
    const of = (test: ReturnType<typeof sql>, name: string) => sql`(count(*) filter (where ${test}))::int as ${sql.id(name)}`
    const [rows, counts] = await together([
      tx.rows(
        sql<ListedRow>`select ${listed} from grid.public_incident where ${inArea} and ${inList(list, now)} order by reported_at desc, public_id limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
      ),
      tx.one(
        sql<PublicList['counts']>`select ${sql.join([
          of(sql`open`, 'open'),
          of(sql`open and handled_at is null and due_at < ${now}`, 'overdue'),
          of(sql`status = 'checked'`, 'waiting'),
          ...(['confirmed', 'checked', 'unconfirmed'] as const).map((outcome) => of(sql`outcome = ${outcome}`, outcome)),
          of(sql`outcome = 'not_solved'`, 'notSolved'),
          of(sql`status = 'not_filed'`, 'notFiled'),
          of(sql`status = 'closed' and was_late`, 'endedLate'),
        ])} from grid.public_incident where ${inArea} and (open or closed_at >= ${since})`,
      ),
    ])
    return { rows: await standingAsParents(tx, rows.slice(0, PAGE)), more: rows.length > PAGE, counts }
  },
})

/** Communities inside of an area and kinds of incident that somebody may mean by the words, in either language. */
function namedBy({ pack, incidents }: LoadedPack, area: string, words: string): { areas: string[]; classes: string[] } {
  const says = (name: string) => name.toLowerCase().includes(words.toLowerCase())
  const english = (pack.english_names ?? []).filter(({ name }) => says(name)).map((one) => one.area)
  return {
    areas: pack.areas
      .filter(({ code, name }) => code.length === 12 && code.startsWith(area) && (says(name) || english.includes(code)))
      .map(({ code }) => code),
    classes: incidents.classes
      .filter((one) => !one.private && [one.name.zh, one.name.en, ...one.words].some(says))
      .map(({ code }) => code),
  }
}

/** Open incidents in a box of degrees (WGS84), at public points. */
export const mapPublicIncidents = query({
  operation: 'grid.map-public',
  permission: null,
  actors: anybody,
  input: Type.Object({
    west: Type.Number({ minimum: -180, maximum: 180 }),
    south: Type.Number({ minimum: -90, maximum: 90 }),
    east: Type.Number({ minimum: -180, maximum: 180 }),
    north: Type.Number({ minimum: -90, maximum: 90 }),
    classCode: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  output: Type.Unsafe<{ rows: PublicIncident[]; more: boolean }>({}),
  async run({ tx }, { west, south, east, north, classCode }) {
    if (west > east || south > north) throw new Refusal('incident.box_backwards', 'invalid')
    const rows = await tx.rows(sql<PublicIncident>`select ${shown} from grid.public_incident
      where open and box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)) @> point(shown_lon, shown_lat)
        and (${classCode ?? null}::text is null or class_code = ${classCode ?? null}) limit ${MOST_ON_MAP + 1}`)
    return { rows: rows.slice(0, MOST_ON_MAP), more: rows.length > MOST_ON_MAP }
  },
})

export interface FollowedFact {
  seq: number
  fact: string
  payload: { reason?: string; how?: string; until?: string; unit?: string }
  recordedAt: Date
  organisationName: string | null
}
export interface Followed {
  publicId: string
  number: string
  /** Of the incident that this one was linked to; null where it was not. */
  parentNumber: string | null
  area: string
  classCode: string
  title: string | null
  place: string | null
  /** Her own words, for whoever holds the token. */
  words: string
  /** Where, in her words; and the condition that she chose. */
  where: string
  condition: string | null
  /** The last digits of the phone that she left; null where she left none. */
  phoneEnd: string | null
  /** What she said each time that it was not solved. */
  saidAgain: { at: string; words: string }[]
  reportedAt: Date
  status: Status
  round: number
  dueAt: Date | null
  dueProvisional: boolean
  stageDueAt: Date | null
  handledAt: Date | null
  /** Its date went by before it was handed in, in whichever round. */
  wasLate: boolean
  wordBy: Date | null
  closedAt: Date | null
  outcome: Outcome | null
  /** Whether it is on the public page. */
  shown: boolean
  course: FollowedFact[]
  /** Her own, and those that an officer has cleared. */
  photos: OwnPhoto[]
  may: { confirm: boolean; reopen: boolean }
}
type FollowedRow = Omit<Followed, 'course' | 'photos' | 'may' | 'words' | 'where' | 'condition' | 'phoneEnd' | 'saidAgain'> & {
  sealed: Buffer
  saidAgain: Buffer | null
  own: boolean
  early: boolean | null
}

/** The report of a token: where it stands, each step, and what its reporter may say now. */
export const followReport = query({
  operation: 'grid.follow',
  permission: null,
  actors: anybody,
  input: Type.Object({ token: Id }),
  output: Type.Unsafe<Followed>({}),
  async run({ tx, now, call }, { token }): Promise<Followed> {
    const { crypto, packs } = call.platform.services
    const [row, course, photos] = await together([
      tx.maybe(sql<FollowedRow>`select public_id as "publicId", number, parent_number as "parentNumber", area, class_code as "classCode", title, shown_place as place, sealed, reported_at as "reportedAt", status, round,
        due_at as "dueAt", due_provisional as "dueProvisional", stage_due_at as "stageDueAt", handled_at as "handledAt", was_late as "wasLate", word_by as "wordBy", closed_at as "closedAt", outcome, shown, own, early, said_again_sealed as "saidAgain" from grid.report_of_token(${token})`),
      tx.rows(
        sql<FollowedFact>`select seq, fact, payload, recorded_at as "recordedAt", organisation_name as "organisationName" from grid.course_of_token(${token})`,
      ),
      photosOfToken(tx, token),
    ])
    if (!row) throw new Refusal('incident.not_found', 'missing')
    const { sealed, saidAgain, own, early, ...rest } = row
    const said = JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) as Said
    const inTime = row.closedAt !== null && row.closedAt >= reopenableSince(packs.inForce().incidents.reopen_days, now)
    return {
      ...rest,
      words: said.words,
      where: said.place,
      condition: said.condition ?? null,
      phoneEnd: said.phone.slice(-4) || null,
      saidAgain: saidAgainOf(crypto, saidAgain),
      course,
      photos,
      may: {
        confirm: own && (row.status === 'checked' || (row.outcome === 'unconfirmed' && inTime)),
        reopen: (own || early === true) && (row.status === 'checked' || (REOPENED.has(row.status) && inTime)),
      },
    }
  },
})

/** What ended and can begin anew. */
const REOPENED: ReadonlySet<Status> = new Set(['closed', 'not_filed', 'void'])

export const reopenableSince = (days: number, now: Date): Date => new Date(now.getTime() - days * 86_400_000)

/**
 * A reporter says that it is solved, or that it is not, with the reason and photos of it; not solved begins another round.
 * @throws Refusal incident.not_found · incident.say_why · incident.not_asked_yet · incident.first_is_asked ·
 *   incident.too_late_to_say · photo.too_many · photo.gone
 */
export const sayOfReport = command({
  operation: 'grid.say',
  permission: null,
  actors: ['public', 'resident'],
  input: Type.Object({
    token: Id,
    solved: Type.Boolean(),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    /** That it is still there; nothing is shown of what is solved. */
    photos: Type.Optional(PhotoIds),
  }),
  output: Type.Object({ token: Id, status: Type.String() }),
  async run({ tx, now, call }, { token, solved, reason = '', photos = [] }) {
    if (!solved && !reason.trim()) throw new Refusal('incident.say_why', 'invalid', { fields: [{ path: '/reason' }] })
    const { crypto, packs } = call.platform.services
    const pack = packs.inForce()
    const since = reopenableSince(pack.incidents.reopen_days, now)
    const earlier = await tx.maybe(
      sql<{
        sealed: Buffer | null
        closedAt: Date | null
        status: Status
      }>`select said_again_sealed as sealed, closed_at as "closedAt", status from grid.report_of_token(${token})`,
    )
    const again = [...saidAgainOf(crypto, earlier?.sealed ?? null), { at: now.toISOString(), words: reason.trim() }]
    const said = await tx.maybe(
      sql<{
        status: string | null
      }>`select the_status as status from grid.reporter_says(${token}, ${solved ? 'solved' : 'not_solved'}, ${crypto.seal(JSON.stringify(again), REPORT_CONTEXT)}, ${since}, ${now}, ${JSON.stringify(newRoundDue(pack, now))}::jsonb)`,
    )
    if (!said) throw new Refusal('incident.not_found', 'missing')
    if (!said.status) throw new Refusal(`incident.${whyNot(earlier)}`, 'conflict')
    if (!solved) await givePhotos(tx, pack, token, photos, now)
    return { token, status: said.status }
  },
})

/** Nothing is asked before it is said to be done; then whoever reported it first is asked; after the days of the pack nobody is. */
function whyNot(stood: { closedAt: Date | null; status: Status } | undefined): string {
  if (stood?.status === 'checked') return 'first_is_asked'
  return stood?.closedAt === null ? 'not_asked_yet' : 'too_late_to_say'
}

export interface OwnReport {
  token: string
  reportedAt: Date
  classCode: string
  number: string
  status: Status
  outcome: Outcome | null
}
/** What this account has reported, the newest first. */
export const listOwnReports = query({
  operation: 'grid.list-own',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<{ rows: OwnReport[] }>({}),
  async run({ tx }) {
    return {
      rows: await tx.rows(sql<OwnReport>`select r.token, r.reported_at as "reportedAt", f.class_code as "classCode", f.number, f.status, f.outcome
        from grid.report r cross join lateral grid.report_of_token(r.token) f order by r.reported_at desc limit 100`),
    }
  },
})
