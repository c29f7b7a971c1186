/**
 * What lies on the phone, sealed. Each record has a key of its own under the public half of the phone's key, so that one can be
 * written at any time; the private half lies under the lock that the node gave, so that nothing is read without it.
 * See docs/adr/0014-field-app.md for what this holds against, and what not.
 */
const NAME = 'kaifong-field'
const HOUR = 3_600_000
/** Without contact for so long, the lock ends: its owner signs in again to read what waits. */
export const LOCK_MS = 72 * HOUR
export const KEPT_MS = 30 * 24 * HOUR

export interface Sealed {
  key: ArrayBuffer
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}
/** One officer's post on this phone. */
export interface Owner {
  postId: string
  publicKey: CryptoKey
  wrapped: { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }
  /** There while it is open: not to be taken out by a script. */
  lock: CryptoKey | null
  contactAt: number
  /** The latest time that this phone has shown: a clock that is turned back opens nothing longer. */
  latestAt: number
}
export type State = 'queued' | 'sent' | 'conflict' | 'refused'
export interface Kept {
  id: string
  postId: string
  madeAt: number
  state: State
  /** Gone once it is sent. */
  sealed: Sealed | null
  kind: string
  /** How many it has. */
  photos?: number
  number?: string | null
  text?: string
  status?: string
}

const request = <R>(asked: IDBRequest<R>): Promise<R> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(NAME, 2)
  opening.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      opening.result.createObjectStore('owner', { keyPath: 'postId' })
      opening.result.createObjectStore('record', { keyPath: 'id' })
      opening.result.createObjectStore('plain')
    }
    opening.result.createObjectStore('photo', { keyPath: 'id' }).createIndex('record', 'recordId')
  }
  return request(opening)
}
let opened: Promise<IDBDatabase> | undefined

/** A photo of a record that was not sent yet. */
export interface KeptPhoto {
  id: string
  recordId: string
  sealed: Sealed
}

type Store = 'owner' | 'record' | 'photo' | 'plain'
async function within<R>(store: Store, mode: 'readonly' | 'readwrite', act: (of: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  opened ??= open()
  // Strict: “kept” is said when it lies on the disk, not when the browser means to write it.
  const tx = (await opened).transaction(store, mode, { durability: 'strict' })
  return new Promise((resolve, reject) => {
    const asked = act(tx.objectStore(store))
    tx.oncomplete = () => resolve(asked.result)
    // A full disk is known at the end only, and to the transaction: its request says no more than that it was broken off.
    tx.onabort = () => reject(tx.error ?? asked.error)
  })
}

export const put = (store: Store, value: unknown, key?: string): Promise<unknown> =>
  within(store, 'readwrite', (of) => of.put(value, key))
export const isFull = (error: unknown): boolean => (error as Error | null)?.name === 'QuotaExceededError'
/** For what can be had again: a full phone goes on without it, and above all goes on sending. */
export const putIfRoom = (store: Store, value: unknown, key?: string): Promise<boolean> =>
  put(store, value, key).then(() => true, unlessFull)
const unlessFull = (error: unknown): false => {
  if (!isFull(error)) throw error
  return false
}
export const get = <R>(store: Store, key: string): Promise<R | undefined> =>
  within(store, 'readonly', (of) => of.get(key) as IDBRequest<R | undefined>)
export const remove = (store: Store, key: string): Promise<unknown> => within(store, 'readwrite', (of) => of.delete(key))
/** Of a record and its photos all lies on the disk, or nothing; earlier photos of it that are not in `keep` go. */
async function withPhotos(
  id: string,
  act: (records: IDBObjectStore, photos: IDBObjectStore) => void,
  keep: readonly string[] = [],
): Promise<void> {
  opened ??= open()
  const tx = (await opened).transaction(['record', 'photo'], 'readwrite', { durability: 'strict' })
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
    const photos = tx.objectStore('photo')
    const earlier = photos.index('record').getAllKeys(id)
    earlier.onsuccess = () => {
      for (const key of earlier.result) if (!keep.includes(String(key))) photos.delete(key)
    }
    act(tx.objectStore('record'), photos)
  })
}
export const putRecord = (record: Kept, photos: readonly KeptPhoto[], instead: string | null): Promise<void> =>
  withPhotos(
    instead ?? record.id,
    (records, kept) => {
      for (const photo of photos) kept.put(photo)
      records.put(record)
      if (instead) records.delete(instead)
    },
    photos.map(({ id }) => id),
  )
/** What went up leaves its number here and nothing else. */
export const putSent = (record: Kept): Promise<unknown> =>
  withPhotos(record.id, (records) => records.put(record)).catch(unlessFull)
export const removeRecord = (id: string): Promise<void> => withPhotos(id, (records) => records.delete(id))
export const photosOf = (id: string): Promise<KeptPhoto[]> =>
  within('photo', 'readonly', (of) => of.index('record').getAll(id) as IDBRequest<KeptPhoto[]>)
export const all = <R>(store: Store): Promise<R[]> => within(store, 'readonly', (of) => of.getAll() as IDBRequest<R[]>)

const OAEP = { name: 'RSA-OAEP', hash: 'SHA-256' }
const ownIv = () => crypto.getRandomValues(new Uint8Array(12))
const lockOf = (base64: string): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
    'AES-GCM',
    false,
    ['wrapKey', 'unwrapKey'],
  )

/** Opens what is there with the lock that the node gave, or begins. */
export async function unlock(postId: string, lock: string, now: number): Promise<Owner> {
  const known = await get<Owner>('owner', postId)
  const key = await lockOf(lock)
  const times = { lock: key, contactAt: now, latestAt: now }
  const owner: Owner = known ? { ...known, ...times } : { postId, ...(await newPair(key)), ...times }
  await (known ? putIfRoom : put)('owner', owner)
  return owner
}

async function newPair(lock: CryptoKey): Promise<Pick<Owner, 'publicKey' | 'wrapped'>> {
  const iv = ownIv()
  const pair = (await crypto.subtle.generateKey(
    { ...OAEP, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['encrypt', 'decrypt'],
  )) as CryptoKeyPair
  return {
    publicKey: pair.publicKey,
    wrapped: { iv, bytes: await crypto.subtle.wrapKey('pkcs8', pair.privateKey, lock, { name: 'AES-GCM', iv }) },
  }
}

/** The private half, while the lock holds; null when its owner has to sign in first. */
export async function privateKey(owner: Owner, now: number): Promise<CryptoKey | null> {
  if (!owner.lock) return null
  const latestAt = Math.max(owner.latestAt, now)
  if (latestAt - owner.contactAt > LOCK_MS) {
    await lockUp(owner)
    return null
  }
  if (latestAt > owner.latestAt) await putIfRoom('owner', { ...owner, latestAt })
  const { iv, bytes } = owner.wrapped
  return crypto.subtle.unwrapKey('pkcs8', bytes, owner.lock, { name: 'AES-GCM', iv }, OAEP, false, ['decrypt'])
}

/** The lock ends on the disk. A full one is given room first by what can be had again; false when even that leaves none. */
export async function lockUp(owner: Owner): Promise<boolean> {
  const locked = { ...owner, lock: null }
  if (await putIfRoom('owner', locked)) return true
  await remove('plain', `day ${owner.postId}`)
  await remove('plain', `tasks ${owner.postId}`)
  for (const { id, state } of await all<Kept>('record')) if (state === 'sent') await remove('record', id)
  return putIfRoom('owner', locked)
}

/** Signing out anywhere at the desk comes by the field's page while something is open or waits here; see desk/keys.ts. */
export function markHeld(held: boolean): void {
  if (held) localStorage.setItem('kaifong.field', '1')
  else localStorage.removeItem('kaifong.field')
}

export async function seal({ publicKey }: Pick<Owner, 'publicKey'>, value: object): Promise<Sealed> {
  const own = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])
  const iv = ownIv()
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, own, new TextEncoder().encode(JSON.stringify(value)))
  return { key: await crypto.subtle.encrypt(OAEP, publicKey, await crypto.subtle.exportKey('raw', own)), iv, bytes }
}

export async function unseal<R>(key: CryptoKey, { key: under, iv, bytes }: Sealed): Promise<R> {
  const own = await crypto.subtle.importKey('raw', await crypto.subtle.decrypt(OAEP, key, under), 'AES-GCM', false, ['decrypt'])
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, own, bytes))) as R
}

const base64 = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join(''))
/** As it is sent up for supervision, unopened. */
export const asSent = (owner: Owner, records: readonly Kept[]) => ({
  postId: owner.postId,
  wrapped: { iv: base64(owner.wrapped.iv), bytes: base64(owner.wrapped.bytes) },
  items: records.map(({ id, sealed }) => itemOf(id, sealed!)),
})
const itemOf = (id: string, { key, iv, bytes }: Sealed) => ({ id, key: base64(key), iv: base64(iv), bytes: base64(bytes) })
export const photoAsSent = ({ postId, wrapped }: Owner, { id, sealed }: KeptPhoto) => ({
  postId,
  wrapped: { iv: base64(wrapped.iv), bytes: base64(wrapped.bytes) },
  item: itemOf(id, sealed),
})
