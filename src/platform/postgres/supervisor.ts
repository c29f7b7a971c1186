/**
 * The embedded PostgreSQL of a newcomer, the demo and the tests. One process holds a data directory; it starts the
 * server or adopts the one that a killed predecessor left, and only the holder stops it.
 */
import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartRefused } from '../config.ts'
import { asOwner } from '../database/owner.ts'
import { type Cluster, clusterIn, createCluster, DATABASE, urlTo } from './cluster.ts'
import { prepareEngine } from './engine.ts'
import { holderOf, takeLock } from './lock.ts'
import { isRunning } from './process.ts'
import { barrierTo, chooseRunner, type Runner } from './runner.ts'
import { findServer, type Log, readPidFile, type Server, signal, startServer, stopServer } from './server.ts'

export { DataHeld } from './lock.ts'
export type { Log } from './server.ts'

export interface EmbeddedOptions {
  dataDir: string
  log: Log
  /** `stop` for tests: nothing stays, even after kill -9. By default the server stays and the next start adopts it. */
  whenHolderDies?: 'stop' | 'stay'
}

export interface Embedded {
  /** The superuser's connection, for migrations and for making the application's role; never for requests. */
  ownerUrl: string
  /** The database was created by this start and is empty. */
  isNew: boolean
  /** The server was left by a process that died, and runs on. */
  adopted: boolean
  /** Of the server that runs now: one that died is started again. */
  readonly pid: number
  /** Ends all sessions and returns when the server has gone. Calling it again does nothing. */
  stop(): Promise<void>
}

/** Throws `DataHeld` if another process has the directory, before anything is touched. */
export async function startEmbedded({ dataDir: given, log, whenHolderDies = 'stay' }: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(given)
  const cluster = clusterIn(dataDir)
  const runner = chooseRunner(cluster.dir)
  openDataDir(dataDir, runner)
  const giveBack = await takeLock(dataDir)
  let held: ReturnType<typeof hold> | undefined
  try {
    const engine = prepareEngine(dataDir, runner)
    await createCluster(cluster, engine, runner)
    let server = await findServer(cluster, engine, log)
    let adopted = server !== undefined
    server ??= await startServer(cluster, engine, runner, log).catch(async (error) => {
      // A start that was killed a moment ago may have begun one, which wrote its file only now.
      await wait(AGAIN_MS)
      const begun = await findServer(cluster, engine, log)
      if (!begun) throw error
      adopted = true
      return begun
    })
    const { pid, endpoint } = server
    const again = async (): Promise<Server> =>
      (await findServer(cluster, engine, log)) ?? startServer(cluster, engine, runner, log, endpoint)
    // Before the first question to it: it may die at once, and nobody else would start it again.
    held = hold(server, again, { cluster, giveBack, log, whenHolderDies })
    const isNew = await createDatabase(urlTo(cluster, endpoint, 'postgres'))
    log.info(`PostgreSQL ${engine.major} ${adopted ? 'was still running and is used again' : 'started'} (process ${pid})`)
    const { stop, pid: pidNow } = held
    return {
      ownerUrl: urlTo(cluster, endpoint, DATABASE),
      isNew,
      adopted,
      get pid() {
        return pidNow()
      },
      stop,
    }
  } catch (error) {
    if (held) await held.stop()
    else giveBack()
    throw error
  }
}

/**
 * For commands that work beside a running start: its database, which this command does not stop. If nobody holds the
 * directory, the same as `startEmbedded`.
 */
export async function attachEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  const holder = holderOf(dataDir)
  const cluster = clusterIn(dataDir)
  const file = existsSync(cluster.dir) ? readPidFile(cluster) : undefined
  if (!holder) return startEmbedded(options)
  if (file?.status !== 'ready' || !isRunning(file.pid)) {
    throw new StartRefused(
      `Process ${holder.pid} (${holder.command}) is starting or stopping the database in ${dataDir}. Try again in a moment.`,
    )
  }
  return { ownerUrl: urlTo(cluster, file.endpoint, DATABASE), isNew: false, adopted: false, pid: file.pid, stop: async () => {} }
}

/** Has a start ever made a database here? */
export const hasCluster = (dataDir: string): boolean => existsSync(clusterIn(resolve(dataDir)).dir)

function openDataDir(dataDir: string, runner: Runner | undefined): void {
  let there = dataDir
  while (!existsSync(there)) there = dirname(there)
  // The folder given for the data itself may be closed (a fresh temporary one is): passing through shows nobody its names.
  if (there === dataDir && barrierTo(dataDir, runner) === dataDir) chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011)
  const barrier = barrierTo(there, runner)
  if (barrier !== undefined) {
    throw new StartRefused(
      `PostgreSQL runs as the user ${runner!.name}, who may not enter ${barrier}. ` +
        `Open it (chmod o+x ${barrier}), or set KAIFONG_DATA to a folder outside it, such as /var/lib/kaifong.`,
    )
  }
  try {
    if (there !== dataDir) {
      // The runner passes through to its cluster and sees nothing else here.
      const mode = runner ? 0o711 : 0o700
      mkdirSync(dataDir, { recursive: true, mode })
      chmodSync(dataDir, mode)
    }
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const message = `${dataDir} cannot be used (${(cause as Error).message}). Start as the user whose folder it is, or set KAIFONG_DATA to a folder of yours.`
    throw new StartRefused(message, { cause })
  }
}

/** Answers whether it was created now. */
const createDatabase = (serverUrl: string): Promise<boolean> =>
  asOwner(serverUrl, 'start', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount) return false
    await client.query(`create database ${DATABASE}`)
    return true
  })

/** Drops the database of `ownerUrl` with all that is in it and makes it anew, empty. Nothing may hold a session on it. */
export function emptyDatabase(ownerUrl: string): Promise<void> {
  const serverUrl = new URL(ownerUrl)
  serverUrl.pathname = '/postgres'
  return asOwner(serverUrl.href, 'empty', async (client) => {
    await client.query(`drop database ${DATABASE} with (force)`)
    await client.query(`create database ${DATABASE}`)
  })
}

interface Hold {
  cluster: Cluster
  giveBack: () => void
  log: Log
  whenHolderDies: 'stop' | 'stay'
}

const LOOK_MS = 200
/** Between tries to start a server that died: its last processes may still hold its memory. */
const AGAIN_MS = 500

/**
 * Keeps the server running until `stop`. One that died (the machine ran out of memory, somebody killed it) is started again
 * in the same place, so that whoever lost a connection finds it under the address that is known.
 */
function hold(first: Server, again: () => Promise<Server>, { cluster, giveBack, log, whenHolderDies }: Hold) {
  let { pid } = first
  let letGo = whenHolderDies === 'stop' ? tieToUs(pid) : () => {}
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  const startAgain = async (): Promise<void> => {
    log.warn(`PostgreSQL (process ${pid}) has died and is started again; see ${cluster.logFile}`)
    letGo()
    let told = ''
    while (!stopping) {
      try {
        ;({ pid } = await again())
        if (whenHolderDies === 'stop') letGo = tieToUs(pid)
        log.warn(`PostgreSQL runs again (process ${pid})`)
        return
      } catch (error) {
        // Once for each reason: it may take until somebody has made room on the disk.
        const reason = error instanceof Error ? error.message : String(error)
        const kind = reason.replace(/^.*?(FATAL|PANIC)/s, '$1')
        if (kind !== told) log.warn(`PostgreSQL could not be started again and is tried until it runs: ${reason}`)
        told = kind
      }
      await wait(AGAIN_MS)
    }
  }
  const watch = setInterval(() => {
    if (starting || stopping || isRunning(pid)) return
    starting = startAgain().finally(() => {
      starting = undefined
    })
  }, LOOK_MS)
  watch.unref()

  // process.exit() waits for nobody, but may still send a signal.
  const atExit = (): void => {
    if (readPidFile(cluster)?.pid === pid) signal(pid, 'SIGINT')
  }
  process.once('exit', atExit)
  const stop = async (): Promise<void> => {
    clearInterval(watch)
    await starting
    await stopServer(cluster, pid, log)
    process.off('exit', atExit)
    letGo()
    giveBack()
    log.info('PostgreSQL stopped')
  }
  return {
    pid: () => pid,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** A shell that waits for our end of a pipe to close, which kill -9 does as well as anything, and then stops the server. */
function tieToUs(pid: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.unref()
  ;(watcher.stdin as unknown as { unref(): void }).unref()
  return () => watcher.kill('SIGKILL')
}
