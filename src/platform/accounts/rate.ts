/**
 * How often something may happen, counted in the database so that every process shares the count.
 */
import type pg from 'pg'
import type { Log } from '../platform.ts'
import { Refusal } from '../refusal.ts'

export interface RateLimiter {
  /**
   * Counts one hit. Throws Refusal `rate.too_many` (conflict) with `retryAfterSeconds` and `retryAfterMinutes` when
   * `key` already had `limit` hits within its window. A refused hit does not lengthen the wait.
   * The key is stored as it is: blind phones and addresses first.
   */
  hit(key: string, limit: number, windowSeconds: number, now: Date): Promise<void>
  /** Forgets the windows that ended more than a day ago. */
  sweep(now: Date): Promise<void>
}

// The window opens with the first hit, not on the clock's minute: otherwise “one a minute” lets two through in one second.
const HIT = `
insert into auth.rate as r (key, window_seconds, window_start, hits)
values ($1, $2, $3, 1)
on conflict (key, window_seconds) do update set
  window_start = case when r.window_start + make_interval(secs => r.window_seconds) <= $3 then $3 else r.window_start end,
  hits = case when r.window_start + make_interval(secs => r.window_seconds) <= $3 then 1 else least(r.hits + 1, 1000000000) end
returning hits, ceil(extract(epoch from window_start + make_interval(secs => window_seconds) - $3))::int as retry_after`

/** `log` is told once a window that somebody was slowed down, and of what kind it was; never who. */
export function createRateLimiter(pool: pg.Pool, log?: Pick<Log, 'warn'>): RateLimiter {
  return {
    async hit(key, limit, windowSeconds, now) {
      const { rows } = await pool.query({ name: 'auth.rate.hit', text: HIT, values: [key, windowSeconds, now] })
      const { hits, retry_after: wait } = rows[0] as { hits: number; retry_after: number }
      if (hits <= limit) return
      if (hits === limit + 1)
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
