/** Photos of the phone: each goes up under the id that the phone made, before the record that names it, and is given with that. */
import Type from 'typebox'
import { Id } from '../../../../platform/id.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { command } from '../../../../platform/use-case/use-case.ts'
import { keepPhoto, receivePhoto } from '../../use-cases/photos.ts'
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
  prepare: (call, { photo }) => receivePhoto(call, Buffer.from(photo, 'base64')),
  run: async (work, { id }, received) => ({ id: await keepPhoto(work, id, received) }),
})

/** One of a queue that supervision recovers, as the phone holds it. @throws Refusal field.device_unknown · field.not_readable */
export const recoverPhoto = command({
  operation: 'grid.recover-photo',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ ...Owner, item: Item(1_000_000) }),
  output: Type.Object({ id: Id }),
  async prepare(call, { deviceId, postId, wrapped, item }, scope) {
    const lock = await call.platform.db.as(scope, (tx) => recoverLock(tx, deviceId, postId, call.now))
    if (!lock) throw new Refusal('field.device_unknown', 'missing')
    const opened = openedItem(call.platform.services.crypto.open(lock, LOCK_CONTEXT), wrapped, item)
    if (!isFieldPhoto.Check(opened) || opened.id !== item.id) throw new Refusal('field.not_readable', 'invalid')
    return { id: opened.id, received: await receivePhoto(call, Buffer.from(opened.photo, 'base64')) }
  },
  run: async (work, _, { id, received }) => ({ id: await keepPhoto(work, id, received) }),
})
