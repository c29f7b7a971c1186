/** Rules as people write them wrong, in a pack that is otherwise the house's: the answer names file, line and column. */
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { housePack, readChanged } from '../../../test/harness/changed-pack.ts'

const made = (expression: string, examples: readonly string[] = ['{ on: 2026-11-24, expect: unknown }'], more = '') =>
  `- id: made.rule
  returns: bool
  judged_by: application
  basis: { document: suiminguizi-2021-6, clause: 一 }
  verified: false
  changeable: false
${more}  expression: ${expression}
  text: { zh: 字, en: word }
  met: { zh: 字, en: word }
  not_met: { zh: 字, en: word }
  unknown: { zh: 字, en: word }
  examples:
${examples.map((example) => `    - ${example}\n`).join('')}`

/** What the check says of a pack with this file among its rules. */
function told(rules: string, parameters = ''): string[] {
  const { pack, errors } = readChanged((file) => {
    writeFileSync(file('rules/made.yaml'), rules)
    appendFileSync(file('parameters.csv'), parameters)
  }, 'en')
  assert.equal(pack === null, errors.length > 0)
  return errors.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
}

const refused: [what: string, expression: string, says: RegExp][] = [
  ['a regular expression', "person.sex.matches('f')", /^rules\/made\.yaml:7:15 .*matches/],
  ['a sealed fact', 'true || person.mental_disorder', /^rules\/made\.yaml:7:23 person\.mental_disorder/],
  ['a number that is not there', "unit.size > param('no.such')", /^rules\/made\.yaml:7:15 .*no\.such/],
  ['a fact that is not there', 'person.shoe_size > 3', /^rules\/made\.yaml:7:15 .*person\.shoe_size/],
  ['a division by 0', 'unit.size / 0 == 1', /^rules\/made\.yaml:7:\d+ /],
  [
    'ten thousand characters',
    `true${' && true'.repeat(1300)}`,
    /^rules\/made\.yaml:7:15 .*10000|^rules\/made\.yaml:7:15 .*10,000/,
  ],
  ['thousands of parentheses', `${'('.repeat(3000)}true${')'.repeat(3000)}`, /^rules\/made\.yaml:7:\d+ /],
  ['a thousand nots', `"${'!'.repeat(1001)}true"`, /^rules\/made\.yaml:7:\d+ /],
  ['a loop in a loop in a loop', '[1].all(a, [1].all(b, [1].all(c, a + b + c > 0)))', /^rules\/made\.yaml:7:\d+ /],
]
for (const [what, expression, says] of refused)
  test(`pack check refuses ${what}, by line and column`, () => {
    const found = told(made(expression.includes('"') || !/^[[!({]/.test(expression) ? expression : `"${expression}"`))
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0]!, says)
  })

test('what cannot be computed is unknown, never not met: worked examples say so and the pack is sound', () => {
  const income = made('unit.monthly_income_fen / unit.size < 100000', [
    '{ on: 2026-11-24, unit: { size: 0, monthly_income_fen: 5 }, expect: unknown }',
    '{ on: 2026-11-24, unit: { size: 2 }, expect: unknown }',
    '{ on: 2026-11-24, unit: { size: 2, monthly_income_fen: 199999 }, expect: true }',
    '{ on: 2026-11-24, unit: { size: 2, monthly_income_fen: null }, expect: unknown }',
  ])
  assert.deepEqual(told(income), [])
})

test('a birthday on 29 February comes on 1 March, and a permit holds on its last day', () => {
  assert.deepEqual(
    told(
      made('ageYears(person.born_on, on) >= 70', [
        '{ on: 2026-02-28, person: { born_on: 1956-02-29 }, expect: false }',
        '{ on: 2026-03-01, person: { born_on: 1956-02-29 }, expect: true }',
      ]),
    ),
    [],
  )
  assert.deepEqual(
    told(
      made('person.permit_until >= on', [
        '{ on: 2026-11-24, person: { permit_until: 2026-11-24 }, expect: true }',
        '{ on: 2026-11-25, person: { permit_until: 2026-11-24 }, expect: false }',
      ]),
    ),
    [],
  )
})

test('a number with a gap or an overlap is refused by its line', () => {
  const row = (from: string, to: string) =>
    `made.number,4401,5,count,application,suiminguizi-2021-6,一,${from},${to},2026-11-24,,false,false,test\n`
  const rule = made("unit.size > param('made.number')")
  const lines = readFileSync(join(housePack, 'parameters.csv'), 'utf8').trimEnd().split('\n').length
  const [overlap] = told(rule, row('2020-01-01', '2026-12-31') + row('2026-01-01', ''))
  assert.match(overlap!, new RegExp(`^parameters\\.csv:${lines + 2}:`))
  const [gap] = told(rule, row('2020-01-01', '2025-12-31') + row('2026-02-01', ''))
  assert.match(gap!, /2026-01-01/)
})
