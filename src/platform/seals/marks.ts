/**
 * What is sealed of a person is a mark: HMAC-SHA-256 over the id under a random salt of that person's own. Salt and id lie apart,
 * sealed under the field key; once they are deleted the mark belongs to nobody any more, and every seal still holds.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Client } from 'pg'
import type { CryptoProvider } from '../crypto/crypto.ts'
import type { SealedLog } from './log.ts'

export type SubjectKind = 'account' | 'person'

export interface Marks {
  /** An expression that answers the subject's mark, made if this is the first act of it. */
  markOf(kind: SubjectKind, id: string): RawBuilder<Buffer>
  /** What `platform.mark_subject` takes, for a statement without Kysely. */
  candidate(kind: SubjectKind, id: string): [blinds: Buffer[], mark: Buffer, sealed: Buffer]
}

declare module '../platform.ts' {
  interface Services {
    marks: Marks
  }
}

const CONTEXT = 'platform.audit_subject'

const markUnder = (salt: Buffer, id: string): Buffer => createHmac('sha256', salt).update(id, 'utf8').digest()

export function createMarks(crypto: Pick<CryptoProvider, 'seal' | 'blinds'>): Marks {
  const candidate: Marks['candidate'] = (kind, id) => {
    const salt = randomBytes(32)
    const sealed = crypto.seal(JSON.stringify({ salt: salt.toString('base64'), kind, id }), CONTEXT)
    return [crypto.blinds(subjectOf(kind, id), CONTEXT), markUnder(salt, id), sealed]
  }
  return {
    candidate,
    markOf(kind, id) {
      const [blinds, mark, sealed] = candidate(kind, id)
      return sql<Buffer>`platform.mark_subject(${blinds}::bytea[], ${mark}, ${sealed})`
    },
  }
}

const subjectOf = (kind: SubjectKind, id: string): string => `${kind}:${id}`

/** Of what the hash of a row is made, by what lies beside it: a newer blind key finds the same mark. */
export function subjectIn(opened: string): string {
  const { kind, id } = JSON.parse(opened) as { kind: SubjectKind; id: string }
  return subjectOf(kind, id)
}

/** Is `mark` that of `id`, by what lies apart? Throws `CryptoFault` when it does not open. */
export function isMarkOf(crypto: Pick<CryptoProvider, 'open'>, mark: Buffer, id: string, sealed: Buffer): boolean {
  const { salt } = JSON.parse(crypto.open(sealed, CONTEXT)) as { salt: string }
  return markUnder(Buffer.from(salt, 'base64'), id).equals(mark)
}

/** Erases one subject from the audit and from `logs` beside it: as the owner, within the caller's transaction. */
export async function forgetSubject(
  client: Pick<Client, 'query'>,
  crypto: Pick<CryptoProvider, 'blinds'>,
  logs: readonly Pick<SealedLog, 'table' | 'persons'>[],
  kind: SubjectKind,
  id: string,
): Promise<void> {
  const { rows } = await client.query<{ mark: Buffer }>(
    'delete from platform.audit_subject where blind = any($1) returning mark',
    [crypto.blinds(subjectOf(kind, id), CONTEXT)],
  )
  for (const { mark } of rows)
    for (const { table, persons } of logs)
      for (const person of persons)
        await client.query(`update ${table} set ${person.clear} = null where ${person.mark} = $1`, [mark])
}
