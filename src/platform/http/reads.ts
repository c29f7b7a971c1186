/** How often, and how many at a time, one address reads what anybody may read without a form: other programs, maps, feeds. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

export interface ReadLimits {
  counts: (request: FastifyRequest) => boolean
  perMinute: number
  /** Several connections of the pool stay free for everybody else, whatever one address asks for. */
  atOnce: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Ends what counts as one of those at a time; null for whatever is not counted. */
    readDone: (() => void) | null
  }
}

/**
 * Kept in this process alone, and forgotten with the minute: a row in the database for each read would cost more than the read.
 * Throws Refusal `rate.too_many`, which each door says in its own form.
 */
export function limitReads(app: FastifyInstance, { counts, perMinute, atOnce }: ReadLimits): void {
  let minute = 0
  let hits = new Map<string, number>()
  const open = new Map<string, number>()
  const tooMany = (retryAfterSeconds: number) =>
    new Refusal('rate.too_many', 'conflict', { retryAfterSeconds, retryAfterMinutes: Math.ceil(retryAfterSeconds / 60) })

  app.decorateRequest('readDone', null)
  app.addHook('onRequest', async (request) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !counts(request)) return
    const { ip } = request
    const at = request.call.now.getTime()
    if (Math.floor(at / 60_000) !== minute) {
      minute = Math.floor(at / 60_000)
      hits = new Map()
    }
    const n = (hits.get(ip) ?? 0) + 1
    hits.set(ip, n)
    if (n > perMinute) throw tooMany(Math.max(1, Math.ceil(((minute + 1) * 60_000 - at) / 1000)))
    const standing = open.get(ip) ?? 0
    if (standing >= atOnce) throw tooMany(1)
    open.set(ip, standing + 1)
    request.readDone = () => {
      const left = (open.get(ip) ?? 1) - 1
      if (left > 0) open.set(ip, left)
      else open.delete(ip)
    }
  })
  // Also of who hung up: the answer is over either way.
  app.addHook('onResponse', async (request) => {
    request.readDone?.()
    request.readDone = null
  })
}
