/** What is in a database that a backup must hold, read from PostgreSQL's own catalogue: a new table is never forgotten. */
import type pg from 'pg'
import { JOBS_SCHEMA } from '../jobs.ts'

export interface Table {
  /** `schema.table`, as it stands in lists and file names. */
  name: string
  /** Without generated ones, which PostgreSQL makes again. */
  columns: string[]
  /** The primary key: rows are written in its order, so that the same rows are always the same bytes. */
  key: string[]
  /** Terms of ORDER BY. Text by code point, since the order of letters is the server's. */
  order: string[]
  /** Of a table that is cut by month: its months, `YYYYMM`. Rows of a month without a part would fall into the alarm. */
  months: string[]
}

export interface Sequence {
  name: string
  last: string
  called: boolean
}

/** Every schema that a step of the house makes. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', '${JOBS_SCHEMA}') and n.nspname !~ '^pg_'`

/** Tables that keep their rows through a crash, parents of parts instead of their parts; those that others refer to come first. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { oid: number }>(`
    select c.oid::int, n.nspname || '.' || c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text ${KEY}) as key,
      array(select format('%I', a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end ${KEY}) as order,
      array(select right(p.relname, 6) from pg_inherits h join pg_class p on p.oid = h.inhrelid where h.inhparent = c.oid and p.relname ~ '_[0-9]{6}$' order by 1) as months
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' order by 2`)
  const { rows: references } = await client.query<{ from: number; to: number }>(
    `select conrelid::int as from, confrelid::int as to from pg_constraint where contype = 'f' and conparentid = 0 and conrelid <> confrelid`,
  )
  return inOrder(rows, references).map(({ oid: _, ...table }) => table)
}

const KEY = `from pg_index i cross join unnest(i.indkey) with ordinality k(attnum, place) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = c.oid and i.indisprimary order by k.place`

function inOrder<T extends { oid: number; name: string }>(
  tables: readonly T[],
  references: readonly { from: number; to: number }[],
): T[] {
  const sorted: T[] = []
  const placed = new Set<number>()
  const known = new Set(tables.map((t) => t.oid))
  let left = [...tables]
  while (left.length > 0) {
    const next = left.filter((t) => references.every((r) => r.from !== t.oid || placed.has(r.to) || !known.has(r.to)))
    // Two tables may refer to each other; the load lifts the reference that looks forward.
    if (next.length === 0) next.push(left[0]!)
    for (const table of next) placed.add(table.oid)
    sorted.push(...next)
    left = left.filter((t) => !placed.has(t.oid))
  }
  return sorted
}

export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'S' and c.relpersistence = 'p' order by 1`,
  )
  const sequences: Sequence[] = []
  for (const { name } of rows) {
    const { rows: at } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    )
    sequences.push({ name, ...at[0]! })
  }
  return sequences
}

/** Schemas of ours that are there, `jobs` too. */
export async function readSchemas(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname as name from pg_namespace n where (${OURS} or n.nspname = '${JOBS_SCHEMA}') order by 1`,
  )
  return rows.map((r) => r.name)
}

/** `schema.table` as SQL writes it. */
export const quoted = (client: pg.Client, name: string): string =>
  name
    .split('.')
    .map((part) => client.escapeIdentifier(part))
    .join('.')

/** Rows of a table in the order of its key. The columns are the caller's: a copy is read back with those it was written with. */
export const copyOutOf = (client: pg.Client, table: Pick<Table, 'name' | 'columns' | 'order'>): string =>
  `copy (select ${table.columns.map((c) => client.escapeIdentifier(c)).join(', ')} from ${quoted(client, table.name)} order by ${table.order.join(', ')}) to stdout (format csv, header)`

export const copyInto = (client: pg.Client, table: Pick<Table, 'name' | 'columns'>): string =>
  `copy ${quoted(client, table.name)} (${table.columns.map((c) => client.escapeIdentifier(c)).join(', ')}) from stdin (format csv, header match)`

/** The same row is the same text whatever the server's settings; row security may refuse, and never leave rows out. */
export const PLAIN_SETTINGS = [
  `set client_encoding = 'UTF8'`,
  `set datestyle = 'ISO, YMD'`,
  `set intervalstyle = 'postgres'`,
  `set timezone = 'UTC'`,
  `set bytea_output = 'hex'`,
  'set extra_float_digits = 1',
  'set row_security = off',
  'set statement_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
  'set transaction_timeout = 0',
].join('; ')
