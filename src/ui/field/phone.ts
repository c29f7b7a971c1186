/** The phone: who holds it, what it keeps, and what it knows of the node. */
import { phoneTime } from './clock.ts'
import type { Draft } from './forms.ts'
import type { Chosen } from './photos.ts'
import { find, lang, options, say, tell } from './screen.ts'
import { ask, type Clock, type Day, Refused, sendUp, type ToCheck, type ToDo } from './talk.ts'
import {
  all,
  get,
  isFull,
  KEPT_MS,
  type Kept,
  lockUp,
  type Owner,
  privateKey,
  putIfRoom,
  putRecord,
  removeRecord,
  type Sealed,
  seal,
  unlock,
  unseal,
} from './vault.ts'

/** `no_post`: signed in, and in no post that the node confirms. */
type Reach = 'unknown' | 'online' | 'offline' | 'signed_out' | 'no_post' | 'revoked'
interface Phone {
  deviceId: string
  owner: Owner | undefined
  key: CryptoKey | null
  records: Kept[]
  checks: ToCheck[]
  tasks: ToDo[]
  /** What a record is about, and as of when, by its id: what she has answered is not asked of her again. */
  answers: Map<string, string>
  taken: Taken
  mayRecover: boolean
  reach: Reach
  /** The record that is being mended: it goes when its new form is kept. */
  mending: string | null
  place: { lon: number; lat: number } | null
  checking: ToCheck | null
  doing: Doing | null
  draw(): Promise<void>
}
/** The task that a form answers; of one that has gone from the list no more is known than the record says. */
export type Doing = Pick<ToDo, 'id' | 'seq' | 'area'>
/** Public knowledge, kept in the open: a form can be filled in while the phone is locked. */
type Taken = Pick<Day, 'classes' | 'communities' | 'grids' | 'more'>
const NOTHING_TAKEN: Taken = { classes: [], communities: [], grids: [], more: false }
export const at: Phone = {
  deviceId: '',
  owner: undefined,
  key: null,
  records: [],
  checks: [],
  tasks: [],
  answers: new Map(),
  taken: NOTHING_TAKEN,
  mayRecover: false,
  reach: 'unknown',
  mending: null,
  place: null,
  checking: null,
  doing: null,
  draw: async () => {},
}

export function setPlace(place: Phone['place'], text = ''): void {
  at.place = place
  find('[data-place]').textContent = text
  find('[data-do="unlocate"]').hidden = place === null
}

export const own = (...states: Kept['state'][]) =>
  at.records.filter(({ postId, state }) => postId === at.owner?.postId && states.includes(state))
export const others = () => at.records.filter(({ postId, state }) => postId !== at.owner?.postId && state !== 'sent')
/** True once it lies on the disk. A full one loses nothing that was kept before, and what is typed stays in the form. */
export async function keep(record: Draft, instead: string | null = null, photos: readonly Chosen[] = []): Promise<boolean> {
  if (!at.owner) {
    tell(say('never'))
    return false
  }
  const id = crypto.randomUUID()
  try {
    const { owner } = at
    const named = photos.length > 0 ? { photos: photos.map((one) => one.id) } : {}
    const kept: Kept = {
      id,
      postId: owner.postId,
      madeAt: phoneTime(),
      state: 'queued',
      sealed: await seal(owner, { id, ...record, ...named }),
      kind: record.kind,
      photos: photos.length,
    }
    const sealed = await Promise.all(photos.map(async (one) => ({ id: one.id, recordId: id, sealed: await seal(owner, one) })))
    await putRecord(kept, sealed, instead)
  } catch (error) {
    tell(say(isFull(error) ? 'full' : 'not_kept'))
    return false
  }
  at.mending = null
  await at.draw()
  tell(say('kept'))
  return true
}

export async function openOwn(): Promise<void> {
  at.key = at.owner ? await privateKey(at.owner, phoneTime()) : null
  at.checks = await along<ToCheck>('day')
  at.tasks = await along<ToDo>('tasks')
  at.taken = { ...NOTHING_TAKEN, ...(await get<Partial<Taken>>('plain', 'taken')) }
  options('classes', say('choose_class'), at.taken.classes)
  options('communities', say('choose_area'), at.taken.communities)
}
/** What she took along for the day, sealed for her. */
async function along<T>(name: string): Promise<T[]> {
  const kept = at.owner && at.key ? await get<Sealed>('plain', `${name} ${at.owner.postId}`) : undefined
  return kept && at.key ? unseal<T[]>(at.key, kept) : []
}

async function takeAlong(owner: Owner, { classes, communities, grids, more, checks, tasks }: Day): Promise<void> {
  await putIfRoom('plain', { classes, communities, grids, more } satisfies Taken, 'taken')
  await putIfRoom('plain', await seal(owner, checks), `day ${owner.postId}`)
  await putIfRoom('plain', await seal(owner, tasks), `tasks ${owner.postId}`)
  await openOwn()
}

/** Asks the node for the day and sends what waits. Learns there that a post has ended. */
export async function contact(): Promise<string[]> {
  const told: string[] = []
  try {
    const day = await ask<Day>('/day')
    await ask('/devices', { deviceId: at.deviceId })
    const { lock } = await ask<{ lock: string }>(`/devices/${at.deviceId}/lock`)
    at.owner = await unlock(day.postId, lock, phoneTime())
    await putIfRoom('plain', day.postId, 'current')
    // A phone is opened for one at a time: whoever had it before signs in again.
    for (const one of await all<Owner>('owner')) if (one.lock && one.postId !== day.postId) await lockUp(one)
    at.mayRecover = day.mayRecover
    at.reach = 'online'
    await takeAlong(at.owner, day)
    await at.draw()
    const { sent, left, clock, routed } = await sendWaiting()
    if (sent > 0) told.push(say('sent_now', { n: sent }))
    told.push(...routed)
    if (clock?.wrong) told.push(clockSentence(clock))
    // What she has answered is off her list, and what it became meanwhile is what she decides by.
    if (sent + left > 0) await takeAlong(at.owner, await ask<Day>('/day'))
  } catch (error) {
    // The very first time something has to lie on the phone before it can be of use.
    if (isFull(error)) told.push(say('no_room'))
    at.reach = await reachOf(error)
  }
  await at.draw()
  return told
}

const HOUR_S = 3600
const clockSentence = ({ behindSeconds }: Clock): string => {
  const hours = Math.abs(behindSeconds) / HOUR_S
  const much = hours < 48 ? say('hours', { n: Math.round(hours * 10) / 10 }) : say('days', { n: Math.round(hours / 24) })
  return say(behindSeconds > 0 ? 'clock_behind' : 'clock_ahead', { much })
}

const SIGN_IN = new Set(['account.sign_in_first', '401'])
async function reachOf(error: unknown): Promise<Reach> {
  if (error instanceof Refused && SIGN_IN.has(error.code)) return 'signed_out'
  if (!(error instanceof Refused) || !error.code.startsWith('access.')) return 'offline'
  // The post has ended, may do this no more, or is not the one that she is in now: what waits is locked at once.
  if (at.owner) await lockNow()
  return error.code === 'access.choose_post' ? 'no_post' : 'revoked'
}

/** Here at once, and on the disk; false when a full one does not take it. */
export async function lockNow(): Promise<boolean> {
  const { owner } = at
  if (owner) at.owner = { ...owner, lock: null }
  at.key = null
  at.checks = []
  at.tasks = []
  at.answers.clear()
  return !owner || lockUp(owner)
}

/** One window at a time; the node would answer “again” to a second one. */
const sendWaiting = (): ReturnType<typeof sendUp> =>
  navigator.locks.request('kaifong-field', async () => {
    at.records = (await all<Kept>('record')).sort((a, b) => a.madeAt - b.madeAt)
    const queued = own('queued')
    return at.key ? sendUp(at.key, queued, at.deviceId, lang) : { sent: 0, left: 0, clock: null, routed: [] }
  })

/** What nobody sent for thirty days is let go, and said; what was sent is shown for a week. */
export async function prune(now: number): Promise<number> {
  const old = (await all<Kept>('record')).filter(({ madeAt, state }) => now - madeAt > (state === 'sent' ? KEPT_MS / 4 : KEPT_MS))
  for (const { id } of old) await removeRecord(id)
  return old.filter(({ state }) => state !== 'sent').length
}
