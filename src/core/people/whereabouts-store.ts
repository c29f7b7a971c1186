/** A safety flag hides where she is: from staff by row, from whoever acts for her here. */
import { sql, type Tx, together } from '../../platform/database/tx.ts'
import type { Day } from '../../platform/time.ts'
import { personFacts } from './facts.ts'
import type { PersonFacts } from './person.ts'

export const hidesWhereabouts = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.one(sql<{ hidden: boolean }>`select safety_flag as hidden from people.person where id = ${personId}`)).hidden

export const withoutWhereabouts = (facts: PersonFacts): PersonFacts => ({
  ...facts,
  living_area: null,
  dwelling: null,
  residence_since: null,
  whereabouts_hidden: true,
  provenance: { ...facts.provenance, dwelling: null, residence: null },
})

/** What is on record of somebody, as whoever acts for her may see it. */
export async function factsByProxy(tx: Tx, personId: string, on: Day): Promise<PersonFacts> {
  const [facts, hidden] = await together([personFacts(tx, personId, on), hidesWhereabouts(tx, personId)])
  return hidden ? withoutWhereabouts(facts) : facts
}
