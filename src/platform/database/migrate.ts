/**
 * Forward-only migrations. Files lie in the rooms (`migrations/NNNN-name.sql`) and are numbered once for the whole
 * house, so that a later step of one room may build on another's.
 */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type pg from 'pg'
import { StartRefused } from '../config.ts'
import { asOwner } from './owner.ts'

export interface Migration {
  number: number
  name: string
  file: string
  sql: string
  hash: string
}

/** Every migration below `root`, in order. Two files of one number are refused. */
export function findMigrations(root: string): Migration[] {
  const found = globSync('**/migrations/*.sql', { cwd: root }).map((file) => {
    const match = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(basename(file))
    if (!match) throw new Error(`${file}: a migration is named NNNN-what-it-does.sql`)
    const text = readFileSync(join(root, file), 'utf8')
    return { number: Number(match[1]), name: match[2]!, file, sql: text, hash: createHash('sha256').update(text).digest('hex') }
  })
  found.sort((a, b) => a.number - b.number)
  found.forEach((m, i) => {
    if (i > 0 && found[i - 1]!.number === m.number) throw new Error(`${m.file} and ${found[i - 1]!.file} have the same number`)
  })
  return found
}

const INSUFFICIENT_PRIVILEGE = '42501'
const LOCK = 0x6b616966 // "kaif"

/**
 * Brings the database up to the newest migration as its owner. Each step is one transaction; a database that is newer
 * than the code, or a step that was edited after it ran, is refused and nothing changes.
 * @param options `restoring`: of the restore itself, whose database nobody else may start on
 * @returns the names of the steps that ran
 */
export const migrate = (ownerUrl: string, migrations: readonly Migration[], { restoring = false } = {}): Promise<string[]> =>
  asOwner(ownerUrl, 'migrate', async (client) => {
    await refuseOld(client)
    if (!restoring && (await findUnfinishedRestore(client)))
      throw new StartRefused(
        'A restore into this database has not come to its end: half a street must not be worked on. Wait for it, or run it again; it begins anew.',
      )
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`create schema if not exists platform`).catch(async (error: Error) => {
      throw await refusalOf(client, 'platform', error)
    })
    await client.query(`create table if not exists platform.migration (
      number int primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`)
    await client.query(`comment on table platform.migration is 'Steps that this database has taken'`)
    const { rows } = await client.query<{ number: number; name: string; hash: string }>(
      'select number, name, hash from platform.migration',
    )
    const applied = new Map(rows.map((r) => [r.number, r]))
    const known = new Map(migrations.map((m) => [m.number, m]))
    for (const row of applied.values()) {
      const file = known.get(row.number)
      if (!file)
        throw new StartRefused(
          `The database has step ${row.number} (${row.name}) that this version does not know: start the newer version, or restore a backup`,
        )
      if (file.hash !== row.hash)
        throw new StartRefused(`${file.file} was changed after it ran in this database: put it back and add a new step instead`)
    }
    const ran: string[] = []
    for (const m of migrations) {
      if (applied.has(m.number)) continue
      try {
        await client.query('begin')
        await client.query(m.sql)
        await client.query('insert into platform.migration (number, name, hash) values ($1, $2, $3)', [m.number, m.name, m.hash])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw await refusalOf(client, m.file, error as Error)
      }
      ran.push(m.name)
    }
    return ran
  })

/** What a step failed on; where a privilege is missing, which one, and how its administrator gives it. */
async function refusalOf(client: pg.Client, step: string, error: Error): Promise<Error> {
  const message = `${step}: ${error.message}`
  if ((error as pg.DatabaseError).code !== INSUFFICIENT_PRIVILEGE) return new Error(message, { cause: error })
  const { rows } = await client.query<{ role: string; base: string; owns: boolean; may: boolean }>(
    `select current_user as role, current_database() as base, pg_has_role(datdba, 'member') as owns, rolcreaterole or rolsuper as may
     from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
  )
  const { role, base, owns, may } = rows[0]!
  const why = !owns
    ? `The user ${role} in DATABASE_URL does not own the database ${base}: alter database ${base} owner to ${role}`
    : !may
      ? `The user ${role} in DATABASE_URL may not create roles: alter role ${role} createrole`
      : 'The roles of Kaifong on this server belong to another user. Give DATABASE_URL that user for this database too, or another server'
  return new StartRefused(`${message}. ${why}.`, { cause: error })
}

/** An empty schema, which a restore makes first and takes away last. */
export const RESTORING = 'kaifong_restoring'

export async function findUnfinishedRestore(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('select from pg_namespace where nspname = $1', [RESTORING])
  return rows.length > 0
}

async function refuseOld(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const version = rows[0]!.server_version
  if (Number.parseInt(version, 10) < 17)
    throw new StartRefused(
      `The database is of PostgreSQL ${version}. Kaifong needs 17 or 18: give DATABASE_URL such a one, or unset it.`,
    )
}
