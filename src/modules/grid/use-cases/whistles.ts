/** What an incident knows of the whistles (吹哨) that were blown for it: their room writes them, and its course says so. */
import { sql, type Tx } from '../../../platform/database/tx.ts'
import type { Work } from '../../../platform/use-case/use-case.ts'
import { settle } from '../act.ts'
import type { Fact } from '../incident.ts'
import { getIncident } from '../store.ts'
import { REPORT_CONTEXT, type Said } from './report.ts'

export interface WhistleOf {
  id: string
  number: string
  status: 'open' | 'done' | 'closed' | 'withdrawn'
  leadUnitId: string
  unitIds: string[]
}

/** The newest first. */
export const whistlesOf = ({ tx }: { tx: Tx }, id: string): Promise<WhistleOf[]> =>
  tx.rows(
    sql<WhistleOf>`select id, number, status, lead_unit_id as "leadUnitId", unit_ids as "unitIds" from coordination.whistle where incident_id = ${id} order by blown_at desc, id desc limit 100`,
  )

/** Where the last whistle of an incident's present round stands, for a list of `grid.incident i`. */
export const whistleStands = sql`(select case when w.open or not exists (select from grid.timeline t where t.incident_id = i.id and t.fact = 'reopened' and t.recorded_at > w.closed_at) then w.status end
  from coordination.whistle w where w.incident_id = i.id order by w.blown_at desc, w.id desc limit 1)`

type Noted = Extract<Fact, { whistle: string }>
export type WhistleFact = Noted['fact']

export async function noteWhistle(work: Work, id: string, fact: Noted): Promise<void> {
  const found = await getIncident(work, id, true)
  settle({ work, found, state: found.state }, fact)
}

/** Where the first reporter who said so said that it is; none of whoever wrote a long number there. */
export async function placeSaid(work: Work, id: string): Promise<string | undefined> {
  const rows = await work.tx.rows(
    sql<{ sealed: Buffer }>`select sealed from grid.report where incident_id = ${id} order by reported_at, id limit 5`,
  )
  const { crypto } = work.call.platform.services
  return rows
    .map(({ sealed }) => (JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) as Said).place.trim().slice(0, 200))
    .find((place) => place !== '' && !/\d{7,}/.test(place.normalize('NFKC').replaceAll(/[\s-]/g, '')))
}
