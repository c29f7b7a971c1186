/**
 * What runs later. graphile-worker wakes; the use case finds what is due, so that a lost job loses nothing.
 */
import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Actor } from './actor.ts'
import { asOwner } from './database/owner.ts'
import { newId } from './id.ts'
import type { Platform } from './platform.ts'
import type { UseCase } from './use-case/use-case.ts'

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
export const migrateJobs = (owner: pg.ClientConfig, worker: pg.ClientConfig): Promise<void> =>
  asOwner(owner, 'migrate jobs', async (client) => {
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name')
    const database = rows[0]!.name
    await client.query(`grant create on database ${database} to kaifong_worker`)
    try {
      const pool = workerPool(worker, 1)
      await runMigrations({ pgPool: pool, schema: JOBS_SCHEMA, logger: new Logger(() => () => undefined) })
      await pool.end()
    } finally {
      await client.query(`revoke create on database ${database} from kaifong_worker`)
    }
  })

/** graphile-worker asks for a handler on the pool and on each of its clients: an idle connection that ends would kill the process. */
function workerPool(config: pg.ClientConfig, max: number, platform?: Platform): pg.Pool {
  const pool = new pg.Pool({ ...config, max, application_name: 'kaifong jobs' })
  const told = (err: Error) => platform?.log.error({ err }, 'a job connection ended')
  pool.on('error', told)
  pool.on('connect', (client) => client.on('error', told))
  return pool
}

/** Only what somebody must act on. */
const loggerTo = (platform: Platform) =>
  new Logger(
    () => (level, message) => (level === 'error' || level === 'warning' ? platform.log.error({ level }, message) : undefined),
  )

export async function startJobs(
  platform: Platform,
  worker: pg.ClientConfig,
  schedules: readonly Schedule[],
): Promise<{ stop(): Promise<void> }> {
  const pool = workerPool(worker, 3, platform)
  const taskList: TaskList = Object.fromEntries(
    schedules.map((s) => [
      s.name,
      async () => {
        await s.run(platform)
      },
    ]),
  )
  const runner: Runner = await run({
    pgPool: pool,
    schema: JOBS_SCHEMA,
    logger: loggerTo(platform),
    taskList,
    crontab: schedules.map((s) => `${s.cron} ${s.name}`).join('\n'),
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 2000,
  })
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}
