import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { joined, readsAs, withNumbers, withRule, writtenIn } from './rule-text.ts'

const pack = join(import.meta.dirname, '../../../packs/guangzhou')
const files = globSync('rules/*.yaml', { cwd: pack }).map((file) => readFileSync(join(pack, file), 'utf8'))
const longevity = readFileSync(join(pack, 'rules/longevity.yaml'), 'utf8')
const ruleOf = (text: string, id: string) => parse(text).find((rule: { id: string }) => rule.id === id)
/** Lines that are not the same, on either side. */
const changedLines = (before: string, after: string) => {
  const [a, b] = [before.split('\n'), after.split('\n')]
  return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))]
}

test('every rule of the house, written as it is, leaves its file as it is, to the byte', () => {
  for (const text of files)
    for (const { id, expression, examples } of parse(text)) {
      const written = writtenIn(text, id)!
      assert.equal(joined(written.expression), expression.trim())
      assert.deepEqual(parse(written.examples), examples)
      assert.equal(withRule(text, id, written), text, id)
    }
})

test('an expression is replaced and nothing else, in one line or in several', () => {
  const written = writtenIn(longevity, 'longevity.hukou')!
  const one = withRule(longevity, 'longevity.hukou', { ...written, expression: "inArea(person.hukou_area, '440106')" })
  assert.deepEqual(changedLines(longevity, one)[1], ["  expression: inArea(person.hukou_area, '440106')"])
  assert.ok(one.includes('# What the person can change by doing something'), 'comments stay')
  const two = withRule(longevity, 'longevity.hukou', {
    ...written,
    expression: "inArea(person.hukou_area, '440106')\n|| inArea(person.dwelling_area, '440106')\n",
  })
  assert.deepEqual(changedLines(longevity, two)[1], [
    "    inArea(person.hukou_area, '440106')",
    "    || inArea(person.dwelling_area, '440106')",
  ])
  assert.ok(two.includes("  expression: >-\n    inArea(person.hukou_area, '440106')\n"))
  const back = withRule(longevity, 'longevity.amount', { ...writtenIn(longevity, 'longevity.amount')!, expression: '100' })
  assert.equal(ruleOf(back, 'longevity.amount').expression, '100', 'a text, though it looks like a number')
  assert.equal(parse(back).length, parse(longevity).length)
})

test('a file that would not read as what was judged is found out', () => {
  for (const text of files)
    for (const rule of parse(text)) assert.ok(readsAs(text, text, { ...rule, expression: rule.expression.trim() }), rule.id)
  const rule = ruleOf(longevity, 'longevity.age')
  const written = writtenIn(longevity, 'longevity.age')!
  for (const examples of [`---\n${written.examples}`, `${written.examples}\n...`, `${written.examples}\n- { on: 2026-11-24 }`])
    assert.ok(!readsAs(longevity, withRule(longevity, 'longevity.age', { ...written, examples }), rule), examples)
})

test('texts keep their quotes where they need some, and what is in them stays text', () => {
  const written = writtenIn(longevity, 'longevity.age')!
  const texts = { ...written.texts, met: { zh: '够了, {是的}: #1', en: "it's 'so': [a, b] & *c" } }
  const changed = withRule(longevity, 'longevity.age', { ...written, texts })
  assert.deepEqual(ruleOf(changed, 'longevity.age').met, texts.met)
  assert.equal(changedLines(longevity, changed)[1]?.length, 1)
})

test('examples are put in as they were typed, with their comments', () => {
  const written = writtenIn(longevity, 'longevity.age')!
  const examples = `${written.examples}\r\n# Seventy on the day\r\n- { on: 2026-11-24, person: { born_on: 1956-11-24 }, expect: true }\r\n`
  const changed = withRule(longevity, 'longevity.age', { ...written, examples })
  assert.equal(ruleOf(changed, 'longevity.age').examples.length, 5)
  assert.ok(changed.includes('    # Seventy on the day\n    - { on: 2026-11-24'))
  assert.ok(changed.includes('\n# From which day the allowance is hers'), 'the comment of the next rule stays its own')
})

test('a number begins on its day, and the old one ends the day before', () => {
  const text = readFileSync(join(pack, 'parameters.csv'), 'utf8')
  const age = { id: 'longevity.min_age', jurisdiction: '4401', validFrom: '2021-09-01', recordedAt: '2026-11-24', value: 65, from: '2027-01-01' } // biome-ignore format: a row
  const changed = withNumbers(text, [age], '2026-11-30')
  assert.deepEqual(changedLines(text, changed)[1], [
    'longevity.min_age,4401,70,year,application,suiminguizi-2021-6,一,2021-09-01,2026-12-31,2026-11-24,,false,false,m.gz.bendibao.com/life/296942.html',
    'longevity.min_age,4401,65,year,application,suiminguizi-2021-6,一,2027-01-01,,2026-11-30,,false,false,proposal',
  ])
  assert.throws(() => withNumbers(text, [{ ...age, validFrom: '2020-01-01' }], '2026-11-30'))
})
