/** A cluster of its own for these figures: a million families beside them would change all others. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadPack, readHousePack } from '../../src/core/matters/index.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { findMigrations, migrate } from '../../src/platform/database/migrate.ts'
import { startEmbedded } from '../../src/platform/postgres/index.ts'
import { loadWords } from '../../src/platform/words.ts'
import { NIGHT, outreachFigures } from './figures.ts'
import { measureNight } from './night.ts'
import { DAY } from './six.ts'

/** @param folder that an unprivileged user may enter */
export async function measureOutreach(
  root: string,
  folder: string,
  options: { persons: number; registers: number; rounds: number; say(text: string): void },
) {
  mkdirSync(folder)
  const { pack } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), DAY)
  if (!pack) throw new Error('the pack has errors')
  const embedded = await startEmbedded({
    dataDir: join(folder, 'data'),
    log: { info() {}, warn: console.error },
    whenHolderDies: 'stop',
  })
  try {
    const { ownerUrl } = embedded
    await migrate(ownerUrl, findMigrations(join(root, 'src')))
    await loadPack(ownerUrl, pack, new Date(NIGHT))
    // Before there are people, beside whom a node makes no keys.
    await openKeys(join(folder, 'keys'))
    const figures = await outreachFigures({ ownerUrl, folder, pack, keepTexts: true, ...options })
    // What it writes names people of the registers.
    const night = options.registers < options.persons ? {} : await measureNight(root, ownerUrl, folder)
    return { ...figures, this_machine_today: { ...figures.this_machine_today, ...night } }
  } finally {
    await embedded.stop()
  }
}
