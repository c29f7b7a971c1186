/** `pack check` and `pack load`. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hasPack, loadPack, printFinding, readHousePack } from '../core/matters/index.ts'
import { castOf, isDemo } from '../demo/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { findMigrations, migrate } from '../platform/database/migrate.ts'
import { attachEmbedded } from '../platform/postgres/index.ts'
import { dayOf } from '../platform/time.ts'
import { loadWords } from '../platform/words.ts'
import { quiet, say, warn } from './console.ts'
import { account } from './record.ts'

const read = (root: string, folder: string) => readHousePack(folder, loadWords(root), dayOf(new Date()))

/** Says what is wrong with a pack; exit code 1 when it cannot be loaded. */
export function checkThePack(root: string, folder: string): void {
  refuseNoFolder(folder)
  const { pack, errors, warnings } = read(root, folder)
  for (const found of [...errors, ...warnings]) say(printFinding(found))
  say(
    pack
      ? `${folder}: ${pack.matters.length} matters, ${pack.rules.length} rules, ${pack.areas.length} areas; ${pack.hash}`
      : `${folder}: ${errors.length} errors; not loadable`,
  )
  const demo = demoFault(folder)
  if (demo) say(demo)
  if (!pack || demo) process.exitCode = 1
}

export const refuseNoFolder = (folder: string): void => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new StartRefused(`${folder} is no folder. Give the folder of a pack, such as packs/guangzhou.`)
}

/** The made-up people beside a pack are no part of it, but a demo cannot start without them. */
function demoFault(folder: string): string | undefined {
  if (!existsSync(join(folder, 'demo.yaml'))) return undefined
  try {
    castOf(folder)
    return undefined
  } catch (error) {
    return `demo.yaml: ${(error as Error).message}`
  }
}

/**
 * Checks, then loads; a pack with an error changes nothing and the loaded one stays in force.
 * @throws StartRefused naming every error
 */
async function putPack(ownerUrl: string, root: string, folder: string, demo: boolean): Promise<void> {
  refuseNoFolder(folder)
  const { pack, errors, warnings } = read(root, folder)
  if (!pack)
    throw new StartRefused(
      [`The pack ${folder} has errors and is not loaded. Mend them:`, ...errors.map(printFinding)].join('\n'),
    )
  if (!(await loadPack(ownerUrl, pack, new Date(), account()))) return
  say(`Pack ${pack.code} loaded: ${pack.hash.slice(0, 12)}`)
  const samples = demo ? [] : warnings.filter(({ code }) => code === 'sample-row')
  // Not refused: a pilot begins with what it has. But whoever runs it for real people must have been told, by line.
  if (samples.length > 0)
    warn(['\n!! This database is no demo, and the pack still holds samples:', ...samples.map(printFinding), ''].join('\n'))
}

/** At start. Cases must go on when somebody has broken a file: with a pack in force that is said and no more. */
export async function bringPack(ownerUrl: string, root: string, folder: string, demo: boolean): Promise<void> {
  try {
    await putPack(ownerUrl, root, folder, demo)
  } catch (error) {
    if (!(error instanceof StartRefused) || !(await hasPack(ownerUrl))) throw error
    warn(`\n!! ${error.message}\n!! Kaifong goes on with the pack that is in force.\n`)
  }
}

/** Beside a running start, which follows within a minute, or on a database that nobody runs. */
export async function loadThePack(config: Config, root: string, folder: string): Promise<void> {
  const embedded = config.databaseUrl ? null : await attachEmbedded({ dataDir: config.dataDir, log: quiet })
  try {
    const ownerUrl = config.databaseUrl ?? embedded!.ownerUrl
    await migrate(ownerUrl, findMigrations(join(root, 'src')))
    await putPack(ownerUrl, root, folder, await isDemo(ownerUrl))
  } finally {
    await embedded?.stop()
  }
}
