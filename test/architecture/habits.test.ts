/** Time, words and size: what CONTRIBUTING asks of every file. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions, statuses } from '../../src/core/cases/case.ts'
import { loadWords } from '../../src/platform/words.ts'
import { isTest, matches, root, sources, withoutComments } from './sources.ts'

const all = sources('src/**/*.{ts,tsx}', 150)
const working = all.filter((s) => !isTest(s.path))
const words = loadWords(root, { strict: true })

test('time is an argument: no file asks the clock', () => {
  /** The clock's own folder, where a process begins, and the one of a phone without network. */
  const may = (path: string): boolean =>
    /^src\/(platform|demo|commands)\//.test(path) || path === 'src/node.ts' || path === 'src/ui/field/clock.ts'
  const wrong = working.filter((s) => !may(s.path)).flatMap((s) => matches(s, /new Date\(\)|\bDate\.now\(|Temporal\.Now\b/))
  assert.deepEqual(
    wrong.map((m) => m.at),
    [],
  )
})

test('SQL asks no clock either', () => {
  const statements = [...sources('src/**/*.sql', 8), ...working]
  /** better-auth's own tables have its own defaults; a migration says when it ran. */
  const may = new Set(['src/platform/accounts/migrations/0006-auth.sql', 'src/platform/database/migrate.ts'])
  const wrong = statements
    .filter((s) => !may.has(s.path))
    .flatMap((s) =>
      matches(
        { ...s, text: s.path.endsWith('.sql') ? s.text.replace(/--.*$/gm, '') : s.text },
        /(?<![\w.$])(now\(\)|current_date\b|current_timestamp\b|localtimestamp\b|clock_timestamp\(|transaction_timestamp\()/i,
      ),
    )
    .filter((m) => !/\b(options|scene|platform|self|const|:)\s*\.?now\(\)/.test(m.line))
  assert.deepEqual(
    wrong.map((m) => `${m.at} ${m.line}`),
    [],
  )
})

/** Signs that are no text for people, each with its reason. */
const SIGNS: Readonly<Record<string, string>> = {
  'src/ui/format.ts': 'how a language writes a day, a month and an amount',
  'src/ui/fields/reading.ts': 'signs that people type with an amount',
  'src/core/cases/answer.ts': 'signs that people type with an amount',
  'src/core/documents/money.ts': 'capital numerals of a sum',
  'src/core/documents/lines.ts': 'where a line may break',
  'src/core/people/masking.ts': 'surnames of two characters',
  'src/core/matters/speech.ts': 'how people say a number and an age',
  'src/core/matters/matter.ts': 'codes of the national catalogue of matters (证, 文, 其他)',
  'src/core/matters/clause.ts': 'what a pack writes in place of a number that nobody has found yet',
  'src/core/matters/pack/schema.ts': 'codes of the national catalogue of matters',
  'src/core/matters/pack/check-catalogue.ts': 'codes of the national catalogue of matters',
  'src/app.ts': 'the name of the program',
  'src/commands/console.ts': 'the console, which speaks both languages at once',
}

test('no Chinese text in code', () => {
  const wrong = working
    .filter((s) => !s.path.startsWith('src/demo/') && !(s.path in SIGNS))
    .flatMap((s) => matches(s, /\p{Script=Han}/u))
    // A character class is a rule about characters, not a text.
    .filter((m) => !/\\u\{|\[[^\]]*\p{Script=Han}[^\]]*\]|\/[^/]*\p{Script=Han}[^/]*\/[a-z]*[.,) ]/u.test(m.line))
  assert.deepEqual(
    wrong.map((m) => `${m.at} ${m.line}`),
    [],
  )
})

test('every list of signs is still needed', () => {
  for (const path of Object.keys(SIGNS)) {
    const source = all.find((s) => s.path === path)
    assert.ok(source, `${path} is gone: take it off the list`)
    // The schema's signs may stand in comments only one day: then the line goes.
    if (path !== 'src/core/matters/pack/schema.ts')
      assert.match(withoutComments(source.text), /\p{Script=Han}/u, `${path} needs no exception`)
  }
})

test('every refusal has a sentence', () => {
  const codes = new Map<string, string>()
  for (const s of working) {
    const text = withoutComments(s.text)
    for (const m of text.matchAll(/new Refusal\(\s*['"]([\w.-]+)['"]/g)) codes.set(m[1]!, s.path)
    // Pinned to a field: `{ path, code }`, and the small functions of a room that do it.
    for (const m of text.matchAll(
      /path:[^{}]{0,60}\bcode:\s*['"]([a-z_]+\.[a-z_.]+)['"]|\b(?:refuse|wrong)\([^,()]+,\s*['"]([a-z_]+\.[a-z_.]+)['"]/g,
    ))
      codes.set((m[1] ?? m[2])!, s.path)
    if (/possible\.ts$/.test(s.path)) for (const m of text.matchAll(/'((?:case|access)\.[a-z_]+)'/g)) codes.set(m[1]!, s.path)
  }
  assert.ok(codes.size > 90, `${codes.size} codes`)
  assert.deepEqual(
    [...codes].filter(([code]) => !words.has(code)).map(([code, path]) => `${code} (${path})`),
    [],
  )
})

test('every status, act, fact, message, list and paper has words', () => {
  const core = working.filter((s) => s.path.startsWith('src/core/cases/')).map((s) => withoutComments(s.text))
  const facts = new Set(
    core
      .join('\n')
      .matchAll(/\{ fact: '(\w+)'/g)
      .map((m) => m[1]!),
  )
  const messages = new Set(
    core
      .join('\n')
      .matchAll(/message: \{ kind: '(\w+)'|kind: outcome === 'granted' \? '(\w+)' : '(\w+)'|tell\(work, \{[^}]*kind: '(\w+)'/g)
      .flatMap((m) => m.slice(1).filter(Boolean)),
  )
  assert.ok(facts.size >= 20 && messages.size >= 12, `${facts.size} facts, ${messages.size} messages`)
  const wanted = [
    ...statuses.map((s) => `case.status.${s}`),
    ...actions.map((a) => `case.action.${a}`),
    ...[...facts].map((f) => `case.fact.${f}`),
    ...[...messages].map((m) => `message.${m}`),
  ]
  assert.deepEqual(
    wanted.filter((key) => !words.has(key)),
    [],
  )
})

test('files stay short enough to read', () => {
  // A whole journey in one story may be longer.
  const long = [...all, ...sources('test/**/*.ts', 10)].filter(
    (s) => s.text.split('\n').length > (s.path.endsWith('.test.ts') ? 500 : 400),
  )
  assert.deepEqual(
    long.map((s) => `${s.path}: ${s.text.split('\n').length} lines`),
    [],
  )
})
