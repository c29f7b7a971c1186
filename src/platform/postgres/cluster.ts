/** Files of one embedded cluster inside the data directory, and how its server is reached. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartRefused } from '../config.ts'
import type { Engine } from './engine.ts'
import { asRunner, give, type Runner } from './runner.ts'

export const OWNER = 'kaifong'
export const DATABASE = 'kaifong'

export interface Cluster {
  /** PGDATA: owned by the runner, closed to everybody else. */
  dir: string
  socketDir: string
  logFile: string
  passwordFile: string
  /** Token of the server that we started last, to know it again. */
  tokenFile: string
}

/** `host` is an address or the folder of a Unix socket; both have a port. */
export interface Endpoint {
  host: string
  port: number
}

export const clusterIn = (dataDir: string): Cluster => ({
  dir: join(dataDir, 'postgres'),
  socketDir: join(dataDir, 'run'),
  logFile: join(dataDir, 'postgres.log'),
  passwordFile: join(dataDir, 'postgres.password'),
  tokenFile: join(dataDir, 'postgres.token'),
})

/** Locale settings of the person who starts, and PG* variables meant for another server, must not reach this one. */
export const SERVER_ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }

/** Makes the cluster unless it is there. It appears by a rename: a start that was killed in between begins again. */
export async function createCluster(cluster: Cluster, engine: Engine, runner: Runner | undefined): Promise<void> {
  if (existsSync(cluster.dir)) return assertReadable(cluster, engine)
  const aside = `${cluster.dir}.new`
  const secret = `${cluster.dir}.secret`
  // Again and again, because the initdb of a killed start may still be writing.
  rmSync(aside, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  rmSync(secret, { force: true })
  mkdirSync(aside, { mode: 0o700 })
  give(aside, runner)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(cluster.passwordFile, `${password}\n`, { mode: 0o600, flush: true })
  // initdb runs as the runner and cannot read our password file; a pipe of ours it cannot open either.
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  give(secret, runner)
  try {
    const options = ['--auth=scram-sha-256', '--locale=C.UTF-8', '--encoding=UTF8', '--data-checksums', '--no-instructions']
    await promisify(execFile)(engine.initdb, ['-D', aside, '-U', OWNER, `--pwfile=${secret}`, ...options], {
      ...asRunner(runner),
      cwd: '/',
      env: SERVER_ENV,
    })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() ?? String(cause)
    throw new StartRefused(`The database could not be created in ${cluster.dir}. initdb says:\n${said}`, { cause })
  } finally {
    rmSync(secret, { force: true })
  }
  renameSync(aside, cluster.dir)
}

function assertReadable(cluster: Cluster, engine: Engine): void {
  const found = readFileSync(join(cluster.dir, 'PG_VERSION'), 'utf8').trim()
  if (found !== engine.major) {
    const message = `The database in ${cluster.dir} is of PostgreSQL ${found}; this program brings ${engine.major}. Export it with the program that made it, and import it here.`
    throw new StartRefused(message)
  }
  if (!existsSync(cluster.passwordFile)) {
    throw new StartRefused(
      `${cluster.passwordFile} is missing, and without it nobody can log in to the database beside it. Put it back from a backup.`,
    )
  }
}

const SOCKET_PORT = 5432
/** Bytes that fit into the system's socket address, without the zero at the end. */
const SOCKET_PATH_MAX = process.platform === 'darwin' ? 103 : 107

/** A socket in a closed folder; if its path is too long for one, a free port on loopback. */
export async function chooseEndpoint(cluster: Cluster, runner: Runner | undefined): Promise<Endpoint> {
  if (Buffer.byteLength(join(cluster.socketDir, `.s.PGSQL.${SOCKET_PORT}`)) > SOCKET_PATH_MAX) {
    return { host: '127.0.0.1', port: await freePort() }
  }
  mkdirSync(cluster.socketDir, { recursive: true, mode: 0o700 })
  chmodSync(cluster.socketDir, 0o700)
  give(cluster.socketDir, runner)
  return { host: cluster.socketDir, port: SOCKET_PORT }
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })

/** An address that `pg` reads. Everything is spelt out, so that no PG* variable of the environment changes it. */
export function urlTo(cluster: Cluster, endpoint: Endpoint, database: string): string {
  const socket = endpoint.host.startsWith('/')
  const url = new URL(`postgres://${socket ? 'localhost' : endpoint.host}:${endpoint.port}/${database}`)
  url.username = OWNER
  url.password = readFileSync(cluster.passwordFile, 'utf8').trim()
  if (socket) url.searchParams.set('host', endpoint.host)
  url.searchParams.set('sslmode', 'disable')
  // A space as + is a form's habit; some readers of such addresses do not know it.
  return url.href.replaceAll('+', '%20')
}
