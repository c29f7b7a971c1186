/** With the node, when there is network: what comes for the day, and what goes up. */
import { phoneInstant } from './clock.ts'
import type { Chosen } from './photos.ts'
import {
  asSent,
  type Kept,
  type KeptPhoto,
  type Owner,
  photoAsSent,
  photosOf,
  putIfRoom,
  putSent,
  removeRecord,
  unseal,
} from './vault.ts'

export interface Named {
  code: string
  name: { zh: string; en: string }
}
export interface ToCheck {
  id: string
  number: string
  seq: number
  classCode: string
  title: string | null
  area: string
  shownPlace: string | null
}
export interface ToDo {
  id: string
  seq: number
  name: Named['name']
  what: string
  area: string
  dueOn: string
  organisation: string
  off: boolean
}
export interface Day {
  postId: string
  mayRecover: boolean
  checks: ToCheck[]
  tasks: ToDo[]
  more: boolean
  grids: { code: string; name: string }[]
  classes: Named[]
  communities: Named[]
}
interface Answer {
  id: string
  outcome: 'done' | 'again' | 'conflict' | 'refused'
  number?: string | null
  /** Why not, or where it was reported when that is another community. */
  text?: string
}
export interface Clock {
  behindSeconds: number
  wrong: boolean
}

/** What the node refused, by its code. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** @throws Refused; anything else is that there is no network, or no node behind it */
export async function ask<R>(path: string, body?: object): Promise<R> {
  const answer = await fetch(`/api/v1/field${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    signal: AbortSignal.timeout(30_000),
  })
  const said = (await answer.json()) as R & { code?: string }
  if (answer.ok) return said
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status))
  throw new Refused(said.code ?? String(answer.status))
}

const AT_ONCE = 100
const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

/** Everything that is queued, oldest first; `left` is what a person has to decide about. What was answered is written down part by part: a phone that dies goes on from there. */
export async function sendUp(
  key: CryptoKey,
  queued: readonly Kept[],
  deviceId: string,
  lang: string,
): Promise<{ sent: number; left: number; clock: Clock | null; routed: string[] }> {
  let [sent, left, clock]: [number, number, Clock | null] = [0, 0, null]
  const routed = new Set<string>()
  for (const part of parts(queued, AT_ONCE)) {
    for (const kept of part)
      if (kept.photos) await sendPhotos(kept, async ({ sealed }) => ask('/photos', await unseal<Chosen>(key, sealed)))
    const records = await Promise.all(part.map(({ sealed }) => unseal<object>(key, sealed!)))
    const heard = await ask<{ answers: Answer[]; clock: Clock }>('/records', {
      deviceId,
      lang,
      sentAt: phoneInstant(),
      records,
    })
    clock = heard.clock
    for (const [n, { outcome, number, text }] of heard.answers.entries()) {
      const kept = part[n]!
      if (outcome === 'done' || outcome === 'again') {
        await putSent({ ...kept, state: 'sent', sealed: null, number: number ?? null, ...(text ? { text } : {}) })
        if (text) routed.add(text)
        sent++
      } else {
        await putIfRoom('record', { ...kept, state: outcome, text: text ?? '' })
        left++
      }
    }
  }
  return { sent, left, clock, routed: [...routed] }
}

/** Before the record that names them. One that the node refuses is missed when the record is looked at, and a person decides. */
async function sendPhotos({ id }: Kept, send: (photo: KeptPhoto) => Promise<unknown>): Promise<void> {
  for (const photo of await photosOf(id))
    try {
      await send(photo)
    } catch (error) {
      if (!(error instanceof Refused) || error.code.startsWith('access.') || error.code.startsWith('account.')) throw error
    }
}

/** Another's queue goes up as it lies here; what the node has taken goes from this phone. An answer for each. */
export async function* recover(
  owner: Owner,
  records: readonly Kept[],
  deviceId: string,
  lang: string,
): AsyncGenerator<Answer, void> {
  for (const part of parts(records, 50)) {
    for (const kept of part)
      if (kept.photos) await sendPhotos(kept, (photo) => ask(`/devices/${deviceId}/recovery/photos`, photoAsSent(owner, photo)))
    const { answers } = await ask<{ answers: Answer[] }>(`/devices/${deviceId}/recovery`, { ...asSent(owner, part), lang })
    for (const answer of answers) {
      const { id, outcome, text } = answer
      if (outcome === 'done' || outcome === 'again') await removeRecord(id)
      else await putIfRoom('record', { ...part.find((one) => one.id === id)!, text: text ?? '' })
      yield answer
    }
  }
}
