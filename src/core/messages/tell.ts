/** A message is written in the transaction of what it tells of; what leaves the house of it is decided afterwards. */
import { sql } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import type { Work } from '../../platform/use-case/use-case.ts'

export interface Telling {
  personId: string
  /** Null for news of the account itself. */
  caseId: string | null
  /** Key `message.<kind>` of the catalogue. */
  kind: string
  params: Record<string, unknown>
}

/** Goes in with the commit. */
export function tell(work: Work, { personId, caseId, kind, params }: Telling): void {
  work.tx.atEnd(sql`insert into messages.message (id, person_id, kind, params, case_id, made_at)
    values (${newId(work.now)}, ${personId}, ${kind}, ${JSON.stringify(params)}::jsonb, ${caseId}, ${work.now})`)
}
