/** Photos of the phone: each goes up under the id that the phone made, before the record that names it, and is given with that. */
import Type from 'typebox'
import { Id } from '../../../../platform/id.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { command } from '../../../../platform/use-case/use-case.ts'
import { keepPhoto } from '../../use-cases/photos.ts'
import { recoverLock } from '../store.ts'
import { LOCK_CONTEXT } from './device.ts'
import { Item, Owner, openedItem } from './recover.ts'
import { FieldPhoto, isFieldPhoto } from './shapes.ts'

/** Sent twice it is there once. @throws Refusal attachment.* · file.too_large · photo.id_taken */
export const takeFieldPhoto = command({
  operation: 'grid.take-field-photo',
  permission: 'incident.report',
  actors: ['staff'],
  input: FieldPhoto,
  output: Type.Object({ id: Id }),
  run: async (work, { id, photo }) => ({ id: await keepPhoto(work, id, Buffer.from(photo, 'base64')) }),
})

/** One of a queue that supervision recovers, as the phone holds it. @throws Refusal field.device_unknown · field.not_readable */
export const recoverPhoto = command({
  operation: 'grid.recover-photo',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ ...Owner, item: Item(1_000_000) }),
  output: Type.Object({ id: Id }),
  async run(work, { deviceId, postId, wrapped, item }) {
    const lock = await recoverLock(work.tx, deviceId, postId, work.now)
    if (!lock) throw new Refusal('field.device_unknown', 'missing')
    const opened = openedItem(work.call.platform.services.crypto.open(lock, LOCK_CONTEXT), wrapped, item)
    if (!isFieldPhoto.Check(opened) || opened.id !== item.id) throw new Refusal('field.not_readable', 'invalid')
    return { id: await keepPhoto(work, opened.id, Buffer.from(opened.photo, 'base64')) }
  },
})
