import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import type { Call, ReadEntry } from '../../platform/use-case/use-case.ts'
import { postOf } from './guard.ts'

/** Writes the entry of a look (查阅), one row a person, with the commit. Only staff look at others. */
export function recordRead(tx: Tx, call: Call, operation: string, entry: ReadEntry): void {
  const post = postOf(call.actor)
  for (const personId of entry.personIds)
    tx.atEnd(sql`insert into access.read_entry (id, at, person_id, operation, purpose, case_id, account_id, post_id, request_id)
      values (${newId(call.now)}, ${call.now}, ${personId}, ${operation}, ${entry.purpose}, ${entry.caseId}, ${(call.actor as { accountId: string }).accountId}, ${post.id}, ${call.requestId})`)
}
