/**
 * The pool and the one way into it: a transaction opened in a role and a scope that row security reads.
 */
import pg from 'pg'
import type { Scope } from '../actor.ts'
import { ClientTx, gather, type Tx } from './tx.ts'

// Days stay days: a JavaScript Date would move them by the machine's zone. Counts fit a number.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new Error(`integer out of range: ${text}`)
  return n
})

const OPEN = {
  name: 'open_scope',
  text: `select set_config('role', $1, true), set_config('app.scope', $2, true), set_config('app.domains', $3, true),
    set_config('app.subjects', $4, true), set_config('app.account', $5, true), set_config('app.post', $6, true),
    set_config('app.day', $7, true)`,
}

/** Beside it, of a scope that says how long: what anybody may ask for holds no connection longer. */
const BOUND = { name: 'open_bound', text: `select set_config('statement_timeout', $1, true)` }

/** PostgreSQL array literal of codes and ids, which hold no quotes or braces. */
const arrayLiteral = (items: readonly string[]): string => {
  for (const item of items) if (!/^[\w.-]+$/.test(item)) throw new Error(`not a code or id: ${item}`)
  return items.length === 0 ? '' : `{${items.join(',')}}`
}

const RETRYABLE = new Set(['40001', '40P01'])

export class Database {
  readonly pool: pg.Pool
  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  /**
   * Runs `work` in one transaction as `scope`. A deadlock or serialisation failure is tried once more, since nothing
   * of it was kept. The role and the settings end with the transaction.
   */
  async as<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.#once(scope, work)
    } catch (error) {
      if (!RETRYABLE.has((error as { code?: string }).code ?? '')) throw error
      return this.#once(scope, work)
    }
  }

  async #once<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    let broken: Error | undefined
    // A sweep takes as long as it takes; who waits for a page does not.
    const patience = scope.role === 'app_system' ? undefined : setTimeout(() => cutOff(client), PATIENCE_MS)
    try {
      const lists = [arrayLiteral(scope.domains), arrayLiteral(scope.subjects)]
      const values = [scope.role, scope.area, ...lists, scope.accountId ?? '', scope.postId ?? '', scope.day ?? '']
      // Unawaited: begin, scope and the first statements of `work` leave in one packet.
      gather(client)
      const opened = Promise.all([
        client.query('begin'),
        client.query({ ...OPEN, values }),
        scope.mostMs && client.query({ ...BOUND, values: [String(scope.mostMs)] }),
      ])
      opened.catch(() => {})
      const tx = new ClientTx(client)
      let result: T
      let ended: string
      try {
        result = await work(tx)
        await opened
        ended = await tx.commit()
      } catch (error) {
        await client.query('rollback').catch((e: Error) => {
          broken = e
        })
        throw error
      }
      // PostgreSQL answers a commit after a swallowed error with ROLLBACK and no error.
      if (ended === 'ROLLBACK') throw new Error('transaction was rolled back: an error inside it was swallowed')
      return result
    } catch (error) {
      if (isConnectionError(error)) broken = error as Error
      throw error
    } finally {
      clearTimeout(patience)
      client.release(broken)
    }
  }
}

/** Longer than any transaction of a page or an act was measured, on a machine that is loaded five times over. */
const PATIENCE_MS = 20_000

/** One server process hangs: nothing that is asked of it would be answered. What waits fails as an outage. */
const cutOff = (client: pg.PoolClient): void => {
  const gone = Object.assign(new Error('the database did not answer in time'), { code: '08006' })
  ;(client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream.destroy(gone)
}

/** Statements of the login role, before any scope, that leave in one packet on one connection. */
export async function beforeScope<T>(pool: pg.Pool, ask: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    gather(client)
    return await ask(client)
  } catch (error) {
    if (isConnectionError(error)) broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

/** One transaction of the login role, for what several statements must hold together before any scope exists. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function isConnectionError(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return code.startsWith('08') || code.startsWith('57P') || code === 'ECONNRESET' || code === 'EPIPE'
}

export interface PoolOptions {
  config: pg.ClientConfig
  max?: number
  log: { error(details: object, message: string): void }
}

/** A pipelined pool. */
export function openPool({ config, max = 12, log }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    max,
    pipeline: true,
    application_name: 'kaifong',
    connectionTimeoutMillis: 5_000,
  } as pg.PoolConfig)
  hearEnds(pool, log, 'kaifong')
  return pool
}

const BURST_MS = 1000

/**
 * Hears of connections that the server ends, idle or in use: either would end the process if nobody listened. The statement that
 * ran fails by itself; the log has one line of all that end together.
 */
export function hearEnds(pool: pg.Pool, log: PoolOptions['log'], whose: string): void {
  let quietUntil = 0
  const heard = (err: Error): void => {
    if (pool.ending || performance.now() < quietUntil) return
    quietUntil = performance.now() + BURST_MS
    log.error({ err, whose }, 'the database ended a connection')
  }
  pool.on('error', heard)
  pool.on('connect', (client) => client.on('error', heard))
}
