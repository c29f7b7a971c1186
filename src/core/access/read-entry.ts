import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { auditLog, type SealedLog, sealedPerson } from '../../platform/seals/index.ts'
import type { Call, ReadEntry } from '../../platform/use-case/use-case.ts'
import { postOf } from './guard.ts'

/** Writes the entry of a look (查阅), one row a person, with the commit. Only staff and proxies look at others. */
export function recordRead(tx: Tx, call: Call, operation: string, entry: ReadEntry): void {
  const postId = call.actor.kind === 'proxy' ? null : postOf(call.actor).id
  const { marks } = call.platform.services
  for (const personId of entry.personIds)
    tx.atEnd(sql`insert into access.read_entry (id, at, person_id, person_mark, operation, purpose, case_id, account_id, post_id, request_id)
      values (${newId(call.now)}, ${call.now}, ${personId}, ${marks.markOf('person', personId)}, ${operation}, ${entry.purpose}, ${entry.caseId}, ${(call.actor as { accountId: string }).accountId}, ${postId}, ${call.requestId})`)
}

/** How the record of looks is sealed: the mark in place of the person. */
const readLog: SealedLog = {
  name: 'reads',
  table: 'access.read_entry',
  strays: 'access.read_entry_default',
  fields: [...sealedPerson('person_id', 'person_mark'), 'operation', 'purpose', 'case_id', 'account_id', 'post_id', 'request_id'],
  persons: [{ clear: 'person_id', mark: 'person_mark' }],
}

/** All that is sealed. */
export const sealedLogs: readonly SealedLog[] = [auditLog, readLog]
