/** Photos that come with a form are left at once and their ids go on with it, so that whatever else is to be mended loses none. */
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, plain } from '../../../ui/index.ts'
import { dropPhoto, leavePhoto, photosOf, seeWaitingPhotos, type WaitingPhoto } from '../use-cases/photos.ts'

/** The file field, and the field that carries ids. */
export const FILES = 'photos'
export const IDS = 'photo-ids'
export const DROP = 'drop'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const photoIdsIn = (body: Readonly<Record<string, string>>): string[] =>
  [...new Set((body[IDS] ?? '').split(','))].filter((id) => UUID.test(id)).slice(0, 5)

/** @throws Refusal photo.refused and photo.one_too_many, which name the file; those before it are left all the same */
export async function leaveUploads(r: PageRequest): Promise<void> {
  const uploads = r.uploads.filter(({ field }) => field === FILES)
  if (uploads.length === 0) return
  const { most } = photosOf(r.call.platform.services.packs.inForce())
  for (const [n, { field, name, bytes }] of uploads.entries()) {
    const ids = photoIdsIn(r.body)
    if (ids.length >= most) {
      const names = uploads.slice(n).map((one) => one.name)
      throw new Refusal('photo.one_too_many', 'invalid', {
        most,
        names: names.join(r.view.t('photo.or')),
        fields: [{ path: `/${field}` }],
      })
    }
    // One form, several acts: each has a key of its own.
    const call = r.call.key ? { ...r.call, key: `${r.call.key}-photo-${n}` } : r.call
    try {
      const { id } = await leavePhoto.run(call, { bytes })
      r.body[IDS] = [...ids, id].join(',')
    } catch (error) {
      if (!(error instanceof Refusal) || !/^(attachment|file)\./.test(error.code)) throw error
      throw new Refusal('photo.refused', 'invalid', {
        name,
        why: r.view.t(error.code, plain(error.params)),
        fields: [{ path: `/${field}` }],
      })
    }
  }
}

/** True when the form asked for one to be taken back. */
export async function dropAsked(r: PageRequest): Promise<boolean> {
  const { [DROP]: id = '' } = r.body
  delete r.body[DROP]
  const ids = photoIdsIn(r.body)
  if (!ids.includes(id)) return false
  r.body[IDS] = ids.filter((one) => one !== id).join(',')
  await dropPhoto.run(r.call.key ? { ...r.call, key: `${r.call.key}-drop-${id}` } : r.call, { id }).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.kind !== 'missing') throw error
  })
  return true
}

export interface PhotosAsked {
  most: number
  kinds: readonly string[]
  megabytes: number
  waiting: readonly WaitingPhoto[]
}

/** What a form with photos shows; null where the pack takes none. */
export async function photosAsked(r: PageRequest): Promise<PhotosAsked | null> {
  const { photos } = r.call.platform.services.packs.inForce().pack.incidents ?? {}
  if (!photos) return null
  const ids = photoIdsIn(r.body)
  const waiting = ids.length > 0 ? (await seeWaitingPhotos.run(r.call, { ids })).photos : []
  return { ...photos, waiting }
}
