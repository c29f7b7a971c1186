/**
 * A pack is content-addressed: the same content has the same hash, whatever the order of keys or the layout of its files.
 */
import { createHash } from 'node:crypto'
import type { Pack } from './schema.ts'

/** JSON with keys in code-unit order and without white space. Refuses what JSON would silently change or drop. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`A pack cannot hold the number ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value instanceof Map) return canonicalJson([...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
  if (value instanceof Set) return canonicalJson([...value].sort())
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`
  }
  throw new TypeError(`A pack cannot hold a ${typeof value}`)
}

/** SHA-256 in hex of the pack's canonical JSON, its own `hash` left out. */
export function packHash(pack: Omit<Pack, 'hash'> & { hash?: string }): string {
  const { hash: _, ...content } = pack
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}
