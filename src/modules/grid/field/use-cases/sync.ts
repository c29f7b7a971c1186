/** What a phone kept comes in: each record is an act of its own, done once, in whatever order and however often it is sent. */
import { createHash } from 'node:crypto'
import Type from 'typebox'
import { covers, postOf } from '../../../../core/access/index.ts'
import { outageOf } from '../../../../platform/database/away.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { batch, type Call, command, type Work } from '../../../../platform/use-case/use-case.ts'
import { plain } from '../../../../ui/index.ts'
import { getIncident } from '../../store.ts'
import { standingOf } from '../../tasks/store.ts'
import { answerTask } from '../../tasks/use-cases.ts'
import { fail, pass } from '../../use-cases/acts.ts'
import { giveActPhotos } from '../../use-cases/photos.ts'
import { takeReport } from '../../use-cases/report.ts'
import { earlierRecord, insertRecord, placeOfReport, settleRecord } from '../store.ts'
import { noteContact } from './device.ts'
import { Batch, CLOCK_TOLERANCE_S, FieldRecord, type RecordAnswer, type Standing, type Taken } from './shapes.ts'

/** Part of every ciphertext: never changes. */
export const FIELD_CONTEXT = 'grid.field_record'
const MOST = 100

/**
 * One record of a phone.
 * @throws Refusal field.id_taken · field.id_reused · and whatever the act refuses; conflicts, with where it stands now: field.changed_since ·
 * field.task_changed · field.task_not_yours
 */
export const takeRecord = command({
  operation: 'grid.take-record',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({ ...Batch, record: FieldRecord }),
  output: Type.Unsafe<Taken & { again: boolean }>({}),
  async run(work, { deviceId, sentAt, record }) {
    const { tx, actor, now } = work
    const { crypto } = work.call.platform.services
    const post = postOf(actor)
    const bodyHash = hashOf(record)
    const fresh = await insertRecord(tx, {
      id: record.id,
      postId: post.id,
      deviceId,
      ofPost: null,
      kind: record.kind,
      area: post.scope,
      bodyHash,
      sealed: record.kind === 'visit' ? crypto.seal(JSON.stringify({ words: record.words.trim() }), FIELD_CONTEXT) : null,
      seenAt: record.seenAt,
      sentAt,
      now,
    })
    if (!fresh) return { ...(await answeredBefore(work, record, bodyHash)), again: true }
    const { area, ...taken } = await done(work, record)
    settleRecord(tx, record.id, area, taken)
    return { ...taken, again: false }
  },
})

/** The first answer, to whoever sent it or whose it was when supervision recovered it. */
export async function answeredBefore({ tx, actor }: Work, record: FieldRecord, bodyHash: Buffer): Promise<Taken> {
  const earlier = await earlierRecord(tx, record.id)
  const own = postOf(actor).id
  if (!earlier?.answer || (earlier.postId !== own && earlier.ofPost !== own)) throw new Refusal('field.id_taken', 'conflict')
  if (!earlier.bodyHash.equals(bodyHash)) throw new Refusal('field.id_reused', 'conflict')
  return earlier.answer
}

export const hashOf = (record: FieldRecord): Buffer => createHash('sha256').update(JSON.stringify(record)).digest()

async function done(work: Work, record: FieldRecord): Promise<Taken & { area: string }> {
  switch (record.kind) {
    case 'report':
      return reportedAt(work, record)
    case 'check': {
      const { incidentId, seq, passed, note, photos = [] } = record
      const found = await getIncident(work, incidentId, true)
      const { status, round, seq: stands } = found.state
      if (stands !== seq || status !== 'handled')
        throw new Refusal('field.changed_since', 'conflict', { now: { number: found.number, status, round, seq: stands } })
      if (!passed && !note.trim()) throw new Refusal('field.say_why', 'invalid')
      await (passed ? pass(work, incidentId, 'on_site', note, photos) : fail(work, incidentId, note, photos))
      return { number: found.number, token: null, incidentId, area: found.area }
    }
    case 'task':
      return answeredAt(work, record)
    case 'visit':
      return notedAt(work, record)
  }
}

async function answeredAt(
  work: Work,
  { taskId, seq, did, words }: Extract<FieldRecord, { kind: 'task' }>,
): Promise<Taken & { area: string }> {
  const found = await standingOf(work.tx, taskId, true)
  if (!found) throw new Refusal('task.not_found', 'missing')
  const { area, workerId, ...now } = found
  if (workerId !== postOf(work.actor).id) throw new Refusal('field.task_not_yours', 'conflict', { now })
  if (now.seq !== seq || now.status !== 'given') throw new Refusal('field.task_changed', 'conflict', { now })
  await answerTask(work, taskId, did, words)
  return { number: null, token: null, incidentId: null, taskId, area }
}

/** A point across the border of her area is reported where it lies, and she is told where that is. */
export async function reportedAt(
  work: Work,
  { classCode, words, place, seenAt, photos = [] }: Extract<FieldRecord, { kind: 'report' }>,
): Promise<Taken & { area: string }> {
  const given = { classCode, words, place, seenAt, photos, channel: 'worker' as const }
  const { number, token } = await takeReport(work, given, { acrossBorders: true })
  const where = await placeOfReport(work.tx, token)
  return { number, token, ...where, ...(covers(postOf(work.actor), where.area) ? {} : { routedTo: where.area }) }
}

/** What belongs to no incident belongs to a community of the post's own. */
export async function notedAt(
  work: Work,
  { incidentId, taskId, area: said, photos = [] }: { incidentId?: string; taskId?: string; area?: string; photos?: string[] },
): Promise<Taken & { area: string }> {
  const found = incidentId ? await getIncident(work, incidentId) : null
  const area = found?.area ?? said
  if (!area || work.call.platform.services.packs.inForce().areaName(area) === '')
    throw new Refusal('incident.area_unknown', 'invalid')
  if (!covers(postOf(work.actor), area)) throw new Refusal('access.not_your_area', 'forbidden')
  const task = taskId ? await standingOf(work.tx, taskId) : undefined
  if (taskId && task?.area !== area) throw new Refusal('task.not_found', 'missing')
  if (found) await giveActPhotos(work.tx, work.call.platform.services.packs.inForce(), found.id, null, photos)
  return { number: found?.number ?? null, token: null, incidentId: found?.id ?? null, ...(taskId ? { taskId } : {}), area }
}

export interface Synced {
  answers: RecordAnswer[]
  /** Seconds that the phone's clock is behind ours; `wrong` when a person should be told. */
  clock: { behindSeconds: number; wrong: boolean }
}

/** Up to a hundred records: an answer for each, in the order that they came. */
export const sync = batch({
  operation: 'grid.sync',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({
    ...Batch,
    lang: Type.Optional(Type.Enum(['zh', 'en'])),
    records: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: MOST }),
  }),
  output: Type.Unsafe<Synced>({}),
  async run(call, { deviceId, sentAt, records, lang = 'zh' }) {
    const behindSeconds = Math.round((call.now.getTime() - Date.parse(sentAt)) / 1000)
    await noteContact.run(call, { deviceId, behindSeconds })
    const answers: RecordAnswer[] = []
    // One after the other, as they were written: a check may be about what was reported a moment before.
    for (const record of records) answers.push(await answerTo(call, { deviceId, sentAt, record }, lang))
    return { answers, clock: { behindSeconds, wrong: Math.abs(behindSeconds) > CLOCK_TOLERANCE_S } }
  },
})

/** The clear word for whoever reported across a border. */
export function routedWords({ platform: { services } }: Pick<Call, 'platform'>, { routedTo }: Taken, lang: 'zh' | 'en') {
  if (!routedTo) return {}
  const t = services.words.in(lang)
  return { text: t('field.routed', { place: services.packs.inForce().areaIn(t, lang, routedTo) }) }
}

/** Where the words for the step are that it stands at. */
const CONFLICTS: Readonly<Record<string, string>> = {
  'field.changed_since': 'incident_desk.step',
  'field.task_changed': 'tasks.status',
  'field.task_not_yours': 'tasks.status',
}
type One = { deviceId: string; sentAt: string; record: Record<string, unknown> }
async function answerTo({ key: _, ...call }: Call, one: One, lang: 'zh' | 'en'): Promise<RecordAnswer> {
  const id = String(one.record.id ?? '').slice(0, 36)
  const t = call.platform.services.words.in(lang)
  try {
    const { again, ...taken } = await takeRecord.run(call, one)
    return { id, outcome: again ? 'again' : 'done', ...taken, ...routedWords(call, taken, lang) }
  } catch (error) {
    if (outageOf(error)) throw error
    if (!(error instanceof Refusal)) {
      // It must not keep the rest of a week from coming in; it stays on the phone.
      call.platform.log.error({ err: error, requestId: call.requestId }, 'a record of the field could not be taken')
      return { id, outcome: 'refused', code: 'field.not_taken', text: t('field.not_taken') }
    }
    const { code, params } = error
    const stepOf = CONFLICTS[code]
    if (!stepOf) return { id, outcome: 'refused', code, text: t(code, plain(params)) }
    const now = params.now as Standing
    return { id, outcome: 'conflict', code, text: t(code, { status: t(`${stepOf}.${now.status}`) }), now }
  }
}
