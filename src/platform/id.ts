import { randomUUID } from 'node:crypto'
import Type from 'typebox'

/** An id as it comes in with a request. */
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })

/**
 * UUIDv7: ordered by time, so that new rows lie side by side in an index. Made here and not in the database, since
 * PostgreSQL 17 has no uuidv7().
 */
export function newId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0')
  // Behind the time and the version stands what a UUIDv4 has there too; Node keeps random bytes ready for that one alone.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Is it one in form? What is not, the database would answer with an error of its own. */
export const isId = (text: string): boolean => ID.test(text)

/** UUIDv4 for whatever stands in a public address: it tells nothing, not even when. */
export const newPublicId = (): string => randomUUID()
