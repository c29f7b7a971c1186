/** What anybody sees: open incidents and what became of the others, as a list and in a box of the map. */
import Type from 'typebox'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql, type Tx, together } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import type { Outcome, Status } from '../incident.ts'

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
    /** Open again, since its reporter said that it was not solved. */
    reopened: number
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
          of(sql`open and round > 1`, 'reopened'),
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
