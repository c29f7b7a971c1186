/** The phone of a post: the key that locks its queue, and when it was last heard of. See docs/adr/0014-field-app.md. */
import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { postOf } from '../../../../core/access/index.ts'
import { sql } from '../../../../platform/database/tx.ts'
import { Id } from '../../../../platform/id.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { command, query } from '../../../../platform/use-case/use-case.ts'
import { ownLock } from '../store.ts'

/** Part of every ciphertext: never changes. */
export const LOCK_CONTEXT = 'grid.field_device.lock'
const LOCK_BYTES = 32

/** Gives a phone its lock, once; the lock itself is read by `readLock`, so that no kept answer holds it. */
export const registerDevice = command({
  operation: 'grid.register-device',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({ deviceId: Id }),
  output: Type.Object({ deviceId: Id }),
  async run({ tx, actor, now, call }, { deviceId }) {
    const post = postOf(actor)
    const lock = call.platform.services.crypto.seal(randomBytes(LOCK_BYTES).toString('base64'), LOCK_CONTEXT)
    await tx.run(sql`insert into grid.field_device (id, post_id, area, lock_sealed, registered_at, last_contact_at) values (${deviceId}, ${post.id}, ${post.scope}, ${lock}, ${now}, ${now})
      on conflict (id, post_id) do nothing`)
    return { deviceId }
  },
})

/** The lock of one's own phone, base64 of 32 bytes. Never of another post's: supervision has the queue opened instead. */
export const readLock = query({
  operation: 'grid.read-lock',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({ deviceId: Id }),
  output: Type.Object({ lock: Type.String(), postId: Id }),
  async run({ tx, actor, call }, { deviceId }) {
    const post = postOf(actor)
    const sealed = await ownLock(tx, deviceId)
    if (!sealed) throw new Refusal('field.device_unknown', 'missing')
    return { lock: call.platform.services.crypto.open(sealed, LOCK_CONTEXT), postId: post.id }
  },
})

/** @throws Refusal `field.device_unknown` */
export const noteContact = command({
  operation: 'grid.note-contact',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({ deviceId: Id, behindSeconds: Type.Integer() }),
  output: Type.Object({ deviceId: Id }),
  async run({ tx, actor, now }, { deviceId, behindSeconds }) {
    // A clock may be off by more than the column holds.
    const off = Math.max(-2_000_000_000, Math.min(2_000_000_000, behindSeconds))
    const heard = await tx.run(
      sql`update grid.field_device set last_contact_at = ${now}, clock_off_s = ${off} where id = ${deviceId} and post_id = ${postOf(actor).id}`,
    )
    if (heard !== 1) throw new Refusal('field.device_unknown', 'missing')
    return { deviceId }
  },
})
