import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, sourceOf } from './compile.ts'

const codes = (expression: string) => compile(expression).problems.map((each) => each.code)
/** The problem and the part of the expression that it points at. */
const pointed = (expression: string) =>
  compile(expression).problems.map((each) => [each.code, expression.slice(each.start, each.end)])

test('What rules need compiles, with its type', () => {
  for (const [expression, type] of [
    ["inArea(person.hukou_area, '4401')", 'bool'],
    ['ageYears(person.born_on, on)', 'int'],
    ['addMonths(on, 3)', 'Day'],
    ["on >= day('2026-01-01')", 'bool'],
    ["!('a' in person.receives)", 'bool'],
    ["answers['a-code'] == 'yes' && has(answers.b)", 'bool'],
    ["person.receives.exists(r, r == 'a')", 'bool'],
    ["person.receives.filter(r, r != 'a').size() == size(person.receives)", 'bool'],
    ['2*unit.size > 3', 'bool'],
    ["paramText('a.b') == 'x'", 'bool'],
    ['person.receives == []', 'bool'],
    ["answerNumber('years') * 8 > 3 && answerYes('own-home') && answerDay('since') < on", 'bool'],
    ["param('a.b', addMonths(on, -1))", 'int'],
    ['least(unit.size, 3) + greatest(dwelling.persons, hukou_household.persons)', 'int'],
  ] as const) {
    const compiled = compile(expression)
    assert.deepEqual(compiled.problems, [], expression)
    assert.equal(compiled.type, type, expression)
  }
})

test('A day is no text and no number', () => {
  assert.deepEqual(codes("on >= '2026-01-01'"), ['rule.type'])
  assert.deepEqual(codes('on >= 20260101'), ['rule.type'])
  assert.deepEqual(codes("ageYears('1956-01-01', on) > 3"), ['rule.type'])
  assert.deepEqual(pointed("on > day('2026-02-30')"), [['rule.no_such_day', "'2026-02-30'"]])
})

test('Names that do not exist are pointed at, also inside has', () => {
  assert.deepEqual(pointed('true && person.shoe_size > 3'), [['rule.unknown_name', 'person.shoe_size']])
  assert.deepEqual(pointed('has(person.shoe_size)'), [['rule.unknown_name', 'person.shoe_size']])
  assert.deepEqual(pointed('today > on'), [['rule.unknown_name', 'today']])
  assert.deepEqual(codes('person.constructor == 1'), ['rule.unknown_name'])
  assert.deepEqual(codes('int == int'), ['rule.unknown_name', 'rule.unknown_name'])
})

test('A sealed category stands in no expression', () => {
  assert.deepEqual(pointed('true || person.mental_disorder'), [['rule.sealed_fact', 'person.mental_disorder']])
})

test('A whole scope has no value', () => {
  assert.deepEqual(codes('person == person'), ['rule.whole_scope', 'rule.whole_scope'])
  assert.deepEqual(codes("'a' in answers"), ['rule.whole_scope'])
  assert.deepEqual(codes("answers.all(k, k == 'a')"), ['rule.whole_scope'])
})

test('Regular expressions, conversions and instants are refused, whatever they are called on', () => {
  assert.deepEqual(codes("person.sex.matches('(a+)+$')"), ['rule.matches'])
  for (const expression of [
    "string(1) == '1'",
    "int('1') == 1",
    'dyn(1) == 1',
    'type(1) == int',
    "timestamp('2026-01-01T00:00:00Z') == timestamp('2026-01-01T00:00:00Z')",
    "duration('1h') == duration('1h')",
    "person.sex.contains('a')",
    "['a'].join() == 'a'",
    'cel.bind(x, 1, x > 0)',
  ]) {
    assert.notDeepEqual(codes(expression), [], expression)
    assert.equal(compile(expression).root, undefined, expression)
  }
})

test('Numbers are exact integers', () => {
  assert.deepEqual(codes('1.5 > 1.0'), ['rule.no_decimals', 'rule.no_decimals'])
  assert.deepEqual(codes('unit.size > 9007199254740993'), ['rule.number_too_large'])
  assert.deepEqual(codes('unit.size / 0 > 1'), ['rule.divisor'])
  assert.deepEqual(codes('10 / unit.size > 1'), [])
  assert.deepEqual(codes('1u == 1u'), ['rule.not_in_language', 'rule.not_in_language'])
})

test('Texts and lists are not joined: joined at every step they double', () => {
  assert.deepEqual(codes("person.sex + 'a' == 'a'"), ['rule.arithmetic_type'])
  assert.deepEqual(codes('person.receives.map(x, x + x).size() > 0'), ['rule.arithmetic_type'])
  assert.deepEqual(codes('[1] + [2] == [1, 2]'), ['rule.arithmetic_type'])
})

test('What a parameter or day is must be readable off the rule', () => {
  assert.deepEqual(codes('param(person.sex) > 1'), ['rule.literal_needed'])
  assert.deepEqual(codes('day(person.sex) == on'), ['rule.literal_needed'])
  assert.deepEqual(codes('answers[person.sex] == person.sex'), ['rule.not_in_language'])
  assert.deepEqual(codes("person['sex'] == 'f'"), ['rule.not_in_language'])
  assert.deepEqual(codes("person.receives[0] == 'a'"), ['rule.not_in_language'])
  assert.deepEqual(codes('has(on.x)'), ['rule.unknown_name'])
  assert.deepEqual(codes("inArea(person.hukou_area, '44010')"), ['rule.area_code'])
  assert.deepEqual(codes("inArea(person.hukou_area, '')"), ['rule.area_code'])
})

test('Maps, nothing and bytes are not in the language', () => {
  for (const expression of ["{'a': 1}.size() == 1", 'person.sex == null', "b'a' == b'a'"])
    assert.notDeepEqual(codes(expression), [], expression)
})

test('Macros keep their variable and their depth', () => {
  assert.deepEqual(codes("person.receives.all(on, on == 'a')"), ['rule.name_taken'])
  assert.deepEqual(codes("person.receives.all(x, person.receives.all(x, x == 'a'))"), ['rule.name_taken'])
  const nested = 'person.receives.all(a, person.receives.all(b, person.receives.all(c, a == c)))'
  assert.deepEqual(codes(nested), ['rule.macro_too_deep'])
})

test('Too long, too deep and too large are refused before they run, and cost little', () => {
  assert.deepEqual(codes(`true ${' '.repeat(10_000)}`), ['rule.expression_too_long'])
  assert.deepEqual(codes(`${'!'.repeat(9990)}true`), ['rule.expression_too_deep'])
  assert.deepEqual(codes(`${'!'.repeat(400)}true`), ['rule.expression_too_deep'])
  assert.deepEqual(codes(Array(300).fill('true').join(' && ')), ['rule.expression_too_deep'])
  assert.deepEqual(codes(`${'('.repeat(100)}true${')'.repeat(100)}`), ['rule.expression_too_large'])
  assert.deepEqual(codes(`1 in [${Array(200).fill('1').join(',')}]`), ['rule.expression_too_large'])
})

test('Grammar is pointed at', () => {
  assert.deepEqual(pointed('true && && false'), [['rule.syntax', '&&']])
  assert.deepEqual(codes(''), ['rule.syntax'])
  assert.deepEqual(codes("'open"), ['rule.syntax'])
})

test('Every text in which an expression is not closed by its range is widened to whole parentheses', () => {
  const expression = "!('(' in person.receives) && (1 + (2)) * 3 > 4"
  const { root } = compile(expression)
  const [first, second] = root!.parts
  assert.equal(sourceOf(expression, first!.start, first!.end), "!('(' in person.receives)")
  assert.equal(sourceOf(expression, second!.start, second!.end), '(1 + (2)) * 3 > 4')
})
