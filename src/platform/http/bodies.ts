/**
 * What may be sent, before any of it is read: how large, how much a day, how many at a time, and how slowly. A body that is refused here costs
 * a header. Throws Refusals; who sends is a session, else an address.
 */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { createTurns, type Turns } from './turns.ts'

export interface BodyLimits {
  /** Of one request with files, all told. */
  mostBytes: number
  /** Bodies on their way at the same time: of one client, and of all. */
  ofOne: number
  ofAll: number
  /** Whose files are in memory at the same time; the others lie on the disk. */
  inHand: number
  waitMs: number
  /** Nothing came for so long, or less than so much a second once it had its time to begin. */
  idleMs: number
  graceMs: number
  bytesPerSecond: number
}

export const BODY_LIMITS: Omit<BodyLimits, 'mostBytes'> = {
  ofOne: 4,
  ofAll: 20,
  inHand: 2,
  waitMs: 40_000,
  idleMs: 10_000,
  graceMs: 20_000,
  bytesPerSecond: 4_000,
}

/** Smaller ones hold no memory worth counting. */
const SMALL = 64 * 1024
const LOOKS_EVERY_MS = 1000

export interface Bodies {
  /** @throws Refusal request.length_required · request.body_too_large · request.busy · rate.too_many */
  admit(request: FastifyRequest, client: string): void
  /** From now on the sender is waited for, within limits. */
  watch(request: FastifyRequest): void
  /** Until the answer is sent. @throws Refusal request.busy */
  takeInHand(request: FastifyRequest): Promise<void>
  leave(request: FastifyRequest): void
}

interface Held {
  client: string
  done: (() => void) | null
}

export const isMultipart = (request: FastifyRequest): boolean => /^multipart\//i.test(request.headers['content-type'] ?? '')
/** NaN when it is not said. */
export const lengthOf = (request: FastifyRequest): number => Number(request.headers['content-length'] ?? Number.NaN)

export function createBodies(limits: BodyLimits): Bodies {
  const open = new Map<string, number>()
  const held = new WeakMap<FastifyRequest, Held>()
  const turns: Turns = createTurns(limits.inHand, limits.ofAll, limits.waitMs)
  let all = 0
  const busy = (retryAfterSeconds: number) => new Refusal('request.busy', 'conflict', { retryAfterSeconds })

  return {
    admit(request, client) {
      const length = lengthOf(request)
      if (isMultipart(request)) {
        // Every browser says it of a form. Without it nobody knows what comes, and neither does a budget.
        if (!Number.isSafeInteger(length)) throw new Refusal('request.length_required', 'invalid')
        if (length > limits.mostBytes)
          throw new Refusal('request.body_too_large', 'invalid', { megabytes: Math.floor(limits.mostBytes / 1_048_576) })
      } else if (length <= SMALL) return
      const own = open.get(client) ?? 0
      if (own >= limits.ofOne) throw new Refusal('rate.too_many', 'conflict', { retryAfterSeconds: 10, retryAfterMinutes: 1 })
      if (all >= limits.ofAll) throw busy(30)
      open.set(client, own + 1)
      all++
      held.set(request, { client, done: null })
    },
    watch(request) {
      const { raw } = request
      const { socket } = raw
      // A request that came over no socket is whole already.
      if (raw.complete || typeof socket?.bytesRead !== 'number') return
      const began = performance.now()
      const before = socket.bytesRead
      let last = before
      let lastAt = began
      const timer = setInterval(() => {
        if (raw.complete || raw.destroyed) return stop()
        const at = performance.now()
        const { bytesRead } = socket
        if (bytesRead > last) {
          last = bytesRead
          lastAt = at
        }
        const slow = at - began > limits.graceMs && ((bytesRead - before) * 1000) / (at - began) < limits.bytesPerSecond
        if (at - lastAt < limits.idleMs && !slow) return
        stop()
        socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        raw.destroy()
      }, LOOKS_EVERY_MS)
      timer.unref()
      const stop = () => clearInterval(timer)
      raw.once('close', stop)
    },
    async takeInHand(request) {
      const one = held.get(request)
      if (!one) return
      const done = await turns.take()
      if (!done) throw busy(30)
      // It may have hung up while it waited.
      if (held.has(request)) one.done = done
      else done()
    },
    leave(request) {
      const one = held.get(request)
      if (!one) return
      held.delete(request)
      one.done?.()
      all--
      const left = (open.get(one.client) ?? 1) - 1
      if (left > 0) open.set(one.client, left)
      else open.delete(one.client)
    },
  }
}
