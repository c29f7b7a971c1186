/**
 * What runs later. graphile-worker wakes; the use case finds what is due, so that a lost job loses nothing.
 */
import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Actor } from './actor.ts'
import { hearEnds } from './database/database.ts'
import { asOwner } from './database/owner.ts'
import { newId } from './id.ts'
import type { Log, Platform } from './platform.ts'
import type { UseCase } from './use-case/use-case.ts'
import { within } from './within.ts'

export interface Schedule {
  /** Task name. */
  name: string
  /** Five fields of cron, in UTC. */
  cron: string
  run: (platform: Platform) => Promise<unknown>
}

/** A sweep as a system actor with its schedule's scope. */
export const sweep = (
  name: string,
  cron: string,
  useCase: UseCase<never, never> | UseCase,
  scopeOf: (platform: Platform) => { scope: string; domains: readonly string[] },
): Schedule => ({
  name,
  cron,
  run: (platform) => {
    const now = platform.clock()
    const actor: Actor = { kind: 'system', schedule: name, ...scopeOf(platform) }
    return (useCase as UseCase).run({ platform, actor, now, requestId: newId(now) }, {})
  },
})

/** graphile-worker's own. A job only wakes, so nothing is lost with it: a backup leaves it out. */
export const JOBS_SCHEMA = 'jobs'

/** Brings graphile-worker's own schema up. It needs CREATE on the database for a moment only. */
export const migrateJobs = (owner: pg.ClientConfig, worker: pg.ClientConfig, log: Log): Promise<void> =>
  asOwner(owner, 'migrate jobs', async (client) => {
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name')
    const database = rows[0]!.name
    await client.query(`grant create on database ${database} to kaifong_worker`)
    try {
      const pool = workerPool(worker, 1, log)
      await runMigrations({ pgPool: pool, schema: JOBS_SCHEMA, logger: new Logger(() => () => undefined) })
      await pool.end()
    } finally {
      await client.query(`revoke create on database ${database} from kaifong_worker`)
    }
  })

function workerPool(config: pg.ClientConfig, max: number, log: Pick<Log, 'error'>): pg.Pool {
  const pool = new pg.Pool({ ...config, max, application_name: 'kaifong jobs', connectionTimeoutMillis: 10_000 })
  hearEnds(pool, log, 'jobs')
  return pool
}

/** Only what somebody must act on. */
const loggerTo = (platform: Platform) =>
  new Logger(
    () => (level, message) =>
      level === 'error' || level === 'warning' ? platform.log.error({ worker: level }, message) : undefined,
  )

export interface ScheduleState {
  name: string
  /** Since this process started. */
  done: number
  failed: number
  /** When it last went well, in this process. */
  doneAt: Date | null
  /** Since when each try has failed; null when the last one went well. */
  failingSince: Date | null
}

export interface JobsState {
  schedules: readonly ScheduleState[]
  /** Rows of the queue that nobody takes: of a task that is not known here, or tried as often as allowed. */
  stuck: number
}

export interface Jobs {
  state(): Promise<JobsState>
  /** Takes no more; what runs may finish within `graceMs`, then it is given back to the queue. */
  stop(graceMs: number): Promise<void>
}

/** Between an end of the runner that nobody asked for and the next start of it. */
const AGAIN_MS = 2000

export async function startJobs(platform: Platform, worker: pg.ClientConfig, schedules: readonly Schedule[]): Promise<Jobs> {
  const { log, clock } = platform
  const pool = workerPool(worker, 3, log)
  const states = schedules.map(({ name }): ScheduleState => ({ name, done: 0, failed: 0, doneAt: null, failingSince: null }))
  const taskList: TaskList = Object.fromEntries(
    schedules.map((s, n) => [
      s.name,
      async () => {
        const state = states[n]!
        try {
          await s.run(platform)
          if (state.failingSince) log.warn({ schedule: s.name }, 'a schedule works again')
          Object.assign(state, { done: state.done + 1, doneAt: clock(), failingSince: null })
        } catch (err) {
          Object.assign(state, { failed: state.failed + 1, failingSince: state.failingSince ?? clock() })
          log.error({ err, schedule: s.name, failed: state.failed }, 'a schedule failed and is tried again')
          throw err
        }
      },
    ]),
  )
  let runner: Runner | undefined
  let again: NodeJS.Timeout | undefined
  let stopping = false

  const begin = async (): Promise<void> => {
    const begun = await run({
      pgPool: pool,
      schema: JOBS_SCHEMA,
      logger: loggerTo(platform),
      taskList,
      // One row a schedule: one that fails for days must not leave a row a minute behind. The next tick begins its count anew.
      crontab: schedules.map((s) => `${s.cron} ${s.name} ?jobKey=${s.name}&max=10`).join('\n'),
      concurrency: 1,
      noHandleSignals: true,
      // Noted one by one (its default) nobody awaits the note, and a database that goes just then ends the whole program.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      pollInterval: 2000,
    })
    runner = begun
    begun.promise.then(() => ended(), ended)
  }
  // It gives up when the database goes while it notes how a job ended; without this no job would ever run again.
  const ended = (err?: unknown): void => {
    runner = undefined
    if (stopping) return
    log.error({ err }, 'the jobs stopped; they are started again')
    again = setTimeout(() => begin().catch(ended), AGAIN_MS)
  }
  await begin()
  return {
    async state() {
      const { rows } = await pool.query<{ stuck: number }>(
        `select count(*)::int as stuck from ${JOBS_SCHEMA}.jobs where attempts >= max_attempts or not (task_identifier = any($1))`,
        [schedules.map((s) => s.name)],
      )
      return { schedules: states, stuck: rows[0]!.stuck }
    },
    async stop(graceMs) {
      stopping = true
      clearTimeout(again)
      const last = runner
      if (last && !(await within(graceMs, last.stop()))) {
        log.warn({}, 'a job did not finish in time and is given back')
        await last.kill('stopping')
      }
      await pool.end()
    },
  }
}
