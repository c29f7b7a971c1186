import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Explanation, explain } from './explain.ts'
import type { Facts } from './facts.ts'
import { facts, parameters, row, ruleNamed } from './pack-scene.ts'
import type { ParameterRow } from './parameter.ts'
import type { Rule } from './rule.ts'

const text = { zh: '字', en: 'word' }
const rule = (expression: string, given: Partial<Rule> = {}): Rule => ({
  id: 'made.rule',
  returns: 'bool',
  judged_by: 'application',
  basis: { document: 'made', clause: '三' },
  verified: false,
  changeable: true,
  expression,
  text,
  met: text,
  not_met: text,
  unknown: text,
  examples: [],
  ...given,
})
const why = (expression: string, given: Partial<Facts> = {}, more: Partial<Rule> = {}, rows: ParameterRow[] = []) =>
  explain(rule(expression, more), facts(given), rows)
const told = (explanation: Explanation) => explanation.lines.map((line) => [line.depth, line.source, line.value])

test('A person not old enough reads the age, the number of the law and the day on which it changes', () => {
  const born = { source: 'register', recordedAt: '2026-01-01' }
  const answer = explain(ruleNamed('longevity.age'), facts({ person: { born_on: '1957-02-25' } }), parameters, {
    sources: { 'person.born_on': born },
  })

  assert.equal(answer.result, 'not_met')
  assert.equal(answer.textKey, 'not_met')
  assert.equal(answer.clause, '一')
  assert.equal(answer.verified, false)
  assert.deepEqual(
    answer.lines.map((line) => [line.depth, line.type, line.value]),
    [
      [0, 'bool', false],
      [1, 'int', 69],
      [2, 'Day', '2027-02-24'],
    ],
  )
  const [first] = answer.lines
  assert.deepEqual(first!.facts[0], { name: 'person.born_on', type: 'Day', value: '1957-02-25', none: false, ...born })
  assert.deepEqual(
    first!.parameters.map((each) => [each.id, each.value, each.unit, each.basis?.clause]),
    [
      ['longevity.apply_ahead', 3, 'month', '四'],
      ['longevity.min_age', 70, 'year', '一'],
    ],
  )
  assert.deepEqual(first!.changes, [{ kind: 'time', on: '2026-11-25' }])
  assert.equal(answer.metFrom, '2026-11-25')
})

test('The day found is the first: the day before is still not met', () => {
  const answer = explain(ruleNamed('longevity.age'), facts({ person: { born_on: '1990-02-28' } }), parameters)
  // Three months ahead of 28 February 2060 is 28 November.
  assert.equal(answer.metFrom, '2059-11-28')
})

test('Who is met needs nothing; who is unknown reads what is missing', () => {
  const met = explain(ruleNamed('longevity.age'), facts({ person: { born_on: '1940-01-01' } }), parameters)
  assert.equal(met.result, 'met')
  assert.deepEqual(met.missing, [])
  assert.deepEqual(met.lines[0]!.changes, [])
  assert.equal(met.metFrom, undefined)

  const unknown = explain(ruleNamed('longevity.age'), facts(), parameters)
  assert.equal(unknown.result, 'unknown')
  assert.equal(unknown.lines[0]!.value, null)
  assert.deepEqual(unknown.missing, [{ kind: 'fact', name: 'person.born_on', reason: 'not_on_record' }])
})

test('An amount shows the grade that was taken and leaves out the others', () => {
  const answer = explain(ruleNamed('longevity.amount'), facts({ person: { born_on: '1940-01-01' } }), parameters)
  assert.equal(answer.result, 'amount')
  assert.equal(answer.value, 10_000)
  assert.equal(answer.textKey, 'text')
  assert.deepEqual(told(answer), [
    [0, 'ageYears(person.born_on, on) >= 100', false],
    [1, 'ageYears(person.born_on, on)', 86],
    [0, 'ageYears(person.born_on, on) >= 90', false],
    [0, 'ageYears(person.born_on, on) >= 80', true],
    [0, "param('longevity.amount_80')", 10_000],
  ])
  assert.deepEqual(
    answer.lines.flatMap((line) => line.changes),
    [],
  )
})

test('Each condition of a conjunction has its line, and those that were not reached too', () => {
  const answer = why("unit.size > 3 && (case.has_address_proof || !(person.sex in ['m']))", {
    unit: { size: 2 },
    person: { sex: 'm' },
  })
  assert.equal(answer.result, 'not_met')
  assert.deepEqual(told(answer), [
    [0, 'unit.size > 3', false],
    [0, 'case.has_address_proof', null],
    [0, "!(person.sex in ['m'])", false],
  ])
})

test('Under a negation the wanted value turns', () => {
  const answer = why('!(case.has_address_proof && unit.property_ok)', {
    case: { has_address_proof: true },
    unit: { property_ok: true },
  })
  assert.deepEqual(
    answer.lines.map((line) => [line.source, line.wanted]),
    [
      ['case.has_address_proof', false],
      ['unit.property_ok', false],
    ],
  )
})

test('Income, property and family are never something to change', () => {
  const answer = why('unit.monthly_income_fen < 100 && unit.property_ok && case.has_address_proof', {
    unit: { monthly_income_fen: 500, property_ok: false },
    case: { has_address_proof: false },
  })
  assert.deepEqual(
    answer.lines.map((line) => line.changes),
    [[], [], [{ kind: 'document', fact: 'case.has_address_proof' }]],
  )
})

test('A missing document can be brought; what is known and did its part is not named', () => {
  const answer = why("inArea(person.hukou_area, '4401') == case.has_address_proof", { person: { hukou_area: '4401' } })
  assert.equal(answer.result, 'unknown')
  assert.deepEqual(answer.lines[0]!.changes, [{ kind: 'document', fact: 'case.has_address_proof' }])
})

test('Of a rule that is not changeable nothing is said to change', () => {
  const answer = why('ageYears(person.born_on, on) >= 70', { person: { born_on: '1990-01-01' } }, { changeable: false })
  assert.deepEqual(answer.lines[0]!.changes, [])
  assert.equal(answer.metFrom, undefined)
})

test('Time is no remedy where it brings nothing, and works both ways', () => {
  const person = { born_on: '1940-01-01' }
  assert.deepEqual(why('ageYears(person.born_on, on) < 60', { person }).lines[0]!.changes, [])
  const early = why("on >= day('2026-12-24') && on <= day('2027-01-24')")
  assert.equal(early.metFrom, '2026-12-24')
})

test('Only what leaves the answer open is missing', () => {
  const answer = why("(person.sex == 'f' || unit.size > 1) && unit.property_ok && param('made.number') > 0", {
    unit: { size: 2 },
  })
  assert.deepEqual(answer.missing, [
    { kind: 'fact', name: 'unit.property_ok', reason: 'not_on_record' },
    { kind: 'parameter', id: 'made.number', reason: 'missing' },
  ])
})

test('Missing inside a macro, and a value read that is known to be none', () => {
  const answer = why('person.receives.exists(x, x == person.sex) || fullMonths(person.residence_since, on) > 1', {
    person: { receives: ['a'], residence_since: null },
  })
  assert.deepEqual(answer.missing, [
    { kind: 'fact', name: 'person.sex', reason: 'not_on_record' },
    { kind: 'fact', name: 'person.residence_since', reason: 'none' },
  ])
  assert.equal(answer.lines[1]!.facts[0]!.none, true)
})

test('What could not be computed names the part', () => {
  const answer = why('(unit.size + 1) * 2 > 0', { unit: { size: Number.MAX_SAFE_INTEGER } })
  assert.equal(answer.result, 'unknown')
  assert.deepEqual(answer.missing, [{ kind: 'fault', source: 'unit.size + 1' }])
})

test('A listed rule says so, a listed number too', () => {
  const listed = (id: string) => explain(rule("param('made.number') > 0"), facts(), [row({})], { listed: new Set([id]) })
  assert.deepEqual(listed('made.rule').missing, [{ kind: 'rule', reason: 'listed' }])
  assert.deepEqual(listed('made.number').missing, [{ kind: 'parameter', id: 'made.number', reason: 'listed' }])
})

test('Verified needs the rule and every number it reads', () => {
  const ask = (byRule: boolean, byRow: boolean) =>
    why("param('made.number') > 0", {}, { verified: byRule }, [row({ verified: byRow })]).verified
  assert.deepEqual([ask(true, true), ask(true, false), ask(false, true)], [true, false, false])
  assert.equal(why("param('made.number') > 0", {}, { verified: true }).verified, false)
})

test('Of a sealed ground only the clause is told', () => {
  const answer = why("case.purpose == 'other'", { case: { purpose: 'none' } }, { sealed: true, changeable: false })
  assert.deepEqual(
    [answer.sealed, answer.result, answer.clause, answer.lines, answer.missing, answer.metFrom],
    [true, 'not_met', '三', [], [], undefined],
  )
})
