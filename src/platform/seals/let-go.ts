/**
 * Months of a log that were let go when their time was over. The seals stay; a record says which of them lost their rows, and of
 * a seal at the edge of a month the hash of each row that went, so that the rows beside it are still checked. Its own hash stands in
 * an audit row and comes under a seal like any act: that tells it from rows that somebody removed. Pure.
 */
import { createHash } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { monthAfter, monthsBetween, startOfMonth } from './month.ts'

const Shape = Type.Object({
  version: Type.Literal(1),
  number: Type.Integer({ minimum: 1 }),
  log: Type.String(),
  /** `YYYYMM` */
  month: Type.String({ pattern: '^[0-9]{6}$' }),
  rows: Type.Integer({ minimum: 0 }),
  /** First and last of runs of seals that keep no row of this log. */
  whole: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
  /** Place of the row among the rows of this log in the seal, and its hash in hexadecimal. */
  edges: Type.Array(
    Type.Object({
      seal: Type.Integer(),
      gone: Type.Array(Type.Tuple([Type.Integer(), Type.String({ pattern: '^[0-9a-f]{64}$' })])),
    }),
  ),
  /** SHA-256 of the record before it; null in the first. */
  previous: Type.Union([Type.String(), Type.Null()]),
})
export type LetGoRecord = Type.Static<typeof Shape>
const check = Compile(Shape)

export const LET_GO = 'audit.let-go'
/** 网络安全法: logs are kept at least so long. Also in SQL, where nobody passes it by. */
export const LEAST_MONTHS = 6

export const hashOfRecord = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Undefined for what is no record. */
export function readRecord(text: string): LetGoRecord | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return check.Check(value) ? value : undefined
  } catch {
    return undefined // The caller says that it is none.
  }
}

/** What is gone of one seal and log. */
export interface Gone {
  whole: boolean
  at: ReadonlyMap<number, Buffer>
}

export interface UsedRecord {
  log: string
  month: string
  rows: number
}

/** Records as they are kept, oldest first, and what the walk over the rows says of them. */
export class LetGo {
  readonly #records: { text: string; hash: string; record: LetGoRecord }[] = []
  readonly #strange: string[] = []
  /** By hash, when the act was. */
  readonly #anchored = new Map<string, Date>()
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const record = readRecord(text)
      if (record) this.#records.push({ text, hash: hashOfRecord(text), record })
      else this.#strange.push(text.slice(0, 40))
    }
  }
  get texts(): string[] {
    return this.#records.map(({ text }) => text)
  }
  get last(): { number: number; hash: string } | null {
    const last = this.#records.at(-1)
    return last ? { number: last.record.number, hash: last.hash } : null
  }

  goneOf(seal: { number: number; at: string }, log: string): Gone | null {
    const at = new Map<number, Buffer>()
    let whole = false
    for (const { record } of this.#records) {
      // A seal from before the month holds no row of it, whatever a record says.
      if (record.log !== log || new Date(seal.at) < startOfMonth(record.month)) continue
      if (record.whole.some(([first, last]) => first <= seal.number && seal.number <= last)) whole = true
      for (const edge of record.edges)
        if (edge.seal === seal.number) for (const [place, hash] of edge.gone) at.set(place, Buffer.from(hash, 'hex'))
    }
    return whole || at.size > 0 ? { whole, at } : null
  }

  /** A row of the audit that says a month was let go. */
  see(log: string, line: string, at: Date): void {
    if (log !== 'audit' || !line.includes(`"${LET_GO}"`)) return
    const fields = JSON.parse(line) as (string | null)[]
    if (fields[4] === LET_GO && fields[5] === 'done')
      for (const field of fields.slice(6)) if (field) this.#anchored.set(field, at)
  }

  /** After the walk. @returns what is on record, and what is no act of this house */
  settle(): { used: UsedRecord[]; unsealed: UsedRecord[]; early: UsedRecord[]; strange: number } {
    const used: UsedRecord[] = []
    const unsealed: UsedRecord[] = []
    const early: UsedRecord[] = []
    let carried: string | null = null
    for (const { hash, record } of this.#records.toReversed()) {
      const { log, month, rows } = record
      const at = this.#anchored.get(hash)
      if (!at && carried !== hash) unsealed.push({ log, month, rows })
      else if (at && monthsBetween(monthAfter(month), at) < LEAST_MONTHS) early.push({ log, month, rows })
      else used.push({ log, month, rows })
      // The act of an older one may have gone with its own month by now: the newer one vouches for it.
      carried = at || carried === hash ? record.previous : null
    }
    return { used: used.reverse(), unsealed, early, strange: this.#strange.length }
  }
}
