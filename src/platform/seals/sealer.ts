/**
 * Seals what was written since the last seal, every few seconds, in its own role, which can read the logs and add seals and
 * nothing else. A tick is whole in itself: whatever stopped the last one (a crash, a database that was gone) is mended by
 * the next.
 */
import type { KeyObject } from 'node:crypto'
import pg from 'pg'
import { hearEnds } from '../database/database.ts'
import type { Log } from '../platform.ts'
import { letGoMonth } from './let-go-month.ts'
import { rowsOf, type SealedLog } from './log.ts'
import { MerkleTree } from './merkle.ts'
import { follows, hashOf, isSigned, makeSeal, type Seal, type SealBody, type SealPart, type SealSigner, same } from './seal.ts'
import { append, linesOf, sealFileOf, tailOf } from './seal-file.ts'
import { chainOf, hasStrays, insertSeal, lastSeal, sealNumbered, sealsFrom, unsealedOf } from './store.ts'

export interface SealerOptions {
  /** Of `app_sealer`. */
  login: pg.ClientConfig
  logs: readonly SealedLog[]
  signer: SealSigner
  keys: ReadonlyMap<string, KeyObject>
  /** Of the file; made when it is first needed. */
  folder: string
  clock: () => Date
  log: Log
  everySeconds: number
}

export type SealAlarm = 'default-partition' | 'unsealed' | 'seal-file'

export interface SealStatus {
  number: number
  at: Date | null
  /** Age of the oldest row that no seal covers yet; 0 when there is none. */
  lagSeconds: number
  /** By log: rows under seals, and rows that wait (counted to 100,000). */
  logs: Record<string, { sealed: number; waiting: number }>
  alarms: SealAlarm[]
}

declare module '../platform.ts' {
  interface Services {
    seals: Sealer
  }
}

export interface Sealer {
  /** `sealed`, `nothing` new, or `elsewhere`: another node is sealing just now. */
  tick(): Promise<'sealed' | 'nothing' | 'elsewhere'>
  start(): void
  status(now: Date): Promise<SealStatus>
  /** Drops one month (`YYYYMM`) of a log, on record. @returns how many rows; null while the month is not all sealed */
  letGo(log: string, month: string, now: Date): Promise<number | null>
  /** Seals once more if it was started, so that a house that was stopped in order is sealed to its last row. */
  close(): Promise<void>
}

/** A row older than this without a seal is reported. */
export const LATE_SECONDS = 60

/** "kaif", "seal" */
export const SEAL_LOCK = [0x6b616966, 0x7365616c]

export function createSealer(options: SealerOptions): Sealer {
  const { logs, clock, log } = options
  const pool = new pg.Pool({ ...options.login, max: 2, application_name: 'kaifong sealer', connectionTimeoutMillis: 10_000 })
  hearEnds(pool, log, 'sealer')
  let fault: string | null = null
  let ill = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()

  const on = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      return await work(client)
    } catch (error) {
      broken = error as Error
      throw error
    } finally {
      // After a fault the connection goes, and its lock and cursors with it.
      client.release(broken)
    }
  }

  /** The file never holds a seal of the table back: what is wrong with it is said, and sealing goes on. */
  const mended = async (client: pg.PoolClient, chain: string): Promise<void> => {
    try {
      await mend(client, sealFileOf(options.folder, chain), options.keys)
      if (fault !== null) log.warn({}, 'the file of seals is whole again')
      fault = null
    } catch (err) {
      if (isLost(err)) throw err
      if (fault === null) log.error({ err }, 'the file of seals cannot be written; sealing goes on in the database')
      fault = (err as Error).message
    }
  }

  const tick = () =>
    on(async (client) => {
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', SEAL_LOCK)
      if (!rows[0]!.held) return 'elsewhere'
      try {
        const chain = await chainOf(client)
        await mended(client, chain)
        const seal = await sealNext(client, chain, options)
        if (seal) await mended(client, chain)
        return seal ? 'sealed' : 'nothing'
      } finally {
        await client.query('select pg_advisory_unlock($1, $2)', SEAL_LOCK).catch(() => {}) // Gone with its connection.
      }
    })

  const status = (now: Date): Promise<SealStatus> =>
    on(async (client) => {
      const last = await lastSeal(client)
      const alarms = new Set<SealAlarm>(fault === null ? [] : ['seal-file'])
      const found: SealStatus = {
        number: last?.body.number ?? 0,
        at: last ? new Date(last.body.at) : null,
        lagSeconds: 0,
        logs: {},
        alarms: [],
      }
      for (const each of logs) {
        const { rows, oldest } = await unsealedOf(client, each, last?.body.until ?? 0)
        found.logs[each.name] = { sealed: last?.body.logs[each.name]?.total ?? 0, waiting: rows }
        if (oldest) found.lagSeconds = Math.max(found.lagSeconds, (now.getTime() - oldest.getTime()) / 1000)
        if (await hasStrays(client, each)) alarms.add('default-partition')
      }
      if (found.lagSeconds > LATE_SECONDS) alarms.add('unsealed')
      return { ...found, alarms: [...alarms] }
    })

  let alarmed = ''
  const watch = async (): Promise<void> => {
    const { alarms, lagSeconds } = await status(clock())
    const now = alarms.join(' ')
    if (now !== alarmed && alarms.length > 0)
      log.error({ alarms, lagSeconds }, 'the audit needs somebody: see docs/runbooks/verify-audit.md')
    alarmed = now
  }

  const beat = async (): Promise<void> => {
    try {
      await tick()
      await watch()
      if (ill) log.warn({}, 'the sealer seals again')
      ill = false
    } catch (err) {
      // Said once, not every ten seconds: whoever reads the log knows, and the next beat tries again.
      if (!ill) log.error({ err }, 'nothing could be sealed; trying again')
      ill = true
    }
  }
  let started = false
  let closing = false
  const go = (): void => {
    running = beat().then(() => {
      if (!closing) timer = setTimeout(go, options.everySeconds * 1000).unref()
    })
  }

  return {
    tick,
    status,
    letGo: (name, month, now) => on((client) => letGoMonth(client, logs.find((log) => log.name === name)!, month, now)),
    start() {
      started = true
      go()
    },
    async close() {
      closing = true
      clearTimeout(timer)
      await running
      if (started) await beat()
      await pool.end()
    },
  }
}

/** The database went away: no fault of the file. */
const isLost = (error: unknown): boolean => {
  const code = (error as { code?: string }).code ?? ''
  return /^(08|57P|25P)/.test(code) || /Connection terminated|not queryable/.test((error as Error).message)
}

/**
 * Both sides end alike afterwards, and only by adding. The file lacks a tail after a kill between the insert and the
 * append; the table lacks one after the database was set back to an earlier day. Then its lost seals come back from the
 * file, if they are ours and fit, and `verify` names the rows that they covered as missing: that is what happened.
 */
async function mend(client: pg.PoolClient, path: string, keys: ReadonlyMap<string, KeyObject>): Promise<void> {
  const [tail, last] = [await tailOf(path), await lastSeal(client)]
  const [inFile, inTable] = [tail.seal?.body.number ?? 0, last?.body.number ?? 0]
  const common = inFile <= inTable ? tail.seal : last
  if (inFile <= inTable && common) {
    const stored = await sealNumbered(client, common.body.number)
    if (stored && !same(stored, common)) throw new Error(`${path}: seal ${common.body.number} is another than in the database`)
  }
  if (inFile < inTable) {
    let torn = tail.torn
    for await (const seals of sealsFrom(client, inFile + 1)) {
      await append(path, seals, torn)
      torn = false
    }
  }
  if (inFile > inTable) await bringBack(client, path, last, keys)
}

async function bringBack(
  client: pg.PoolClient,
  path: string,
  from: Seal | null,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<void> {
  let last = from
  for await (const { line, seal } of linesOf(path)) {
    if (!seal || seal.body.number < (last?.body.number ?? 0)) continue
    if (last && seal.body.number === last.body.number) {
      if (!same(seal, last)) throw new Error(`${path}, line ${line}: seal ${seal.body.number} is another than in the database`)
      continue
    }
    if (!follows(seal, last) || !isSigned(seal, keys))
      throw new Error(`${path}, line ${line}: seal ${seal.body.number} does not follow on the last one in the database`)
    await insertSeal(client, seal)
    last = seal
  }
}

/**
 * One snapshot says both what may be sealed and what is there. Below its xmin every transaction has ended, in this snapshot
 * as in all later ones: a transaction that was open before and commits after this seal has a number at or above the
 * horizon and waits for the next one. Since a seal begins where the last one ended, no row is passed over and none is
 * sealed twice. A transaction that stays open holds the horizon back; the rows behind it are then reported as unsealed.
 */
async function sealNext(client: pg.PoolClient, chain: string, { logs, signer, clock }: SealerOptions): Promise<Seal | null> {
  await client.query('begin isolation level repeatable read')
  // A seal that the database forgets in a power cut would be known by the file alone.
  await client.query('set local synchronous_commit = on')
  const { rows } = await client.query<{ horizon: number }>('select platform.act_horizon()::float8 as horizon')
  const last = await lastSeal(client)
  const range = { from: last?.body.until ?? 0, until: rows[0]!.horizon }
  const parts: Record<string, SealPart> = {}
  let found = 0
  for (const log of logs) {
    const tree = new MerkleTree()
    if (range.until > range.from)
      for await (const batch of rowsOf(client, log, range)) for (const { line } of batch) tree.add(line)
    parts[log.name] = { rows: tree.size, total: (last?.body.logs[log.name]?.total ?? 0) + tree.size, root: tree.root() }
    found += tree.size
  }
  if (found === 0) {
    await client.query('rollback')
    return null
  }
  const body: Omit<SealBody, 'version' | 'key'> = {
    chain,
    number: (last?.body.number ?? 0) + 1,
    at: clock().toISOString(),
    ...range,
    logs: parts,
    previous: last ? hashOf(last) : null,
  }
  const seal = makeSeal(body, signer)
  await insertSeal(client, seal)
  await client.query('commit')
  return seal
}
