/** What a database must be before a step is taken: new enough, one's own, and its owner may make roles. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cloneDatabase, type TestDatabase, urlOf } from '../../../test/harness/postgres.ts'
import { StartRefused } from '../config.ts'
import { findMigrations, migrate } from './migrate.ts'

const steps = findMigrations(join(import.meta.dirname, '../..'))
let database: TestDatabase
let admin: pg.Client
const name = () => new URL(database.ownerUrl).pathname.slice(1)
const role = (end: string) => `t_${process.pid}_${end}`
before(async () => {
  database = await cloneDatabase('template0')
  admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  await admin.query(`create role ${role('plain')} login password 'x'`)
  await admin.query(`create role ${role('maker')} login createrole password 'x'`)
})
after(async () => {
  await database.drop()
  for (const end of ['plain', 'maker']) await admin.query(`drop role ${role(end)}`)
  await admin.end()
})
const refused = (end: string, sentence: RegExp) =>
  assert.rejects(migrate(urlOf(name(), role(end), 'x'), steps), (error: Error) => {
    assert.ok(error instanceof StartRefused, String(error))
    assert.match(error.message, sentence)
    return true
  })

test('who does not own the database is told how to', async () => {
  await refused('plain', /_plain in DATABASE_URL does not own the database t_\d+_\d+: alter database \S+ owner to \S+_plain\.$/)
})

test('an owner who may not make roles is told how to, and the database is as it was', async () => {
  await admin.query(`alter database ${name()} owner to ${role('plain')}`)
  await refused(
    'plain',
    /0001-roles-and-spine\.sql: .*_plain in DATABASE_URL may not create roles: alter role \S+_plain createrole\.$/,
  )
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  assert.equal((await owner.query('select from platform.migration')).rows.length, 0)
  await owner.end()
})

test('a second street on one server needs the user of the first', async () => {
  await admin.query(`alter database ${name()} owner to ${role('maker')}`)
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('drop schema platform cascade')
  await owner.end()
  await refused('maker', /roles of Kaifong on this server belong to another user/)
})

/** Debian keeps older servers beside the newest; where there is none the sentence was tried by hand. */
const OLD = ['16', '15', '14', '13'].map((version) => `/usr/lib/postgresql/${version}/bin`).find((folder) => existsSync(folder))
const NOBODY = 65_534

test('a PostgreSQL below 17 is refused by its version', { skip: OLD ? false : 'this machine has none' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-old-'))
  // PostgreSQL refuses root.
  const runs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (runs.uid) chownSync(folder, NOBODY, NOBODY)
  const call = (program: string, ...args: string[]) =>
    execFileSync(join(OLD!, program), ['-D', join(folder, 'data'), ...args], { ...runs, cwd: folder, stdio: 'ignore' })
  call('initdb', '-A', 'trust', '-U', 'owner')
  call('pg_ctl', '-w', '-o', `-c listen_addresses='' -k ${folder}`, '-l', join(folder, 'log'), 'start')
  try {
    await assert.rejects(
      migrate(`postgres://owner@/postgres?host=${encodeURIComponent(folder)}`, steps),
      /The database is of PostgreSQL 1[3-6]\.\d+.*Kaifong needs 17 or 18: give DATABASE_URL such a one/,
    )
  } finally {
    call('pg_ctl', '-m', 'immediate', 'stop')
    rmSync(folder, { recursive: true })
  }
})
