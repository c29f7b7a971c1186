/** Of a search what is one person's own. Row security shows no other line. */
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { Day } from '../../platform/time.ts'
import type { FoundLine } from './own-found.ts'

/** A matter that was searched for where she lives; `list` is null where she was not found. */
export type SearchedLine = Omit<FoundLine, 'list'> & { list: FoundLine['list'] | null }

/** Of each matter the newest finished search that covers `area` and has not run out. */
export const newestSearches = (tx: Tx, personId: string, area: string, today: Day): Promise<SearchedLine[]> =>
  tx.rows(sql<SearchedLine>`select distinct on (r.matter_code) r.id as "runId", r.matter_code as "matterCode", r.day, f.list, f.amount_fen as "amountFen"
    from outreach.run r left join outreach.found f on f.run_id = r.id and f.person_id = ${personId}
    where r.status = 'done' and starts_with(${area}, r.area) and r.expires_on >= ${today}::date
    order by r.matter_code, r.finished_at desc, r.id desc`)

/** The matters that she does not want to be found for. */
export const stoppedMatters = async (tx: Tx, personId: string): Promise<string[]> =>
  (
    await tx.rows(
      sql<{
        code: string
      }>`select distinct matter_code as code from outreach.opt_out where person_id = ${personId} and ended_at is null order by 1`,
    )
  ).map(({ code }) => code)

export interface RunningCase {
  caseId: string
  number: string
  matterCode: string
}

export const runningCases = (tx: Tx, personId: string): Promise<RunningCase[]> =>
  tx.rows(
    sql<RunningCase>`select id as "caseId", number, matter_code as "matterCode" from cases.case where applicant_id = ${personId} and open`,
  )
