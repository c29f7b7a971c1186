import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRules, type KnownNames, runExamples } from './check.ts'
import { located, parameters, row, ruleNamed } from './pack-scene.ts'
import type { ParameterRow } from './parameter.ts'
import { readRuleFile } from './rule-file.ts'

const known: KnownNames = { area: '4401' }

/** A file with one sound rule of which a test changes lines. */
const sound = `# made
- id: made.rule
  returns: bool
  judged_by: application
  basis: { document: made-document, clause: 一 }
  verified: false
  changeable: true
  expression: case.has_address_proof
  text: { zh: 字, en: word }
  met: { zh: 字, en: word }
  not_met: { zh: 字, en: word }
  unknown: { zh: 字, en: word }
  examples:
    - { on: 2026-11-24, case: { has_address_proof: true }, expect: true }
`
const check = (text: string, names: KnownNames = known, rows: ParameterRow[] = []) => {
  const { rules, errors } = readRuleFile('rules/made.yaml', text)
  return [...errors, ...checkRules(rules, rows, names)]
}
const changed = (from: string | RegExp, to: string) => {
  const text = sound.replace(from, to)
  assert.notEqual(text, sound)
  return text
}
const told = (...given: Parameters<typeof check>) => check(...given).map((each) => `${each.line}:${each.column} ${each.code}`)
const withExpression = (expression: string) => changed('case.has_address_proof\n', `${expression}\n`)

test('The pack of the house is sound, and its worked examples come out', () => {
  const names = {
    area: '4401',
    documents: new Set(['suiminguizi-2021-6']),
    matters: new Set(['longevity-allowance']),
    answers: new Map<string, string>(),
  }
  assert.deepEqual(checkRules(located, parameters, names), [])
  assert.equal(
    runExamples(ruleNamed('longevity.age'), parameters, '4401').every((each) => each.passed),
    true,
  )
})

test('A sound rule passes', () => assert.deepEqual(told(sound), []))

test('A finding names file, line and column, and says what it saw', () => {
  assert.deepEqual(check(withExpression('true && person.shoe_size > 3')), [
    {
      code: 'rule.unknown_name',
      file: 'rules/made.yaml',
      line: 8,
      column: 23,
      id: 'made.rule',
      params: { id: 'made.rule', name: 'person.shoe_size' },
    },
  ])
})

test('Inside quotes and inside a folded block the column is still that of the file', () => {
  assert.deepEqual(told(withExpression('"true && person.nothing"')), ['8:24 rule.unknown_name'])
  assert.deepEqual(told(withExpression('>-\n    true\n    && person.nothing\n    && true')), ['10:8 rule.unknown_name'])
  assert.deepEqual(told(withExpression('|\n    true &&\n      person.nothing')), ['10:7 rule.unknown_name'])
})

test('Missing things are named at the rule, wrong things where they stand', () => {
  assert.deepEqual(told(changed(/ {2}basis:.*\n/, '')), ['2:3 rule.basis_missing'])
  assert.deepEqual(told(changed(/ {2}unknown:.*\n/, '')), ['2:3 rule.text_missing'])
  assert.deepEqual(told(changed('returns: bool', 'returns: maybe')), ['3:12 rule.shape'])
  assert.deepEqual(told(changed('judged_by: application', 'judged_by: luck')), ['4:14 rule.shape'])
  assert.deepEqual(told(changed('on: 2026-11-24', 'on: 2026-02-30')), ['14:13 rule.shape'])
  assert.deepEqual(told(changed('{ has_address_proof: true }', '{ has_addres_proof: true }')), ['14:51 rule.unknown_field'])
})

test('The type must be what the rule returns', () => {
  assert.deepEqual(told(withExpression('1 + 1')), ['8:15 rule.returns'])
  assert.deepEqual(told(withExpression("on >= '2026-01-01'")), ['8:15 rule.type'])
})

test('An amount has no answer of yes or no', () => {
  const amount = changed('returns: bool', 'returns: int').replace(
    'case.has_address_proof\n',
    'fullMonths(person.residence_since, on)\n',
  )
  const example = amount.replace(
    / {4}- \{ on.*\n/,
    '    - { on: 2026-11-24, person: { residence_since: 2026-01-24 }, expect: 10 }\n',
  )
  assert.deepEqual(told(example), ['10:8 rule.text_unused', '11:12 rule.text_unused'])
  assert.deepEqual(told(example.replace(/ {2}(not_)?met:.*\n/g, '')), [])
})

test('Numbers, documents, matters and questions must exist', () => {
  assert.deepEqual(told(withExpression("unit.size > param('made.number') || case.has_address_proof")), [
    '8:27 rule.unknown_parameter',
  ])
  const rows = [row({ unit: 'text', value: 'a' })]
  assert.deepEqual(told(withExpression("unit.size > param('made.number') || case.has_address_proof"), known, rows), [
    '8:27 rule.parameter_type',
  ])
  assert.deepEqual(told(sound, { ...known, documents: new Set(['other']) }), ['5:22 rule.unknown_document'])
  const receives = withExpression("case.has_address_proof || 'x' in person.receives")
  assert.deepEqual(told(receives, { ...known, matters: new Set(['a']) }), ['8:41 rule.unknown_matter'])
  const answers = withExpression("case.has_address_proof || answers.q == 'x'")
  assert.deepEqual(told(answers, { ...known, answers: new Map([['a', 'choice']]) }), ['8:41 rule.unknown_answer'])
  assert.deepEqual(told(answers, { ...known, answers: new Map([['q', 'choice']]) }), [])
  assert.deepEqual(told(answers, { ...known, answers: new Map([['q', 'number']]) }), ['8:41 rule.answer_type'])
})

test('Regular expressions and sealed categories are refused', () => {
  assert.deepEqual(told(withExpression("person.sex.matches('f')")), ['8:15 rule.matches'])
  assert.deepEqual(told(withExpression('person.serving_sentence')), ['8:15 rule.sealed_fact'])
})

test('Changeable means that something can change, and a sealed ground never does', () => {
  assert.deepEqual(
    told(
      withExpression('unit.property_ok || unit.size > 2')
        .replace('has_address_proof: true', '')
        .replace('case: {', 'unit: { size: 3'),
    ),
    ['7:15 rule.nothing_changeable'],
  )
  assert.deepEqual(told(changed('changeable: true', 'sealed: true\n  changeable: true')), ['8:15 rule.sealed_changeable'])
})

test('An example that does not come out says what was expected and what came', () => {
  const [error, ...rest] = check(changed('expect: true', 'expect: unknown'))
  assert.deepEqual(rest, [])
  assert.deepEqual(
    [error!.code, error!.line, error!.params],
    ['rule.example', 14, { id: 'made.rule', number: 1, expected: 'unknown', got: 'true' }],
  )
})

test('One id stands for one rule', () => {
  const [error] = check(sound + sound.slice(sound.indexOf('- id')))
  assert.deepEqual([error!.code, error!.line, error!.params.first], ['rule.twice', 15, 'rules/made.yaml:2'])
})

test('A file that is no YAML, or no list, is refused with its place', () => {
  assert.deepEqual(told('- id: [a\n'), ['2:1 rule.file_unreadable'])
  assert.deepEqual(told('id: a\n'), ['1:1 rule.file_not_list'])
  assert.deepEqual(told('- just a text\n'), ['1:3 rule.shape'])
})

test('Without places a finding still has the line of its rule', () => {
  const { rules } = readRuleFile('rules/made.yaml', withExpression('person.nothing'))
  const [error] = checkRules([{ rule: rules[0]!.rule, file: 'rules/made.yaml', line: 2 }], [], known)
  assert.deepEqual([error!.line, error!.column], [2, 1])
})
