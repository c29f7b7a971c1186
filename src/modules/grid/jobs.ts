/** What the clock decides about incidents. */
import Type from 'typebox'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { addMonths } from '../../platform/day.ts'
import { dayOf, startOf } from '../../platform/time.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import { settle } from './act.ts'
import { getIncident } from './store.ts'
import { NOTHING_SAID, REPORT_CONTEXT } from './use-cases/report.ts'

/** A photo that was chosen and not sent with anything: as long as a form is kept open, and a night more. */
const WAITING_MS = 86_400_000
/** Of one sweep; the next one goes on. */
const AT_ONCE = 200

/** A word that was waited for and did not come: handled, not confirmed; never solved. And photos that nobody sent with anything. */
export const endWaiting = job({
  operation: 'grid.end-waiting',
  permission: null,
  output: Type.Object({ ended: Type.Integer(), photos: Type.Integer() }),
  async run(work) {
    const due = await work.tx.rows(
      sql<{
        id: string
      }>`select id from grid.incident where status = 'checked' and word_by < ${work.now} order by word_by, id limit ${AT_ONCE} for update skip locked`,
    )
    for (const { id } of due) {
      const found = await getIncident(work, id, true)
      settle({ work, found, state: found.state }, { fact: 'unconfirmed', at: work.now.toISOString() })
    }
    return { ended: due.length, photos: await letUnsentGo(work) }
  },
})

/** What somebody said, who she is, and photos, long after it ended: the row stays as a number. And photos that nobody sent. */
export const stripReports = job({
  operation: 'grid.strip-reports',
  permission: null,
  output: Type.Object({ stripped: Type.Integer(), photos: Type.Integer() }),
  async run({ tx, now, call }) {
    const unsent = await letUnsentGo({ tx, now })
    const { pack } = call.platform.services.packs.inForce()
    if (!pack.incidents) return { stripped: 0, photos: unsent }
    const before = startOf(addMonths(dayOf(now), -12 * pack.incidents.keep_reports_years))
    const nothing = call.platform.services.crypto.seal(JSON.stringify(NOTHING_SAID), REPORT_CONTEXT)
    const stripped = await tx.rows(sql<{
      id: string
    }>`update grid.report set sealed = ${nothing}, said_again_sealed = null, account_id = null, person_id = null, stripped_at = ${now}
      where id in (select r.id from grid.report r join grid.incident i on i.id = r.incident_id where r.stripped_at is null and i.closed_at < ${before} order by r.id limit ${10 * AT_ONCE}) returning id`)
    const notes = await tx.run(sql`update grid.field_record set sealed = null, stripped_at = ${now}
      where id in (select id from grid.field_record where sealed is not null and received_at < ${before} order by received_at, id limit ${10 * AT_ONCE})`)
    const photos = await letPhotosGo(
      tx,
      now,
      sql`exists (select from grid.incident i where i.id = p.incident_id and i.closed_at < ${before})`,
    )
    return { stripped: stripped.length + notes, photos: unsent + photos }
  },
})

/** Every ten minutes: a night's sweep of so many would never come after whoever fills the room on purpose. */
const letUnsentGo = ({ tx, now }: Pick<Work, 'tx' | 'now'>): Promise<number> =>
  letPhotosGo(tx, now, sql`p.incident_id is null and p.added_at < ${new Date(now.getTime() - WAITING_MS)}`, 10 * AT_ONCE)

/** Nobody sees them from now on; keys and bytes go with the sweep of files, after its time of grace. */
const letPhotosGo = (tx: Tx, now: Date, which: ReturnType<typeof sql>, most = AT_ONCE): Promise<number> =>
  tx.run(sql`with gone as (delete from grid.photo where id in (select p.id from grid.photo p where ${which} order by p.added_at, p.id limit ${most}) returning file_id)
    update documents.file set removed_at = ${now}, removed_by = 'retention' where id in (select file_id from gone)`)
