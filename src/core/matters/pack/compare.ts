/**
 * What one pack says otherwise than another, by file and line: matters, rules, numbers, texts, and everything else that stands in its
 * files. It compares what is written, so that two packs of which one has errors can be compared, too.
 */
import { readCsv } from '../../../platform/csv.ts'
import { Findings, type Place } from './finding.ts'
import type { RawPack } from './parse.ts'
import { type Path, YamlSource } from './source.ts'

export type Kind = 'matter' | 'rule' | 'parameter' | 'other'

export interface Difference {
  change: 'added' | 'removed' | 'changed'
  kind: Kind
  /** Of the matter, rule or number; of anything else its file and name. */
  name: string
  /** What of it, by the keys that lead there; '' where it is new or gone as a whole. */
  field: string
  /** A text for people. */
  isText: boolean
  /** In the newer pack; of what is gone, in the older. */
  place: Place
  was: string
  now: string
}

interface Item {
  kind: Kind
  name: string
  value: unknown
  at: (path: Path) => Place
}

export function comparePacks(older: RawPack, newer: RawPack): Difference[] {
  const [was, now] = [itemsOf(older), itemsOf(newer)]
  const found: Difference[] = []
  const whole = (change: 'added' | 'removed', { kind, name, at }: Item): Difference => ({
    ...{ change, kind, name, field: '', isText: false, place: at([]), was: '', now: '' },
  })
  for (const [key, item] of was) if (!now.has(key)) found.push(whole('removed', item))
  for (const [key, item] of now) {
    const before = was.get(key)
    if (before) differ(before.value, item.value, [], before, item, found)
    else found.push(whole('added', item))
  }
  return found.sort((a, b) => (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.line - b.place.line))
}

function itemsOf({ files }: RawPack): Map<string, Item> {
  const items = new Map<string, Item>()
  for (const [file, text] of [...files].sort()) {
    if (/^demo\.yaml$|\.md$/.test(file)) continue
    if (file.endsWith('.csv')) rowsOf(file, text, items)
    else if (/\.ya?ml$/.test(file)) partsOf(file, text, items)
  }
  return items
}

function partsOf(file: string, text: string, items: Map<string, Item>): void {
  const source = new YamlSource(file, text, new Findings('en'))
  const kind: Kind = file.startsWith('rules/') ? 'rule' : file.startsWith('matters/') ? 'matter' : 'other'
  const put = (name: string, value: unknown, base: Path) =>
    items.set(kind === 'other' ? name : `${kind} ${name}`, { kind, name, value, at: (path) => source.at(...base, ...path) })
  // A rule may move to another file and stays the same rule; whatever else is known by its file and code.
  if (kind === 'other' || !Array.isArray(source.value))
    put(kind === 'matter' ? nameOf(source.value, file) : file, source.value, [])
  else for (const [at, value] of source.value.entries()) put(nameOf(value, `${file} ${at + 1}`), value, [at])
}

function rowsOf(file: string, text: string, items: Map<string, Item>): void {
  const kind: Kind = file === 'parameters.csv' ? 'parameter' : 'other'
  for (const { line, row } of readCsv(text, file)) {
    const cells = Object.values(row)
    const name = kind === 'parameter' ? `${row.id} ${row.jurisdiction} ${row.valid_from}` : `${file} ${cells[0]}`
    items.set(`${kind} ${name}`, { kind, name, value: row, at: () => ({ file, line }) })
  }
}

const nameOf = (value: unknown, otherwise: string): string => {
  const { id, code } = (value ?? {}) as { id?: unknown; code?: unknown }
  return typeof id === 'string' ? id : typeof code === 'string' ? code : otherwise
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNamed = (list: unknown[]): boolean => list.length > 0 && list.every((each) => nameOf(each, '') !== '')

/** Lists of named things are compared by name; examples and words as they stand. */
function differ(was: unknown, now: unknown, path: (string | number)[], before: Item, item: Item, found: Difference[]): void {
  if (JSON.stringify(was) === JSON.stringify(now)) return
  const keys = isObject(was) && isObject(now) ? new Set([...Object.keys(was), ...Object.keys(now)]) : null
  if (keys) {
    for (const key of keys)
      differ((was as Record<string, unknown>)[key], (now as Record<string, unknown>)[key], [...path, key], before, item, found)
    return
  }
  if (Array.isArray(was) && Array.isArray(now) && isNamed(was) && isNamed(now)) {
    const [old, young] = [was, now].map((list) => new Map(list.map((each, at) => [nameOf(each, ''), { each, at }] as const)))
    for (const [name, { at }] of old!) if (!young!.has(name)) tell('removed', [...path, at], was[at], undefined, before, found)
    for (const [name, { each, at }] of young!) differ(old!.get(name)?.each, each, [...path, at], before, item, found)
    return
  }
  if (Array.isArray(was) && Array.isArray(now) && [...was, ...now].every(isObject)) {
    for (let at = 0; at < Math.max(was.length, now.length); at += 1) differ(was[at], now[at], [...path, at], before, item, found)
    return
  }
  const change = was === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
  tell(change, path, was, now, change === 'removed' ? before : item, found)
}

function tell(
  change: Difference['change'],
  path: (string | number)[],
  was: unknown,
  now: unknown,
  { kind, name, at, value }: Item,
  found: Difference[],
): void {
  const last = path.at(-1)
  found.push({
    change,
    kind,
    name,
    field: fieldOf(path, value),
    isText: last === 'zh' || last === 'en',
    place: at(path),
    was: shown(was),
    now: shown(now),
  })
}

/** `steps.accept.plain.zh`: names in place of positions, where there are any. */
function fieldOf(path: readonly (string | number)[], value: unknown): string {
  let held = value
  return path
    .map((step) => {
      held = (held as Record<string | number, unknown> | undefined)?.[step]
      return typeof step === 'number' ? nameOf(held, String(step + 1)) : step
    })
    .join('.')
}

const shown = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value.trim() : JSON.stringify(value)
