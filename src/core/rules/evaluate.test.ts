import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluate, RuleError } from './evaluate.ts'
import { type Facts, FactTypeError, unitOf } from './facts.ts'
import { facts, parameters, row, ruleNamed, rules } from './pack-scene.ts'
import type { ParameterRow } from './parameter.ts'

const ask = (expression: string, given: Partial<Facts> = {}, rows: ParameterRow[] = [], returns: 'bool' | 'int' = 'bool') =>
  evaluate({ id: 'made', expression, returns }, facts(given), rows)

test('Every worked example of the pack comes out', () => {
  assert.equal(rules.length > 0, true)
  for (const rule of rules) {
    for (const { expect, ...given } of rule.examples) assert.equal(evaluate(rule, facts(given), parameters), expect, rule.id)
  }
})

/** `u` is an unknown fact of the type that the operator takes; the other side is known. */
const withUnknown: readonly [string, boolean | 'unknown'][] = [
  // Logic, unknown on either side.
  ['unit.property_ok && true', 'unknown'],
  ['true && unit.property_ok', 'unknown'],
  ['unit.property_ok && false', false],
  ['false && unit.property_ok', false],
  ['unit.property_ok || true', true],
  ['true || unit.property_ok', true],
  ['unit.property_ok || false', 'unknown'],
  ['false || unit.property_ok', 'unknown'],
  ['!unit.property_ok', 'unknown'],
  // Comparison.
  ...['==', '!=', '<', '<=', '>', '>='].flatMap((op): [string, 'unknown'][] => [
    [`unit.size ${op} 3`, 'unknown'],
    [`3 ${op} unit.size`, 'unknown'],
    [`person.born_on ${op} on`, 'unknown'],
    [`on ${op} person.born_on`, 'unknown'],
  ]),
  ["person.sex == 'f'", 'unknown'],
  ["'f' != person.sex", 'unknown'],
  // Arithmetic.
  ...['+', '-', '*'].flatMap((op): [string, 'unknown'][] => [
    [`unit.size ${op} 3 > 0`, 'unknown'],
    [`3 ${op} unit.size > 0`, 'unknown'],
  ]),
  ['unit.size / 2 > 0', 'unknown'],
  ['unit.size % 2 > 0', 'unknown'],
  ['-unit.size < 0', 'unknown'],
  // Functions, each argument.
  ['ageYears(person.born_on, on) > 0', 'unknown'],
  ['ageYears(on, person.born_on) > 0', 'unknown'],
  ['fullMonths(person.residence_since, on) > 0', 'unknown'],
  ['fullMonths(on, person.residence_since) > 0', 'unknown'],
  ['addMonths(person.born_on, 1) > on', 'unknown'],
  ['addMonths(on, unit.size) > on', 'unknown'],
  ['addDays(person.born_on, 1) > on', 'unknown'],
  ['addDays(on, unit.size) > on', 'unknown'],
  ["inArea(person.hukou_area, '4401')", 'unknown'],
  ["inArea('440106', person.hukou_area)", 'unknown'],
  ["param('made.number') > 0", 'unknown'],
  ["paramText('made.number') == 'a'", 'unknown'],
  ['size(person.receives) > 0', 'unknown'],
  ['person.receives.size() > 0', 'unknown'],
  ['size(person.sex) > 0', 'unknown'],
  // Choice.
  ['unit.property_ok ? true : false', 'unknown'],
  ['unit.property_ok ? true : true', true],
  ['true ? unit.property_ok : true', 'unknown'],
  ['false ? unit.property_ok : true', true],
  // Membership and lists.
  ["'a' in person.receives", 'unknown'],
  ["person.sex in ['a']", 'unknown'],
  ["person.sex in ['a'].filter(x, x == 'b')", false],
  ["'a' in ['a', person.sex]", true],
  ["'a' in ['b', person.sex]", 'unknown'],
  ['[1, unit.size] == [1, 2]', 'unknown'],
  ['[1, unit.size] == [2, 2]', false],
  ['[1, unit.size] == [1]', false],
  ['[unit.size, 1].size() == 2', true],
  // Presence and macros.
  ['has(person.residence_since)', 'unknown'],
  ['has(answers.purpose)', 'unknown'],
  ["person.receives.all(x, x == 'a')", 'unknown'],
  ["person.receives.exists(x, x == 'a')", 'unknown'],
  ["person.receives.exists_one(x, x == 'a')", 'unknown'],
  ["person.receives.filter(x, x == 'a') == []", 'unknown'],
  ['person.receives.map(x, 1) == [1]', 'unknown'],
  ['[1, 2].all(x, x < unit.size)', 'unknown'],
  ['[1, 2].all(x, x > 1 && x < unit.size)', false],
  ['[1, 2].exists(x, x == unit.size)', 'unknown'],
  ['[1, 2].exists(x, x == 1 || x == unit.size)', true],
  ['[1, 2].exists_one(x, x == unit.size)', 'unknown'],
  ['[1, 2, 3].exists_one(x, x < 3 || x == unit.size)', false],
  ['[1, 2].filter(x, x == unit.size).size() == 1', 'unknown'],
  ['[1, 2].map(x, x + unit.size).size() == 2', true],
  ['[1, 2].map(x, x > unit.size, x) == []', 'unknown'],
]

test('Every operator with an unknown on either side', () => {
  for (const [expression, answer] of withUnknown) assert.equal(ask(expression), answer, expression)
})

test('An absent scope, an absent fact and an undefined one are all unknown', () => {
  for (const person of [undefined, {}, { sex: undefined }]) assert.equal(ask("person.sex == 'f'", { person }), 'unknown')
  // Nothing is read from what every object inherits.
  assert.equal(ask("answers.constructor == 'x'", { answers: {} }), 'unknown')
})

test('A fact that is known to be none answers has with no, and is itself still unknown', () => {
  const person = { residence_since: null }
  assert.equal(ask('has(person.residence_since)', { person }), false)
  assert.equal(ask('has(person.residence_since) && fullMonths(person.residence_since, on) >= 6', { person }), false)
  assert.equal(ask('fullMonths(person.residence_since, on) >= 6', { person }), 'unknown')
  assert.equal(ask('has(person.residence_since)', { person: { residence_since: '2026-01-01' } }), true)
})

test('A listed rule or number is unknown whatever is written', () => {
  const rule = ruleNamed('longevity.age')
  const old = facts({ person: { born_on: '1930-01-01' } })
  assert.equal(evaluate(rule, old, parameters), true)
  assert.equal(evaluate(rule, old, parameters, { listed: new Set(['longevity.age']) }), 'unknown')
  assert.equal(evaluate(rule, old, parameters, { listed: new Set(['longevity.min_age']) }), 'unknown')
})

test('Elsewhere, before its time, and before it was recorded a number is unknown', () => {
  const rule = ruleNamed('longevity.age')
  const person = { born_on: '1930-01-01' }
  assert.equal(evaluate(rule, facts({ person, area: '310101' }), parameters), 'unknown')
  assert.equal(evaluate(rule, facts({ person, on: '2021-08-31' }), parameters), 'unknown')
  assert.equal(evaluate(rule, facts({ person }), parameters, { knownAt: '2026-11-23' }), 'unknown')
})

test('What cannot be computed is unknown, never no', () => {
  const huge = { size: Number.MAX_SAFE_INTEGER }
  assert.equal(ask('unit.size + 1 > 0', { unit: huge }), 'unknown')
  assert.equal(ask('unit.size * unit.size < 0', { unit: huge }), 'unknown')
  assert.equal(ask('addMonths(on, unit.size) < on', { unit: huge }), 'unknown')
  assert.equal(ask('addDays(on, -unit.size) > on', { unit: huge }), 'unknown')
  assert.equal(ask('unit.size + 1 > 0 || true', { unit: huge }), true)
  assert.equal(ask("param('made.number') > 0", {}, [row({ value: 'a', unit: 'text' })]), 'unknown')
})

test('Integers divide towards zero, exactly, and there is one zero', () => {
  const whole = (expression: string, size: number) => ask(expression, { unit: { size } }, [], 'int')
  assert.equal(whole('unit.size / 2', -7), -3)
  assert.equal(whole('unit.size % 2', -7), -1)
  assert.equal(whole('unit.size / 3', Number.MAX_SAFE_INTEGER), 3_002_399_751_580_330)
  assert.equal(Object.is(whole('unit.size / 5', -3), 0), true)
  assert.equal(Object.is(whole('-unit.size', 0), 0), true)
  assert.equal(Object.is(whole('unit.size * 5', -0), 0), true)
})

test('A fact of the wrong type is the program’s fault and stops', () => {
  const wrong = (person: object) => () =>
    ask("person.born_on < on && person.sex == 'f' && person.monthly_income_fen > 0", { person } as never)
  assert.throws(wrong({ born_on: '1956-02-30' }), FactTypeError)
  assert.throws(wrong({ born_on: '1956-01-01', sex: 1 }), FactTypeError)
  assert.throws(wrong({ born_on: '1956-01-01', sex: 'f', monthly_income_fen: 1.5 }), FactTypeError)
  assert.throws(() => ask('on == on', { on: 'today' }), FactTypeError)
})

test('A rule that does not compile, or returns something else, names itself', () => {
  assert.throws(() => ask('person.nothing'), RuleError)
  assert.throws(() => ask('1 + 1'), { name: 'Error', ruleId: 'made' })
})

test('A sum over a benefit unit is unknown when one member’s value is', () => {
  const known = unitOf([
    { monthly_income_fen: 100, property_ok: true, authorised: true },
    { monthly_income_fen: 0, property_ok: true, authorised: true },
  ])
  assert.deepEqual(known, { size: 2, monthly_income_fen: 100, property_ok: true, all_authorised: true })
  const open = unitOf([{ monthly_income_fen: 100, property_ok: true, authorised: false }, {}])
  assert.deepEqual(open, { size: 2, monthly_income_fen: undefined, property_ok: undefined, all_authorised: false })
  assert.equal(ask('unit.monthly_income_fen <= 100 * unit.size', { unit: known }), true)
  assert.equal(ask('unit.monthly_income_fen <= 100 * unit.size', { unit: open }), 'unknown')
})
