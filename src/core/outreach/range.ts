/** What a whole number can be, so that sums which cannot leave the exact numbers are left to the processor. */
export interface Range {
  low: number
  high: number
}

export const rangeOf = (low: number, high: number): Range => ({ low: low + 0, high: high + 0 })

const within = (number: number): number => Math.min(Math.max(number, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)

/** What is left when everything beyond the exact numbers has become unknown. */
export const clamped = ({ low, high }: Range): Range => rangeOf(within(low), within(high))
