/** What is sealed: a table whose rows are only ever added, and how a row becomes one line of text. */
import type { ClientBase } from 'pg'

export interface SealedLog {
  name: string
  table: string
  /** Its DEFAULT partition, which stays empty as long as months are made ahead. */
  strays: string
  /** SQL of every field behind name, act, id and instant, in order; each answers text or null. Never reordered; a new one comes last and is null in old rows. */
  fields: readonly string[]
  /** Ids of persons that stand in the clear beside their marks, until a person is erased. The mark is what is sealed. */
  persons: readonly { clear: string; mark: string }[]
}

/** The mark, and of a row without one (from before marks existed, or of an officer) what stands in the clear. */
export const sealedPerson = (clear: string, mark: string): [string, string] => [
  `case when ${mark} is null then ${clear} end`,
  `encode(${mark}, 'hex')`,
]

export const auditLog: SealedLog = {
  name: 'audit',
  table: 'platform.audit',
  strays: 'platform.audit_default',
  fields: [
    'operation',
    'outcome',
    'actor_kind',
    ...sealedPerson('account_id', 'account_mark'),
    'post_id',
    'schedule',
    ...sealedPerson('object_id', 'object_mark'),
    'request_id',
  ],
  persons: [
    { clear: 'account_id', mark: 'account_mark' },
    { clear: 'object_id', mark: 'object_mark' },
  ],
}

export interface LoggedRow {
  act: number
  at: Date
  /** What is sealed; also the row's line in an export. */
  line: string
  persons: readonly { id: string | null; mark: Buffer; sealed: Buffer | null }[]
}

const BATCH = 2000
/** Microseconds: a Date would cut a change of them off. */
const INSTANT = `to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * The rows from an act number on, in order, a batch at a time, by a cursor of the transaction that is open. Ordered by act
 * and id, never by time: a clock may jump. `withPersons` joins what is needed to check a mark, which the sealer may not read.
 */
export async function* rowsOf(
  client: ClientBase,
  log: SealedLog,
  range: { from: number; until: number | null },
  withPersons = false,
): AsyncGenerator<LoggedRow[]> {
  const persons = withPersons ? log.persons : []
  const wanted = [
    'r.act::text',
    'r.id::text',
    INSTANT,
    ...log.fields.map((field) => `(${field})::text`),
    ...persons.flatMap(({ clear, mark }, i) => [`r.${clear}::text`, `r.${mark}`, `s${i}.sealed`]),
  ]
  const cursor = `rows_of_${log.name}`
  await client.query(
    `declare ${cursor} no scroll cursor for select ${wanted.join(', ')} from ${log.table} r
      ${persons.map(({ mark }, i) => `left join platform.audit_subject s${i} on s${i}.mark = r.${mark}`).join(' ')}
      where r.act >= ${whole(range.from)} ${range.until === null ? '' : `and r.act < ${whole(range.until)}`} order by r.act, r.id`,
  )
  const sealedFields = 3 + log.fields.length
  for (;;) {
    const { rows } = await client.query<(string | Buffer | null)[]>({ text: `fetch ${BATCH} from ${cursor}`, rowMode: 'array' })
    if (rows.length > 0)
      yield rows.map((row) => ({
        act: Number(row[0]),
        at: new Date(row[2] as string),
        line: lineOf(log, row.slice(0, sealedFields) as (string | null)[]),
        persons: persons.flatMap((_, i) => {
          const [id, mark, sealed] = row.slice(sealedFields + 3 * i) as [string | null, Buffer | null, Buffer | null]
          return mark ? [{ id, mark, sealed }] : []
        }),
      }))
    if (rows.length < BATCH) break
  }
  await client.query(`close ${cursor}`)
}

/** Nulls at the end are left off, so that a field which is added later leaves the lines of old rows as they were. */
function lineOf(log: SealedLog, fields: (string | null)[]): string {
  return JSON.stringify([log.name, ...fields.slice(0, fields.findLastIndex((field) => field !== null) + 1)])
}

/** A cursor's statement takes no parameters. */
function whole(n: number): string {
  if (!Number.isSafeInteger(n)) throw new Error(`not a number of an act: ${n}`)
  return String(n)
}
