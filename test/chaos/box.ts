/** The product as its keeper runs it: by the launcher of `npm start`, on data of its own, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isRunning } from '../../src/platform/postgres/process.ts'

const root = join(import.meta.dirname, '../..')

export interface Box {
  url: string
  dataDir: string
  env: Record<string, string>
  /** Ends of the program that nobody asked for. */
  unasked(): number
  /** Longest time between two good answers of /readyz, in seconds. */
  longestUnready(): number
  untilReady(): Promise<void>
  killNode(): Promise<void>
  killPostgres(): Promise<void>
  /** Orderly, by SIGTERM to the launcher. @returns its exit code */
  stop(): Promise<number | null>
}

/** @param folder holds data, keys, seals and the log; nothing else lies there */
export async function openBox(folder: string, port: number): Promise<Box> {
  const dataDir = join(folder, 'data')
  const { PATH = '', HOME = '' } = process.env
  const env = {
    PATH,
    HOME,
    PORT: String(port),
    KAIFONG_DATA: dataDir,
    KAIFONG_SEAL_SECONDS: '1',
  }
  const url = `http://127.0.0.1:${port}`
  let launcher: ChildProcess
  let ended: Promise<number | null>
  let asked = false
  let closing = false
  let unasked = 0
  let lastReady: number | undefined
  let longest = 0

  /** Between the lines of the program itself: what it was dealt. */
  const note = (text: string): void => appendFileSync(join(folder, 'log'), `--- ${text}\n`)
  const start = (): void => {
    asked = false
    const log = openSync(join(folder, 'log'), 'a')
    const child = spawn(process.execPath, [join(root, 'bin/start.cjs')], { cwd: root, env, stdio: ['ignore', log, log] })
    closeSync(log)
    launcher = child
    ended = new Promise((done) => child.once('exit', (code) => done(code)))
    void ended.then((code) => {
      if (closing) return
      note(asked ? 'ended, as asked' : `ENDED BY ITSELF with ${code}`)
      if (!asked) unasked++
      start()
    })
  }
  const isReady = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok
    } catch {
      return false // not there at the moment: that is what is measured
    }
  }
  const probe = async (): Promise<void> => {
    while (!closing) {
      const ready = await isReady()
      if (closing) return
      if (ready) {
        const now = performance.now()
        longest = Math.max(longest, now - (lastReady ?? now))
        lastReady = now
      }
      await wait(50)
    }
  }
  start()
  const probing = probe()
  return {
    url,
    dataDir,
    env,
    unasked: () => unasked,
    longestUnready: () => Number((longest / 1000).toFixed(1)),
    async untilReady() {
      for (let waited = 0; waited < 120_000; waited += 50) {
        if (await isReady()) return
        await wait(50)
      }
      throw new Error(`not ready within two minutes; see ${folder}/log`)
    },
    async killNode() {
      const pid = launcher.pid!
      const [node] = childrenOf(pid)
      // A launcher that has only just begun has no child yet; then it is the one that dies.
      asked = true
      const before = ended
      note(node ? 'node is killed' : 'the launcher is killed')
      process.kill(node ?? pid, 'SIGKILL')
      await before
    },
    async killPostgres() {
      const pid = postmasterOf(dataDir)
      if (!pid || !isRunning(pid)) return
      note('PostgreSQL is killed')
      process.kill(pid, 'SIGKILL')
      while (isRunning(pid)) await wait(10)
    },
    async stop() {
      closing = true
      await probing
      launcher.kill('SIGTERM')
      return ended
    },
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** Of this data folder and no other. */
function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Processes that still work in the folder or were started for it, as `pid command`. */
export function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
        const there = readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
        return there || command.includes(folder) || environment.includes(`KAIFONG_DATA=${folder}`) ? [`${pid} ${command}`] : []
      } catch {
        return [] // gone between the list and the look
      }
    })
}
