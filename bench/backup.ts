/** How fast a street goes out and comes back, over the rows of the bench. Both depend on this machine and its disk. */
import { join } from 'node:path'
import pg from 'pg'
import { holding } from '../src/commands/holding.ts'
import { backUp, findSaved, load, proofsOf } from '../src/platform/backup/index.ts'
import { createCrypto } from '../src/platform/crypto/crypto.ts'
import { openKeys } from '../src/platform/crypto/keys.ts'
import { findMigrations } from '../src/platform/database/migrate.ts'
import { openFiles } from '../src/platform/files/open.ts'

/** `restore_s` is until every table was read back and every field has opened; timelines of the bench tell nothing and are not asked. */
export async function measureBackup(
  ownerUrl: string,
  folder: string,
  now: Date,
): Promise<{ backup_mb_per_s: number; backup_mb: number; restore_s: number }> {
  const keys = await openKeys(join(folder, 'keys'), { create: false })
  const both = { keys, crypto: createCrypto(keys), progress: () => {}, signal: new AbortController().signal }
  const filesFrom = await openFiles({ filesDir: join(folder, 'files') }, both.crypto)
  let began = performance.now()
  const { dir, manifest } = await backUp({
    ...both,
    ownerUrl,
    folder: join(folder, 'backups'),
    filesFrom,
    program: 'bench',
    now,
    holding,
  })
  const megabytes = manifest.tables.reduce((sum, table) => sum + table.bytes, 0) / 1e6
  const backupSeconds = (performance.now() - began) / 1000

  const admin = new pg.Client({ connectionString: ownerUrl })
  await admin.connect()
  await admin.query('create database restored template template0')
  await admin.end()
  const url = new URL(ownerUrl)
  url.pathname = '/restored'
  began = performance.now()
  await load({
    ...both,
    ownerUrl: url.href,
    found: await findSaved(dir, 'backup'),
    filesTo: await openFiles({ filesDir: join(folder, 'restored') }, both.crypto),
    migrations: findMigrations(join(import.meta.dirname, '../src')),
    proofs: proofsOf(holding),
    finish: async () => {},
  })
  return {
    backup_mb_per_s: Math.round(megabytes / backupSeconds),
    backup_mb: Math.round(megabytes),
    restore_s: Number(((performance.now() - began) / 1000).toFixed(1)),
  }
}
