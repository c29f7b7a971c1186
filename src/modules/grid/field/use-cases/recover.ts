/**
 * Supervision recovers what a phone holds of somebody who cannot sign in any more: the phone sends it up as it lies there, and the
 * node opens it. It is on record whose it was, and nothing of it counts as a check: who reads a note was not there.
 */
import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { postOf } from '../../../../core/access/index.ts'
import { Id } from '../../../../platform/id.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { batch, command, type Work } from '../../../../platform/use-case/use-case.ts'
import { plain } from '../../../../ui/index.ts'
import { insertRecord, recoverLock, settleRecord } from '../store.ts'
import { LOCK_CONTEXT } from './device.ts'
import { FieldRecord, type RecordAnswer, type Said, type Taken } from './shapes.ts'
import { answeredBefore, FIELD_CONTEXT, hashOf, notedAt, reportedAt, routedWords } from './sync.ts'

const Base64 = (maxLength: number) => Type.String({ maxLength, pattern: '^[A-Za-z0-9+/=]+$' })
/** As the phone keeps it: a record under a key of its own, that key under the public half of the phone's key. */
export const Item = (most: number) => Type.Object({ id: Id, key: Base64(700), iv: Base64(32), bytes: Base64(most) })
const Kept = Item(40_000)
export const Owner = {
  deviceId: Id,
  /** Whose queue it is. */
  postId: Id,
  /** The private half, under the lock that the node gave. */
  wrapped: Type.Object({ iv: Base64(32), bytes: Base64(6000) }),
}
const MOST = 100
const isRecord = Compile(FieldRecord)

/** @throws Refusal field.device_unknown · field.not_readable */
export const recoverRecord = command({
  operation: 'grid.recover-record',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ ...Owner, item: Kept }),
  output: Type.Unsafe<Taken & { again: boolean }>({}),
  async run(work, { deviceId, postId, wrapped, item }) {
    const { tx, now } = work
    const { crypto } = work.call.platform.services
    const post = postOf(work.actor)
    const lock = await recoverLock(tx, deviceId, postId, now)
    if (!lock) throw new Refusal('field.device_unknown', 'missing')
    const record = openedItem(crypto.open(lock, LOCK_CONTEXT), wrapped, item)
    // What it is called outside is what the phone's list goes by: another name within is not the record that it says.
    if (!isRecord.Check(record) || record.id !== item.id) throw new Refusal('field.not_readable', 'invalid')
    const bodyHash = hashOf(record)
    const fresh = await insertRecord(tx, {
      id: record.id,
      postId: post.id,
      deviceId,
      ofPost: postId,
      kind: record.kind,
      area: post.scope,
      bodyHash,
      sealed: crypto.seal(JSON.stringify({ words: wordsOf(record), said: saidIn(record) }), FIELD_CONTEXT),
      seenAt: record.seenAt,
      sentAt: now.toISOString(),
      now,
    })
    if (!fresh) return { ...(await sentBefore(work, postId, record, bodyHash)), again: true }
    const { area, ...taken } = await keep(work, record)
    settleRecord(tx, record.id, area, taken)
    return { ...taken, again: false }
  },
})

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64')

/** What the phone wrote, whatever it is. @throws Refusal field.not_readable */
export function openedItem(
  lock: string,
  wrapped: { iv: string; bytes: string },
  item: { key: string; iv: string; bytes: string },
): unknown {
  try {
    const key = createPrivateKey({ key: unlock(bytesOf(lock), wrapped), format: 'der', type: 'pkcs8' })
    const own = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, bytesOf(item.key))
    return JSON.parse(unlock(own, item).toString('utf8'))
  } catch {
    // Another phone's, or damaged: said alike, since nothing in it can be trusted.
    throw new Refusal('field.not_readable', 'invalid')
  }
}

const TAG = 16
function unlock(key: Buffer, { iv, bytes }: { iv: string; bytes: string }): Buffer {
  const all = bytesOf(bytes)
  const decipher = createDecipheriv('aes-256-gcm', key, bytesOf(iv), { authTagLength: TAG })
  decipher.setAuthTag(all.subarray(-TAG))
  return Buffer.concat([decipher.update(all.subarray(0, -TAG)), decipher.final()])
}

const wordsOf = (record: FieldRecord): string => (record.kind === 'check' ? record.note : record.words).trim()

/** What she answered: it does not count, and whoever reads the note knows it. */
function saidIn(record: FieldRecord): Said | null {
  if (record.kind === 'check') return record.passed ? 'passed' : 'failed'
  if (record.kind === 'task') return record.did ? 'did' : 'handed_back'
  return null
}

/** What its owner had sent already is answered as it was to her. */
async function sentBefore(work: Work, ownerPost: string, record: FieldRecord, bodyHash: Buffer): Promise<Taken> {
  const { actor } = work
  if (actor.kind !== 'staff') throw new Refusal('access.choose_post', 'forbidden')
  const asOwner: Work = { ...work, actor: { ...actor, post: { ...actor.post, id: ownerPost } } }
  return answeredBefore(asOwner, record, bodyHash)
}

async function keep(work: Work, record: FieldRecord): Promise<Taken & { area: string }> {
  if (record.kind !== 'report') return notedAt(work, record)
  return reportedAt(work, record)
}

/** Up to a hundred of them, as the phone holds them. */
export const recoverQueue = batch({
  operation: 'grid.recover-queue',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({
    ...Owner,
    lang: Type.Optional(Type.Enum(['zh', 'en'])),
    items: Type.Array(Kept, { minItems: 1, maxItems: MOST }),
  }),
  output: Type.Unsafe<{ answers: RecordAnswer[] }>({}),
  async run({ key: _, ...call }, { items, lang = 'zh', ...owner }) {
    const t = call.platform.services.words.in(lang)
    const answers: RecordAnswer[] = []
    for (const item of items) {
      try {
        const { again, ...taken } = await recoverRecord.run(call, { ...owner, item })
        answers.push({ id: item.id, outcome: again ? 'again' : 'done', ...taken, ...routedWords(call, taken, lang) })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        answers.push({ id: item.id, outcome: 'refused', code: error.code, text: t(error.code, plain(error.params)) })
      }
    }
    return { answers }
  },
})
