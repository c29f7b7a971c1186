/**
 * Seals again under the current keys what earlier ones sealed, while people work: a few rows at a time, and each only if
 * nobody wrote it since it was read. What is done is done: cut off, it begins with what is left.
 */
import type pg from 'pg'
import { type Progress, quoted, type Sealed } from '../backup/index.ts'
import { beginningUnder, type CryptoProvider } from '../crypto/crypto.ts'
import { CryptoFault } from '../crypto/fault.ts'
import type { Keys } from '../crypto/keys.ts'

/** In one transaction, so that not every row waits for the disk; few, since their rows are locked until it ends. */
export const AT_ONCE = 50

export interface RewrapOptions {
  /** The owner's. */
  client: pg.Client
  keys: Keys
  crypto: CryptoProvider
  sealed: readonly Sealed[]
  signal: AbortSignal
  progress: Progress
}

export interface Rewrapped {
  /** Values that are under the current key now and were not. */
  done: number
  /** What does not open, by `table.column` and key of the row: somebody has to bring it back from a backup. */
  faults: { place: string; why: string }[]
}

export async function rewrap(options: RewrapOptions): Promise<Rewrapped> {
  const { client, sealed } = options
  await client.query('set row_security = off')
  const result: Rewrapped = { done: 0, faults: [] }
  for (const column of sealed) await rewrapColumn(column, options, result)
  return result
}

/** Columns of the primary key, in its order. */
export async function keyOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select a.attname::text as name from pg_index i cross join unnest(i.indkey) with ordinality k(attnum, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = $1::regclass and i.indisprimary order by k.place`,
    [quoted(client, table)],
  )
  if (rows.length === 0) throw new Error(`${table} has no primary key`)
  return rows.map((row) => row.name)
}

async function rewrapColumn(sealed: Sealed, options: RewrapOptions, result: Rewrapped): Promise<void> {
  const { client, keys, signal, progress } = options
  const id = (name: string) => client.escapeIdentifier(name)
  const field = id(sealed.column)
  const table = quoted(client, sealed.table)
  const key = (await keyOf(client, sealed.table)).map(id)
  const values = (from: number) => key.map((_, at) => `$${from + at}`).join(', ')
  const context = sealed.ring === 'wrap' ? `${id(sealed.context)}` : `${client.escapeLiteral(sealed.context)}::text`
  const stale = `${field} is not null and substring(${field} from 1 for 9) <> $1`
  const read = (after: boolean) =>
    `select ${key.map((column, at) => `${column}::text as k${at}`).join(', ')}, ${field} as sealed, ${context} as context
      from ${table} where ${stale} ${after ? `and (${key.join(', ')}) > (${values(2)})` : ''} order by ${key.join(', ')} limit ${AT_ONCE}`
  const write = `update ${table} set ${field} = $1 where ${field} = $2 and (${key.join(', ')}) = (${values(3)})`
  const current = beginningUnder(keys[sealed.ring].current.id)
  for (let last: string[] = []; ; ) {
    signal.throwIfAborted()
    await client.query('begin')
    const { rows } = await client.query(read(last.length > 0), [current, ...last])
    for (const row of rows) {
      last = key.map((_, at) => row[`k${at}`] as string)
      try {
        const again = resealed(sealed.ring, row.sealed, row.context, options.crypto)
        // None changed: somebody wrote it meanwhile, with the current key.
        const { rowCount } = await client.query(write, [again, row.sealed, ...last])
        result.done += rowCount ?? 0
      } catch (error) {
        if (!(error instanceof CryptoFault)) throw error
        result.faults.push({ place: `${sealed.table}.${sealed.column} ${last.join(' ')}`, why: error.message })
      }
    }
    await client.query('commit')
    progress(`${sealed.table}.${sealed.column}`, result.done)
    if (rows.length < AT_ONCE) return
  }
}

const resealed = (ring: Sealed['ring'], sealed: Buffer, context: string, crypto: CryptoProvider): Buffer =>
  ring === 'wrap'
    ? crypto.wrapKey(crypto.unwrapKey(sealed, context), context)
    : crypto.seal(crypto.open(sealed, context), context)

/**
 * Values that begin with these bytes (`beginningUnder` a key, `hashedUnder` it), by `table.column`, in every column of bytes that
 * there is: one that nobody listed counts, too. Any other value begins like this by chance once in 2⁶⁴ times.
 */
export async function valuesBeginning(client: pg.Client, beginning: Buffer): Promise<Map<string, number>> {
  await client.query('set row_security = off')
  const { rows: columns } = await client.query<{ place: string; table: string; column: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as place, format('%I.%I', n.nspname, c.relname) as table, format('%I', a.attname) as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1`,
  )
  const found = new Map<string, number>()
  for (const { place, table, column } of columns) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from ${table} where substring(${column} from 1 for ${beginning.length}) = $1`,
      [beginning],
    )
    if (rows[0]!.n > 0) found.set(place, rows[0]!.n)
  }
  return found
}
