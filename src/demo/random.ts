/**
 * Chance that is the same every time: one seed, one street. mulberry32, since it is six lines and needs no package;
 * nothing here is secret.
 */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** An integer from `low` to `high`, both included. */
  int(low: number, high: number): number
  /** True in `percent` of 100. */
  percent(percent: number): boolean
  pick<T>(from: readonly T[]): T
  /** One of these, by weight. */
  weighted<T>(from: readonly (readonly [T, number])[]): T
  digits(count: number): string
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const chance: Chance = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    percent: (percent) => next() * 100 < percent,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    weighted(from) {
      let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of from) {
        left -= weight
        if (left < 0) return item
      }
      return from.at(-1)![0]
    },
    digits: (count) => Array.from({ length: count }, () => Math.floor(next() * 10)).join(''),
  }
  return chance
}

/** A UUID of version 7 for a day, out of chance instead of the system's randomness. */
export function idOf(chance: Chance, instant: Date): string {
  const time = instant.getTime().toString(16).padStart(12, '0')
  const hex = (count: number) => Array.from({ length: count }, () => Math.floor(chance.next() * 16).toString(16)).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[Math.floor(chance.next() * 4)]}${hex(3)}-${hex(12)}`
}
