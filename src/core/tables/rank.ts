/**
 * Who comes before whom. What is compared first decides; the next only where that is equal. A sum of points opens the gate and
 * is no part of it. Where nothing decides and not all of the equal have a place, none of them is placed by chance.
 */
export interface Candidate {
  name: string
  /** In the order in which it is compared; more comes first. */
  by: readonly number[]
}

export interface Ranking {
  /** Everybody, from the first. Equal ones stand by name, which gives nobody a place. */
  order: readonly Candidate[]
  /** Who has a place for certain. */
  placed: readonly Candidate[]
  /** Equal at the line of the quota, more of them than places are left: decided by a rule that must be published before the round. */
  tied: readonly Candidate[]
}

export function rank(candidates: readonly Candidate[], quota: number): Ranking {
  const order = candidates.toSorted((a, b) => compare(a, b) || (a.name < b.name ? -1 : 1))
  const [last, next] = [order[quota - 1], order[quota]]
  if (!last || !next || compare(last, next) !== 0) return { order, placed: order.slice(0, quota), tied: [] }
  const tied = order.filter((each) => compare(each, last) === 0)
  return { order, placed: order.slice(0, order.indexOf(tied[0]!)), tied }
}

function compare(a: Candidate, b: Candidate): number {
  for (const [at, mine] of a.by.entries()) {
    const more = b.by[at]! - mine
    if (more !== 0) return more
  }
  return 0
}
