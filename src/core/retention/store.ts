/** What is due, by class: counted for the dry-run and for the day's letting go in the same words. */
import { createHash } from 'node:crypto'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { dayOf } from '../../platform/time.ts'
import { canonicalJson } from '../matters/pack/hash.ts'
import type { KindName } from './kinds.ts'
import { dueBefore, inForce, type RetentionClass } from './retention.ts'

/** Counting goes no further: the answer is the same, and a million rows are a second. */
export const MOST_COUNTED = 1_000_000

/** What a class would do today. */
export interface DueLine {
  class: RetentionClass
  /** What lay still since before this instant. */
  before: Date
  /** Not held, and held back. Together never more than `MOST_COUNTED`. */
  due: number
  held: number
  oldest: Date | null
  newest: Date | null
}

export interface Plan {
  /** Of the classes: who confirms them confirms exactly these. */
  digest: string
  lines: DueLine[]
}

export const digestOf = (classes: readonly RetentionClass[]): string =>
  createHash('sha256').update(canonicalJson(classes)).digest('hex')

/** Reads only. */
export async function planOf(tx: Tx, classes: readonly RetentionClass[], now: Date): Promise<Plan> {
  const lines: DueLine[] = []
  for (const one of inForce(classes, dayOf(now))) {
    const before = dueBefore(one, dayOf(now))
    const counted = await tx.one(
      sql<
        Pick<DueLine, 'due' | 'held' | 'oldest' | 'newest'>
      >`select due::float8 as due, held::float8 as held, oldest, newest from retention.count_due(${one.kind}, ${one.code}, ${one.ends},
        ${[...(one.statuses ?? [])]}::text[], ${one.matters ? [...one.matters] : null}::text[], ${before}, ${now}, ${MOST_COUNTED})`,
    )
    lines.push({ class: one, before, ...counted })
  }
  return { digest: digestOf(classes), lines }
}

/**
 * A hash in place of an id. Not keyed: no key of this house outlives all backups, and an id has 74 random bits, so that only who has
 * the id already (an older copy, with its keys) can tell that it is meant. What is hashed never changes.
 */
export const commitmentOf = (kind: KindName | 'account', id: string): Buffer =>
  createHash('sha256').update(`kaifong tombstone ${kind}:${id}`).digest()

export interface Confirmation {
  digest: string
  confirmedAt: Date
  confirmedBy: string
}

export const confirmationOf = (tx: Tx): Promise<(Omit<Confirmation, 'confirmedBy'> & { id: string }) | undefined> =>
  tx.maybe(
    sql<
      Omit<Confirmation, 'confirmedBy'> & { id: string }
    >`select id, digest, confirmed_at as "confirmedAt" from retention.confirmation where ended_at is null`,
  )
