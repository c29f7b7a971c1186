/** What people and packs bring that is at an edge or wrong: unknown stays unknown, and nothing is refused by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRules } from './check.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { type Facts, unitOf } from './facts.ts'
import { facts, parameters, row, rulesOf } from './pack-scene.ts'
import { plainOf } from './plain.ts'
import type { Rule } from './rule.ts'
import { readRuleFile } from './rule-file.ts'

const house = ['longevity', 'minimum-living-guarantee'].flatMap(rulesOf)
const ruleNamed = (id: string): Rule => house.find((each) => each.id === id)!
const judge = (id: string, of: Partial<Facts>) => evaluate(ruleNamed(id), facts(of), parameters)
const made = (expression: string, returns: Rule['returns'] = 'bool'): Rule =>
  ({ ...ruleNamed('longevity.of-age'), id: 'made.rule', returns, expression, basis: { document: 'made', clause: '1' } }) as Rule

test('a birthday on 29 February comes on 1 March of a common year, and the day that is told is that day', () => {
  const person = { born_on: '1956-02-29' }
  assert.equal(judge('longevity.of-age', { on: '2026-02-28', person }), false)
  assert.equal(judge('longevity.of-age', { on: '2026-03-01', person }), true)
  assert.equal(explain(ruleNamed('longevity.of-age'), facts({ on: '2026-01-05', person }), parameters).metFrom, '2026-03-01')
})

test('a number that ends today holds today, and tomorrow there is none', () => {
  const numbers = [row({ valid_from: '2020-01-01', valid_to: '2026-11-24' })]
  const rule = made("param('made.number') > 0")
  assert.equal(evaluate(rule, facts(), numbers), true)
  assert.equal(evaluate(rule, facts({ on: '2026-11-25' }), numbers), 'unknown')
})

test('a permit that ends today is one today', () => {
  const rule = made('person.permit_until >= on')
  const person = { permit_since: '2025-11-25', permit_until: '2026-11-24' }
  assert.equal(evaluate(rule, facts({ person }), []), true)
  assert.equal(evaluate(rule, facts({ on: '2026-11-25', person }), []), false)
})

test('in a gap between two numbers, and where two overlap, the answer is unknown and says which of both', () => {
  const rule = made("param('made.number') > 0")
  const missing = (numbers: Parameters<typeof explain>[2]) => explain(rule, facts(), numbers).missing
  const gap = [row({ valid_to: '2026-10-31' }), row({ valid_from: '2026-12-01' })]
  const overlap = [row({}), row({ valid_from: '2026-01-01', value: 2 })]
  assert.deepEqual(missing(gap), [{ kind: 'parameter', id: 'made.number', reason: 'missing' }])
  assert.deepEqual(missing(overlap), [{ kind: 'parameter', id: 'made.number', reason: 'tie' }])
})

test('a unit without members is no family of nobody: all of it is unknown', () => {
  const unit = unitOf([])
  for (const id of ['mlg.income', 'mlg.property', 'mlg.authorised', 'mlg.amount'])
    assert.equal(judge(id, { unit }), 'unknown', id)
})

test('with one income unknown the family’s is, and nothing is computed from the others', () => {
  const unit = unitOf([{ monthly_income_fen: 900_000 }, { monthly_income_fen: null }, { monthly_income_fen: 0 }])
  assert.equal(judge('mlg.income', { unit }), 'unknown')
  assert.equal(judge('mlg.amount', { unit }), 'unknown')
  assert.deepEqual(explain(ruleNamed('mlg.income'), facts({ unit }), parameters).missing, [
    { kind: 'fact', name: 'unit.monthly_income_fen', reason: 'not_on_record' },
  ])
})

test('a division by an income that is missing, or is 0, has no answer and refuses nobody', () => {
  const rule = made('100000 / person.monthly_income_fen > 1')
  assert.equal(evaluate(rule, facts(), []), 'unknown')
  const zero = facts({ person: { monthly_income_fen: 0 } })
  assert.equal(evaluate(rule, zero, []), 'unknown')
  assert.deepEqual(explain(rule, zero, []).missing, [{ kind: 'fault', source: '100000 / person.monthly_income_fen' }])
  assert.equal(plainOf(rule, zero, [])!.state, 'unknown')
})

/** What the pack check says of a rule with this expression: line, column, code. */
const checked = (expression: string): string[] => {
  const file = `# made
- id: made.rule
  returns: bool
  judged_by: application
  basis: { document: made-document, clause: 一 }
  verified: false
  changeable: false
  expression: ${expression}
  text: { zh: 字, en: word }
  met: { zh: 字, en: word }
  not_met: { zh: 字, en: word }
  unknown: { zh: 字, en: word }
  examples:
    - { on: 2026-11-24, expect: unknown }
`
  const { rules, errors } = readRuleFile('rules/made.yaml', file)
  return [...errors, ...checkRules(rules, [], { area: '4401' })].map((each) => `${each.line}:${each.column} ${each.code}`)
}

test('a rule of more than 10,000 characters is refused unread, with its place', () => {
  const started = performance.now()
  assert.deepEqual(checked(`unit.property_ok${' && unit.property_ok'.repeat(520)}`), ['8:15 rule.expression_too_long'])
  assert.deepEqual(checked(`${'('.repeat(4000)}unit.property_ok${')'.repeat(4000)}`).length, 1)
  assert.ok(performance.now() - started < 2000)
})

test('a regular expression and a sealed category are refused with line and column', () => {
  assert.deepEqual(checked(`unit.property_ok && person.sex.matches('(a+)+$')`), ['8:35 rule.matches'])
  assert.deepEqual(checked('unit.property_ok && person.mental_disorder'), ['8:35 rule.sealed_fact'])
})
