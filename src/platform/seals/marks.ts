/**
 * What is sealed of a person is a mark: HMAC-SHA-256 over the id under a random salt of that person's own. Salt and id lie apart,
 * sealed under the field key; once they are deleted the mark belongs to nobody any more, and every seal still holds.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { CryptoProvider } from '../crypto/crypto.ts'

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
    return [subjectBlinds(crypto, kind, id), markUnder(salt, id), sealed]
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

/** Under which a subject's mark is found, so that it can be forgotten: one for each blind key there is. */
export const subjectBlinds = (crypto: Pick<CryptoProvider, 'blinds'>, kind: SubjectKind, id: string): Buffer[] =>
  crypto.blinds(subjectOf(kind, id), CONTEXT)

/** Is `mark` that of `id`, by what lies apart? Throws `CryptoFault` when it does not open. */
export function isMarkOf(crypto: Pick<CryptoProvider, 'open'>, mark: Buffer, id: string, sealed: Buffer): boolean {
  const { salt } = JSON.parse(crypto.open(sealed, CONTEXT)) as { salt: string }
  return markUnder(Buffer.from(salt, 'base64'), id).equals(mark)
}
