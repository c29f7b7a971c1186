/** `backup` and `export`: out of a database that people work in. */
import { existsSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { filesOf } from '../node.ts'
import { backUp, type Manifest, refusePlace, save, writeOpened } from '../platform/backup/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { openKeys } from '../platform/crypto/keys.ts'
import { asOwner } from '../platform/database/owner.ts'
import { openFiles } from '../platform/files/open.ts'
import { versionOf } from '../platform/version.ts'
import { beside } from './beside.ts'
import { say, warn } from './console.ts'
import { holding } from './holding.ts'
import { type LongWork, longWork, WITH_FINDINGS } from './long-work.ts'
import { recordAtConsole } from './record.ts'

const scene = async (config: Config, root: string, now: Date) => {
  const keys = await openKeys(config.keysDir, { create: false })
  const crypto = createCrypto(keys)
  const filesFrom = await openFiles(filesOf(config), crypto)
  return { keys, crypto, holding, filesFrom, program: versionOf(root), now }
}

/** `keep`: whole backups that stay. Exit code 3 when files were missing, and the backup was made without them. */
export const makeBackup = (config: Config, root: string, folder: string, keep: number | undefined): Promise<void> =>
  longWork('The backup', folder, async (long) => {
    await refusePlace(folder, config)
    const began = performance.now()
    await beside(config, async (ownerUrl) => {
      const options = { ...(await scene(config, root, new Date())), ...long, ownerUrl, folder: resolve(folder) }
      const { dir, manifest, removed } = await backUp({ ...options, ...(keep === undefined ? {} : { keep }) })
      if (manifest.whole) await asOwner(ownerUrl, 'backup', (client) => recordAtConsole(client, 'console.backup', new Date()))
      tell(manifest, dir, began)
      for (const name of removed) say(`Removed ${name}: ${keep} are kept.`)
      say(`The keys are not in it, and without them nobody reads it: keep a copy of ${config.keysDir} somewhere else.`)
    })
  })

function tell(manifest: Manifest, dir: string, began: number): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`${dir}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.count} files, in ${seconds} s.`)
  if (manifest.whole) return
  warn(`It is not whole. ${manifest.faults.length} files could not be kept; everything else is there:`)
  for (const { file, why } of manifest.faults) warn(`  ${file}: ${why}`)
  process.exitCode = WITH_FINDINGS
}

/** What opens an export is typed by a person and written down before anything leaves. */
const OPEN = 'OPEN'

/** @param open sealed fields and files are written readable, too */
export const makeExport = (config: Config, root: string, folder: string, open: boolean): Promise<void> =>
  longWork('The export', folder, async (long) => {
    await refusePlace(folder, config)
    const dir = resolve(folder)
    if (existsSync(dir) && readdirSync(dir).length > 0)
      throw new StartRefused(`${dir} is not empty. An export wants a folder of its own.`)
    if (open) await askToOpen()
    const began = performance.now()
    await beside(config, async (ownerUrl) => {
      const options = await scene(config, root, new Date())
      await asOwner(ownerUrl, 'export', (client) =>
        recordAtConsole(client, open ? 'console.export-opened' : 'console.export', options.now),
      )
      await mkdir(dir, { recursive: true, mode: 0o700 })
      try {
        tell(await writeExport({ ...options, ...long, ownerUrl, dir }, open), dir, began)
      } catch (error) {
        for (const name of readdirSync(dir)) await rm(join(dir, name), { recursive: true, force: true })
        throw error
      }
    })
  })

type ExportOptions = Awaited<ReturnType<typeof scene>> & LongWork & { ownerUrl: string; dir: string }

async function writeExport(options: ExportOptions, open: boolean): Promise<Manifest> {
  const { dir } = options
  await copyFile(join(import.meta.dirname, '../platform/backup/export.md'), join(dir, 'README.md'))
  const manifest = await save({
    ...options,
    kind: 'export',
    filesTo: join(dir, 'files'),
    ...(open ? { also: (client) => writeOpened(client, options) } : {}),
  })
  say(
    open
      ? `Everything in it can be read by whoever holds ${dir}, ID numbers, phones and papers included.`
      : `Names and cases in it can be read by whoever holds ${dir}. Sealed fields and files need these keys: ${[...manifest.keys.field.map((id) => `field.${id}`), ...manifest.keys.wrap.map((id) => `wrap.${id}`)].join(', ')}.`,
  )
  return manifest
}

async function askToOpen(): Promise<void> {
  warn(
    'This writes ID numbers, phones, bank accounts, answers, papers and photos in the clear, and notes in the audit that it was done.',
  )
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const typed = await Promise.race([
      lines.question(`Type ${OPEN} and Enter to go on: `),
      new Promise<string>((none) => lines.once('close', () => none(''))),
    ])
    if (typed.trim() !== OPEN) throw new StartRefused('Nothing was exported.')
  } finally {
    lines.close()
  }
}
