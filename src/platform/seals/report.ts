/** What a verification found: counted by kind, with the first places, so that memory stays the same however bad it is. Pure. */

/** Each has a sentence and what to do next: `seals.finding.<kind>` and `seals.next.<kind>`. */
export const findingKinds = [
  'row-changed',
  'row-missing',
  'row-added',
  'row-unsealed',
  'row-uncovered',
  'person-changed',
  'seal-changed',
  'seal-deleted',
  'seal-lost',
  'database-short',
  'line-deleted',
  'line-damaged',
  'file-short',
  'file-missing',
  'out-of-order',
  'link-broken',
  'signature-bad',
  'other-chain',
  'let-go-unsealed',
  'let-go-early',
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  kind: FindingKind
  count: number
  /** The first of them: `seal 12 audit`, `line 30`. */
  places: string[]
}

export const MOST_PLACES = 20

export class Report {
  readonly #found = new Map<FindingKind, Finding>()
  seals = 0
  lastSeal: { number: number; at: string } | null = null
  /** Rows whose seal was checked, by log. */
  rows: Record<string, number> = {}
  /** Rows that wait for the next seal and are not late. */
  waiting = 0
  /** Rows of persons who were erased; their seals hold. */
  erased = 0
  /** Months that were let go on record, oldest first. */
  letGo: { log: string; month: string; rows: number }[] = []

  add(kind: FindingKind, place: string | null, count = 1): void {
    const found = this.#found.get(kind) ?? { kind, count: 0, places: [] }
    found.count += count
    if (place && found.places.length < MOST_PLACES) found.places.push(place)
    this.#found.set(kind, found)
  }
  get findings(): Finding[] {
    return findingKinds.flatMap((kind) => this.#found.get(kind) ?? [])
  }
  get clean(): boolean {
    return this.#found.size === 0
  }
}
