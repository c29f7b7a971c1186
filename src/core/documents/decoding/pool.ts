/**
 * Where photos are unpacked: processes beside the server, few, low in priority, each with a limit of memory and of time for one picture,
 * behind a queue that ends. A picture that breaks its decoder ends that process and nobody else's request.
 *
 * Processes and not worker threads: libvips allocates outside JavaScript's heap, and nothing limits that of a thread, nor ends one
 * inside native code. No npm pool: those that can fork (`tinypool`, `workerpool`) know neither a limit of memory nor a bounded wait.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../../../platform/refusal.ts'
import type { Derivatives } from './pixels.ts'

export interface Asked {
  bytes: Uint8Array
  maxPixels: number
  mostBytes: number
}
export type Told =
  | { done: Derivatives }
  | { refused: { code: string; params: Readonly<Record<string, unknown>>; cause: string } }
  | { failed: string }

export interface PoolLimits {
  processes: number
  /** So many may wait; whoever comes after them is told to come again. */
  waiting: number
  waitMs: number
  /** For one picture. */
  workMs: number
  /** Of one process, all told. */
  mostBytes: number
  /** A process that had nothing to do for so long ends. */
  idleMs: number
}

interface Task {
  asked: Asked
  done: (pictures: Derivatives) => void
  failed: (error: Error) => void
  late: NodeJS.Timeout | undefined
}
interface Worker {
  child: ChildProcess
  task: Task | null
  timer: NodeJS.Timeout | undefined
}

const busy = () => new Refusal('attachment.busy', 'conflict', { retryAfterSeconds: 30 })
const tooHard = () => new Refusal('attachment.image_too_hard', 'invalid')
/** Below every page that somebody waits for. */
const PRIORITY = 10

export class DecodingPool {
  readonly #limits: PoolLimits
  readonly #workers = new Set<Worker>()
  readonly #queue: Task[] = []
  constructor(limits: PoolLimits) {
    this.#limits = limits
  }

  /** Throws Refusal attachment.*, of them `attachment.busy` (503) when too many wait. */
  derive(bytes: Uint8Array, maxPixels: number): Promise<Derivatives> {
    const { waiting, waitMs, mostBytes } = this.#limits
    return new Promise((done, failed) => {
      const task: Task = { asked: { bytes, maxPixels, mostBytes }, done, failed, late: undefined }
      const worker = this.#free()
      if (worker) {
        this.#give(worker, task)
        return
      }
      if (this.#queue.length >= waiting) {
        failed(busy())
        return
      }
      task.late = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(task), 1)
        failed(busy())
      }, waitMs)
      this.#queue.push(task)
    })
  }

  #free(): Worker | null {
    for (const worker of this.#workers) if (!worker.task) return worker
    return this.#workers.size < this.#limits.processes ? this.#open() : null
  }

  #open(): Worker {
    const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [], {
      serialization: 'advanced',
      // Neither the server's hooks nor its secrets: a decoder that is broken into finds nothing.
      execArgv: ['--max-old-space-size=96'],
      // Of glibc: one arena instead of one a thread; without it what libvips gave back stayed with the process (283 MB, not 120).
      env: { PATH: process.env.PATH ?? '', MALLOC_ARENA_MAX: '1' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const worker: Worker = { child, task: null, timer: undefined }
    this.#workers.add(worker)
    if (child.pid !== undefined) lower(child.pid)
    child.on('message', (told: Told) => this.#told(worker, told))
    child.once('error', (error) => this.#ended(worker, error))
    child.once('exit', () => this.#ended(worker, tooHard()))
    return worker
  }

  #give(worker: Worker, task: Task): void {
    clearTimeout(task.late)
    clearTimeout(worker.timer)
    worker.task = task
    // It keeps the program alive only while somebody waits for it.
    worker.child.ref()
    worker.child.channel?.ref()
    worker.timer = setTimeout(() => worker.child.kill('SIGKILL'), this.#limits.workMs)
    worker.child.send(task.asked, (error) => {
      if (error) this.#ended(worker, error)
    })
  }

  #told(worker: Worker, told: Told): void {
    const { task } = worker
    this.#rest(worker)
    if (!task) return
    if ('done' in told) task.done(pictures(told.done))
    else if ('refused' in told) {
      const refusal = new Refusal(told.refused.code, 'invalid', told.refused.params)
      refusal.cause = new Error(told.refused.cause)
      task.failed(refusal)
    } else task.failed(new Error(`a photo could not be unpacked: ${told.failed}`))
  }

  #rest(worker: Worker): void {
    clearTimeout(worker.timer)
    worker.task = null
    const next = this.#queue.shift()
    if (next) {
      this.#give(worker, next)
      return
    }
    worker.child.unref()
    worker.child.channel?.unref()
    worker.timer = setTimeout(() => worker.child.kill('SIGKILL'), this.#limits.idleMs)
    worker.timer.unref()
  }

  #ended(worker: Worker, why: Error): void {
    if (!this.#workers.delete(worker)) return
    clearTimeout(worker.timer)
    worker.child.kill('SIGKILL')
    worker.task?.failed(why)
    worker.task = null
    const next = this.#queue.shift()
    if (next) this.#give(this.#open(), next)
  }
}

/** What crosses between processes arrives as plain bytes. */
const pictures = ({ shown, preview, looks }: Derivatives): Derivatives => ({
  shown: { ...shown, bytes: Buffer.from(shown.bytes) },
  preview: { ...preview, bytes: Buffer.from(preview.bytes) },
  looks,
})

function lower(pid: number): void {
  try {
    setPriority(pid, PRIORITY)
  } catch {
    // It ended already, or the system knows no priorities: it decodes all the same.
  }
}

export const decoding = new DecodingPool({
  processes: Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2))),
  waiting: 24,
  waitMs: 30_000,
  workMs: 15_000,
  mostBytes: 340_000_000,
  idleMs: 60_000,
})
