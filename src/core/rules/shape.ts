/**
 * What does not fit a schema, one finding a place.
 */
import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'

export interface ShapeFinding {
  path: (string | number)[]
  /** The field is not in the schema at all. */
  stray: boolean
  /** The validator's words, in English. */
  detail: string
}

export function shapeFindings(schema: TSchema, value: unknown): ShapeFinding[] {
  const byPlace = new Map<string, ShapeFinding>()
  for (const { instancePath, keyword, message, params } of Errors(schema, value)) {
    // The stray field itself is reported too, and a union's branches say more than the union.
    if (keyword === 'additionalProperties' || keyword === 'anyOf') continue
    const { allowedValues, allowedValue } = params as { allowedValues?: unknown[]; allowedValue?: unknown }
    const allowed = allowedValues?.join(', ') ?? (allowedValue === undefined ? '' : String(allowedValue))
    const detail = allowed === '' ? message : `${message} (${allowed})`
    const held = byPlace.get(instancePath)
    if (held) held.detail += ` / ${detail}`
    else byPlace.set(instancePath, { path: pathOf(instancePath), stray: keyword === 'boolean', detail })
  }
  return [...byPlace.values()]
}

const pathOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((each) => (/^[0-9]+$/.test(each) ? Number(each) : each.replaceAll('~1', '/').replaceAll('~0', '~')))
