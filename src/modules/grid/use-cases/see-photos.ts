/** Photos that were given: who sees which, and what an officer says of one. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { ALIKE_WITHIN, DERIVED_TYPE } from '../../../core/documents/index.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { recordAudit } from '../../../platform/use-case/audit.ts'
import { command, file, query, type Work } from '../../../platform/use-case/use-case.ts'

const anybody = ['public', 'resident', 'staff', 'officer'] as const

export interface Photo {
  id: string
  /** The act that it was given with, `reopened` with her word that it is not solved; null with a report. */
  fact: string | null
  addedAt: Date
  /** Of the small picture. */
  width: number
  height: number
}
export interface OwnPhoto extends Photo {
  /** Of her own report; the others an officer has cleared. */
  own: boolean
}
const listedColumns = sql`id, fact, added_at as "addedAt", width, height`

export const photosOfToken = (tx: Tx, token: string): Promise<OwnPhoto[]> =>
  tx.rows(sql<OwnPhoto>`select ${listedColumns}, own from grid.photos_of_token(${token})`)
export const photosOfPublicId = (tx: Tx, publicId: string): Promise<Photo[]> =>
  tx.rows(sql<Photo>`select ${listedColumns} from grid.photos_of_public_id(${publicId})`)

export interface PhotoOut {
  bytes: Uint8Array
  mediaType: string
  name: string
}
interface Stored {
  name: string
  key: Buffer
}
async function bytesOf({ call }: Work, stored: Stored | undefined): Promise<PhotoOut> {
  if (!stored) throw new Refusal('photo.not_found', 'missing')
  return { bytes: await call.platform.services.files.read(stored.name, stored.key), mediaType: DERIVED_TYPE, name: 'photo.jpg' }
}
const named = (small = false) =>
  small ? sql`small_name as name, small_key as key` : sql`stored_name as name, wrapped_key as key`
const Which = { photoId: Id, small: Type.Optional(Type.Boolean()) }

/** To whoever holds the token of a report. */
export const readOwnPhoto = query({
  operation: 'grid.read-own-photo',
  permission: null,
  actors: anybody,
  input: Type.Object({ token: Id, ...Which }),
  output: Type.Unsafe<PhotoOut>({}),
  run: async (work, { token, photoId, small }) =>
    bytesOf(
      work,
      await work.tx.maybe(sql<Stored>`select ${named(small)} from grid.photos_of_token(${token}) where id = ${photoId}`),
    ),
})

/** To anybody, as long as an officer says that nobody can be made out in it. */
export const readPublicPhoto = query({
  operation: 'grid.read-public-photo',
  permission: null,
  actors: anybody,
  input: Type.Object({ publicId: Id, ...Which }),
  output: Type.Unsafe<PhotoOut>({}),
  run: async (work, { publicId, photoId, small }) =>
    bytesOf(
      work,
      await work.tx.maybe(sql<Stored>`select ${named(small)} from grid.photos_of_public_id(${publicId}) where id = ${photoId}`),
    ),
})

export interface DeskPhoto extends Photo {
  reportId: string | null
  shown: boolean
  clearedAt: Date | null
  /** How many other reports or acts came with the same photo. */
  times: number
  /** Those of them in the officer's own areas, the first of them. */
  elsewhere: { id: string; number: string }[]
  /** Of her own areas in the same street: whose photo looks the same and has other bytes. A person compares them. */
  alike: { id: string; number: string }[]
}
const MOST = 40
const MOST_ELSEWHERE = 10
/** A photo that makes its round is sent again within weeks; and no street is asked for more than its last photos of that time. */
const ALIKE_DAYS = 90
const MOST_COMPARED = 2000

export async function photosOfIncident({ tx, actor }: Work, id: string): Promise<DeskPhoto[]> {
  const rows = await tx.rows(
    sql<
      Omit<DeskPhoto, 'elsewhere' | 'alike'>
    >`select p.id, p.report_id as "reportId", case when p.said_at is null then t.fact else 'reopened' end as fact, p.added_at as "addedAt", p.shown, p.cleared_at as "clearedAt", d.width, d.height, grid.times_sent(p.id) as times
      from grid.photo p join documents.derivative d on d.file_id = p.file_id and d.kind = 'preview' left join grid.timeline t on t.incident_id = p.incident_id and t.seq = p.fact_seq
      where p.incident_id = ${id} or (p.said_at is not null and p.incident_id in (select c.id from grid.incident c where c.parent_id = ${id})) order by p.added_at, p.id limit ${MOST}`,
  )
  const again = rows.filter(({ times }) => times > 0).map((one) => one.id)
  const others = again.length === 0 ? [] : await tx.rows(sql<Elsewhere>`
    select distinct p.id as "photoId", i.id, i.number, i.area from grid.photo p join grid.photo o on o.sha256 = p.sha256 and o.incident_id <> p.incident_id join grid.incident i on i.id = o.incident_id
    where p.id = any(${again}::uuid[]) order by i.number limit ${MOST * MOST_ELSEWHERE}`) // biome-ignore format: one query
  const post = postOf(actor)
  const looking = rows.length === 0 ? [] : await alikeTo(tx, id)
  const seen = (found: readonly Elsewhere[], photo: string) =>
    found
      .filter(({ photoId, area }) => photoId === photo && covers(post, area))
      .slice(0, MOST_ELSEWHERE)
      .map((other) => ({ id: other.id, number: other.number }))
  return rows.map((one) => ({ ...one, elsewhere: seen(others, one.id), alike: seen(looking, one.id) }))
}

interface Elsewhere {
  photoId: string
  id: string
  number: string
  area: string
}

/** The street's photos are read once, and each of the incident is held against them. */
const alikeTo = (tx: Tx, id: string): Promise<Elsewhere[]> =>
  tx.rows(sql<Elsewhere>`with own as materialized (select p.id, p.looks, p.sha256, p.street, p.added_at from grid.photo p where p.incident_id = ${id} and p.looks is not null and p.street is not null order by p.added_at, p.id limit ${MOST}),
      near as materialized (select o.incident_id, o.looks, o.sha256 from grid.photo o where o.looks is not null and o.street = (select min(street) from own) and o.incident_id <> ${id}
        and o.added_at between (select min(added_at) from own) - make_interval(days => ${ALIKE_DAYS}) and (select max(added_at) from own) + make_interval(days => ${ALIKE_DAYS}) order by o.added_at desc limit ${MOST_COMPARED})
    select distinct own.id as "photoId", i.id, i.number, i.area from own join near on near.sha256 <> own.sha256 and bit_count(near.looks # own.looks) <= ${ALIKE_WITHIN} join grid.incident i on i.id = near.incident_id
    order by i.number limit ${MOST * MOST_ELSEWHERE}`)

/** @throws Refusal photo.not_found alike for one that is not there and one out of sight */
async function refuseOutOfSight({ tx, actor }: Work, photoId: string): Promise<void> {
  const row = await tx.maybe(
    sql<{ area: string }>`select i.area from grid.photo p join grid.incident i on i.id = p.incident_id where p.id = ${photoId}`,
  )
  if (!row || !covers(postOf(actor), row.area)) throw new Refusal('photo.not_found', 'missing')
}

/** To an officer who reads the incident; each look is on the audit. */
export const readPhoto = file({
  operation: 'grid.read-photo',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object(Which),
  output: Type.Unsafe<PhotoOut>({}),
  async about(work, { photoId }) {
    await refuseOutOfSight(work, photoId)
    recordAudit(work.tx, work.call, 'grid.read-photo', 'done', { id: photoId, person: false })
    return null
  },
  async run(work, { photoId, small = false }) {
    const from = small
      ? sql`documents.derivative s join grid.photo p on p.file_id = s.file_id and s.kind = 'preview'`
      : sql`documents.file s join grid.photo p on p.file_id = s.id`
    return bytesOf(
      work,
      await work.tx.maybe(sql<Stored>`select s.stored_name as name, s.wrapped_key as key from ${from} where p.id = ${photoId}`),
    )
  },
})

/** An officer who looked at it says that nobody can be made out in it, so that outsiders see it; or takes that back. */
export const showPhoto = command({
  operation: 'grid.show-photo',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ photoId: Id, shown: Type.Boolean() }),
  output: Type.Object({ id: Id, shown: Type.Boolean() }),
  async run(work, { photoId, shown }) {
    const { tx, now, actor } = work
    await refuseOutOfSight(work, photoId)
    await tx.run(
      sql`update grid.photo set shown = ${shown}, cleared_at = ${now}, cleared_by = ${postOf(actor).id} where id = ${photoId}`,
    )
    return { id: photoId, shown }
  },
})
