/** One running PostgreSQL server: start it, know it again, stop it. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { StartRefused } from '../config.ts'
import { outageOf } from '../database/away.ts'
import { type Cluster, chooseEndpoint, type Endpoint, SERVER_ENV, urlTo } from './cluster.ts'
import type { Engine } from './engine.ts'
import { isRunning, type Program, programOf } from './process.ts'
import { asRunner, type Runner } from './runner.ts'

/** `console` and a pino logger both fit. */
export interface Log {
  info(text: string): void
  warn(text: string): void
}

export interface Server {
  pid: number
  endpoint: Endpoint
}

interface PidFile extends Server {
  /** As PostgreSQL pads it, trimmed: starting, ready, standby, stopping. */
  status: string
}

const pidFileOf = (cluster: Cluster): string => join(cluster.dir, 'postmaster.pid')

/** Lines of postmaster.pid: pid, data directory, start, port, socket folder, listen address, memory key, status. */
export function readPidFile(cluster: Cluster): PidFile | undefined {
  let text: string
  try {
    text = readFileSync(pidFileOf(cluster), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  const host = lines[4] || lines[5] || ''
  return { pid: Number(lines[0]), endpoint: { host, port: Number(lines[3]) }, status: lines[7]?.trim() ?? '' }
}

const LOG_MAX = 10 * 1024 * 1024

/** @param at where clients that are connected look for it again; without it a free place is chosen */
export async function startServer(
  cluster: Cluster,
  engine: Engine,
  runner: Runner | undefined,
  log: Log,
  at?: Endpoint,
): Promise<Server> {
  // A free port may be taken between asking and binding.
  for (let attempt = 1; ; attempt++) {
    const endpoint = at ?? (await chooseEndpoint(cluster, runner))
    const failure = await tryStart(cluster, engine, runner, endpoint, log)
    if (typeof failure !== 'string') return failure
    const portTaken = !endpoint.host.startsWith('/') && failure.includes('could not bind')
    if (!portTaken || attempt === 3)
      throw new StartRefused(`PostgreSQL did not start. The end of ${cluster.logFile} says:\n${failure}`)
  }
}

/** The server once it answers, or what its log says if it ended. */
async function tryStart(
  cluster: Cluster,
  engine: Engine,
  runner: Runner | undefined,
  endpoint: Endpoint,
  log: Log,
): Promise<Server | string> {
  passOnNumber(cluster)
  const token = randomUUID()
  const before = existsSync(cluster.tokenFile) ? readFileSync(cluster.tokenFile) : undefined
  writeFileSync(cluster.tokenFile, `${token}\n`, { mode: 0o600, flush: true })
  if ((statSync(cluster.logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX)
    renameSync(cluster.logFile, `${cluster.logFile}.1`)
  // A file and not a pipe: the server outlives us if we are killed, and would block on a pipe that nobody reads.
  const logFd = openSync(cluster.logFile, 'a', 0o600)
  const logStart = statSync(cluster.logFile).size
  const socket = endpoint.host.startsWith('/')
  const settings = {
    listen_addresses: socket ? '' : endpoint.host,
    port: String(endpoint.port),
    // Quoted, because the setting is a list and the path may hold a comma.
    unix_socket_directories: socket ? `"${endpoint.host.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    max_connections: '60',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What people typed stays out of the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    'kaifong.token': token,
  }
  const args = ['-D', cluster.dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  // Its own session: Ctrl-C in the terminal must reach the program first, which stops the server when it has finished.
  const child = spawn(engine.postgres, args, {
    ...asRunner(runner),
    cwd: '/',
    env: SERVER_ENV,
    detached: true,
    stdio: ['ignore', logFd, logFd],
  })
  closeSync(logFd)
  let ended: (() => string) | undefined
  child.once('error', (error) => {
    ended = () => error.message
  })
  child.once('exit', () => {
    ended ??= () => readFileSync(cluster.logFile).subarray(logStart).toString().trim() || 'nothing'
  })
  child.unref()
  for (let waited = 0; ; waited += 10) {
    if (ended) {
      // One may run that a killed start had just begun: it is known by the token that was there.
      if (before) writeFileSync(cluster.tokenFile, before, { mode: 0o600, flush: true })
      return ended()
    }
    const file = readPidFile(cluster)
    if (file?.pid === child.pid && file?.status === 'ready') return { pid: file!.pid, endpoint }
    // After a power cut it replays what it had promised; that may take minutes and must not be cut short.
    if (waited > 0 && waited % 10_000 === 0) log.info(`PostgreSQL is still starting; see ${cluster.logFile}`)
    await wait(10)
  }
}

/**
 * The server that already runs on this cluster, if it is ours in every respect: same program, same directory, same
 * token. Undefined if none runs. One of ours with an older program is stopped. Anything else is refused and left alone.
 */
export async function findServer(cluster: Cluster, engine: Engine, log: Log): Promise<Server | undefined> {
  for (let waited = 0; ; waited += 20) {
    const file = readPidFile(cluster)
    if (!file || !isRunning(file.pid)) return undefined
    const program = programOf(file.pid)
    if (isSomethingElse(program, cluster)) return undefined
    if (file.status === 'ready') {
      const identity = await identityOf(cluster, file)
      if (identity !== 'not yet') {
        const token = readFileSync(cluster.tokenFile, 'utf8').trim()
        if (identity.directory !== realpathSync(cluster.dir) || identity.token !== token) {
          throw new StartRefused(
            `A PostgreSQL that this program did not start (process ${file.pid}) runs on ${cluster.dir}. Nothing was changed. Stop it, then start again.`,
          )
        }
        if (program.file === realpathSync(engine.postgres)) return { pid: file.pid, endpoint: file.endpoint }
        log.info(`PostgreSQL (process ${file.pid}) still runs an older program; it is stopped and started anew`)
        await stopServer(cluster, file.pid, log)
        return undefined
      }
    }
    if (waited >= 120_000) {
      throw new StartRefused(
        `PostgreSQL (process ${file.pid}) on ${cluster.dir} is “${file.status}” and does not answer. Look at ${cluster.logFile}.`,
      )
    }
    await wait(20)
  }
}

/**
 * The number in its files may be another process's by now (usual after a restart of a container), or a dead server's whose
 * parent has not noticed: PostgreSQL would refuse to start because of either. It ignores its own parent's number, so that goes
 * there. Deleting the file would also switch off its look for surviving children.
 */
function passOnNumber(cluster: Cluster): void {
  const file = readPidFile(cluster)
  if (!file || (isRunning(file.pid) && !isSomethingElse(programOf(file.pid), cluster))) return
  const socketLock = join(file.endpoint.host, `.s.PGSQL.${file.endpoint.port}.lock`)
  for (const path of [pidFileOf(cluster), socketLock]) {
    if (!existsSync(path)) continue
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, [process.pid, ...lines.slice(1)].join('\n'), { flush: true })
  }
}

/** True only if it is certain. In doubt we ask the server itself. */
function isSomethingElse(program: Program, cluster: Cluster): boolean {
  if (program.name !== 'postgres') return true
  const dir = realpathSync(cluster.dir)
  // A server works in its data directory.
  if (program.workDir !== undefined) return program.workDir !== dir
  const named = program.args[program.args.indexOf('-D') + 1]
  return program.args.includes('-D') && named !== cluster.dir && named !== dir
}

async function identityOf(cluster: Cluster, file: PidFile): Promise<{ directory: string; token: string | null } | 'not yet'> {
  const client = new pg.Client({ connectionString: urlTo(cluster, file.endpoint, 'postgres'), connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // A server that goes away while we ask; the question itself then fails.
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('data_directory') as directory, current_setting('kaifong.token', true) as token`,
    )
    return rows[0]
  } catch (error) {
    // It is starting, ending, or died while we asked: the next look at its file tells which.
    if (outageOf(error) === 'away') return 'not yet'
    throw new StartRefused(
      `PostgreSQL (process ${file.pid}) runs on ${cluster.dir}, but does not accept our password: ${(error as Error).message}. Nothing was changed.`,
      { cause: error },
    )
  } finally {
    await client.end().catch(() => {}) // Never connected, or gone: there is nothing left to end.
  }
}

/** Ends sessions, writes everything down, and returns when the server has gone. */
export async function stopServer(cluster: Cluster, pid: number, log: Log): Promise<void> {
  // The file tells, not the process: an adopted server is not our child, and a dead one may stay as a zombie for long.
  const gone = (): boolean => readPidFile(cluster)?.pid !== pid || !isRunning(pid)
  const within = async (ms: number): Promise<boolean> => {
    for (let waited = 0; waited < ms; waited += 5) {
      if (gone()) return true
      await wait(5)
    }
    return gone()
  }
  if (gone()) return
  signal(pid, 'SIGINT')
  if (!(await within(60_000))) {
    log.warn('PostgreSQL did not stop within a minute; it is stopped at once and will recover at the next start')
    signal(pid, 'SIGQUIT')
    if (!(await within(10_000))) throw new Error(`PostgreSQL (process ${pid}) cannot be stopped. Look at ${cluster.logFile}.`)
  }
  // The file goes a moment before the process.
  for (let waited = 0; waited < 2000 && isRunning(pid); waited += 5) await wait(5)
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
