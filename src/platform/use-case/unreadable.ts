import { Refusal } from '../refusal.ts'

/** Deeper than any form of ours; what lies deeper would exhaust the stack of whatever walks it. */
const DEEPEST = 32

/**
 * Text that PostgreSQL cannot keep (a zero byte, half a character) and lists in lists without end. Keys count as text.
 * @throws Refusal `request.unreadable` with the field, `request.too_large`
 */
export function refuseUnreadable(value: unknown, path = '', depth = 0): void {
  if (typeof value === 'string') {
    if (!isReadable(value)) throw new Refusal('request.unreadable', 'invalid', { fields: [{ path }] })
    return
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  if (depth >= DEEPEST) throw new Refusal('request.too_large', 'invalid')
  for (const [key, part] of Object.entries(value)) {
    if (!isReadable(key)) throw new Refusal('request.unreadable', 'invalid', { fields: [{ path }] })
    refuseUnreadable(part, `${path}/${key}`, depth + 1)
  }
}

const isReadable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
