/** Every case is what its timeline tells: asked after a restore and an import, never by a page. */
import { isDeepStrictEqual } from 'node:util'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { rebuild } from './case.ts'
import { factsOf, listCasesAfter, type TimelineRow } from './store.ts'

const AT_ONCE = 500
/** Dates as they are written in facts. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** @returns a sentence for each case whose row or whose order of facts is not what its timeline tells */
export async function casesThatDiffer(tx: Tx): Promise<string[]> {
  const differ: string[] = []
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const cases = await listCasesAfter(tx, last, AT_ONCE)
    const rows = await tx.rows(
      sql<
        Pick<TimelineRow, 'seq' | 'fact' | 'payload'> & { caseId: string }
      >`select case_id as "caseId", seq, fact, payload from cases.timeline
        where case_id = any(${cases.map((c) => c.id)}::uuid[]) order by case_id, seq`,
    )
    const timelines = Map.groupBy(rows, (row) => row.caseId)
    for (const { id, number, street, state } of cases) {
      const timeline = timelines.get(id) ?? []
      if (!timeline.every((row, at) => row.seq === at + 1)) differ.push(`case ${street} ${number}: its timeline has a gap`)
      else if (!isDeepStrictEqual(written(rebuild(factsOf(timeline))), written(state)))
        differ.push(`case ${street} ${number}: its row is not what its timeline tells`)
    }
    if (cases.length < AT_ONCE) return differ
    last = cases.at(-1)!.id
  }
}
