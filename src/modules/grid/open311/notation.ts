/** XML and, by the Spark convention, JSON of one answer, with no tree in between. Pure. */

export const formats = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' } as const
export type Format = keyof typeof formats

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

/** What stands inside a list; its name is the plural. */
const item: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  service_request_updates: 'request_update',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
}

// What XML 1.0 has no way to write goes out: half a surrogate and control characters.
const SPECIAL = /[&<>"]|[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
// Most texts have none of it: to look for it sign by sign was a third of the time in which a list was written.
const MAY_BE_SPECIAL = /[^\t\n\r !#-%'-;=?-\uD7FF\uE000-\uFFFD]/
const written: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string =>
  MAY_BE_SPECIAL.test(text) ? text.replace(SPECIAL, (sign) => written[sign] ?? '') : text

/** Opening, closing and empty, made once a name and not once a line. */
const tags = new Map<string, readonly [opens: string, closes: string, empty: string]>()
function tagsOf(name: string): readonly [opens: string, closes: string, empty: string] {
  const known = tags.get(name)
  if (known) return known
  const made = [`<${name}>`, `</${name}>`, `<${name}/>`] as const
  tags.set(name, made)
  return made
}

function element(name: string, value: Value): string {
  const [opens, closes, empty] = tagsOf(name)
  if (value === null || value === '') return empty
  if (typeof value === 'string') return opens + escaped(value) + closes
  if (typeof value !== 'object') return opens + value + closes
  let inside = opens
  if (Array.isArray(value)) {
    const one = item[name]!
    for (const each of value as readonly Value[]) inside += element(one, each)
  } else for (const key in value) inside += element(key, (value as Record<string, Value>)[key]!)
  return inside + closes
}

const isList = (value: Value | Iterable<Value>): value is Iterable<Value> =>
  value !== null && typeof value === 'object' && Symbol.iterator in value

/** Signs. */
const PART = 16_384

/** A list is written line by line: neither its lines nor its text stand in memory as a whole. */
function xmlOf(root: string, value: Value | Iterable<Value>): Buffer {
  const parts: Buffer[] = []
  let text = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (isList(value)) {
    const [opens, closes] = tagsOf(root)
    text += opens
    for (const each of value) {
      text += element(item[root]!, each)
      if (text.length < PART) continue
      parts.push(Buffer.from(text))
      text = ''
    }
    text += closes
  } else text += element(root, value)
  return Buffer.concat([...parts, Buffer.from(`${text}\n`)])
}

export const notationOf = (format: Format, root: string, value: Value | Iterable<Value>): Buffer =>
  format === 'json' ? Buffer.from(JSON.stringify(isList(value) ? [...value] : value)) : xmlOf(root, value)
