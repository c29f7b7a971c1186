/**
 * What a hostile client puts where a value is expected, and whole bodies that are no bodies. All of it is drawn by fast-check,
 * so that a failure names its seed and shrinks.
 */
import fc from 'fast-check'

/** Text of every sort that has broken some program; none of it is a secret of a scene. */
export const TEXTS: readonly string[] = [
  '', ' ', '\t\r\n', '0', '-1', 'null', 'undefined', 'NaN', 'true', '[]', '{}',
  '字'.repeat(10_001), 'a'.repeat(20_001), '%'.repeat(300), '_',
  '\u202e倒着\u202c', '\u200b\u200d\ufeff', `e${'\u0301'.repeat(400)}`, '👩‍👩‍👧‍👦', '𠮷𫝀', '\ufffe\uffff',
  '陈\0秀', '\ud800', '\udc00\ud800',
  "' or '1'='1", "'); drop table cases.case; --", '1; select pg_sleep(5)', "\\'; select current_user --", '$1', `$${'{1+1}'}`, '{{7*7}}',
  'true || person.age > 0', 'person.all(p, true)', 'facts["income"] == 0', '"a".matches("(a+)+$")',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "javascript:alert(1)", '{0}{count, plural, other{#}}', '{',
  '../../../../etc/passwd', '..\\..\\x', '/dev/null', 'file:///etc/passwd', 'http://127.0.0.1:5432/', '\r\nset-cookie: a=b',
  '0000-00-00', '0000-01-01', '9999-12-31', '2026-02-29', '2024-02-29', '2026-13-01', '1900-01-01', '10000-01-01', '2026-11-24T00:00:00Z',
  '99999999999999999999', '1e309', '-0', '0x10', '１２３', '6222021111111111112',
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '-'.repeat(36), '欧阳', '440106', '44', '999999',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '*', '=1+1', '@SUM(1)',
] // biome-ignore format: a heap

export const NUMBERS: readonly number[] = [
  0, -0, -1, 0.5, 1e-9, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, -1e308, 9_999_999_999,
] // biome-ignore format: a heap

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

/** A value of any kind; `ids` are those that exist somewhere and one that does not. */
export const anyValue = (ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>(
        null, true, false, [], {}, [[]], [null], [''], { toString: 1 }, { $gt: '' }, { length: 1e9 }, nested(31), nested(1000),
        JSON.parse('{"__proto__":{"level":"A2"}}'), { constructor: { prototype: { level: 'A2' } } }, Array(2_000).fill('x'),
      ), // biome-ignore format: a heap
    },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  )

/** Fields that no form has, and that a careless program would take over. */
const EXTRAS = [
  '__proto__', 'constructor', 'prototype', 'actor', 'accountId', 'account_id', 'postId', 'role', 'roles', 'level', 'permissions',
  'isAdmin', 'scope', 'areas', 'now', 'status', 'call', 'key', '_key', '_csrf', 'id', 'personIds', 'recordedAt',
] // biome-ignore format: a heap

/** Bodies that are no object, or no JSON at all. */
const RAW: readonly string[] = [
  '', 'null', '0', '"x"', '[]', '[{}]', '{', '{"a":1e400}', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', '\ufeff{}', '{"a":"\\ud800"}',
  '['.repeat(1000) + ']'.repeat(1000), `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, `{"a":"${'x'.repeat(200_000)}"}`, '\0', 'a=1&b=2',
] // biome-ignore format: a heap

export interface Shape {
  path: Readonly<Record<string, string>>
  query: Readonly<Record<string, unknown>>
  body: Readonly<Record<string, unknown>> | null
}
export interface Attack {
  path: Record<string, string>
  query: string
  body: string | null
}

/**
 * A request that would have been right, with one to three things wrong with it.
 * @param names of all fields that the operation's schema knows, right or left out in `shape`
 */
export function attackOn(
  shape: Shape,
  names: { query: readonly string[]; body: readonly string[] },
  ids: readonly string[],
): fc.Arbitrary<Attack> {
  const value = anyValue(ids)
  const change = fc.record({
    where: fc.constantFrom<'path' | 'query' | 'body' | 'raw' | 'right'>('path', 'query', 'body', 'body', 'body', 'raw', 'right'),
    drop: fc.boolean(),
    extra: fc.boolean(),
    nth: fc.nat(50),
    extraName: fc.constantFrom(...EXTRAS),
    value,
    raw: fc.constantFrom(...RAW),
  })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const path = { ...shape.path }
    const query = new Map<string, unknown>(Object.entries(shape.query))
    const body = new Map<string, unknown>(Object.entries(shape.body ?? {}))
    let raw: string | null = null
    for (const { where, drop, extra, nth, extraName, value, raw: whole } of changes) {
      const names_ = where === 'path' ? Object.keys(path) : names[where === 'query' ? 'query' : 'body']
      const name = extra && where !== 'path' ? extraName : names_[nth % Math.max(1, names_.length)]
      if (where === 'right' || !name) continue
      if (where === 'path') path[name] = typeof value === 'string' ? value : JSON.stringify(value)
      else if (where === 'raw') raw = whole
      else if (drop) (where === 'query' ? query : body).delete(name)
      else (where === 'query' ? query : body).set(name, value)
    }
    const text = (v: unknown) => (typeof v === 'string' ? v : JSON.stringify(v)).toWellFormed()
    return {
      path,
      query: String(new URLSearchParams([...query].map(([k, v]) => [k, text(v)]))),
      body: shape.body ? (raw ?? asJson(body)) : null,
    }
  })
}

/** By hand, so that `__proto__` goes over the wire as a field. */
const asJson = (body: ReadonlyMap<string, unknown>): string =>
  `{${[...body].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v) ?? 'null'}`).join(',')}}`
