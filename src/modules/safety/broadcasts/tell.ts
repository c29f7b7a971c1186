/** A warning that holds goes to the inbox of everybody with an account who lives there, and that it was withdrawn to whom it reached; what leaves the house of it the messages decide. */
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
    const withdrawn = await tx.rows(sql<Warning>`select b.id, b.colour, b.headline from safety.broadcast b
      where b.status = 'withdrawn' and b.ended_at > ${new Date(now.getTime() - WITHDRAWN_MS)}
        and exists (select from safety.broadcast_told t where t.broadcast_id = b.id and t.withdrawn_told_at is null) order by b.ended_at, b.id limit 500`)
    for (const warning of withdrawn) {
      if (told >= MOST) break
      told += await tellWithdrawn(tx, warning, MOST - told, now)
    }
    return { told }
  },
})

/** After that nobody waits for it any more. */
const WITHDRAWN_MS = 7 * 86_400_000

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
  await tx.run(
    sql`insert into safety.broadcast_told (broadcast_id, person_id, told_at) select ${id}::uuid, person, ${now} from unnest(${people}::uuid[]) as p (person)`,
  )
  await leave(tx, isUrgent(colour) ? 'warning_urgent' : 'warning', { id, headline }, people, now)
  return people.length
}

/** Those whom it has reached, and nobody else. */
async function tellWithdrawn(tx: Tx, { id, headline }: Warning, most: number, now: Date): Promise<number> {
  const told = await tx.rows(sql<{ id: string }>`update safety.broadcast_told t set withdrawn_told_at = ${now}
    where t.broadcast_id = ${id} and t.person_id in (
      select x.person_id from safety.broadcast_told x where x.broadcast_id = ${id} and x.withdrawn_told_at is null order by x.person_id limit ${most})
    returning t.person_id as id`)
  const people = told.map((row) => row.id)
  if (people.length > 0) await leave(tx, 'warning_withdrawn', { id, headline }, people, now)
  return people.length
}

const leave = (tx: Tx, kind: string, { id, headline }: Pick<Warning, 'id' | 'headline'>, people: readonly string[], now: Date) =>
  tx.run(sql`insert into messages.message (id, person_id, kind, params, made_at)
    select p.id, p.person, ${kind}, ${JSON.stringify({ warning: id, headline })}::jsonb, ${now}
    from unnest(${people.map(() => newId(now))}::uuid[], ${[...people]}::uuid[]) as p (id, person)`)
