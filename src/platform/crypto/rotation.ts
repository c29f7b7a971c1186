/** Newer keys while the street works: made, taken into use, noticed by running nodes, and put away when nothing needs them. */
import type { Stats } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { syncFolder } from '../files/durable.ts'
import type { Log } from '../platform.ts'
import { CryptoFault } from './fault.ts'
import {
  heldIn,
  type Keys,
  MANIFEST,
  type Manifest,
  makeKey,
  type Purpose,
  publicHalf,
  readManifest,
  refreshKeys,
  writeOnce,
} from './keys.ts'

/** Where keys lie that nothing here needs any more; a backup of that time may. */
export const RETIRED = 'retired'
/**
 * How long a key rests before it is put away: running nodes have noticed the newer one, and what was sealed into a cookie
 * or a link of some minutes has ended.
 */
export const REST_MS = 3_600_000

/** How often a running node looks whether `keys.json` names newer keys. */
export const LOOK_SECONDS = 10
/** After this long every running node has read a key that was announced. */
export const READ_BY_ALL_MS = 3 * LOOK_SECONDS * 1000

/**
 * Makes a key and takes it into use. The key is on the disk before the list names it. @returns its id
 * @param announced of a blind key: what `announceBlindKey` answered
 */
export async function rotateKey(keysDir: string, purpose: Purpose, now: Date, announced?: string): Promise<string> {
  const folder = resolve(keysDir)
  const { coming, ...manifest } = await readManifest(folder)
  const id = announced ?? (await makeKey(folder, purpose))
  await replaceManifest(folder, {
    ...manifest,
    ...(coming && coming !== id ? { coming } : {}),
    current: { ...manifest.current, [purpose]: id },
    since: { ...manifest.since, [purpose]: now.toISOString() },
  })
  return id
}

/**
 * Lays a blind key ready: running nodes find by it before one writes with it, since a hash that a node cannot make is a person
 * whom it does not find. Cut off before `rotateKey`, or called twice at once, the next call finds the same key. @returns its id
 */
export async function announceBlindKey(keysDir: string): Promise<string> {
  const folder = resolve(keysDir)
  const manifest = await readManifest(folder)
  if (manifest.coming && (await readdir(folder)).includes(`blind.${manifest.coming}.key`)) return manifest.coming
  const coming = await makeKey(folder, 'blind')
  await replaceManifest(folder, { ...manifest, coming })
  return coming
}

/** The one file of the folder that changes: the whole new list is on the disk before it takes the name of the old one. */
async function replaceManifest(folder: string, manifest: Manifest): Promise<void> {
  const aside = join(folder, '.keys.json.new')
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, join(folder, MANIFEST))
  await syncFolder(folder)
}

/** Before anything is given up for it. @throws CryptoFault `crypto.key_in_use` for a current or coming key, and within `REST_MS` of the change */
export async function refuseInUse(keysDir: string, purpose: Purpose, id: string, now: Date): Promise<void> {
  const { current, since, coming } = await readManifest(keysDir)
  if (purpose === 'blind' && coming === id)
    throw new CryptoFault(
      'crypto.key_in_use',
      `blind.${id} lies ready to be taken into use. Finish that first: keys rotate blind`,
    )
  if (current[purpose] === id)
    throw new CryptoFault(
      'crypto.key_in_use',
      `${purpose}.${id} is the current key. Take a newer one into use first: keys rotate ${purpose}`,
    )
  const rested = Date.parse(since?.[purpose] ?? '1970-01-01') + REST_MS
  if (!(rested <= now.getTime()))
    throw new CryptoFault(
      'crypto.key_in_use',
      `${purpose}.${id} gave way less than an hour ago, and running nodes may still use it. Try again after ${new Date(rested).toISOString()}.`,
    )
}

/**
 * Puts an earlier key away. Of a signing key the public half stays, since papers and seals are checked with it. That nothing
 * is sealed under it any more is the caller's to know. @throws CryptoFault `crypto.key_in_use`
 */
export async function retireKey(keysDir: string, purpose: Purpose, id: string, now: Date): Promise<void> {
  const folder = resolve(keysDir)
  await refuseInUse(folder, purpose, id, now)
  const manifest = await readManifest(folder)
  const name = `${purpose}.${id}.${purpose === 'signing' ? 'pem' : 'key'}`
  if (purpose === 'signing') {
    const key = heldIn(name, purpose, id, await readFile(join(folder, name), 'utf8'))
    if (!Buffer.isBuffer(key))
      await writeOnce(folder, `signing.${id}.pub`, publicHalf(key).export({ type: 'spki', format: 'pem' }).toString())
  }
  const away = join(folder, RETIRED)
  await mkdir(away, { recursive: true, mode: 0o700 })
  await rename(join(folder, name), join(away, name))
  await syncFolder(away)
  await syncFolder(folder)
  // Last, so that running nodes, which look at this file, find the key gone.
  if (purpose === 'signing')
    await replaceManifest(folder, { ...manifest, retiredSigning: { ...manifest.retiredSigning, [id]: now.toISOString() } })
  if (purpose === 'blind') await replaceManifest(folder, manifest)
}

/**
 * A running node looks at `keys.json` every few seconds. A folder that cannot be read is said once; the node goes on with
 * the keys it holds.
 */
export function watchKeys(keys: Keys, log: Log): { look(): Promise<void>; stop(): void } {
  const path = join(keys.folder, MANIFEST)
  let seen = ''
  let ill = false
  const look = async (): Promise<void> => {
    try {
      const mark = markOf(await stat(path))
      if (mark === seen) return
      await refreshKeys(keys)
      if (seen !== '') log.info({ folder: keys.folder }, 'keys.json changed; its keys are in use now')
      seen = mark
      ill = false
    } catch (err) {
      if (!ill) log.error({ err }, 'the keys folder cannot be read again; going on with the keys that were read before')
      ill = true
    }
  }
  const timer = setInterval(() => void look(), LOOK_SECONDS * 1000).unref()
  return { look, stop: () => clearInterval(timer) }
}

const markOf = ({ mtimeMs, ino, size }: Stats): string => `${mtimeMs} ${ino} ${size}`
