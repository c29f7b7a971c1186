/** Words for stories about backups: a street to keep, an empty place for it, what a database looks like from outside. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { holding } from '../../src/commands/holding.ts'
import { proofs } from '../../src/commands/restore.ts'
import {
  type BackupOptions,
  backUp,
  findSaved,
  load,
  type Manifest,
  type Progress,
  save,
} from '../../src/platform/backup/index.ts'
import { type CryptoProvider, createCrypto } from '../../src/platform/crypto/crypto.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { findMigrations, type Migration } from '../../src/platform/database/migrate.ts'
import { openFiles } from '../../src/platform/files/open.ts'
import type { S3Settings } from '../../src/platform/s3-settings.ts'
import { cloneDatabase } from '../harness/postgres.ts'

export const root = join(import.meta.dirname, '../..')
export const folderOf = (name: string): string => join(process.env.KAIFONG_TEST_FOLDER!, `${name}-${randomUUID().slice(0, 8)}`)

export interface Source {
  ownerUrl: string
  filesDir: string
  s3?: S3Settings
}

export interface Circumstances {
  keysDir?: string
  progress?: Progress
  signal?: AbortSignal
  migrations?: readonly Migration[]
}

async function scene({ keysDir = join(process.env.KAIFONG_TEST_FOLDER!, 'keys'), progress, signal }: Circumstances) {
  const keys = await openKeys(keysDir, { create: false })
  return {
    keys,
    crypto: createCrypto(keys),
    progress: progress ?? (() => {}),
    signal: signal ?? new AbortController().signal,
  }
}

export const backup = async (source: Source, folder: string, more: Circumstances & Partial<BackupOptions> = {}) => {
  const all = await scene(more)
  return backUp({ ...more, ...all, ...(await from(source, all.crypto)), folder })
}

export async function exportTo(source: Source, dir: string): Promise<Manifest> {
  mkdirSync(dir, { recursive: true })
  const all = await scene({})
  return save({ ...all, ...(await from(source, all.crypto)), kind: 'export', dir, filesTo: join(dir, 'files') })
}

const from = async (source: Source, crypto: CryptoProvider) => {
  const filesFrom = await openFiles(source, crypto)
  return { ownerUrl: source.ownerUrl, filesFrom, program: 'test', now: new Date(), holding }
}

export async function bringBack(folder: string, kind: Manifest['kind'], place: Source, more: Circumstances = {}) {
  const found = await findSaved(folder, kind)
  const all = await scene(more)
  return load({
    ...all,
    ownerUrl: place.ownerUrl,
    found,
    filesTo: await openFiles(place, all.crypto),
    migrations: more.migrations ?? findMigrations(join(root, 'src')),
    proofs,
    finish: async () => {},
  })
}

export interface Place extends Source {
  drop(): Promise<void>
}

/** Nothing in it, not even a schema. */
export async function emptyPlace(): Promise<Place> {
  const { ownerUrl, drop } = await cloneDatabase('template0')
  return { ownerUrl, filesDir: folderOf('store'), drop }
}

/** On a server of its own, where its owner is no superuser, as a street has it. */
export async function ownServerPlace(server: string): Promise<Source> {
  await ask(server, `create role street_owner login createrole password 'street'`)
  await ask(server, 'create database street owner street_owner')
  const url = new URL(server)
  Object.assign(url, { pathname: '/street', username: 'street_owner', password: 'street' })
  return { ownerUrl: url.href, filesDir: folderOf('store') }
}

export async function ask<R extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<R>(text, values)).rows
  } finally {
    await client.end()
  }
}

const OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`

/** All that guards the rows: policies, grants, functions, triggers, constraints. Owners aside: they are the server's. */
export async function guards(url: string): Promise<string[]> {
  const rows = await ask<{ what: string }>(
    url,
    `select regexp_replace(what, '\\m' || owner || '\\M', 'owner', 'g') as what from (select pg_get_userbyid(datdba)::text as owner from pg_database where datname = current_database()) d, (
      select format('policy %s.%s %s %s %s %s %s', schemaname, tablename, policyname, roles, cmd, qual, with_check) as what from pg_policies
      union all select format('table %s.%s %s %s %s', n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relacl) from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS}
      union all select format('column %s.%s.%s %s', n.nspname, c.relname, a.attname, a.attacl) from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} and a.attacl is not null
      union all select format('function %s %s %s', p.oid::regprocedure, p.prosecdef, p.proacl) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS}
      union all select format('trigger %s %s %s', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
      union all select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where contype <> 'n'
      union all select format('schema %s %s', n.nspname, n.nspacl) from pg_namespace n where ${OURS}
    ) w order by 1`,
  )
  return rows.map((r) => r.what)
}
