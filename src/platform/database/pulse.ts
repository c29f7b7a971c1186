/**
 * Whether the database answers at all. One that is gone says so; one that hangs (a stopped process, a disk that waits, a network that
 * swallows) says nothing, and everybody would wait as long as their patience lasts. Asked each second on a connection of its own; twice
 * without an answer, and the connections of the pool end: what waits on them fails as an outage, and so does whatever comes next,
 * at once, until it answers again.
 */
import pg from 'pg'

export interface Pulse {
  readonly hangs: boolean
  close(): Promise<void>
}

export interface PulseOptions {
  config: pg.ClientConfig
  pool: pg.Pool
  log: { error(details: object, message: string): void }
  everyMs?: number
  answerMs?: number
}

/** Unanswered questions in a row; a single one may be a checkpoint, or this machine. */
const TWICE = 2

/** As libpq calls a connection that failed: `outageOf` knows it. */
const hanging = (): Error => Object.assign(new Error('the database does not answer'), { code: '08006' })

export function watchPulse({ config, pool, log, everyMs = 1000, answerMs = 2000 }: PulseOptions): Pulse {
  const open = new Set<pg.PoolClient>()
  pool.on('connect', (client) => open.add(client))
  pool.on('remove', (client) => open.delete(client))
  let hangs = false
  let missed = 0
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let own: pg.Client | null = null

  // Every way into the pool goes through here, `pool.query` too.
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown
  pool.connect = ((done?: (error: Error) => void) => {
    if (!hangs) return done ? connect(done) : connect()
    if (!done) return Promise.reject(hanging())
    process.nextTick(done, hanging())
  }) as typeof pool.connect

  const cutOff = (): void => {
    for (const client of open) streamOf(client)?.destroy(hanging())
  }
  const ask = async (): Promise<void> => {
    if (!own) {
      const client = new pg.Client({ ...config, application_name: 'kaifong pulse', connectionTimeoutMillis: answerMs })
      // Its end is told by the question that fails.
      client.on('error', () => {})
      own = client
      await client.connect()
    }
    await own.query('select 1')
  }
  const drop = (): void => {
    const client = own
    own = null
    if (client) streamOf(client)?.destroy()
  }
  const look = async (): Promise<void> => {
    let late = false
    let timeout: NodeJS.Timeout | undefined
    const asked = performance.now()
    const silence = new Promise<'silent'>((done) => {
      timeout = setTimeout(() => {
        // A program that was busy itself has heard nothing, and knows nothing.
        late = performance.now() - asked > 1.5 * answerMs
        setImmediate(done, 'silent')
      }, answerMs)
    })
    const question = ask().then(
      () => 'answered' as const,
      (error: Error) => (/timeout/i.test(error.message) ? ('silent' as const) : ('refused' as const)),
    )
    const heard = await Promise.race([question, silence])
    clearTimeout(timeout)
    if (closed) return
    if (heard !== 'answered') drop()
    if (heard === 'silent' && !late) missed++
    else if (heard !== 'silent') missed = 0
    if (missed >= TWICE && !hangs) {
      hangs = true
      log.error({}, 'the database does not answer: its connections are given up, and people are asked to try again')
    }
    if (heard === 'answered' && hangs) {
      hangs = false
      log.error({}, 'the database answers again')
    }
    if (hangs) cutOff()
  }
  const next = (): void => {
    timer = setTimeout(
      () => {
        void look().finally(() => {
          if (!closed) next()
        })
      },
      hangs ? everyMs / 4 : everyMs,
    )
    timer.unref()
  }
  next()
  return {
    get hangs() {
      return hangs
    },
    async close() {
      closed = true
      clearTimeout(timer)
      const client = own
      own = null
      // It may be waiting for an answer that never comes.
      if (client) streamOf(client)?.destroy()
    },
  }
}

/** Ends a connection without asking the other side, which would not answer. */
const streamOf = (client: unknown): { destroy(error?: Error): void } | undefined =>
  (client as { connection?: { stream?: { destroy(error?: Error): void } } }).connection?.stream
