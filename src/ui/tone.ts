/** What a colour means. It is never the only sign: a word stands beside it. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'hold' | 'plain'

/** Answer of one condition: 符合, 不清楚, 不符合. Unknown is a third value, never “not met”. */
export type CheckState = 'met' | 'unknown' | 'not_met'

export const TONE_OF = { met: 'good', unknown: 'warn', not_met: 'bad' } as const satisfies Record<CheckState, Tone>
