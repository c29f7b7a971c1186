import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadWords } from '../../platform/words.ts'
import { factsOf } from './check.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { allFacts, anyExpression, NUMBERS } from './expression-scene.ts'
import type { Facts } from './facts.ts'
import { facts, parameters, row, rulesOf } from './pack-scene.ts'
import { lineOf, type PlainLine, type PlainOptions, plainOf, twoLevels } from './plain.ts'
import { sayLine, sayNumber, saySource, type Voice } from './plain-text.ts'
import type { Rule } from './rule.ts'

const house = ['longevity', 'minimum-living-guarantee', 'residence'].flatMap(rulesOf)
const ruleNamed = (id: string): Rule => house.find((each) => each.id === id)!
const rule = (expression: string, given: Partial<Rule> = {}): Rule =>
  ({
    id: 'made.rule',
    returns: 'bool',
    judged_by: 'application',
    basis: { document: 'made', clause: '三' },
    verified: false,
    changeable: true,
    expression,
    text: { zh: '一条', en: 'one' },
    examples: [],
    ...given,
  }) as Rule

const words = loadWords(new URL('../../..', import.meta.url).pathname)

const voice = (lang: 'zh' | 'en'): Voice => ({
  t: words.in(lang),
  who: 'you',
  today: '2026-11-24',
  day: (day) => day.replaceAll('-', '.'),
  money: (fen) => `${fen / 100}${lang === 'zh' ? ' 元' : ' yuan'}`,
  number: String,
  fact: (name) => words.in(lang)(name.startsWith('answers.') ? 'fact.answer' : `fact.${name}`),
  code: (_, code) => `〔${code}〕`,
  source: (source) => source,
})
const say = (tree: PlainLine, lang: 'zh' | 'en' = 'zh'): string[] =>
  twoLevels(tree).flatMap((line) => [sayLine(voice(lang), line), ...line.lines.map((each) => `- ${sayLine(voice(lang), each)}`)])
const tell = (given: Rule, of: Partial<Facts>, lang: 'zh' | 'en' = 'zh', numbers = parameters, options: PlainOptions = {}) =>
  say(plainOf(given, facts(of), numbers, options)!, lang)
const why = (expression: string, of: Partial<Facts>, lang: 'zh' | 'en' = 'zh', options: PlainOptions = {}) =>
  tell(rule(expression), of, lang, [row({})], options)

test('An age is compared with an age, on the day that counts', () => {
  const person = { born_on: '1957-03-20' }
  assert.deepEqual(tell(ruleNamed('longevity.of-age'), { person }), ['您现在 69 岁，要满 70 岁'])
  assert.deepEqual(tell(ruleNamed('longevity.age'), { person }, 'en'), [
    'You are 69 on 2027.02.24, 3 months ahead; needed: 70 or over',
  ])
})

test('A sum is written out, and a place, a list and a day are called by their names', () => {
  assert.deepEqual(tell(ruleNamed('mlg.income'), { unit: { size: 3, monthly_income_fen: 210_000 } }), [
    '家庭每月收入：2100 元，要少于 1200 元 × 3 = 3600 元',
  ])
  assert.deepEqual(tell(ruleNamed('residence.hukou-elsewhere'), { person: { hukou_area: '440106' } }), [
    '户口所在地：〔440106〕，不能在〔4401〕',
  ])
  assert.deepEqual(tell(ruleNamed('longevity.once'), { person: { receives: [] } }, 'en'), [
    'Benefits being received: none; not allowed: with “〔longevity-allowance〕”',
  ])
  assert.deepEqual(why("person.permit_until >= day('2027-01-01')", { person: { permit_until: '2026-12-31' } }), [
    '居住证签注到期日：2026.12.31，要不早于 2027.01.01',
  ])
  assert.deepEqual(why('fullMonths(person.residence_since, on) >= 6', { person: { residence_since: '2026-01-10' } }), [
    '从 2026.01.10到 2026.11.24，满 10 个月，要不少于 6 个月',
  ])
})

test('What is not on record, and what the register does not have, is said so', () => {
  assert.deepEqual(tell(ruleNamed('longevity.of-age'), {}), ['您的出生日期还没有登记，要满 70 岁'])
  assert.deepEqual(why('has(person.permit_since)', { person: { permit_since: null } }), ['居住证年限起算日：登记上没有，要有'])
  assert.deepEqual(why('unit.property_ok', {}), ['家庭财产核对结果：还没有核对，要符合规定'])
  assert.deepEqual(why('!unit.property_ok', { unit: { property_ok: true } }), ['家庭财产核对结果：符合规定，要超出规定'])
})

test('One of several is a line with lines, and there is no third level', () => {
  const expression = "unit.size > 3 && (case.has_address_proof || (person.sex == 'f' && (unit.property_ok || person.sex != 'm')))"
  const tree = plainOf(rule(expression), facts({ unit: { size: 2 } }), [])!
  assert.deepEqual(say(tree), [
    '共同生活的家庭成员人数：2 人，要多于 3 人',
    '下面有一条符合就行',
    '- 住址证明：还没有交，要有',
    '- 下面每一条都要符合',
    '- 性别：还没有登记，要是“〔f〕”',
    '- 下面有一条符合就行',
    '- 家庭财产核对结果：还没有核对，要符合规定',
    '- 性别：还没有登记，不能是“〔m〕”',
  ])
  assert.ok(twoLevels(tree).every((line) => line.lines.every((each) => each.lines.length === 0)))
})

test('An amount tells each case that was looked at and the number that was taken', () => {
  assert.deepEqual(tell(ruleNamed('longevity.amount'), { person: { born_on: '1940-01-01' } }), [
    '您现在 86 岁，不满 100 岁',
    '您现在 86 岁，不满 90 岁',
    '您现在 86 岁，满 80 岁',
    '100 元',
  ])
  assert.deepEqual(
    tell(ruleNamed('mlg.amount'), { unit: { size: 3, monthly_income_fen: 210_000 } }).at(-1),
    '1200 元 × 3 − 2100 元 = 1500 元',
  )
})

test('Of a sum with something missing the rest is told, with what is missing by its name', () => {
  assert.deepEqual(tell(ruleNamed('mlg.income'), { unit: { monthly_income_fen: 210_000 } }), [
    '家庭每月收入：2100 元，要少于 1200 元 × “共同生活的家庭成员人数”（还不知道）',
  ])
  assert.deepEqual(why('1 / unit.size > 1', {}), ['1 ÷ “共同生活的家庭成员人数”（还不知道），要多于 1'])
})

test('What is withheld is used and not told, in the line and in the tree', () => {
  const of = { unit: { size: 3, monthly_income_fen: 210_000 } }
  const options = { withheld: (fact: string) => fact === 'unit.monthly_income_fen' }
  const tree = plainOf(ruleNamed('mlg.income'), facts(of), parameters, options)!
  assert.deepEqual(say(tree), ['这里用了家里其他人的资料，只用来判断，不在这里显示'])
  assert.equal(tree.state, 'met')
  assert.doesNotMatch(JSON.stringify(tree), /210000|2100/)
  const amount = plainOf(ruleNamed('mlg.amount'), facts(of), parameters, options)!
  assert.doesNotMatch(JSON.stringify(amount), /210000|150000/)
})

test('A sealed ground and a rule that is listed have no lines', () => {
  assert.equal(plainOf(rule("case.purpose == 'x'", { sealed: true, changeable: false }), facts(), []), undefined)
  assert.equal(plainOf(rule('unit.size > 1'), facts(), [], { listed: new Set(['made.rule']) }), undefined)
})

test('Numbers say from when they hold and how sure they are, facts whose word they are', () => {
  const tree = plainOf(ruleNamed('mlg.income'), facts({ unit: { size: 1 } }), parameters)!
  assert.equal(sayNumber(voice('zh'), tree.parameters[0]!), '规定的数：1200 元，2014.05.01起；示例数字，不是真的规定')
  const fact = { name: 'person.born_on', type: 'Day', value: '1957-02-25', none: false } as const
  assert.equal(
    saySource(voice('en'), { ...fact, source: 'public-security', recordedAt: '2026-11-20T01:00:00Z' }),
    'Source: public-security, recorded 2026.11.20',
  )
  assert.equal(saySource(voice('zh'), { ...fact, value: null }), '还没有登记')
  assert.equal(saySource(voice('zh'), { ...fact, value: null, none: true }), '登记上没有这一项')
})

test('A line is found again by its place', () => {
  const tree = plainOf(ruleNamed('mlg.amount'), facts({ unit: { size: 1, monthly_income_fen: 0 } }), parameters)!
  for (const line of twoLevels(tree)) assert.equal(lineOf(tree, line.key)?.source, line.source)
  assert.equal(lineOf(tree, '999-1000'), undefined)
})

const numbers = Object.entries(NUMBERS).map(([id, value]) =>
  row({ id, value, unit: typeof value === 'string' ? 'text' : 'count' }),
)
test('Of every expression the tree answers what the rule answers, and every leaf has its source or says that there is none', () => {
  const lines = (line: PlainLine): PlainLine[] => [line, ...line.lines.flatMap(lines)]
  fc.assert(
    fc.property(anyExpression, allFacts, fc.boolean(), (expression, given, forgets) => {
      const { root, type } = compile(expression)
      if (!root || (type !== 'bool' && type !== 'int')) return
      const made = rule(expression, { returns: type })
      const of = (forgets ? { ...given, person: {}, unit: {} } : given) as Facts
      const tree = plainOf(made, of, numbers, { sources: { 'unit.size': { source: 'officer' } } })!
      const verdict = evaluate(made, of, numbers)
      const answer = tree.wanted === false ? (tree.value === null ? null : !tree.value) : tree.value
      assert.equal(answer, verdict === 'unknown' ? null : verdict)
      for (const lang of ['zh', 'en'] as const)
        for (const line of lines(tree)) {
          // Names of facts, functions and parameters belong to the rule, not to people.
          assert.doesNotMatch(sayLine(voice(lang), line), /person\.|unit\.|answers|made\.|ageYears|fullMonths|&&|\|\|/)
          for (const fact of line.facts) assert.ok(saySource(voice(lang), fact))
          for (const read of line.parameters) assert.ok(sayNumber(voice(lang), read))
        }
      for (const line of twoLevels(tree)) assert.ok(line.lines.every((each) => each.lines.length === 0))
    }),
    { numRuns: 400 },
  )
})

test('Every rule of the house is told in both languages for everybody of its examples', () => {
  const files = readdirSync(new URL('../../../packs/guangzhou/rules/', import.meta.url)).map((file) => file.replace('.yaml', ''))
  for (const each of files.flatMap(rulesOf))
    for (const example of each.examples)
      for (const lang of ['zh', 'en'] as const) {
        const tree = plainOf(each, factsOf(example, '4401'), parameters)
        assert.equal(tree === undefined, each.sealed === true, each.id)
        for (const line of tree ? say(tree, lang) : []) {
          assert.doesNotMatch(line.replace(/〔[^〕]*〕/g, ''), /[a-z_]+\.[a-z_]+|undefined|null|⟦/, `${each.id} ${line}`)
          if (lang === 'zh') assert.doesNotMatch(line.replace(/〔[^〕]*〕/g, ''), /[A-Za-z]{2,}/, `${each.id} ${line}`)
        }
      }
})
