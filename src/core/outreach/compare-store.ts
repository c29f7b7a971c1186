import { sql, type Tx, together } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import { SNAPSHOT_COLUMNS } from './columns.ts'
import { type Alike, type Comparison, comparisonSql, MOST_SQL, tally, type Versions } from './compare.ts'

export interface Compared extends Comparison {
  /** The day on which both versions were judged: that of the snapshot. */
  day: Day
  knownAt: Date
}

/** Codes of PostgreSQL: the statement's time is over; its expression is nested too deep or too large. */
const TOO_SLOW = '57014'
const TOO_LARGE = new Set(['54000', '54001', '54011', '53200'])

/**
 * In a transaction that sees the snapshot. It judges on the snapshot's day, whichever day the numbers begin.
 * Refusals: outreach.no_snapshot, outreach.too_large, outreach.too_slow
 */
export async function countChanges(
  tx: Tx,
  versions: Versions,
  { area, partLength, mostMs }: { area: string; partLength: number; mostMs: number },
): Promise<Compared> {
  const [snapshot] = await together([
    tx.maybe(sql<{ day: Day; knownAt: Date }>`select day, known_at as "knownAt" from outreach.snapshot`),
    tx.rows(sql`select set_config('statement_timeout', ${String(mostMs)}, true)`),
  ])
  if (!snapshot) throw new Refusal('outreach.no_snapshot', 'conflict')
  const ground = { on: snapshot.day, known: {}, area, areaOf: 'p.area', columns: SNAPSHOT_COLUMNS }
  const { text, unasked } = comparisonSql(versions, ground, partLength)
  if (text.length > MOST_SQL) throw new Refusal('outreach.too_large', 'invalid')
  const alike = await tx.once(sql.raw<Alike>(text)).catch((error: { code?: string }) => {
    if (error.code === TOO_SLOW) throw new Refusal('outreach.too_slow', 'invalid')
    if (TOO_LARGE.has(error.code ?? '')) throw new Refusal('outreach.too_large', 'invalid')
    throw error
  })
  return { ...tally(alike, unasked), ...snapshot }
}
