/**
 * Hukou households and dwellings, which persons are written into.
 */
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { reach } from './reach.ts'

/** A home with its address; the one that is there is used again. Refusal: person.out_of_reach */
export async function dwellingAt(tx: Tx, area: string, address: string, now: Date): Promise<string> {
  const clean = address.normalize('NFKC').trim().replace(/\s+/g, ' ')
  const known = await tx.maybe(sql<{ id: string }>`select id from people.dwelling where area = ${area} and address = ${clean}
    order by recorded_at, id limit 1`)
  if (known) return known.id
  const id = newId(now)
  await reach(tx.run(sql`insert into people.dwelling (id, area, address, recorded_at) values (${id}, ${area}, ${clean}, ${now})`))
  return id
}
