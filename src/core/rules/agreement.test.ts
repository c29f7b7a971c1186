/**
 * Two properties over made expressions: with nothing unknown our answer is the library's; and a fact that becomes
 * unknown makes an answer unknown or leaves it, never another.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compile } from './compile.ts'
import { fromLibrary, ruleEnvironment, toLibrary } from './environment.ts'
import { FACTS, type Facts } from './facts.ts'
import { row } from './pack-scene.ts'
import { UNKNOWN, type Value } from './three.ts'

const day = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10))
const small = fc.integer({ min: -6, max: 20 })
const word = fc.constantFrom('4401', '440106', 'a', 'b')

const allFacts = fc.record({
  on: day,
  area: fc.constant('4401'),
  person: fc.record({
    born_on: day,
    sex: word,
    hukou_area: word,
    dwelling_area: word,
    residence_since: day,
    receives: fc.array(word, { maxLength: 4 }),
    monthly_income_fen: small,
  }),
  unit: fc.record({ size: small, monthly_income_fen: small, property_ok: fc.boolean(), all_authorised: fc.boolean() }),
  case: fc.record({ has_address_proof: fc.boolean(), purpose: word }),
  answers: fc.record({ a: word, 'b-c': word }),
}) satisfies fc.Arbitrary<Facts>

const quoted = (text: string) => `'${text}'`
const join = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((each) => (typeof each === 'string' ? fc.constant(each) : each))).map((texts) => texts.join(''))
const oneOf = (...texts: string[]) => fc.constantFrom(...texts)

/** Expressions by type; `x` is a text inside a macro over texts, `n` a number inside one over numbers. */
function expressions(
  depth: number,
  locals: readonly ('x' | 'n')[] = [],
): Record<'bool' | 'int' | 'day' | 'text' | 'texts' | 'ints', fc.Arbitrary<string>> {
  const leaf = {
    bool: oneOf(
      'true',
      'false',
      'unit.property_ok',
      'unit.all_authorised',
      'case.has_address_proof',
      'has(person.residence_since)',
      'has(answers.a)',
    ),
    int: fc.oneof(
      fc.nat(9).map(String),
      oneOf('unit.size', 'person.monthly_income_fen', "param('made.number')", ...(locals.includes('n') ? ['n'] : [])),
    ),
    day: oneOf('on', 'person.born_on', 'person.residence_since', "day('2000-02-29')"),
    text: fc.oneof(
      word.map(quoted),
      oneOf(
        'person.sex',
        'person.hukou_area',
        'case.purpose',
        'answers.a',
        "answers['b-c']",
        "paramText('made.text')",
        ...(locals.includes('x') ? ['x'] : []),
      ),
    ),
    texts: oneOf('person.receives', "['a', person.sex]"),
    ints: oneOf('[1, 2, 3]', '[unit.size]', "[param('made.number'), 2]"),
  }
  if (depth === 0) return leaf
  const { bool, int, day: days, text, texts, ints } = expressions(depth - 1, locals)
  const choice = (of: fc.Arbitrary<string>) => join('(', bool, ' ? ', of, ' : ', of, ')')
  const compared = oneOf(' == ', ' != ', ' < ', ' <= ', ' > ', ' >= ')
  const overTexts = locals.includes('x') || locals.length >= 2 ? undefined : expressions(depth - 1, [...locals, 'x'])
  const overInts = locals.includes('n') || locals.length >= 2 ? undefined : expressions(depth - 1, [...locals, 'n'])
  const macro = oneOf('all', 'exists', 'exists_one')
  return {
    bool: fc.oneof(
      leaf.bool,
      join('!(', bool, ')'),
      join('(', bool, oneOf(' && ', ' || ', ' == ', ' != '), bool, ')'),
      choice(bool),
      join(int, compared, int).map((each) => `(${each})`),
      join('(', days, compared, days, ')'),
      join('(', text, oneOf(' == ', ' != ', ' < '), text, ')'),
      join('(', text, ' in ', texts, ')'),
      join('(', int, ' in ', ints, ')'),
      join('(', texts, oneOf(' == ', ' != '), texts, ')'),
      join('(', ints, ' == ', ints, ')'),
      // Bare [] has no element type for the checker, so it stands on its own and under no macro.
      join('(', texts, ' == [])'),
      join('inArea(', text, ", '4401')"),
      ...(overTexts ? [join(texts, '.', macro, '(x, ', overTexts.bool, ')')] : []),
      ...(overInts ? [join(ints, '.', macro, '(n, ', overInts.bool, ')')] : []),
    ),
    int: fc.oneof(
      leaf.int,
      join('(', int, oneOf(' + ', ' - '), int, ')'),
      join('(', int, ' * ', oneOf('0', '2', '3'), ')'),
      join('(', int, oneOf(' / ', ' % '), oneOf('1', '2', '7'), ')'),
      join('(-', int, ')'),
      choice(int),
      join(oneOf('ageYears', 'fullMonths'), '(', days, ', ', days, ')'),
      join('size(', fc.oneof(texts, ints, text), ')'),
    ),
    day: fc.oneof(
      leaf.day,
      choice(days),
      join(oneOf('addMonths', 'addDays'), '(', days, ', ', oneOf('unit.size', '3', "param('made.number')", '-14'), ')'),
    ),
    text: fc.oneof(leaf.text, choice(text)),
    texts: fc.oneof(
      leaf.texts,
      join('[', text, ', ', text, ']'),
      ...(overTexts ? [join(texts, '.filter(x, ', overTexts.bool, ')'), join(texts, '.map(x, ', overTexts.text, ')')] : []),
    ),
    ints: fc.oneof(
      leaf.ints,
      join('[', int, ', ', int, ']'),
      ...(overInts
        ? [join(ints, '.map(n, ', overInts.bool, ', ', overInts.int, ')'), join(ints, '.filter(n, ', overInts.bool, ')')]
        : []),
    ),
  }
}

const made = expressions(3)
const anyExpression = fc.oneof(
  { weight: 5, arbitrary: made.bool },
  { weight: 2, arbitrary: made.int },
  made.day,
  made.text,
  made.texts,
  made.ints,
)

const NUMBERS: Record<string, number | string> = { 'made.number': 3, 'made.text': 'a' }
const library = ruleEnvironment((id) => NUMBERS[id]!)

function ours(expression: string, facts: Facts, closed: ReadonlySet<string> = new Set()): Value {
  const { root, problems } = compile(expression)
  assert.deepEqual(problems, [], expression)
  return root!.run({
    facts,
    on: facts.on,
    parameter: (id) =>
      closed.has(id) ? { known: false, reason: 'missing', rows: [] } : { known: true, value: NUMBERS[id]!, row: row({}) },
    locals: [],
    faults: [],
  })
}

function theirs(expression: string, facts: Facts): unknown {
  const context: Record<string, unknown> = { answers: facts.answers }
  for (const [name, { type }] of Object.entries(FACTS)) {
    const [scope, key] = name.split('.') as ['person', 'born_on' | undefined]
    if (key === undefined) context[scope] = toLibrary(facts[scope], type)
    else context[scope] = { ...(context[scope] as object), [key]: toLibrary(facts[scope]![key], type) }
  }
  return fromLibrary(library.evaluate(expression, context))
}

/** A later answer may only know less. */
function isLess(less: Value, more: Value): boolean {
  if (less === UNKNOWN) return true
  if (Array.isArray(less) && Array.isArray(more))
    return less.length === more.length && less.every((each: Value, at: number) => isLess(each, more[at]))
  return less === more
}

const NAMES = [...Object.keys(FACTS).filter((name) => name !== 'on'), 'answers.a', 'answers.b-c', 'made.number', 'made.text']

function without(facts: Facts, closed: ReadonlySet<string>): Facts {
  const kept = structuredClone(facts) as unknown as Record<string, Record<string, unknown>>
  for (const name of closed) {
    const [scope, key] = name.split('.') as [string, string]
    if (scope !== 'made') delete kept[scope]![key]
  }
  return kept as unknown as Facts
}

test('With nothing unknown the answer is the library’s', () => {
  fc.assert(
    fc.property(anyExpression, allFacts, (expression, facts) => {
      assert.deepEqual(ours(expression, facts), theirs(expression, facts), expression)
    }),
    { numRuns: 3000 },
  )
})

test('A fact that becomes unknown never turns an answer into another', () => {
  let changed = 0
  fc.assert(
    fc.property(anyExpression, allFacts, fc.subarray(NAMES), fc.subarray(NAMES), (expression, facts, some, more) => {
      const whole = ours(expression, facts)
      const few = new Set(some)
      const many = new Set([...some, ...more])
      const partly = ours(expression, without(facts, few), few)
      const hardly = ours(expression, without(facts, many), many)
      if (!isLess(whole, partly)) changed += 1
      assert.equal(isLess(partly, whole), true, expression)
      assert.equal(isLess(hardly, partly), true, expression)
    }),
    { numRuns: 3000 },
  )
  assert.equal(changed > 300, true, `only ${changed} answers became unknown: the expressions hardly read facts`)
})
