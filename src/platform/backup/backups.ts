/**
 * A folder of backups: one folder a backup, named by its instant, and the files of all of them beside. One process writes
 * at a time; what a killed one left has another name and is swept by the next.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { StartRefused } from '../config.ts'
import { syncFolder } from '../files/durable.ts'
import { DataHeld, takeLock } from '../postgres/lock.ts'
import { findManifest, type Manifest, type SignedManifest } from './manifest.ts'
import { namesIn, type SaveOptions, save } from './save.ts'

const NAME = /^\d{8}T\d{6}\.\d{3}Z$/
const UNFINISHED = '.unfinished'
const FILES = 'files'

const nameOf = (now: Date): string => now.toISOString().replaceAll(/[-:]/g, '')

/** As it really lies, whatever links lead there; of what is not made yet the way to it. */
async function really(path: string): Promise<string> {
  let there = resolve(path)
  let rest = ''
  while (!existsSync(there)) {
    rest = join(basename(there), rest)
    there = dirname(there)
  }
  return join(await realpath(there), rest)
}

const holds = (outer: string, inner: string): boolean => {
  const way = relative(outer, inner)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** A backup that lies with the data dies with it, and one that lies with its keys protects nobody. */
export async function refusePlace(folder: string, { dataDir, keysDir }: { dataDir: string; keysDir: string }): Promise<void> {
  const [place, data, keys] = await Promise.all([really(folder), really(dataDir), really(keysDir)])
  if (holds(data, place))
    throw new StartRefused(
      `${folder} lies inside KAIFONG_DATA (${dataDir}): it would be lost with the data. Give a folder on another disk.`,
    )
  if (holds(keys, place) || holds(place, keys))
    throw new StartRefused(
      `${folder} and KAIFONG_KEYS (${keysDir}) lie inside one another: whoever takes the copy must not get the keys with it. Give another folder.`,
    )
}

export interface BackupOptions extends Omit<SaveOptions, 'kind' | 'dir' | 'filesTo'> {
  /** Made if it is not there. */
  folder: string
  /** Whole backups that stay, this one included; undefined keeps all. */
  keep?: number
}

/** @returns the folder of the new backup, and the names of those that were removed */
export async function backUp({
  folder,
  keep,
  ...rest
}: BackupOptions): Promise<{ dir: string; manifest: Manifest; removed: string[] }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const giveBack = await takeLock(folder).catch((error) => {
    if (!(error instanceof DataHeld)) throw error
    const { pid, since } = error.holder
    throw new StartRefused(
      `Process ${pid} is writing a backup into ${folder} since ${since}. Wait for it, or give another folder.`,
      {
        cause: error,
      },
    )
  })
  try {
    await sweep(folder)
    const dir = join(folder, nameOf(rest.now))
    const aside = `${dir}${UNFINISHED}`
    await mkdir(aside, { mode: 0o700 })
    let manifest: Manifest
    try {
      manifest = await save({ ...rest, kind: 'backup', dir: aside, filesTo: join(folder, FILES) })
    } catch (error) {
      await rm(aside, { recursive: true, force: true })
      throw error
    }
    await rename(aside, dir)
    await syncFolder(folder)
    // An incomplete one replaces nobody.
    const removed = keep !== undefined && manifest.whole ? await thin(folder, keep) : []
    return { dir, manifest, removed }
  } finally {
    giveBack()
  }
}

/** What a killed backup left. Its files stay: they are whole, and the next one does not copy them again. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true })
}

async function list(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => NAME.test(name)).sort()
}

/** Removes what is older than the `keep` newest whole ones, then the files that no backup names any more. */
async function thin(folder: string, keep: number): Promise<string[]> {
  const names = await list(folder)
  const whole: string[] = []
  for (const name of names) if ((await findManifest(join(folder, name)))?.whole) whole.push(name)
  const oldest = whole.at(-keep)
  const removed = oldest === undefined ? [] : names.filter((name) => name < oldest)
  if (removed.length === 0) return []
  for (const name of removed) {
    // Renamed first: half a backup must not look like one.
    await rename(join(folder, name), join(folder, `${name}${UNFINISHED}`))
    await rm(join(folder, `${name}${UNFINISHED}`), { recursive: true, force: true })
  }
  const named = new Set<string>()
  for (const name of await list(folder)) for await (const file of namesIn(join(folder, name))) named.add(file)
  for (const shelf of await readdir(join(folder, FILES)))
    for (const file of await readdir(join(folder, FILES, shelf)))
      if (!named.has(file)) await rm(join(folder, FILES, shelf, file), { force: true })
  return removed
}

export interface Found {
  dir: string
  filesDir: string
  manifest: SignedManifest
}

/** A backup by itself, the newest of a folder of backups, or an export. @throws StartRefused saying what there is instead */
export async function findSaved(given: string, kind: Manifest['kind']): Promise<Found> {
  const folder = resolve(given)
  if (!existsSync(folder)) throw new StartRefused(`${folder} is not there.`)
  const own = await findManifest(folder)
  if (own && own.kind !== kind)
    throw new StartRefused(
      `${folder} holds an ${own.kind === 'export' ? 'export: use import' : 'backup: use restore'}.`.replace(
        'an backup',
        'a backup',
      ),
    )
  if (own) return { dir: folder, filesDir: kind === 'export' ? join(folder, FILES) : join(dirname(folder), FILES), manifest: own }
  if (kind === 'export')
    throw new StartRefused(`${folder} holds no whole export: it has no manifest.json. An export that was cut off is made anew.`)
  const [names, all] = [await list(folder), await readdir(folder)]
  // Newest first. One that misses a file is not passed over for an older one: what it misses is told.
  for (const name of names.reverse()) {
    const manifest = await findManifest(join(folder, name))
    if (manifest) return { dir: join(folder, name), filesDir: join(folder, FILES), manifest }
  }
  const cut = all.filter((name) => name.endsWith(UNFINISHED))
  throw new StartRefused(
    `${folder} holds no whole backup.${cut.length > 0 ? ` ${cut.join(', ')} was cut off before its end and cannot be used.` : ''}`,
  )
}
