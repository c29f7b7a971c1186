/** `files`: whether every file is there and whole, back from a backup, and from one store into the other. Sealed all the way: no key of a file is opened. */
import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { filesOf } from '../node.ts'
import { eachRow, placeOf, quoted } from '../platform/backup/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { openKeys } from '../platform/crypto/keys.ts'
import { asOwner } from '../platform/database/owner.ts'
import { FileFault, type FileStore } from '../platform/files/file-store.ts'
import { openFiles } from '../platform/files/open.ts'
import { beside } from './beside.ts'
import { say, warn } from './console.ts'
import { holding } from './holding.ts'
import { type LongWork, longWork, WITH_FINDINGS } from './long-work.ts'

/** A store far away answers slowly and many at once. */
const AT_ONCE = 8

type Found = 'copied' | 'there' | 'missing' | 'damaged'

/** Every file that a row names, some at a time. @returns how many were found how, and which were not well */
async function eachFile(
  client: pg.Client,
  { signal, progress }: LongWork,
  look: (name: string) => Promise<Found>,
): Promise<{ counts: Map<Found, number>; wrong: string[] }> {
  const counts = new Map<Found, number>()
  const wrong: string[] = []
  let held: string[] = []
  let done = 0
  const finish = async () => {
    const found = await Promise.all(held.map(async (name) => ({ name, how: await look(name).catch(faultOf) })))
    for (const { name, how } of found) {
      counts.set(how, (counts.get(how) ?? 0) + 1)
      if (how === 'missing' || how === 'damaged') wrong.push(`${name}: ${how}`)
    }
    done += held.length
    held = []
    progress('files', done)
  }
  await client.query('set row_security = off')
  for (const { table, name } of holding.stored) {
    const column = client.escapeIdentifier(name)
    for await (const row of eachRow<{ name: string }>(client, `select ${column} as name from ${quoted(client, table)}`, false)) {
      signal.throwIfAborted()
      held.push(row.name)
      if (held.length === AT_ONCE) await finish()
    }
  }
  await finish()
  return { counts, wrong }
}

function faultOf(error: unknown): Found {
  if (error instanceof FileFault && error.code === 'file.missing') return 'missing'
  if (error instanceof FileFault && error.code === 'file.damaged') return 'damaged'
  throw error
}

const withFiles = (what: string, config: Config, work: (client: pg.Client, long: LongWork) => Promise<void>) =>
  longWork(what, config.dataDir, (long) =>
    beside(config, (ownerUrl) => asOwner(ownerUrl, 'files', (client) => work(client, long))),
  )

const cryptoOf = async (config: Config) => createCrypto(await openKeys(config.keysDir, { create: false }))

/** Reads every byte. Exit code 3 when a file is missing or damaged. */
export const checkFiles = (config: Config): Promise<void> =>
  withFiles('The check', config, async (client, long) => {
    const files = await openFiles(filesOf(config), await cryptoOf(config))
    const { counts, wrong } = await eachFile(client, long, async (name) => ((await files.isIntact(name)) ? 'there' : 'damaged'))
    say(`${counts.get('there') ?? 0} files are there and whole.`)
    tell(wrong, 'Bring them back: files mend <folder of backups>')
  })

/**
 * Reads every byte, and brings what is missing or damaged back from a folder of backups, each proved by its name. Exit code 3 when the
 * folder has not all of it either.
 */
export const mendFiles = (config: Config, folder: string): Promise<void> =>
  withFiles('The mending', config, async (client, long) => {
    const copies = join(resolve(folder), 'files')
    if (!existsSync(copies)) throw new StartRefused(`${copies} is not there. Give a folder of backups.`)
    const files = await openFiles(filesOf(config), await cryptoOf(config))
    const { counts, wrong } = await eachFile(client, long, async (name) => {
      const how = await files.isIntact(name).then((whole) => (whole ? 'there' : 'damaged'), faultOf)
      if (how === 'there' || !existsSync(placeOf(copies, name))) return how
      await files.bring(name, createReadStream(placeOf(copies, name)))
      return 'copied'
    })
    say(`${counts.get('copied') ?? 0} files brought back, ${counts.get('there') ?? 0} were there and whole.`)
    tell(wrong, 'This folder has none of these that is whole. Try an older one.')
  })

const bring = async (from: FileStore, to: FileStore, name: string): Promise<Found> => {
  if (await to.has(name)) return 'there'
  await to.bring(name, await from.sealed(name))
  return 'copied'
}

/**
 * Into the other of the two stores that the settings know: KAIFONG_DATA and KAIFONG_S3_URL. Nothing is taken away from where it is,
 * and what is there already is not sent again. Exit code 3 when a file was missing or damaged.
 */
export const copyFiles = (config: Config, to: 's3' | 'directory'): Promise<void> =>
  withFiles('The copy', config, async (client, long) => {
    if (!config.s3) throw new StartRefused('Set KAIFONG_S3_URL and its key for this command: it needs to reach both stores.')
    const crypto = await cryptoOf(config)
    const [here, bucket] = [await openFiles({ ...filesOf(config), s3: null }, crypto), await openFiles(filesOf(config), crypto)]
    const [source, target] = to === 's3' ? [here, bucket] : [bucket, here]
    const { counts, wrong } = await eachFile(client, long, (name) => bring(source, target, name))
    say(`${counts.get('copied') ?? 0} files copied, ${counts.get('there') ?? 0} were there already.`)
    tell(wrong, 'These stay behind. Bring them back first: files mend <folder of backups>')
    if (wrong.length === 0)
      say(
        `Next: stop Kaifong, run this once more for what came meanwhile, and start it ${to === 's3' ? 'with' : 'without'} KAIFONG_S3_URL. The old store is as it was.`,
      )
  })

function tell(wrong: readonly string[], advice: string): void {
  if (wrong.length === 0) return
  for (const one of wrong) warn(`  ${one}`)
  warn(advice)
  process.exitCode = WITH_FINDINGS
}
