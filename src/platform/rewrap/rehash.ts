/**
 * Makes anew under the current blind key the hashes that earlier ones made, of the sealed values that lie beside them, while
 * people work: as `rewrap` does, a few rows at a time, and cut off it begins with what is left.
 */
import type pg from 'pg'
import { quoted } from '../backup/index.ts'
import { hashedUnder } from '../crypto/crypto.ts'
import { CryptoFault } from '../crypto/fault.ts'
import { AT_ONCE, keyOf, type RewrapOptions, type Rewrapped } from './rewrap.ts'

/** A keyed hash by which a row is found, and where what it was made of lies. */
export interface Hashed {
  table: string
  column: string
  /** The context of the hash. */
  as: string
  /** The sealed value beside it, and its context. */
  from: { column: string; context: string }
  /** Where the value is a part of what is sealed. */
  valueIn?: (opened: string) => string
}

export type RehashOptions = Omit<RewrapOptions, 'sealed'> & { hashed: readonly Hashed[] }

const UNIQUE_VIOLATION = '23505'

export async function rehash(options: RehashOptions): Promise<Rewrapped> {
  const result: Rewrapped = { done: 0, faults: [] }
  await options.client.query('set row_security = off')
  for (const column of options.hashed) await rehashColumn(column, options, result)
  return result
}

interface Row {
  key: string[]
  hash: Buffer
  sealed: Buffer | null
}

async function rehashColumn(hashed: Hashed, options: RehashOptions, result: Rewrapped): Promise<void> {
  const { client, signal, progress } = options
  const place = `${hashed.table}.${hashed.column}`
  const { read, write } = await statementsOf(client, hashed)
  const current = hashedUnder(options.keys.blind.current.id)
  /** Told already, and left as they are. */
  const left = new Set<string>()
  const told = (row: Row, why: string) => {
    left.add(row.key.join(' '))
    result.faults.push({ place: `${place} ${row.key.join(' ')}`, why })
  }
  for (let last: string[] = []; ; ) {
    signal.throwIfAborted()
    const rows = await read(current, last)
    await client.query('begin')
    let done = 0
    for (const row of rows.filter(({ key }) => !left.has(key.join(' ')))) {
      try {
        // None changed: somebody wrote it meanwhile, with the current key.
        done += await write(row, madeAnew(row, hashed, options))
      } catch (error) {
        if (error instanceof CryptoFault) told(row, error.message)
        else if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
          told(row, 'another row has the same value already; two rows are of one, and somebody has to say which stays')
          done = -1
          break
        } else throw error
      }
    }
    // A violation undoes what came before it in the batch: that is done again, without the row that was told.
    await client.query(done < 0 ? 'rollback' : 'commit')
    if (done < 0) continue
    result.done += done
    progress(place, result.done)
    if (rows.length < AT_ONCE) return
    last = rows.at(-1)!.key
  }
}

/** @throws CryptoFault */
function madeAnew({ sealed }: Row, { as, from, valueIn = (opened) => opened }: Hashed, { crypto }: RehashOptions): Buffer {
  if (sealed === null)
    throw new CryptoFault('crypto.truncated', `${from.column} beside it is empty, and nothing else tells of what it was made`)
  return crypto.blind(valueIn(crypto.open(sealed, from.context)), as)
}

async function statementsOf(client: pg.Client, { table, column, from }: Hashed) {
  const id = (name: string) => client.escapeIdentifier(name)
  const [hash, sealed] = [id(column), id(from.column)]
  const key = (await keyOf(client, table)).map(id)
  const values = (first: number) => key.map((_, at) => `$${first + at}`).join(', ')
  return {
    async read(current: Buffer, last: readonly string[]): Promise<Row[]> {
      const { rows } = await client.query<Row>(
        `select array[${key.map((one) => `${one}::text`).join(', ')}] as key, ${hash} as hash, ${sealed} as sealed from ${quoted(client, table)}
          where ${hash} is not null and substring(${hash} from 1 for 8) <> $1
            ${last.length > 0 ? `and (${key.join(', ')}) > (${values(2)})` : ''} order by ${key.join(', ')} limit ${AT_ONCE}`,
        [current, ...last],
      )
      return rows
    },
    async write(row: Row, anew: Buffer): Promise<number> {
      const { rowCount } = await client.query(
        `update ${quoted(client, table)} set ${hash} = $1 where ${hash} = $2 and ${sealed} = $3 and (${key.join(', ')}) = (${values(4)})`,
        [anew, row.hash, row.sealed, ...row.key],
      )
      return rowCount ?? 0
    },
  }
}
