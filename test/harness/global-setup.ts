/**
 * Before all tests: a PostgreSQL of our own, one migrated template with the pack loaded. After all: nothing is left.
 * `KAIFONG_TEST_PG17` names the bin folder of a distribution's PostgreSQL to run on instead of the embedded one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadPack, readHousePack } from '../../src/core/matters/index.ts'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { findMigrations, migrate } from '../../src/platform/database/migrate.ts'
import { loadWords } from '../../src/platform/words.ts'
import { startServer, type TestServer } from './server.ts'

const root = join(import.meta.dirname, '../..')
let server: TestServer | undefined
let folder: string | undefined

export async function globalSetup(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'kaifong-test-'))
  server = await startServer(folder)
  process.env.KAIFONG_TEST_SERVER = server.url
  process.env.KAIFONG_TEST_TEMPLATE = 'kaifong_template'
  process.env.KAIFONG_TEST_FOLDER = folder
  const owner = new pg.Client({ connectionString: server.url })
  await owner.connect()
  await owner.query('create database kaifong_template')
  const url = new URL(server.url)
  url.pathname = '/kaifong_template'
  await migrate(url.href, findMigrations(join(root, 'src')))
  const { pack, errors } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), '2026-11-24')
  if (!pack) throw new Error(`the pack has errors: ${errors.map((e) => `${e.file}:${e.line} ${e.message}`).join('\n')}`)
  await loadPack(url.href, pack, new Date('2026-11-24T00:00:00Z'))
  // The password that every node of this run gives the login role, since roles are the cluster's.
  const password = createCrypto(await openKeys(join(folder, 'keys')))
    .secret('database kaifong_app')
    .toString('hex')
  await owner.query(`alter role kaifong_app password '${password}'`)
  process.env.KAIFONG_TEST_APP_PASSWORD = password
  await owner.end()
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}
