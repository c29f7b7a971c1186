/**
 * The public conformance cases of CEL, through our own compile and run. `conformance.csv` beside it says of every section which
 * cases are in and which are out, with the reason; KAIFONG_WRITE_CONFORMANCE=1 writes it anew, so that a difference shows in review.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js'
import { compile } from './compile.ts'
import { scopeOf } from './evaluate.ts'
import { isWhollyKnown } from './three.ts'

const FILE = new URL('conformance.csv', import.meta.url)

/** Why a case is out, by the problem that it is refused with. */
const WHY: Readonly<Record<string, string>> = {
  'rule.zero_sign': 'PostgreSQL holds no text with this character, so nobody could be searched for',
  'rule.not_in_language': 'bytes, unsigned numbers, null, lists by index, maps: nothing that a rule of the law reads',
  'rule.no_decimals': 'no decimals: money is in fen, ratios are multiplied',
  'rule.number_too_large': 'only whole numbers that are exact',
  'rule.expression_too_large': 'no maps, and no list of more than a hundred',
  'rule.unknown_name': 'a variable, a type or an enum of the case, none of ours',
  'rule.function': 'a conversion, a time, a text or an extension function: ours are few and named in the README',
  'rule.syntax': 'messages of protocol buffers and optional syntax',
  'rule.type': 'types that are mixed, which the check refuses before anybody is judged',
  'rule.arithmetic_type': 'no joining of texts and lists',
  'rule.divisor': 'a division by a written 0',
  'rule.matches': 'no regular expressions: one pattern on 29 characters blocked 11 seconds',
  error: 'CEL stops with an error; here no answer is unknown, and what is settled without it stays settled',
}

type Case = ReturnType<typeof getConformanceSuite>['tests'][number]['original']
type Wanted = { case?: string; value?: unknown }
interface Suite {
  name: string
  suites: readonly Suite[]
  tests: readonly { name: string; original: Case }[]
}

const scope = () => scopeOf({ on: '2026-11-24', area: '4401' }, new Map(), {})

/** A value of CEL as one of ours. */
function plainOf(value: { kind: { case?: string; value?: unknown } }): unknown {
  const { kind } = value
  if (kind.case === 'int64Value') return Number(kind.value)
  if (kind.case === 'listValue') return (kind.value as { values: (typeof value)[] }).values.map(plainOf)
  return kind.case === 'boolValue' || kind.case === 'stringValue' ? kind.value : { kind: kind.case }
}

/** `agrees`, the code of the problem, `error`, or what it says instead. */
function outcomeOf({ expr, resultMatcher }: Case): string {
  const { root, problems } = compile(expr)
  if (!root) return problems[0]!.code
  const got = root.run(scope())
  const wanted = resultMatcher as Wanted
  if (wanted.case === 'evalError' || wanted.case === 'anyEvalErrors')
    return !isWhollyKnown(got) || got === false ? 'error' : `says ${String(got)}`
  const value = wanted.case === 'typedResult' ? (wanted.value as { result: unknown }).result : wanted.value
  const expected = wanted.case === undefined ? true : plainOf(value as Parameters<typeof plainOf>[0])
  return JSON.stringify(got) === JSON.stringify(expected) ? 'agrees' : `says ${String(got)}`
}

const sectionsOf = (suite: Suite, path: readonly string[] = []): [string, Suite['tests']][] => [
  ...(suite.tests.length > 0 ? [[path.join('/'), suite.tests] as [string, Suite['tests']]] : []),
  ...suite.suites.flatMap((each) => sectionsOf(each, [...path, each.name])),
]

function table(): string[] {
  const rows = ['section,outcome,cases']
  for (const [section, tests] of sectionsOf(getConformanceSuite() as unknown as Suite)) {
    const by = Map.groupBy(tests, (each) => outcomeOf(each.original))
    for (const [outcome, cases] of [...by].sort(([a], [b]) => (a < b ? -1 : 1)))
      rows.push(`${section},${outcome},${cases.length === tests.length ? 'all' : cases.map((each) => each.name).join(' ')}`)
  }
  return rows
}

test('CEL’s own cases come out as the list says, and none with another value', () => {
  const found = table()
  if (process.env.KAIFONG_WRITE_CONFORMANCE) writeFileSync(FILE, `${found.join('\n')}\n`)
  assert.deepEqual(found, readFileSync(FILE, 'utf8').trim().split('\n'))
  const outcomes = new Set(found.slice(1).map((row) => row.split(',')[1]!))
  assert.deepEqual(
    [...outcomes].filter((each) => each !== 'agrees' && !Object.hasOwn(WHY, each)),
    [],
  )
  assert.deepEqual(
    Object.keys(WHY).filter((each) => !outcomes.has(each)),
    [],
    'a reason that is nobody’s',
  )
  assert.ok(found.filter((row) => row.includes(',agrees,')).length >= 30)
})
