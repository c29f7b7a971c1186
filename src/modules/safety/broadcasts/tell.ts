/** A warning that holds goes to the inbox of everybody with an account who lives there; what leaves the house of it the messages decide. */
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { newId } from '../../../platform/id.ts'
import { job } from '../../../platform/use-case/use-case.ts'
import { isUrgent } from './broadcast.ts'

/** Of one sweep: a city is told over some minutes. */
const MOST = 20_000

export const tellWarnings = job({
  operation: 'safety.tell-warnings',
  permission: null,
  output: Type.Object({ told: Type.Integer() }),
  async run({ tx, now }) {
    // One sweep at a time, on however many nodes.
    const { free } = await tx.one(
      sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('safety.tell-warnings', 0)) as free`,
    )
    if (!free) return { told: 0 }
    // The gravest first: yellow waits for red, not the other way round.
    const holding = await tx.rows(sql<Warning>`select id, colour, headline from safety.broadcast
      where status = 'issued' and ends_at > ${now} order by colour in ('red', 'orange') desc nulls last, issued_at, id limit 500`)
    let told = 0
    for (const warning of holding) {
      if (told >= MOST) break
      told += await tell(tx, warning, MOST - told, now)
    }
    return { told }
  },
})

interface Warning {
  id: string
  colour: string | null
  headline: string
}

async function tell(tx: Tx, { id, colour, headline }: Warning, most: number, now: Date): Promise<number> {
  const people = (await tx.rows(sql<{ id: string }>`select person_id as id from safety.untold(${id}, ${most})`)).map(
    (row) => row.id,
  )
  if (people.length === 0) return 0
  const kind = isUrgent(colour) ? 'warning_urgent' : 'warning'
  await tx.run(
    sql`insert into safety.broadcast_told (broadcast_id, person_id, told_at) select ${id}::uuid, person, ${now} from unnest(${people}::uuid[]) as p (person)`,
  )
  await tx.run(sql`insert into messages.message (id, person_id, kind, params, made_at)
    select p.id, p.person, ${kind}, ${JSON.stringify({ warning: id, headline })}::jsonb, ${now}
    from unnest(${people.map(() => newId(now))}::uuid[], ${people}::uuid[]) as p (id, person)`)
  return people.length
}
