/**
 * Photos before they belong to anything: left by whoever fills in a form or by a phone, seen by her again, taken back, and given with
 * the report or the act. Of what came nothing is kept but the copy made from its pixels, and a small one.
 */
import Type from 'typebox'
import { DERIVED_TYPE, NAME_CONTEXT, RECIPE, storeDerivatives, takePhoto } from '../../../core/documents/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id, newId, newPublicId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Call, command, query, type Work } from '../../../platform/use-case/use-case.ts'

/** Of a form: more than a pack may allow of one report. */
export const PhotoIds = Type.Array(Id, { maxItems: 5, uniqueItems: true })
const anybodyWhoReports = ['public', 'resident', 'staff'] as const
const MEGABYTE = 1_048_576
/** Which of an officer's permissions come with something to be seen. */
const LEAVES = ['incident.report', 'incident.handle', 'incident.check']

/** @throws Refusal attachment.* · file.too_large · photo.none_taken */
export const leavePhoto = command({
  operation: 'grid.leave-photo',
  permission: null,
  actors: anybodyWhoReports,
  /** Bytes come from the multipart parser of the route, never as text. */
  input: Type.Object({ bytes: Type.Unsafe<Uint8Array>({}) }),
  output: Type.Object({ id: Id }),
  prepare: (call, { bytes }) => receivePhoto(call, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  run: async (work, _, received) => ({ id: await keepPhoto(work, newPublicId(), received) }),
})

/** Of one sender who waits with photos that belong to nothing yet; and of all strangers together, so that a disk has an end. */
const WAITING = {
  stranger: { most: 30, bytes: 60_000_000 },
  // A phone that was away for a day sends all its photos before the records that name them.
  known: { most: 200, bytes: 400_000_000 },
  bytesOfStrangers: 2_000_000_000,
}

/** Unpacks and stores it before any transaction. What no row names in the end is swept. */
export async function receivePhoto({ platform, actor }: Call, bytes: Buffer) {
  const { files, upload, packs } = platform.services
  if (actor.kind === 'staff' && !LEAVES.some((one) => actor.post.permissions.includes(one)))
    throw new Refusal('access.not_permitted', 'forbidden', { permission: LEAVES[0] })
  const { kinds, megabytes } = photosOf(packs.inForce())
  const limits = { ...upload, maxBytes: Math.min(upload.maxBytes, megabytes * MEGABYTE) }
  const pictures = await takePhoto(bytes, limits, kinds)
  const [shown, small] = await storeDerivatives(files, pictures)
  if (!shown || !small) throw new Error('a photo has two pictures')
  return { shown, small, looks: pictures.looks }
}
export type ReceivedPhoto = Awaited<ReturnType<typeof receivePhoto>>

/**
 * Under an id of the sender's; one that was sent before is there already.
 * @throws Refusal photo.id_taken · photo.too_many_waiting
 */
export async function keepPhoto(
  { tx, now, actor, call }: Work,
  id: string,
  { shown, small, looks }: ReceivedPhoto,
): Promise<string> {
  const { crypto } = call.platform.services
  const { most, bytes } = 'accountId' in actor ? WAITING.known : WAITING.stranger
  const whose = 'accountId' in actor ? crypto.blind(actor.accountId, 'photo.left').toString('hex') : (call.client ?? '')
  const name = crypto.seal('photo.jpg', NAME_CONTEXT)
  const hash = (of: typeof shown) => Buffer.from(of.sha256, 'hex')
  const { left } = await tx.one(sql<{
    left: 'there' | 'taken' | 'full'
  }>`select grid.leave_photo(${id}, ${newId(now)}, ${shown.storedName}, ${shown.wrappedKey}, ${hash(shown)}, ${shown.size}, ${name},
    ${small.storedName}, ${small.wrappedKey}, ${hash(small)}, ${small.size}, ${small.width}, ${small.height}, ${RECIPE}, ${looks}::bit(64),
    ${whose}, ${most}, ${bytes}, ${WAITING.bytesOfStrangers}, ${now}) as left`)
  if (left === 'full') throw new Refusal('photo.too_many_waiting', 'conflict', { most })
  if (left === 'taken') throw new Refusal('photo.id_taken', 'conflict')
  return id
}

/** @throws Refusal photo.none_taken */
export function photosOf(pack: LoadedPack): { most: number; kinds: readonly string[]; megabytes: number } {
  const { photos } = pack.incidents
  if (!photos) throw new Refusal('photo.none_taken', 'conflict')
  return photos
}

/** One that was not sent yet is taken back by who holds its id. */
export const dropPhoto = command({
  operation: 'grid.drop-photo',
  permission: null,
  actors: anybodyWhoReports,
  input: Type.Object({ id: Id }),
  output: Type.Object({ id: Id }),
  async run({ tx, now }, { id }) {
    const { gone } = await tx.one(sql<{ gone: boolean }>`select grid.drop_photo(${id}, ${now}) as gone`)
    if (!gone) throw new Refusal('photo.not_found', 'missing')
    return { id }
  },
})

export interface WaitingPhoto {
  id: string
  /** The small picture as an address that holds it: no path leads to what was not sent. */
  src: string
  width: number
  height: number
}

/** Those that still wait, to whoever holds their ids. */
export const seeWaitingPhotos = query({
  operation: 'grid.see-waiting-photos',
  permission: null,
  actors: anybodyWhoReports,
  input: Type.Object({ ids: PhotoIds }),
  output: Type.Unsafe<{ photos: WaitingPhoto[] }>({}),
  async run({ tx, call }, { ids }) {
    const { files } = call.platform.services
    const rows = await tx.rows(
      sql<{
        id: string
        name: string
        key: Buffer
        width: number
        height: number
      }>`select id, small_name as name, small_key as key, width, height from grid.waiting_photos(${ids}::uuid[])`,
    )
    const photos = await Promise.all(
      rows.map(async ({ id, name, key, width, height }) => {
        const bytes = await files.read(name, key)
        return { id, width, height, src: `data:${DERIVED_TYPE};base64,${bytes.toString('base64')}` }
      }),
    )
    return { photos }
  },
})

/**
 * With a report, to whose token they belong from now on; or, `said` then, with a word that it is not solved.
 * @throws Refusal photo.too_many · photo.gone
 */
export async function givePhotos(
  tx: Tx,
  pack: LoadedPack,
  token: string,
  ids: readonly string[],
  said: Date | null = null,
): Promise<void> {
  if (ids.length === 0) return
  refuseTooMany(pack, ids)
  const { n } = await tx.one(
    sql<{ n: number }>`select grid.give_photos(${token}, ${[...ids]}::uuid[], ${said}::timestamptz) as n`,
  )
  if (n !== ids.length) throw gone()
}

/** With an officer's act, whose number on the timeline is `seq`; null for a note of a round. */
export async function giveActPhotos(
  tx: Tx,
  pack: LoadedPack,
  id: string,
  seq: number | null,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  refuseTooMany(pack, ids)
  const { n } = await tx.one(sql<{ n: number }>`select grid.give_photos_of_act(${id}, ${seq}::int, ${[...ids]}::uuid[]) as n`)
  if (n !== ids.length) throw gone()
}

function refuseTooMany(pack: LoadedPack, ids: readonly string[]): void {
  const { most } = photosOf(pack)
  if (ids.length > most) throw new Refusal('photo.too_many', 'invalid', { most, fields: [{ path: '/photos' }] })
}
/** They wait for a day. */
const gone = () => new Refusal('photo.gone', 'conflict', { fields: [{ path: '/photos' }] })
