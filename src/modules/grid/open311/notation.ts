/** XML and, by the Spark convention, JSON of one answer: strings, no tree in between. Pure. */

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
// Most texts have none of it, and the plain pattern says so ten times as fast as the other one finds it.
const MAY_BE_SPECIAL = /[^\t\n\r !#-%'-;=?-\uD7FF\uE000-\uFFFD]/
const written: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string =>
  MAY_BE_SPECIAL.test(text) ? text.replace(SPECIAL, (sign) => written[sign] ?? '') : text

function element(name: string, value: Value): string {
  if (value === null || value === '') return `<${name}/>`
  if (typeof value === 'string') return `<${name}>${escaped(value)}</${name}>`
  if (typeof value !== 'object') return `<${name}>${value}</${name}>`
  let inside = ''
  if (Array.isArray(value)) {
    const one = item[name]!
    for (const each of value as readonly Value[]) inside += element(one, each)
  } else for (const key in value) inside += element(key, (value as Record<string, Value>)[key]!)
  return `<${name}>${inside}</${name}>`
}

export const notationOf = (format: Format, root: string, value: Value): string =>
  format === 'json' ? JSON.stringify(value) : `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value)}\n`
