/**
 * One transaction as one actor. SQL is Kysely's `sql` tag: the text stays SQL, values are always parameters.
 * Every statement goes out named and pipelined; under a row-security policy that was worth 4.5x (a generic plan in
 * index order instead of a custom plan that sorts).
 */
import { createHash } from 'node:crypto'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import type { PoolClient, QueryResult, QueryResultRow } from 'pg'

export { sql } from 'kysely'

/** Compiles only; it holds no connection. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const names = new Map<string, string>()

/** A stable statement name for a text: the same text is planned once a connection. */
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    names.set(text, name)
  }
  return name
}

export interface Tx {
  rows<R>(query: RawBuilder<R>): Promise<R[]>
  /** Exactly one row, else it throws: a missing row here is a bug, not a refusal. */
  one<R>(query: RawBuilder<R>): Promise<R>
  maybe<R>(query: RawBuilder<R>): Promise<R | undefined>
  /** Rows of a text that comes once: not named, so that neither this process nor the connection keeps it. */
  once<R>(query: RawBuilder<R>): Promise<R[]>
  /** Number of rows changed. */
  run(query: RawBuilder<unknown>): Promise<number>
  /**
   * Leaves in one packet with the commit, in the order of the calls: for a row whose answer nobody waits for and that no
   * later statement looks at. One that fails undoes the whole transaction.
   */
  atEnd(query: RawBuilder<unknown>): void
}

export type Client = Pick<PoolClient, 'query' | 'connection'>

/** What `pg` sends: a named text with its values. */
interface Statement {
  name: string
  text: string
  values: unknown[]
}

/** Throws at once when a text cannot be built, so that nothing of it is missing from a packet that holds the commit. */
function compiled(query: RawBuilder<unknown>): Statement {
  const { sql: text, parameters } = query.compile(compiler)
  return { name: nameOf(text), text, values: parameters as unknown[] }
}

/**
 * What is sent from here until this turn of the event loop ends leaves as one packet. Each packet costs a system call here
 * and a wake-up there; when every statement went alone they were a third of this process's time.
 */
export function gather({ connection }: Pick<PoolClient, 'connection'>): void {
  const { stream } = connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

export class ClientTx implements Tx {
  readonly #client: Client
  readonly #ending: Statement[] = []
  constructor(client: Client) {
    this.#client = client
  }
  #send<R>(query: RawBuilder<R>): Promise<QueryResult<R & QueryResultRow>> {
    const statement = compiled(query)
    gather(this.#client)
    return this.#client.query<R & QueryResultRow>(statement)
  }
  async rows<R>(query: RawBuilder<R>): Promise<R[]> {
    return (await this.#send(query)).rows
  }
  async one<R>(query: RawBuilder<R>): Promise<R> {
    const { rows } = await this.#send(query)
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`)
    return rows[0] as R
  }
  async maybe<R>(query: RawBuilder<R>): Promise<R | undefined> {
    return (await this.#send(query)).rows[0]
  }
  async once<R>(query: RawBuilder<R>): Promise<R[]> {
    const { sql: text, parameters } = query.compile(compiler)
    gather(this.#client)
    return (await this.#client.query<R & QueryResultRow>({ text, values: parameters as unknown[] })).rows
  }
  async run(query: RawBuilder<unknown>): Promise<number> {
    return (await this.#send(query)).rowCount ?? 0
  }
  atEnd(query: RawBuilder<unknown>): void {
    this.#ending.push(compiled(query))
  }
  /** Sends what `atEnd` kept and the commit behind it. Resolves to the command that PostgreSQL says it carried out. */
  async commit(): Promise<string> {
    gather(this.#client)
    const sent = this.#ending.map((statement) => this.#client.query(statement))
    const results = await together([...sent, this.#client.query('commit')])
    return results.at(-1)!.command
  }
}

/**
 * Waits for statements that were sent together, all of them, so that none fails unheard. Of several that failed it throws the
 * first in order: the others only say that the transaction is aborted.
 */
export async function together<T extends readonly unknown[]>(
  sent: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(sent)
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> }
}
