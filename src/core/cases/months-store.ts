/** The months of a granted case: what the register says is paid, and the day on which it ended. */
import { sql } from '../../platform/database/tx.ts'
import type { Day } from '../../platform/time.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { LoadedPack } from '../matters/index.ts'
import type { PersonFacts } from '../people/index.ts'
import { type Months, monthsOf, type Paid } from './months.ts'
import type { Found } from './store.ts'

/** @param supposed a day of death or of a move that is on no register: the page says what would come of it, and nothing is kept */
export async function monthsOfCase(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  found: Found,
  pack: LoadedPack,
  facts: PersonFacts,
  supposed?: Day,
): Promise<Months | null> {
  const matter = pack.matter(found.matterCode)
  if (found.state.outcome !== 'granted' || !matter.payment || !facts.born_on) return null
  const appliedOn = dayOf(found.receivedAt)
  const [paid, moved] = await Promise.all([
    tx.rows(sql<Paid>`select lower(during)::text as since, upper(during)::text as until, amount_fen as "amountFen"
      from people.benefit_receipt where person_id = ${found.applicantId} and matter_code = ${matter.code} and not isempty(during) order by 1`),
    tx.maybe(sql<{ on: Day }>`select lower(during)::text as "on" from people.hukou_spell
      where person_id = ${found.applicantId} and not starts_with(area, ${pack.pack.area}) and lower(during) > ${appliedOn}::date order by 1 limit 1`),
  ])
  const endedOn = supposed ?? moved?.on ?? null
  return monthsOf(pack, matter, { bornOn: facts.born_on, area: found.originArea, appliedOn, endedOn, paid }, dayOf(now))
}
