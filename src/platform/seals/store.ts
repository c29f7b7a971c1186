/** The seals in the database, and what of the database a sealer must know. */
import type { ClientBase } from 'pg'
import type { SealedLog } from './log.ts'
import { readSeal, type Seal } from './seal.ts'

interface Row {
  text: string
  signature: Buffer
}

const sealOf = ({ text, signature }: Row): Seal => {
  const seal = readSeal(text, signature)
  // The table's generated columns refuse what is no seal, so this is damage to be looked at by somebody.
  if (!seal) throw new Error(`platform.seal holds what is no seal: ${text.slice(0, 100)}`)
  return seal
}

const COLUMNS = 'body::text as text, signature'

/** Fixed when the database was made. */
export async function chainOf(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ value: string }>(`select value from platform.setting where name = 'chain'`)
  if (!rows[0]) throw new Error('this database has no chain of seals yet: start Kaifong on it once')
  return rows[0].value
}

export async function lastSeal(client: ClientBase): Promise<Seal | null> {
  const { rows } = await client.query<Row>(`select ${COLUMNS} from platform.seal order by number desc limit 1`)
  return rows[0] ? sealOf(rows[0]) : null
}

export async function sealNumbered(client: ClientBase, number: number): Promise<Seal | null> {
  const { rows } = await client.query<Row>(`select ${COLUMNS} from platform.seal where number = $1`, [number])
  return rows[0] ? sealOf(rows[0]) : null
}

/** Records of months that were let go, oldest first; none in a database that an earlier program made and nobody started since. */
export async function letGoTexts(client: ClientBase): Promise<string[]> {
  const { rows: there } = await client.query(`select where to_regclass('platform.let_go') is not null`)
  if (there.length === 0) return []
  const { rows } = await client.query<{ record: string }>('select record from platform.let_go order by number')
  return rows.map(({ record }) => record)
}

/** The seal under which an act number lies. */
export async function sealOver(client: ClientBase, act: number): Promise<Seal | null> {
  const { rows } = await client.query<Row>(`select ${COLUMNS} from platform.seal where until > $1 order by number limit 1`, [act])
  return rows[0] ? sealOf(rows[0]) : null
}

const BATCH = 500

/** From a number on, in order, a batch in memory at a time. */
export async function* sealsFrom(client: ClientBase, number: number): AsyncGenerator<Seal[]> {
  for (let from = number; ; ) {
    const { rows } = await client.query<Row>(
      `select ${COLUMNS} from platform.seal where number >= $1 order by number limit ${BATCH}`,
      [from],
    )
    if (rows.length === 0) return
    const seals = rows.map(sealOf)
    yield seals
    from = seals.at(-1)!.body.number + 1
  }
}

export const insertSeal = (client: ClientBase, seal: Seal): Promise<unknown> =>
  client.query('insert into platform.seal (body, signature) values ($1, $2)', [seal.text, seal.signature])

/** @returns true if there is a row in the DEFAULT partition: its month was not made ahead */
export async function hasStrays(client: ClientBase, log: SealedLog): Promise<boolean> {
  const { rowCount } = await client.query(`select from ${log.strays} limit 1`)
  return rowCount === 1
}

/** Enough to say that something is badly wrong; counting on would take longer the worse it is. */
const COUNTED = 100_000

export async function unsealedOf(
  client: ClientBase,
  log: SealedLog,
  from: number,
): Promise<{ rows: number; oldest: Date | null }> {
  const { rows } = await client.query<{ rows: number; oldest: Date | null }>(
    `select count(*)::int as rows, min(at) as oldest from (select at from ${log.table} where act >= $1 order by act limit ${COUNTED}) waiting`,
    [from],
  )
  return rows[0]!
}
