/** What this process counted itself, for when the database does not answer. Windows open with the first hit, as they do there. */

export interface RateMemory {
  hit(key: string, windowSeconds: number, now: Date, amount: number): RateWindow
}

export interface RateWindow {
  hits: number
  retryAfter: number
  /** The database did not count this hit. */
  miss(): void
  /** Of this window, what the database did not count. */
  missed(): number
}

/** Of different keys: some forty megabytes. */
const MOST_KEYS = 200_000
/** Whoever comes after so many shares one count with all others of that kind: never open, and never without end. */
const OTHERS = ' others'

export function createRateMemory(mostKeys = MOST_KEYS): RateMemory {
  const windows = new Map<string, { until: number; hits: number; missed: number }>()
  const drop = (at: number): void => {
    for (const [key, { until }] of windows) if (until <= at) windows.delete(key)
  }
  let nextDrop = 0
  return {
    hit(key, windowSeconds, now, amount) {
      const at = now.getTime()
      if (at >= nextDrop) {
        drop(at)
        // A full memory is looked through from end to end, so not at every hit.
        nextDrop = at + (windows.size >= mostKeys ? 1000 : 60_000)
      }
      const full = `${windowSeconds} ${key}`
      const name =
        windows.has(full) || windows.size < mostKeys ? full : `${windowSeconds} ${key.slice(0, key.indexOf(':'))}${OTHERS}`
      const known = windows.get(name)
      const window = known && known.until > at ? known : { until: at + windowSeconds * 1000, hits: 0, missed: 0 }
      window.hits = Math.min(window.hits + amount, 1_000_000_000)
      windows.set(name, window)
      return {
        hits: window.hits,
        retryAfter: Math.ceil((window.until - at) / 1000),
        miss: () => {
          window.missed += amount
        },
        missed: () => window.missed,
      }
    },
  }
}
