/**
 * From a folder into an empty database and an empty store: schema by our own steps, files, rows, proofs. A mark stands
 * in the database from the first act to the last proof, so that what was cut off is neither started nor kept.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { StartRefused } from '../config.ts'
import type { CryptoProvider } from '../crypto/crypto.ts'
import type { Keys } from '../crypto/keys.ts'
import { findUnfinishedRestore, type Migration, migrate, RESTORING } from '../database/migrate.ts'
import { asOwner } from '../database/owner.ts'
import { FileFault, type FileStore } from '../files/file-store.ts'
import type { Found } from './backups.ts'
import { PLAIN_SETTINGS, quoted, readSchemas, readTables } from './catalogue.ts'
import { bringBack, hashOf, placeOf } from './file-copy.ts'
import { type Manifest, refuseWithoutKeys } from './manifest.ts'
import { namesIn, type Progress } from './save.ts'
import { hashTable, loadTable, readTable } from './table-file.ts'

export interface LoadOptions {
  ownerUrl: string
  found: Found
  /** The store to fill. */
  filesTo: FileStore
  keys: Keys
  crypto: CryptoProvider
  /** Every step that this program knows. */
  migrations: readonly Migration[]
  /** Asked once everything is in; what they find is told and ends nothing, since it was so when it was kept. */
  proofs: readonly Proof[]
  /** The last act, while the mark still stands. */
  finish: (client: pg.Client) => Promise<void>
  progress: Progress
  signal: AbortSignal
}

export interface Proof {
  name: string
  /** @returns what does not hold, one sentence each */
  prove(scene: ProofScene): Promise<string[]>
}

export interface ProofScene {
  /** As the owner, outside a transaction. */
  client: pg.Client
  crypto: CryptoProvider
  files: FileStore
}

/** @returns what the proofs found, by name */
export async function load(options: LoadOptions): Promise<{ name: string; found: string[] }[]> {
  const { found, keys, ownerUrl, migrations, signal } = options
  refuseWithoutKeys(found.dir, found.manifest, keys)
  const steps = stepsOf(found.manifest, migrations)
  await refuseOtherList(found)
  await refuseOtherFiles(options)
  return await asOwner(ownerUrl, 'restore', async (client) => {
    // Two restores at once: the second finds the first at work. The lock goes with the connection.
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(hashtext('kaifong restore')) as got`)
    if (!rows[0]!.got) throw new StartRefused('Another restore into this database is at work. Wait for it.')
    await clear(client)
    await client.query(`create schema ${RESTORING}`)
    await migrate(ownerUrl, steps, { restoring: true })
    await copyFilesBack(options)
    await loadRows(client, options)
    signal.throwIfAborted()
    await migrate(ownerUrl, migrations, { restoring: true })
    // Without figures the first pages would be planned for empty tables.
    for (const table of await readTables(client)) await client.query(`analyze ${quoted(client, table.name)}`)
    const results: { name: string; found: string[] }[] = []
    for (const { name, prove } of options.proofs) {
      options.progress(name, results.length, options.proofs.length)
      results.push({ name, found: await prove({ client, crypto: options.crypto, files: options.filesTo }) })
      signal.throwIfAborted()
    }
    await options.finish(client)
    await client.query(`drop schema ${RESTORING}`)
    return results
  })
}

/** The steps that the kept database had taken, as this program has them. Its schema is made by exactly these. */
function stepsOf({ steps, program }: Manifest, migrations: readonly Migration[]): Migration[] {
  return steps.map((step) => {
    const known = migrations.find((m) => m.number === step.number)
    if (!known)
      throw new StartRefused(
        `This copy has step ${step.number} (${step.name}) of a newer program (${program}), which this one does not know. Use that version, or a newer one.`,
      )
    if (known.hash !== step.hash)
      throw new StartRefused(`${known.file} is not the step that made this copy. Use the program that wrote it (${program}).`)
    return known
  })
}

/** Only into nothing; what an earlier restore left half-way is nothing. */
async function clear(client: pg.Client): Promise<void> {
  if (await findUnfinishedRestore(client)) {
    for (const schema of await readSchemas(client))
      if (schema !== RESTORING) await client.query(`drop schema ${client.escapeIdentifier(schema)} cascade`)
    await client.query(`drop schema ${RESTORING}`)
    return
  }
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1`,
  )
  if (rows.length === 0) return
  const there = rows.slice(0, 5).map((r) => r.name)
  throw new StartRefused(
    `The database is not empty: ${there.join(', ')}${rows.length > there.length ? ` and ${rows.length - there.length} more` : ''}. ` +
      'A restore never writes over anything: give DATABASE_URL an empty database, or KAIFONG_DATA a new folder. Nothing was changed.',
  )
}

async function refuseOtherList({ dir, manifest }: Found): Promise<void> {
  if ((await hashOf(join(dir, 'files.txt'))) !== manifest.files.sha256)
    throw new StartRefused(
      `${join(dir, 'files.txt')} is not the list that was kept. Use another backup; this one is not restored.`,
    )
}

/** Files of this very copy may be there, from a restore that was cut off. */
async function refuseOtherFiles({ filesTo, found }: LoadOptions): Promise<void> {
  const ours = new Set<string>()
  for await (const name of namesIn(found.dir)) ours.add(name)
  for await (const shelf of filesTo.shelves()) {
    const other = shelf.find((name) => !ours.has(name))
    if (other)
      throw new StartRefused(
        `The file store is not empty: ${other} is not of this copy. Give KAIFONG_DATA a new folder, or KAIFONG_S3_URL a new prefix. Nothing was changed.`,
      )
  }
}

async function copyFilesBack({ found, filesTo, progress, signal }: LoadOptions): Promise<void> {
  const known = new Set(found.manifest.faults.map((f) => f.file))
  let done = 0
  for await (const name of namesIn(found.dir)) {
    signal.throwIfAborted()
    progress('files', ++done, found.manifest.files.count)
    const { how } = await bringBack(found.filesDir, filesTo, name, signal)
    if (known.has(name) || how === 'copied' || how === 'there') continue
    throw new FileFault(
      `file.${how}`,
      `${placeOf(found.filesDir, name)} is ${how === 'missing' ? 'not there' : 'not the file that was kept'}. Use another backup; this one is not restored.`,
    )
  }
}

async function loadRows(client: pg.Client, { found, crypto, progress, signal }: LoadOptions): Promise<void> {
  const { manifest, dir } = found
  await client.query(PLAIN_SETTINGS)
  await client.query('begin')
  const there = await readTables(client)
  const unknown = manifest.tables.filter((kept) => !there.some((t) => t.name === kept.name))
  const absent = there.filter((t) => !(t.name in manifest.leftOut) && !manifest.tables.some((kept) => kept.name === t.name))
  if (unknown.length + absent.length > 0)
    throw new Error(`tables of the copy and of its steps differ: ${[...unknown, ...absent].map((t) => t.name).join(', ')}`)
  const refer = await liftForward(
    client,
    manifest.tables.map((table) => table.name),
  )
  // Rows that a step itself wrote are among those that were kept.
  for (const table of manifest.tables.toReversed()) await client.query(`delete from ${quoted(client, table.name)}`)
  for (const [done, table] of manifest.tables.entries()) {
    progress(table.name, done, manifest.tables.length)
    for (const day of startsOf(table.months))
      await client.query('select platform.ensure_partitions($1::regclass, $2)', [table.name, day])
    const enable = await silenceTriggers(client, table.name)
    const exclude = await liftExclusions(client, table.name)
    held(table, await loadTable(client, dir, manifest, table, crypto, signal), dir)
    await exclude()
    await enable()
  }
  await refer()
  for (const { name, last, called } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [name, last, called])
  for (const [done, table] of manifest.tables.entries()) {
    progress(`${table.name} read back`, done, manifest.tables.length)
    held(table, await hashTable(client, table, signal), 'the database')
  }
  await client.query('commit')
}

/** Months that the house makes at once. */
const AHEAD = 7

/** First days from which to make parts, so that these months have theirs and none comes after: a copy of a copy does not grow. */
export function startsOf(months: readonly string[]): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1
  const starts: number[] = []
  for (const month of months.map(number).toSorted((a, b) => b - a))
    if (starts.every((start) => month < start)) starts.push(Math.max(month - AHEAD + 1, number(months[0]!)))
  return starts.map((start) => `${Math.floor(start / 12)}-${String((start % 12) + 1).padStart(2, '0')}-01`)
}

/** What they would write is among the kept rows already, and what they would refuse was accepted once. */
async function silenceTriggers(client: pg.Client, name: string): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string }>(
    `select tgname as name from pg_trigger where tgrelid = $1::regclass and not tgisinternal and tgenabled = 'O'`,
    [name],
  )
  const all = async (how: 'disable' | 'enable') => {
    for (const trigger of rows)
      await client.query(`alter table ${quoted(client, name)} ${how} trigger ${client.escapeIdentifier(trigger.name)}`)
  }
  await all('disable')
  return () => all('enable')
}

/**
 * An exclusion is checked through an index that grows row by row, in the order of ids: 80,000 spells took 78 s. Put back at
 * the end, in the same words, it is built at once and still checks every row.
 */
async function liftExclusions(client: pg.Client, name: string): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; words: string }>(
    `select conname as name, pg_get_constraintdef(oid) as words from pg_constraint where conrelid = $1::regclass and contype = 'x'`,
    [name],
  )
  const table = quoted(client, name)
  for (const one of rows) await client.query(`alter table ${table} drop constraint ${client.escapeIdentifier(one.name)}`)
  return async () => {
    for (const one of rows)
      await client.query(`alter table ${table} add constraint ${client.escapeIdentifier(one.name)} ${one.words}`)
  }
}

/** References to a table that is loaded later. Put back at the end, in the same words, they check every row. */
async function liftForward(client: pg.Client, order: readonly string[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; table: string; target: string; words: string }>(
    `select k.conname as name, n.nspname || '.' || c.relname as table, m.nspname || '.' || d.relname as target, pg_get_constraintdef(k.oid) as words
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and k.conrelid <> k.confrelid`,
  )
  const place = new Map(order.map((name, at) => [name, at]))
  const forward = rows.filter((one) => (place.get(one.table) ?? -1) < (place.get(one.target) ?? -1) && place.has(one.table))
  const alter = (one: { table: string }, what: string) => client.query(`alter table ${quoted(client, one.table)} ${what}`)
  for (const one of forward) await alter(one, `drop constraint ${client.escapeIdentifier(one.name)}`)
  return async () => {
    for (const one of forward) await alter(one, `add constraint ${client.escapeIdentifier(one.name)} ${one.words}`)
  }
}

function held(table: Manifest['tables'][number], got: { rows: number; bytes: number; sha256: string }, where: string): void {
  if (got.rows === table.rows && got.bytes === table.bytes && got.sha256 === table.sha256) return
  throw new StartRefused(
    `${table.name} in ${where} is not what was kept: ${got.rows} rows and ${got.sha256.slice(0, 12)} instead of ${table.rows} and ${table.sha256.slice(0, 12)}. Use another backup; this one is not restored.`,
  )
}

/** Everything that can be known of a copy without a database: signature, tables, files. @returns what is wrong with it */
export async function verifySaved({
  found: { dir, filesDir, manifest },
  keys,
  crypto,
  progress,
  signal,
}: Pick<LoadOptions, 'found' | 'keys' | 'crypto' | 'progress' | 'signal'>): Promise<string[]> {
  refuseWithoutKeys(dir, manifest, keys)
  const wrong: string[] = []
  for (const [done, table] of manifest.tables.entries()) {
    progress(table.name, done, manifest.tables.length)
    try {
      const read = await readTable(dir, manifest, table, crypto, drain, signal)
      if (read.sha256 !== table.sha256 || read.bytes !== table.bytes) wrong.push(`${table.name}: not the rows that were kept`)
    } catch (error) {
      signal.throwIfAborted()
      wrong.push(`${table.name}: ${(error as Error).message}`)
    }
  }
  if ((await hashOf(join(dir, 'files.txt'))) !== manifest.files.sha256) wrong.push('files.txt: not the list that was kept')
  const known = new Set(manifest.faults.map((f) => f.file))
  let done = 0
  for await (const name of namesIn(dir)) {
    signal.throwIfAborted()
    progress('files', ++done, manifest.files.count)
    const path = placeOf(filesDir, name)
    if (known.has(name)) wrong.push(`${path}: was lost before this copy was made`)
    else if (!existsSync(path)) wrong.push(`${path}: not there`)
    else if ((await hashOf(path)) !== name) wrong.push(`${path}: not the file that was kept`)
  }
  return wrong
}

async function drain(csv: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of csv);
}
