/**
 * Two properties over made expressions: with nothing unknown our answer is the library's; and a fact that becomes
 * unknown makes an answer unknown or leaves it, never another.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compile } from './compile.ts'
import { fromLibrary, ruleEnvironment, toLibrary } from './environment.ts'
import { allFacts, anyExpression, NUMBERS } from './expression-scene.ts'
import { FACTS, type Facts } from './facts.ts'
import { row } from './pack-scene.ts'
import { UNKNOWN, type Value } from './three.ts'

let answered: Facts['answers'] = {}
const library = ruleEnvironment(
  (id) => NUMBERS[id]!,
  (code) => answered![code]!,
)

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
  answered = facts.answers
  const texts = Object.entries(facts.answers!).filter(([, value]) => typeof value === 'string')
  const context: Record<string, unknown> = { answers: Object.fromEntries(texts) }
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

const ANSWERS = ['a', 'b-c', 'n', 'y', 'd'].map((code) => `answers.${code}`)
const NAMES = [...Object.keys(FACTS).filter((name) => name !== 'on'), ...ANSWERS, 'made.number', 'made.text']

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
