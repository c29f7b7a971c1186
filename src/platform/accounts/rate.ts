/**
 * How often something may happen, counted in the database so that every process shares the count; and in memory beside it, so that the
 * limits hold while the database does not answer, and what happened meanwhile still counts when it does.
 */
import type pg from 'pg'
import { outageOf } from '../database/away.ts'
import type { Log } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import { createRateMemory } from './rate-memory.ts'

export interface RateLimiter {
  /**
   * Counts one hit. Throws Refusal `rate.too_many` (conflict) with `retryAfterSeconds` and `retryAfterMinutes` when
   * `key` already had `limit` hits within its window. A refused hit does not lengthen the wait.
   * The key is stored as it is: blind phones and addresses first. `amount`: what it counts as, such as kilobytes.
   */
  hit(key: string, limit: number, windowSeconds: number, now: Date, amount?: number): Promise<void>
  /** Forgets the windows that ended more than a day ago. */
  sweep(now: Date): Promise<void>
}

// The window opens with the first hit, not on the clock's minute: otherwise “one a minute” lets two through in one second.
const HIT = `
insert into auth.rate as r (key, window_seconds, window_start, hits)
values ($1, $2, $3, $4)
on conflict (key, window_seconds) do update set
  window_start = case when r.window_start + make_interval(secs => r.window_seconds) <= $3 then $3 else r.window_start end,
  hits = case when r.window_start + make_interval(secs => r.window_seconds) <= $3 then $4 else least(r.hits + $4, 1000000000) end
returning hits, ceil(extract(epoch from window_start + make_interval(secs => window_seconds) - $3))::int as retry_after`

/** `log` is told once a window that somebody was slowed down, and of what kind it was; never who. */
export function createRateLimiter(pool: pg.Pool, log?: Pick<Log, 'warn'>): RateLimiter {
  const memory = createRateMemory()
  return {
    async hit(key, limit, windowSeconds, now, amount = 1) {
      const own = memory.hit(key, windowSeconds, now, amount)
      const { hits, wait } = await pool
        .query({ name: 'auth.rate.hit', text: HIT, values: [key, windowSeconds, now, amount] })
        // The order in which the database counts decides: two counts of one race would refuse more than are too many.
        .then(({ rows }) => ({ hits: rows[0].hits + own.missed(), wait: rows[0].retry_after }))
        .catch((error: unknown) => {
          if (!outageOf(error)) throw error
          // Never open: whoever is over the limit by our own count is told so; whoever is not meets the outage itself.
          own.miss()
          return { hits: own.hits, wait: own.retryAfter }
        })
      if (hits <= limit) return
      if (hits - amount <= limit)
        log?.warn({ kind: key.slice(0, key.indexOf(':')), limit, windowSeconds }, 'somebody was slowed down')
      const retryAfterSeconds = Math.max(1, wait)
      throw new Refusal('rate.too_many', 'conflict', { retryAfterSeconds, retryAfterMinutes: Math.ceil(retryAfterSeconds / 60) })
    },
    async sweep(now) {
      await pool.query({
        name: 'auth.rate.sweep',
        text: `delete from auth.rate where window_start < $1::timestamptz - interval '1 day'
                 and window_start + make_interval(secs => window_seconds) < $1::timestamptz - interval '1 day'`,
        values: [now],
      })
    },
  }
}
