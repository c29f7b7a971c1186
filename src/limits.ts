/** How often, and how much, one client sends: what the server asks before it reads a body. */
import type { FastifyRequest } from 'fastify'
import type { RateLimiter } from './platform/accounts/index.ts'
import { outageOf } from './platform/database/away.ts'
import type { ServerOptions } from './platform/http/server.ts'
import type { Services } from './platform/platform.ts'
import { Refusal } from './platform/refusal.ts'

/** How many officers may be as busy as one may be, behind one address. */
const OFFICE = 40
const KILOBYTE = 1024
const DAY_SECONDS = 86_400

export interface ClientLimits {
  unsafePerMinute: number
  /** Of files, from one client: one who is signed in, and an address that may stand for many. */
  bytesPerDay: { known: number; stranger: number }
}

export function limitsOf(
  { accounts, crypto }: Pick<Services, 'accounts' | 'crypto'>,
  rate: RateLimiter,
  { unsafePerMinute: most, bytesPerDay }: ClientLimits,
): Pick<ServerOptions, 'slowDown' | 'spend' | 'markOf'> {
  const markOf = (client: string): string => crypto.blind(client, 'rate.unsafe').toString('hex')
  const slowDown = async (request: FastifyRequest, now: Date) => {
    const hit = (kind: string, whose: string, limit: number) => rate.hit(`${kind}:${markOf(whose)}`, limit, 60, now)
    // Nobody can be looked up while the database is away: then she counts by her address, so that the limit holds meanwhile.
    const session = await accounts.sessionOf(request.headers.cookie, now).catch((error: unknown) => {
      if (outageOf(error)) return null
      throw error
    })
    if (!session) return hit('unsafe', request.ip, most).then(() => ({ slowed: null, client: request.ip }))
    const client = `session ${session.sessionId}`
    try {
      // A whole office stands behind one address: each officer is counted by herself, and all of them together generously.
      if (session.kind === 'staff') {
        await hit('unsafe-session', session.sessionId, most)
        await hit('unsafe-office', request.ip, most * OFFICE)
      } else await hit('unsafe', request.ip, most)
      return { slowed: null, client }
    } catch (error) {
      if (error instanceof Refusal) return { slowed: error, client }
      throw error
    }
  }
  return {
    markOf,
    slowDown,
    async spend(request, bytes, now) {
      const most = request.client === request.ip ? bytesPerDay.stranger : bytesPerDay.known
      await rate.hit(
        `bytes:${markOf(request.client)}`,
        Math.floor(most / KILOBYTE),
        DAY_SECONDS,
        now,
        Math.ceil(bytes / KILOBYTE),
      )
    },
  }
}
