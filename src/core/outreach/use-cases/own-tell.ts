/** Tells whom a finished search found, once: that there is something, never what, outside the house. */
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { newId } from '../../../platform/id.ts'
import { dayOf } from '../../../platform/time.ts'
import { job } from '../../../platform/use-case/use-case.ts'

/** Of one sweep: a city's first search finds millions, and they are told over some hours. */
const MOST = 20_000

/**
 * Nobody is told who does not want it, has applied meanwhile, or was told the same within `outreach.tell_again` days.
 * `told` is how many this sweep told.
 */
export const tellFound = job({
  operation: 'outreach.tell-found',
  permission: null,
  output: Type.Object({ told: Type.Integer() }),
  async run({ tx, now, call }) {
    const pack = call.platform.services.packs.inForce()
    const today = dayOf(now)
    // One sweep at a time, on however many nodes.
    const { free } = await tx.one(
      sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('outreach.tell-found', 0)) as free`,
    )
    if (!free) return { told: 0 }
    const searches = await tx.rows(sql<{
      id: string
      matterCode: string
      newest: boolean
    }>`select r.id, r.matter_code as "matterCode", not exists (select from outreach.run n where n.matter_code = r.matter_code and n.area = r.area
          and n.status = 'done' and (n.finished_at, n.id) > (r.finished_at, r.id)) as newest
      from outreach.run r where r.status = 'done' and not exists (select from outreach.told_run t where t.run_id = r.id) order by r.finished_at, r.id`)
    let told = 0
    for (const { id, matterCode, newest } of searches) {
      const left = MOST - told
      if (left === 0) break
      const searched = pack.matters.some((matter) => matter.code === matterCode && matter.outreach?.searched)
      const days = searched && newest ? pack.number('outreach.tell_again', pack.pack.area, today) : null
      const people = days === null ? [] : await untold(tx, { id, matterCode }, { since: ago(now, days), most: left })
      if (people.length > 0) await tell(tx, { id, matterCode }, people, now)
      if (people.length < left) await tx.run(sql`insert into outreach.told_run (run_id, told_at) values (${id}, ${now})`)
      told += people.length
    }
    return { told }
  },
})

const ago = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000)

interface Search {
  id: string
  matterCode: string
}

const untold = async (tx: Tx, { id, matterCode }: Search, { since, most }: { since: Date; most: number }): Promise<string[]> =>
  (
    await tx.rows(sql<{
      person: string
    }>`select f.person_id as person from outreach.found f where f.run_id = ${id} and f.list = 'fits'
      and not exists (select from outreach.opt_out o where o.person_id = f.person_id and o.matter_code = ${matterCode} and o.ended_at is null)
      and not exists (select from outreach.told t where t.person_id = f.person_id and t.matter_code = ${matterCode} and t.told_at > ${since})
      and not exists (select from cases.case c where c.applicant_id = f.person_id and c.matter_code = ${matterCode} and c.open)
      order by f.person_id limit ${most}`)
  ).map(({ person }) => person)

async function tell(tx: Tx, { id, matterCode }: Search, people: readonly string[], now: Date): Promise<void> {
  await tx.run(sql`insert into outreach.told (person_id, matter_code, run_id, told_at)
    select person, ${matterCode}, ${id}, ${now} from unnest(${[...people]}::uuid[]) as p (person)
    on conflict (person_id, matter_code) do update set run_id = excluded.run_id, told_at = excluded.told_at`)
  await tx.run(sql`insert into messages.message (id, person_id, kind, params, made_at)
    select p.id, p.person, 'found', ${JSON.stringify({ matter: matterCode })}::jsonb, ${now}
    from unnest(${people.map(() => newId(now))}::uuid[], ${[...people]}::uuid[]) as p (id, person)`)
}
