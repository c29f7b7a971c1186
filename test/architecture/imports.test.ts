/** Who may import whom (architecture §2), derived from the folders. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Import, importsOf, isTest, root, type Source, sources } from './sources.ts'

const all = sources('src/**/*.{ts,tsx}', 150)
const working = all.filter((s) => !isTest(s.path))
const imports = working.flatMap(importsOf)
const ours = (i: Import): boolean => i.to.startsWith('src/')

/** The layer of a file: its first folder below src, or the file itself for those that put the house together. */
const layerOf = (path: string): string => path.split('/')[1]!
const roomOf = (path: string): string => path.split('/').slice(0, 3).join('/')
const told = (found: Import[]): string[] => found.map((i) => `${i.from} imports ${i.to}`)

/** What each layer may reach. A layer that is not here is refused, so a new folder has to be placed. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  platform: ['platform'],
  ui: ['ui', 'platform'],
  core: ['core', 'platform'],
  modules: ['modules', 'core', 'platform', 'ui', 'demo'],
  // Made-up people for a made-up street: stands on the core like a module, and no module needs it to run.
  demo: ['demo', 'core', 'platform'],
}
const GATHERERS = new Set(['app.ts', 'commands', 'metrics.ts', 'node.ts', 'main.ts', 'schedules.ts', 'demo-door.ts', 'limits.ts'])

test('the check read the house', () => {
  assert.ok(imports.length > 600, `${imports.length} imports`)
  for (const layer of Object.keys(MAY))
    assert.ok(
      working.some((s) => layerOf(s.path) === layer),
      `no file of ${layer} was read`,
    )
})

test('every import of ours points to a file that exists', () => {
  assert.deepEqual(told(all.flatMap(importsOf).filter((i) => ours(i) && !existsSync(join(root, i.to)))), [])
})

test('modules → core → platform; the gatherers are reached by nobody', () => {
  const wrong = imports.filter((i) => {
    if (!ours(i)) return false
    const [from, to] = [layerOf(i.from), layerOf(i.to)]
    return GATHERERS.has(from) ? false : !MAY[from]?.includes(to)
  })
  assert.deepEqual(told(wrong), [])
})

test('pages use ui; the core never does', () => {
  assert.deepEqual(
    told(imports.filter((i) => i.to.startsWith('src/ui/') && ['core', 'platform', 'demo'].includes(layerOf(i.from)))),
    [],
  )
})

/** One type only: what a demo shows on its sign-in pages. The data itself never reaches a module. */
test('modules take nothing from the demo but types', () => {
  assert.deepEqual(
    told(
      imports.filter(
        (i) => layerOf(i.from) === 'modules' && layerOf(i.to) === 'demo' && !i.typeOnly && i.to !== 'src/demo/index.ts',
      ),
    ),
    [],
  )
})

test('a module reaches another only through its index.ts, and without circles', () => {
  const between = imports.filter(
    (i) =>
      layerOf(i.from) === 'modules' &&
      layerOf(i.to) === 'modules' &&
      i.to.split('/').length > 3 &&
      roomOf(i.from) !== roomOf(i.to),
  )
  assert.deepEqual(told(between.filter((i) => i.to !== `${roomOf(i.to)}/index.ts`)), [])
  const next = new Map<string, Set<string>>()
  for (const i of between.filter((each) => each.from.split('/').length > 3))
    next.set(roomOf(i.from), (next.get(roomOf(i.from)) ?? new Set()).add(roomOf(i.to)))
  const circle = (room: string, seen: readonly string[]): string[] | null => {
    if (seen.includes(room)) return [...seen, room]
    for (const to of next.get(room) ?? []) {
      const found = circle(to, [...seen, room])
      if (found) return found
    }
    return null
  }
  assert.deepEqual(
    [...next.keys()].flatMap((room) => circle(room, []) ?? []),
    [],
  )
})

/** Pure by rule: what these files decide must not depend on a database, a request or the hour. */
const isPure = (s: Source): boolean =>
  /\/(case|possible|answer|due)\.ts$/.test(s.path) || /^src\/core\/(rules|clocks)\//.test(s.path)
/** Read the calendar from a folder once, at load: files, no database and no clock. */
const READERS = new Set(['src/core/clocks/read-calendar.ts'])

test('pure files import no database, no http, no clock', () => {
  const pure = working.filter(isPure)
  assert.ok(pure.length >= 25, `${pure.length} pure files`)
  const forbidden = (to: string): boolean =>
    /^src\/platform\/(database|http|use-case|jobs|accounts)/.test(to) ||
    /^(pg|fastify|@fastify\/.*|graphile-worker|node:(fs|http|https|net|timers)(\/.*)?)$/.test(to) ||
    /\/(store|use-cases)\.ts$/.test(to)
  const wrong = pure
    .filter((s) => !READERS.has(s.path))
    .flatMap(importsOf)
    .filter((i) => !i.typeOnly && forbidden(i.to))
  // The rules compile to SQL text; they hold no connection.
  assert.deepEqual(
    told(wrong.filter((i) => !(i.from.startsWith('src/core/rules/') && i.to === 'src/platform/database/tx.ts'))),
    [],
  )
  const clock = pure.filter((s) => /new Date\(\)|Date\.now\(|performance\.now\(|Temporal\.Now/.test(s.text)).map((s) => s.path)
  assert.deepEqual(clock, [])
})

test('nobody but platform/database opens a connection, and no page or route holds SQL', () => {
  const drivers = imports.filter(
    (i) => i.to === 'pg' && !i.typeOnly && layerOf(i.from) !== 'platform' && !GATHERERS.has(layerOf(i.from)),
  )
  assert.deepEqual(told(drivers), [])
  const pages = working.filter((s) => /\/(pages\/|routes|api)/.test(s.path) && layerOf(s.path) !== 'platform')
  assert.ok(pages.length > 5)
  assert.deepEqual(
    pages.filter((s) => /\bsql`/.test(s.text)).map((s) => s.path),
    [],
  )
})
