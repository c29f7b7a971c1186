/**
 * The keys folder (`KAIFONG_KEYS`): outside data and backups, 0700, one file a key (0600), never overwritten.
 *
 *   field.<id>.key     seals columns            blind.<id>.key    finds sealed columns
 *   wrap.<id>.key      seals the keys of files  session.<id>.key  secrets of cookies and forms
 *   signing.<id>.pem   signs documents          keys.json         which id of each purpose is the current one
 *   signing.<id>.pub   the public half of one that was retired: checks what it signed, and signs no more
 *
 * An id is the beginning of a hash of its key: a file that holds another key than its name says is found out.
 * `keys.json` is written last. Before it exists no key was ever used, so an interrupted first start just goes on;
 * once it exists a missing key is a loss, and is reported instead of being papered over with a new key.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { syncFolder } from '../files/durable.ts'
import { CryptoFault } from './fault.ts'

export interface SecretKey {
  id: string
  key: Buffer
}
export interface SigningKey {
  id: string
  key: KeyObject
}
export interface Ring<K> {
  /** Seals and signs. */
  current: K
  /** Opens; holds earlier keys too. */
  all: readonly K[]
}
export interface Keys {
  folder: string
  field: Ring<SecretKey>
  blind: Ring<SecretKey>
  wrap: Ring<SecretKey>
  session: Ring<SecretKey>
  signing: Ring<SigningKey>
  /** Signing keys that sign no more, by id: since when, or null where the folder does not know. */
  retiredSigning: ReadonlyMap<string, Date | null>
  /** True when this call made them. With data that existed before, that is a loss to report. */
  created: boolean
}

const SECRET = ['field', 'blind', 'wrap', 'session'] as const
export const PURPOSES = [...SECRET, 'signing'] as const
export type Purpose = (typeof PURPOSES)[number]
export interface Manifest {
  version: 1
  current: Record<Purpose, string>
  /** A blind key that running nodes read already and that none writes with yet. */
  coming?: string
  /** When a purpose was last given a newer key; absent while it has its first. */
  since?: Partial<Record<Purpose, string>>
  /** When a signing key was put away, by id. */
  retiredSigning?: Record<string, string>
}
type Held = { purpose: Purpose; id: string; key: Buffer | KeyObject }

/** Long enough that two keys never share one; a hash of a key tells nothing of it. */
const ID_BYTES = 8
export const MANIFEST = 'keys.json'
export const KEY_FILE = /^(field|blind|wrap|session|signing)\.([0-9a-f]{16})\.(key|pem|pub)$/

export interface OpenKeysOptions {
  /** `false` where data exists already: missing keys are then `crypto.key_missing`. Default `true`. */
  create?: boolean
}

/** Opens the folder, making keys on first use. Throws `CryptoFault`. */
export async function openKeys(keysDir: string, options: OpenKeysOptions = {}): Promise<Keys> {
  const folder = resolve(keysDir)
  const may = options.create ?? true
  let manifest = await findManifest(folder, may)
  const created = manifest === undefined
  if (!manifest) {
    await makeKeys(folder)
    manifest = await findManifest(folder, false)
  }
  return { ...(await readRings(folder, manifest!)), created }
}

async function readRings(folder: string, manifest: Manifest): Promise<Omit<Keys, 'created'>> {
  const held = await readKeys(folder)
  const ring = <K>(purpose: Purpose): Ring<K> => {
    const all = held.filter((one) => one.purpose === purpose) as unknown as (K & Held)[]
    const current = all.find((one) => one.id === manifest.current[purpose])
    // A public half alone signs nothing.
    if (!current || (!Buffer.isBuffer(current.key) && current.key.type !== 'private'))
      throw lost(folder, `${purpose}.${manifest.current[purpose]}`)
    return { current, all }
  }
  const sealing = { field: ring<SecretKey>('field'), blind: ring<SecretKey>('blind'), wrap: ring<SecretKey>('wrap') }
  const signing = ring<SigningKey>('signing')
  // A copied folder, or one brought back from sheets of paper, may know that a key is away and not since when.
  const retiredSigning = new Map(
    signing.all
      .filter(({ id, key }) => key.type === 'public' && id !== signing.current.id)
      .map(({ id }) => [id, dateOr(manifest.retiredSigning?.[id])]),
  )
  return { folder, ...sealing, session: ring<SecretKey>('session'), signing, retiredSigning }
}

const dateOr = (written: string | undefined): Date | null =>
  written === undefined || Number.isNaN(Date.parse(written)) ? null : new Date(written)

/**
 * Reads the folder again, in place: whoever holds these keys goes on with what it says now. The session key stays as it
 * was: passwords of the database and cookies of this process were made with it.
 */
export async function refreshKeys(keys: Keys): Promise<void> {
  const { session: _, ...rings } = await readRings(keys.folder, await readManifest(keys.folder))
  Object.assign(keys, rings)
}

export const readManifest = async (folder: string): Promise<Manifest> => (await findManifest(resolve(folder), false))!

/**
 * A key that opens. One that another process began to use since the folder was last read is fetched at once: between
 * two readings nobody must meet a row that cannot be opened.
 */
export function secretKeyOf(keys: Keys, purpose: 'field' | 'wrap', id: string): SecretKey | undefined {
  const known = keys[purpose].all.find((one) => one.id === id)
  if (known) return known
  const path = join(keys.folder, `${purpose}.${id}.key`)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const found = { id, key: heldIn(path, purpose, id, text) as Buffer }
  keys[purpose] = { ...keys[purpose], all: [...keys[purpose].all, found] }
  return found
}

const lost = (folder: string, what: string) =>
  new CryptoFault(
    'crypto.key_missing',
    `${what} is not in ${folder}. What it protects cannot be read without it, and a new key would not help. ` +
      'Copy the keys folder back from where you keep it, bring it back from two printed shares (keys restore), or set KAIFONG_KEYS to the right folder.',
  )

async function findManifest(folder: string, mayBeMissing: boolean): Promise<Manifest | undefined> {
  try {
    await refuseExposed(folder, 0o700)
    await refuseExposed(join(folder, MANIFEST), 0o600)
    const found = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest
    if (found.version !== 1 || PURPOSES.some((purpose) => typeof found.current?.[purpose] !== 'string'))
      throw new SyntaxError('fields')
    return found
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new CryptoFault(
        'crypto.key_damaged',
        `${join(folder, MANIFEST)} is not a list of keys; copy it back from where you keep it`,
      )
    }
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    if (!mayBeMissing) throw lost(folder, MANIFEST)
    return undefined
  }
}

/** Windows has no such bits; its folders are guarded by the account that runs the server. */
async function refuseExposed(path: string, wanted: number): Promise<void> {
  const { mode } = await stat(path)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  const bits = (mode & 0o777).toString(8)
  throw new CryptoFault(
    'crypto.keys_exposed',
    `${path} (mode ${bits}) can be used by others on this machine. Run: chmod ${wanted.toString(8)} '${path}' and think about who read it.`,
  )
}

async function readKeys(folder: string): Promise<Held[]> {
  const held: Held[] = []
  for (const name of (await readdir(folder)).sort()) {
    const [, purpose, id] = KEY_FILE.exec(name) ?? []
    if (!purpose || !id) continue
    const path = join(folder, name)
    await refuseExposed(path, 0o600)
    const text = await readFile(path, 'utf8')
    held.push({ purpose: purpose as Purpose, id, key: heldIn(path, purpose as Purpose, id, text) })
  }
  return held
}

/** @throws CryptoFault `crypto.key_damaged` when it is not the key that the name of its file says */
export function heldIn(path: string, purpose: Purpose, id: string, text: string): Buffer | KeyObject {
  const key = purpose === 'signing' ? readSigningKey(text, path.endsWith('.pub')) : Buffer.from(text, 'base64')
  if (key !== undefined && (!Buffer.isBuffer(key) || key.length === 32) && idOf(purpose, key) === id) return key
  throw new CryptoFault('crypto.key_damaged', `${path} does not hold key ${id}; copy it back from where you keep it`)
}

function readSigningKey(pem: string, publicOnly: boolean): KeyObject | undefined {
  try {
    return publicOnly ? createPublicKey(pem) : createPrivateKey(pem)
  } catch {
    return undefined // reported as damaged, with the file's name, by the caller
  }
}

function idOf(purpose: Purpose, key: Buffer | KeyObject): string {
  if (!Buffer.isBuffer(key)) return publicKeyId(publicHalf(key))
  return createHmac('sha256', key).update(`kaifong key id ${purpose}`).digest().toString('hex', 0, ID_BYTES)
}

export const publicHalf = (key: KeyObject): KeyObject => (key.type === 'public' ? key : createPublicKey(key))

const publicKeyId = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .toString('hex', 0, ID_BYTES)

/** The id in `signing.<id>.pem`, from the public key alone. */
export const signingKeyIdOf = (publicKeyPem: string): string => publicKeyId(createPublicKey(publicKeyPem))

/** Public halves of every signing key, by id, the current one first: what was signed with an earlier key is still checked. */
export const publicKeysOf = ({ signing }: Keys): Map<string, KeyObject> =>
  new Map([signing.current, ...signing.all].map(({ id, key }) => [id, publicHalf(key)]))

async function makeKeys(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first) await syncFolder(dirname(first))
  const before = await readKeys(folder)
  const current = {} as Record<Purpose, string>
  for (const purpose of PURPOSES) {
    const found = before.find((one) => one.purpose === purpose)
    current[purpose] = found ? found.id : await makeKey(folder, purpose)
  }
  await writeOnce(folder, MANIFEST, `${JSON.stringify({ version: 1, current } satisfies Manifest, null, 2)}\n`)
}

export async function makeKey(folder: string, purpose: Purpose): Promise<string> {
  const key = purpose === 'signing' ? generateKeyPairSync('ed25519').privateKey : randomBytes(32)
  return keepKey(folder, purpose, key)
}

async function keepKey(folder: string, purpose: Purpose, key: Buffer | KeyObject): Promise<string> {
  const id = idOf(purpose, key)
  if (Buffer.isBuffer(key)) await writeOnce(folder, `${purpose}.${id}.key`, `${key.toString('base64')}\n`)
  else if (key.type === 'public') await writeOnce(folder, `signing.${id}.pub`, pem(key))
  else await writeOnce(folder, `signing.${id}.pem`, key.export({ type: 'pkcs8', format: 'pem' }).toString())
  return id
}

const pem = (key: KeyObject): string => publicHalf(key).export({ type: 'spki', format: 'pem' }).toString()

/**
 * Writes a ring that came from elsewhere, the list last, so that a restore that was cut off just goes on. @returns how many keys
 * @throws CryptoFault `crypto.key_in_use` where a ring lies already
 */
export async function writeRing(
  keysDir: string,
  ring: readonly { purpose: Purpose; current: boolean; key: Buffer | KeyObject }[],
  now: Date,
): Promise<number> {
  const folder = resolve(keysDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (await findManifest(folder, true))
    throw new CryptoFault(
      'crypto.key_in_use',
      `${folder} holds keys already, and none is ever written over. Set KAIFONG_KEYS to a new folder.`,
    )
  const manifest = { version: 1 as const, current: {} as Record<Purpose, string>, since: {} as Partial<Record<Purpose, string>> }
  for (const { purpose, current, key } of ring) {
    const id = await keepKey(folder, purpose, key)
    if (current) manifest.current[purpose] = id
    else manifest.since[purpose] = now.toISOString()
  }
  await writeOnce(folder, MANIFEST, `${JSON.stringify(manifest satisfies Manifest, null, 2)}\n`)
  await readRings(folder, manifest)
  return ring.length
}

/**
 * Whole or not at all, and never over another: written aside, synced, then linked. When two processes start at once
 * the link of the second fails, and it reads what the first one made.
 */
export async function writeOnce(folder: string, name: string, text: string): Promise<void> {
  const aside = join(folder, `.${randomBytes(8).toString('hex')}.new`)
  const file = await open(aside, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(aside, join(folder, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(aside)
  }
  await syncFolder(folder)
}
