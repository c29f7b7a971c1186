import { randomBytes, randomUUID } from 'node:crypto'
import Type from 'typebox'

/** An id as it comes in with a request. */
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })

/**
 * UUIDv7: ordered by time, so that new rows lie side by side in an index. Made here and not in the database, since
 * PostgreSQL 17 has no uuidv7().
 */
export function newId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Is it one in form? What is not, the database would answer with an error of its own. */
export const isId = (text: string): boolean => ID.test(text)

/** UUIDv4 for whatever stands in a public address: it tells nothing, not even when. */
export const newPublicId = (): string => randomUUID()
