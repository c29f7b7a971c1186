/** 值班: who is on duty now, where nobody is, and where two are. Pure. */

export const roles = ['lead', 'duty'] as const
export type Role = (typeof roles)[number]

export interface Stretch {
  from: Date
  to: Date
}
export interface Duty extends Stretch {
  id: string
  role: Role
  name: string
  contact: string
}

export const onDuty = (duties: readonly Duty[], at: Date): Duty[] => duties.filter(({ from, to }) => from <= at && at < to)

/**
 * Stretches within `within` of which nobody is in charge, and of which more than one is, edge by edge. Two that follow each other meet
 * and do not overlap.
 */
export function coverage(duties: readonly Stretch[], within: Stretch): { gaps: Stretch[]; doubles: Stretch[] } {
  const edges = [within.from, within.to, ...duties.flatMap(({ from, to }) => [from, to])]
    .map((one) => one.getTime())
    .filter((ms) => ms >= within.from.getTime() && ms <= within.to.getTime())
  const sorted = [...new Set(edges)].sort((a, b) => a - b)
  const [gaps, doubles]: [Stretch[], Stretch[]] = [[], []]
  for (let n = 0; n + 1 < sorted.length; n++) {
    const [from, to] = [new Date(sorted[n]!), new Date(sorted[n + 1]!)]
    const many = duties.filter((one) => one.from <= from && to <= one.to).length
    if (many !== 1) add(many === 0 ? gaps : doubles, { from, to })
  }
  return { gaps, doubles }
}

/** One that begins where the last one ends is the same. */
function add(list: Stretch[], next: Stretch): void {
  const last = list.at(-1)
  if (last && last.to.getTime() === next.from.getTime()) last.to = next.to
  else list.push(next)
}
